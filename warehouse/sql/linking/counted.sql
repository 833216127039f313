-- What each new commit adds to the tables of actors, places, sources and contexts; owner is the commit.
CREATE OR REPLACE TEMP VIEW counted_actors AS
SELECT
    mention.owner,
    participant.actor_id,
    participant.name,
    participant.country_code,
    participant.sector,
    count(*) FILTER (WHERE participant.role = 'actor') AS n_as_actor,
    count(*) FILTER (WHERE participant.role = 'recipient') AS n_as_recipient
FROM new_participants AS participant
INNER JOIN new_mentions AS mention ON participant.event_mention_id = mention.event_mention_id
WHERE participant.actor_id IS NOT NULL
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW counted_places AS
WITH placed AS (
    SELECT owner, geoname_id, place_name, admin1, country_code, latitude, longitude, 1 AS is_mention
    FROM new_mentions
    UNION ALL
    SELECT owner, geoname_id, name AS place_name, NULL AS admin1, country_code, latitude, longitude, 0 AS is_mention
    FROM new_entities
    WHERE label IN ('GPE', 'LOC', 'FAC')
)

SELECT
    owner,
    geoname_id,
    min(place_name) AS place_name,
    min(admin1) AS admin1,
    min(country_code) AS country_code,
    min(latitude) AS latitude,
    min(longitude) AS longitude,
    sum(is_mention) AS n_mentions,
    sum(1 - is_mention) AS n_entities
FROM placed
WHERE geoname_id IS NOT NULL
GROUP BY owner, geoname_id;

CREATE OR REPLACE TEMP VIEW counted_sources AS
SELECT
    owner,
    source,
    count(*) AS n_articles,
    count(*) FILTER (WHERE duplicate_of IS NOT NULL) AS n_duplicates,
    min(published_at) AS first_published_at,
    max(published_at) AS last_published_at
FROM new_articles
WHERE source IS NOT NULL AND owner IS NOT NULL
GROUP BY owner, source;

CREATE OR REPLACE TEMP VIEW counted_contexts AS
SELECT owner, context, event_type, quad_class, status, count(*) AS n_mentions
FROM (SELECT owner, unnest(contexts) AS context, event_type, quad_class, status FROM new_mentions)
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW counted_copies AS
SELECT owner, article_id, duplicate_of
FROM new_articles
WHERE duplicate_of IS NOT NULL AND owner IS NOT NULL;
