-- Mentions that cannot be told apart, as one row with a number: what is compared from here on.
--
-- fullness counts what is known; the fullest are those that others are compared with (see leaders). Of the mentions the
-- first published (then the least id) speaks for the content; its time orders contents for ids.
-- Where several do together what one does with another ("A and B met"), each is actor and recipient: is_mutual.
WITH grouped AS (
    SELECT
        content_id,
        min_by(event_mention_id, (published_at IS NULL, published_at, event_mention_id)) AS event_mention_id,
        min(published_at) AS first_published,
        count(*) AS n_mentions
    FROM tellings
    GROUP BY content_id
),

spoken AS (
    SELECT
        grouped.*,
        telling.* EXCLUDE (
            content_id, event_mention_id, owner, published_at, article_id, duplicate_of, attributed_to, source_key, voice,
            confidence, shown
        ),
        n_actors > 1 AND n_recipients = 0
        AND event_type IN (SELECT level FROM joining_weights WHERE feature = 'swapped' AND weight = 0) AS is_mutual
    FROM grouped
    INNER JOIN tellings AS telling USING (event_mention_id)
)

SELECT
    row_number() OVER (ORDER BY first_day, content_id) AS content,
    spoken.* REPLACE (
        CASE WHEN is_mutual THEN actor_names ELSE recipient_names END AS recipient_names,
        CASE WHEN is_mutual THEN actor_heads ELSE recipient_heads END AS recipient_heads,
        CASE WHEN is_mutual THEN actor_kinds ELSE recipient_kinds END AS recipient_kinds,
        CASE WHEN is_mutual THEN actor_countries ELSE recipient_countries END AS recipient_countries,
        CASE WHEN is_mutual THEN actor_sectors ELSE recipient_sectors END AS recipient_sectors
    ),
    CASE WHEN is_day AND is_firm THEN 2 WHEN is_day THEN 1 ELSE 0 END
    + CASE WHEN place_name IS NULL THEN 0 WHEN place_level = 'fine' THEN 3 WHEN place_level = 'division' THEN 1 ELSE 0.5 END
    + CASE WHEN len(actor_names) > 0 THEN 2 WHEN len(actor_kinds) > 0 THEN 1 WHEN len(actor_heads) > 0 THEN 0.5 ELSE 0 END
    + CASE
        WHEN len(recipient_names) > 0 OR is_mutual THEN 2
        WHEN len(recipient_kinds) > 0 THEN 1
        WHEN len(recipient_heads) > 0 THEN 0.5
        ELSE 0
    END
    + (killed IS NOT NULL)::INTEGER + (injured IS NOT NULL)::INTEGER + (detained IS NOT NULL)::INTEGER
    + CASE status WHEN 'asserted' THEN 1 WHEN 'hypothetical' THEN -1 ELSE 0 END AS fullness
FROM spoken
