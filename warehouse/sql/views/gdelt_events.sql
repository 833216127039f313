-- Events that happened and have a date. Actors are the first of each role; the place is the event's.
SELECT
    ('0x' || left(event.event_id, 13))::BIGINT AS GLOBALEVENTID,
    strftime(event.date_start, '%Y%m%d')::INTEGER AS SQLDATE,
    strftime(event.date_start, '%Y%m')::INTEGER AS MonthYear,
    year(event.date_start)::INTEGER AS Year,
    round(year(event.date_start) + (month(event.date_start) * 30 + day(event.date_start)) / 365, 4) AS FractionDate,
    nullif(concat(event.actor_country_code, actor_sector.cameo_role), '') AS Actor1Code,
    upper(event.actor_name) AS Actor1Name,
    event.actor_country_code AS Actor1CountryCode,
    actor_sector.cameo_role AS Actor1Type1Code,
    nullif(concat(event.recipient_country_code, recipient_sector.cameo_role), '') AS Actor2Code,
    upper(event.recipient_name) AS Actor2Name,
    event.recipient_country_code AS Actor2CountryCode,
    recipient_sector.cameo_role AS Actor2Type1Code,
    coalesce(sentence.position = 0, false)::INTEGER AS IsRootEvent,
    cameo.cameo_code AS EventCode,
    left(cameo.cameo_code, 3) AS EventBaseCode,
    left(cameo.cameo_code, 2) AS EventRootCode,
    CASE event.quad_class
        WHEN 'verbal_cooperation' THEN 1
        WHEN 'material_cooperation' THEN 2
        WHEN 'verbal_conflict' THEN 3
        WHEN 'material_conflict' THEN 4
    END AS QuadClass,
    cameo.goldstein AS GoldsteinScale,
    event.n_mentions AS NumMentions,
    event.n_sources AS NumSources,
    event.n_articles AS NumArticles,
    CASE
        WHEN event.country_code IS NULL THEN 0
        WHEN mention.place_precision = 'country' THEN 1
        WHEN mention.place_precision IN ('city', 'site') THEN 4
        ELSE 5
    END AS ActionGeo_Type,
    CASE
        WHEN event.country_code IS NOT NULL AND mention.place_precision = 'country' THEN country.name
        WHEN event.country_code IS NOT NULL THEN concat_ws(', ', event.place_name, event.admin1, country.name)
    END AS ActionGeo_Fullname,
    country_codes.fips AS ActionGeo_CountryCode,
    event.latitude AS ActionGeo_Lat,
    event.longitude AS ActionGeo_Long,
    event.geoname_id::VARCHAR AS ActionGeo_FeatureID,
    strftime(timezone('UTC', event.first_seen), '%Y%m%d%H%M%S')::BIGINT AS DATEADDED,
    article.url AS SOURCEURL
FROM events AS event
LEFT JOIN stored.event_mentions AS mention ON event.representative_mention_id = mention.event_mention_id
LEFT JOIN articles AS article ON mention.article_id = article.article_id
LEFT JOIN sentences AS sentence ON mention.sentence_id = sentence.sentence_id
LEFT JOIN cameo_codes AS cameo ON event.event_type = cameo.event_type AND coalesce(event.mode, 'any') = cameo.mode
LEFT JOIN sector_codes AS actor_sector ON event.actor_sector = actor_sector.sector
LEFT JOIN sector_codes AS recipient_sector ON event.recipient_sector = recipient_sector.sector
LEFT JOIN countries AS country ON event.country_code = country.country_code
LEFT JOIN country_codes ON event.country_code = country_codes.country_code
WHERE event.status = 'asserted'
    AND event.date_start IS NOT NULL
