-- Mentions of what happened that have a date, an actor and a recipient: ICEWS has no one-sided events.
WITH first_participants AS (
    SELECT
        event_mention_id,
        role,
        min_by(coalesce(name, text), position) AS name,
        min_by(struct_pack(sector := sector, country_code := country_code), position) AS codes
    FROM participants
    GROUP BY event_mention_id, role
)

SELECT
    ('0x' || left(mention.event_mention_id, 13))::BIGINT AS "Event ID",
    mention.date_start AS "Event Date",
    actor.name AS "Source Name",
    actor_sector.icews_sector AS "Source Sectors",
    actor_country.name AS "Source Country",
    cameo.cameo_text AS "Event Text",
    cameo.cameo_code AS "CAMEO Code",
    cameo.goldstein AS Intensity,
    recipient.name AS "Target Name",
    recipient_sector.icews_sector AS "Target Sectors",
    recipient_country.name AS "Target Country",
    ('0x' || left(mention.article_id, 13))::BIGINT AS "Story ID",
    sentence.position + 1 AS "Sentence Number",
    article.source AS Publisher,
    CASE WHEN mention.place_precision IN ('city', 'site') THEN mention.place_name END AS City,
    mention.admin1 AS Province,
    country.name AS Country,
    mention.latitude AS Latitude,
    mention.longitude AS Longitude
FROM stored.event_mentions AS mention
INNER JOIN first_participants AS actor
    ON mention.event_mention_id = actor.event_mention_id AND actor.role = 'actor'
INNER JOIN first_participants AS recipient
    ON mention.event_mention_id = recipient.event_mention_id AND recipient.role = 'recipient'
LEFT JOIN articles AS article ON mention.article_id = article.article_id
LEFT JOIN sentences AS sentence ON mention.sentence_id = sentence.sentence_id
LEFT JOIN cameo_codes AS cameo
    ON mention.event_type = cameo.event_type AND coalesce(mention.mode, 'any') = cameo.mode
LEFT JOIN sector_codes AS actor_sector ON actor.codes.sector = actor_sector.sector
LEFT JOIN sector_codes AS recipient_sector ON recipient.codes.sector = recipient_sector.sector
LEFT JOIN countries AS actor_country ON actor.codes.country_code = actor_country.country_code
LEFT JOIN countries AS recipient_country ON recipient.codes.country_code = recipient_country.country_code
LEFT JOIN countries AS country ON mention.country_code = country.country_code
WHERE mention.status = 'asserted'
    AND mention.date_start IS NOT NULL
