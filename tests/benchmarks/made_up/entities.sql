-- The first actor of each mention that has a name, and the place.
SELECT
    md5('entity' || k)[:24] AS entity_id,
    article_id,
    sentence_id,
    CASE WHEN actor.sector = 'IGO' OR k % 2 = 0 THEN 'ORG' ELSE 'PERSON' END AS label,
    actor.text AS text,
    start_char,
    start_char + length(actor.text) AS end_char,
    actor.name AS name,
    actor.country_code AS country_code,
    actor.sector AS sector
FROM drawn
WHERE actor.name IS NOT NULL
UNION ALL BY NAME
SELECT
    md5('town' || k)[:24] AS entity_id,
    article_id,
    sentence_id,
    'GPE' AS label,
    place.place_name AS text,
    start_char + trigger_at + length(verb) + coalesce(1 + length(recipient.text), 0) + 4 AS start_char,
    start_char + trigger_at + length(verb) + coalesce(1 + length(recipient.text), 0) + 4 + length(place.place_name) AS end_char,
    place.place_name AS name,
    place.country_code AS country_code,
    place.geoname_id AS geoname_id
FROM drawn
WHERE place.number IS NOT NULL
