-- The rows that warehouse/linking keeps (see sql/linking/event_rows.sql) with the event that each belongs to. Grouping the links
-- (one a mention as they are) lets DuckDB leave the whole join out of queries that do not ask for event_id.
SELECT
    told.*,
    link.event_id
FROM stored.event_rows AS told
LEFT JOIN (
    SELECT event_mention_id, any_value(event_id) AS event_id
    FROM event_links
    GROUP BY event_mention_id
) AS link ON told.event_mention_id = link.event_mention_id
