-- Places that mentions and entities name, as far as they were resolved.
WITH placed AS (
    SELECT geoname_id, place_name, admin1, country_code, latitude, longitude, 1 AS is_mention
    FROM stored.event_mentions
    WHERE geoname_id IS NOT NULL
    UNION ALL
    SELECT geoname_id, name AS place_name, NULL AS admin1, country_code, latitude, longitude, 0 AS is_mention
    FROM entities
    WHERE geoname_id IS NOT NULL AND label IN ('GPE', 'LOC', 'FAC')
)

SELECT
    geoname_id,
    min(place_name) AS place_name,
    min(admin1) AS admin1,
    min(country_code) AS country_code,
    min(latitude) AS latitude,
    min(longitude) AS longitude,
    sum(is_mention) AS n_mentions,
    sum(1 - is_mention) AS n_entities
FROM placed
GROUP BY geoname_id
ORDER BY geoname_id
