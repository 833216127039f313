-- All mentions of the events that gdelt_events has.
WITH first_participants AS (
    SELECT
        event_mention_id,
        min(start_char) FILTER (WHERE role = 'actor' AND position = 0) AS actor_start,
        min(start_char) FILTER (WHERE role = 'recipient' AND position = 0) AS recipient_start
    FROM participants
    GROUP BY event_mention_id
)

SELECT
    ('0x' || left(event.event_id, 13))::BIGINT AS GLOBALEVENTID,
    strftime(timezone('UTC', event.first_seen), '%Y%m%d%H%M%S')::BIGINT AS EventTimeDate,
    strftime(timezone('UTC', article.published_at), '%Y%m%d%H%M%S')::BIGINT AS MentionTimeDate,
    CASE WHEN article.url IS NULL THEN 2 ELSE 1 END AS MentionType,
    article.source AS MentionSourceName,
    coalesce(article.url, concat_ws(': ', article.source, article.title)) AS MentionIdentifier,
    sentence.position + 1 AS SentenceID,
    coalesce(first_participants.actor_start, -1) AS Actor1CharOffset,
    coalesce(first_participants.recipient_start, -1) AS Actor2CharOffset,
    mention.trigger_start AS ActionCharOffset,
    1 AS InRawText,
    (round(mention.confidence * 10) * 10)::INTEGER AS Confidence,
    length(article.text)::INTEGER AS MentionDocLen
FROM events AS event
INNER JOIN event_links AS link ON event.event_id = link.event_id
INNER JOIN stored.event_mentions AS mention ON link.event_mention_id = mention.event_mention_id
LEFT JOIN articles AS article ON mention.article_id = article.article_id
LEFT JOIN sentences AS sentence ON mention.sentence_id = sentence.sentence_id
LEFT JOIN first_participants ON mention.event_mention_id = first_participants.event_mention_id
WHERE event.status = 'asserted'
    AND event.date_start IS NOT NULL
