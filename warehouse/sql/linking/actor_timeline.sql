-- Every known participant of every mention, once for each event: also those who are not the first of their role.
WITH taking_part AS (
    SELECT DISTINCT event_id, appearance.actor_id AS actor_id, appearance.role AS "role"
    FROM (
        SELECT link.event_id, unnest(telling.shown.appearances) AS appearance
        FROM links AS link
        INNER JOIN tellings AS telling ON link.event_mention_id = telling.event_mention_id
    ) AS each
)

SELECT
    taking_part.actor_id,
    event.date_start AS event_date,
    event.date_precision,
    taking_part.role,
    event.event_type,
    event.mode,
    event.status,
    CASE taking_part.role WHEN 'actor' THEN event.recipient_name ELSE event.actor_name END AS counterpart,
    event.place_name,
    event.country_code,
    event.intensity,
    event.n_mentions,
    event.n_sources,
    event.event_id
FROM taking_part
INNER JOIN events AS event ON taking_part.event_id = event.event_id
