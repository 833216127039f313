-- Events that happened and have a date, with all the sentences, addresses and sources that tell them.
WITH told AS (
    SELECT
        link.event_id,
        string_agg(mention.article_id || '_' || sentence.position, ';' ORDER BY mention.event_mention_id) AS sentences,
        string_agg(DISTINCT article.url, ';' ORDER BY article.url) AS urls,
        string_agg(DISTINCT article.source, ';' ORDER BY article.source) AS sources
    FROM event_links AS link
    INNER JOIN stored.event_mentions AS mention ON link.event_mention_id = mention.event_mention_id
    LEFT JOIN sentences AS sentence ON mention.sentence_id = sentence.sentence_id
    LEFT JOIN articles AS article ON mention.article_id = article.article_id
    GROUP BY link.event_id
)

SELECT
    event.event_id AS EventID,
    strftime(event.date_start, '%Y%m%d') AS Date,
    year(event.date_start)::INTEGER AS Year,
    month(event.date_start)::INTEGER AS Month,
    day(event.date_start)::INTEGER AS Day,
    nullif(concat(event.actor_country_code, actor_sector.cameo_role), '') AS SourceActorFull,
    event.actor_country_code AS SourceActorEntity,
    actor_sector.cameo_role AS SourceActorRole,
    nullif(concat(event.recipient_country_code, recipient_sector.cameo_role), '') AS TargetActorFull,
    event.recipient_country_code AS TargetActorEntity,
    recipient_sector.cameo_role AS TargetActorRole,
    cameo.cameo_code AS EventCode,
    left(cameo.cameo_code, 2) AS EventRootCode,
    CASE event.quad_class
        WHEN 'verbal_cooperation' THEN 1
        WHEN 'material_cooperation' THEN 2
        WHEN 'verbal_conflict' THEN 3
        WHEN 'material_conflict' THEN 4
    END AS QuadClass,
    cameo.goldstein AS GoldsteinScore,
    nullif(array_to_string(list_transform(mention.contexts, lambda context: upper(context) || ',1'), ';'), '') AS Issues,
    event.latitude AS Lat,
    event.longitude AS Lon,
    event.place_name AS LocationName,
    event.admin1 AS StateName,
    event.country_code AS CountryCode,
    told.sentences AS SentenceID,
    told.urls AS URLs,
    told.sources AS NewsSources
FROM events AS event
INNER JOIN stored.event_mentions AS mention ON event.representative_mention_id = mention.event_mention_id
LEFT JOIN told ON event.event_id = told.event_id
LEFT JOIN cameo_codes AS cameo ON event.event_type = cameo.event_type AND coalesce(event.mode, 'any') = cameo.mode
LEFT JOIN sector_codes AS actor_sector ON event.actor_sector = actor_sector.sector
LEFT JOIN sector_codes AS recipient_sector ON event.recipient_sector = recipient_sector.sector
WHERE event.status = 'asserted'
    AND event.date_start IS NOT NULL
