-- Places that mentions and entities name, as far as they were resolved; warehouse/linking counts them batch by batch.
SELECT
    geoname_id,
    min(place_name) AS place_name,
    min(admin1) AS admin1,
    min(country_code) AS country_code,
    min(latitude) AS latitude,
    min(longitude) AS longitude,
    sum(n_mentions) AS n_mentions,
    sum(n_entities) AS n_entities
FROM joining.kept.places
GROUP BY geoname_id
ORDER BY geoname_id
