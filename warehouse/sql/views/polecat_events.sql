-- Mentions of what happened, and of plans under the type that PLOVER gives to a plan. A plan whose type changes so keeps
-- neither mode nor intensity of the act: its intensity is that of its new type.
WITH parties AS (
    SELECT
        event_mention_id,
        role,
        min_by(
            struct_pack(name := coalesce(name, text), words := text, country_code := country_code, sector := sector),
            position
        ) AS first,
        string_agg(DISTINCT sector, '; ' ORDER BY sector) AS sectors
    FROM participants
    GROUP BY event_mention_id, role
),

stories AS (
    SELECT
        article_id,
        string_agg(DISTINCT coalesce(name, text), '; ' ORDER BY coalesce(name, text)) FILTER (WHERE label = 'PERSON') AS people,
        string_agg(DISTINCT coalesce(name, text), '; ' ORDER BY coalesce(name, text)) FILTER (WHERE label = 'ORG') AS organizations,
        string_agg(DISTINCT coalesce(name, text), '; ' ORDER BY coalesce(name, text)) FILTER (WHERE label IN ('GPE', 'LOC', 'FAC')) AS locations
    FROM entities
    GROUP BY article_id
)

SELECT
    mention.event_mention_id AS "Event ID",
    mention.date_start AS "Event Date",
    mention.plover_type AS "Event Type",
    CASE WHEN mention.plover_type = mention.event_type THEN mention.mode END AS "Event Mode",
    CASE WHEN mention.plover_type = mention.event_type THEN mention.intensity ELSE plover.intensity END AS Intensity,
    replace(upper(plover.quad_class), '_', ' ') AS "Quad Code",
    nullif(array_to_string(mention.contexts, '; '), '') AS Contexts,
    actor.first.name AS "Actor Name",
    actor_country.name AS "Actor Country",
    actor.first.sector AS "Primary Actor Sector",
    actor.sectors AS "Actor Sectors",
    actor.first.words AS "Actor Name Raw",
    recipient.first.name AS "Recipient Name",
    recipient_country.name AS "Recipient Country",
    recipient.first.sector AS "Primary Recipient Sector",
    recipient.sectors AS "Recipient Sectors",
    recipient.first.words AS "Recipient Name Raw",
    mention.place_name AS Placename,
    CASE WHEN mention.place_precision = 'city' THEN mention.place_name END AS City,
    mention.admin1 AS Province,
    country.name AS Country,
    mention.latitude AS Latitude,
    mention.longitude AS Longitude,
    mention.geoname_id AS "GeoNames ID",
    mention.place_text AS "Raw Placename",
    mention.place_precision AS "Feature Type",
    article.source AS Source,
    timezone('UTC', article.published_at)::DATE AS "Publication Date",
    stories.people AS "Story People",
    stories.organizations AS "Story Organizations",
    stories.locations AS "Story Locations",
    article.language AS Language,
    mention.extractor_version AS Version
FROM stored.event_mentions AS mention
LEFT JOIN event_types AS plover ON mention.plover_type = plover.event_type
LEFT JOIN parties AS actor ON mention.event_mention_id = actor.event_mention_id AND actor.role = 'actor'
LEFT JOIN parties AS recipient ON mention.event_mention_id = recipient.event_mention_id AND recipient.role = 'recipient'
LEFT JOIN countries AS actor_country ON actor.first.country_code = actor_country.country_code
LEFT JOIN countries AS recipient_country ON recipient.first.country_code = recipient_country.country_code
LEFT JOIN countries AS country ON mention.country_code = country.country_code
LEFT JOIN articles AS article ON mention.article_id = article.article_id
LEFT JOIN stories ON mention.article_id = stories.article_id
WHERE mention.status IN ('asserted', 'planned')
    AND mention.date_start IS NOT NULL
