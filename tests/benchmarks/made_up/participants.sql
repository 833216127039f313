WITH sides AS (
    SELECT k, event_mention_id, start_char, 'actor' AS role, 0 AS position, actor AS party FROM drawn
    UNION ALL
    SELECT k, event_mention_id, start_char + length(subject) + 5, 'actor', 1, other_actor FROM drawn
    UNION ALL
    SELECT k, event_mention_id, start_char + trigger_at + length(verb) + 1, 'recipient', 0, recipient FROM drawn
)

SELECT
    event_mention_id,
    role,
    position,
    party.text AS text,
    start_char,
    start_char + length(party.text) AS end_char,
    party.name AS name,
    party.actor_id AS actor_id,
    party.country_code AS country_code,
    party.sector AS sector
FROM sides
WHERE party.number IS NOT NULL
ORDER BY k, role, position
