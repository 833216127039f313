-- severity: error
-- Rows whose offsets do not lead to their words in articles.text.
WITH spans AS (
    SELECT 'sentences' AS table_name, sentence_id AS row_id, article_id, start_char, end_char, text AS words
    FROM sentences
    UNION ALL
    SELECT 'entities', entity_id, article_id, start_char, end_char, text
    FROM entities
    UNION ALL
    SELECT 'event_mentions', event_mention_id, article_id, trigger_start, trigger_end, trigger_text
    FROM event_mentions
    UNION ALL
    SELECT 'participants', event_mention_id, mention.article_id, start_char, end_char, participant.text
    FROM participants AS participant
    INNER JOIN event_mentions AS mention USING (event_mention_id)
)

SELECT
    spans.table_name,
    spans.row_id,
    spans.words,
    substr(article.text, spans.start_char + 1, spans.end_char - spans.start_char) AS found
FROM spans
INNER JOIN articles AS article ON spans.article_id = article.article_id
WHERE spans.start_char < 0
    OR spans.end_char <= spans.start_char
    OR substr(article.text, spans.start_char + 1, spans.end_char - spans.start_char) != spans.words
