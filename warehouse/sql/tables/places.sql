-- Places that mentions name, as far as they were resolved.
SELECT
    geoname_id,
    min(place_name) AS place_name,
    min(admin1) AS admin1,
    min(country_code) AS country_code,
    min(latitude) AS latitude,
    min(longitude) AS longitude,
    count(*) AS n_mentions
FROM stored.event_mentions
WHERE geoname_id IS NOT NULL
GROUP BY geoname_id
ORDER BY geoname_id
