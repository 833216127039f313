-- Events that one voice asserts and another denies. Mentions that do so of the same act are joined (see fits), so an event
-- with both is contested. The voice is whoever vouches for it in the text, else the article's source.
WITH contested AS (
    SELECT
        link.event_id,
        count(*) FILTER (WHERE telling.status = 'asserted') AS n_asserted,
        count(*) FILTER (WHERE telling.status = 'negated') AS n_negated,
        list_sort(list_distinct(list(telling.voice) FILTER (WHERE telling.status = 'asserted'))) AS asserted_by,
        list_sort(list_distinct(list(telling.voice) FILTER (WHERE telling.status = 'negated'))) AS negated_by
    FROM links AS link
    INNER JOIN tellings AS telling ON link.event_mention_id = telling.event_mention_id
    WHERE telling.status IN ('asserted', 'negated')
    GROUP BY link.event_id
    HAVING count(DISTINCT telling.status) = 2
)

SELECT
    contested.event_id,
    event.event_type,
    event.date_start AS event_date,
    event.actor_name,
    event.recipient_name,
    event.place_name,
    event.status,
    contested.n_asserted,
    contested.n_negated,
    contested.asserted_by,
    contested.negated_by
FROM contested
INNER JOIN events AS event ON contested.event_id = event.event_id
