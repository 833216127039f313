-- Every known participant of every mention, once for each event: also those who are not the first of their role.
WITH taking_part AS (
    SELECT DISTINCT
        participant.actor_id,
        participant.role,
        link.event_id
    FROM participants AS participant
    INNER JOIN event_links AS link ON participant.event_mention_id = link.event_mention_id
    WHERE participant.actor_id IS NOT NULL
)

SELECT
    taking_part.actor_id,
    actor.name AS actor,
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
LEFT JOIN actors AS actor ON taking_part.actor_id = actor.actor_id
