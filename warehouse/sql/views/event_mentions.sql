-- The mentions with the event that each belongs to. Grouping the links (one a mention as they are) lets DuckDB leave
-- the whole join out of queries that do not ask for event_id, which a plain join would not.
SELECT
    mention.*,
    link.event_id
FROM stored.event_mentions AS mention
LEFT JOIN (
    SELECT event_mention_id, any_value(event_id) AS event_id
    FROM event_links
    GROUP BY event_mention_id
) AS link ON mention.event_mention_id = link.event_mention_id
