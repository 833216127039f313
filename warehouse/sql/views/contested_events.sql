-- Mentions that assert and that deny the same act are joined (see sql/linking), so an event with both is contested.
-- The voice is whoever vouches for it in the text, else the article's source.
WITH voices AS (
    SELECT
        link.event_id,
        mention.status,
        coalesce(mention.attributed_to, article.source, mention.article_id) AS voice
    FROM event_links AS link
    INNER JOIN stored.event_mentions AS mention ON link.event_mention_id = mention.event_mention_id
    LEFT JOIN articles AS article ON mention.article_id = article.article_id
    WHERE mention.status IN ('asserted', 'negated')
),

contested AS (
    SELECT
        event_id,
        count(*) FILTER (WHERE status = 'asserted') AS n_asserted,
        count(*) FILTER (WHERE status = 'negated') AS n_negated,
        list_sort(list_distinct(list(voice) FILTER (WHERE status = 'asserted'))) AS asserted_by,
        list_sort(list_distinct(list(voice) FILTER (WHERE status = 'negated'))) AS negated_by
    FROM voices
    GROUP BY event_id
    HAVING count(DISTINCT status) = 2
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
