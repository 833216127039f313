-- severity: warning
-- Told as having happened, but dated more than two days after publication.
SELECT mention.event_mention_id, mention.date_start, article.published_at, mention.date_text
FROM event_mentions AS mention
INNER JOIN articles AS article ON mention.article_id = article.article_id
WHERE mention.status = 'asserted'
    AND mention.date_start > article.published_at::DATE + 2
