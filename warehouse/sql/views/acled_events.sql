-- Events that happened, have a date and a country, and whose type and mode ACLED would record. ACLED codes by who acts on
-- whom as well, which this reading does not know: hold it for a first sorting, not for ACLED's own judgement.
WITH others AS (
    SELECT
        event_mention_id,
        string_agg(coalesce(name, text), '; ' ORDER BY position) FILTER (WHERE role = 'actor' AND position > 0) AS actors,
        string_agg(coalesce(name, text), '; ' ORDER BY position) FILTER (WHERE role = 'recipient' AND position > 0) AS recipients
    FROM participants
    GROUP BY event_mention_id
),

told_by AS (
    SELECT
        link.event_id,
        string_agg(DISTINCT article.source, '; ' ORDER BY article.source) AS sources
    FROM event_links AS link
    INNER JOIN stored.event_mentions AS mention ON link.event_mention_id = mention.event_mention_id
    INNER JOIN articles AS article ON mention.article_id = article.article_id
    GROUP BY link.event_id
),

recorded AS (
    SELECT
        event.*,
        mention.acled_type,
        mention.acled_sub_type,
        mention.place_precision,
        mention.sentence_id,
        CASE
            WHEN mention.acled_type = 'Protests' AND event.event_type = 'PROTEST' THEN 'Protesters'
            WHEN mention.acled_type = 'Riots' THEN 'Rioters'
            ELSE actor_sector.acled_actor_kind
        END AS kind1,
        recipient_sector.acled_actor_kind AS kind2
    FROM events AS event
    INNER JOIN stored.event_mentions AS mention ON event.representative_mention_id = mention.event_mention_id
    LEFT JOIN sector_codes AS actor_sector ON event.actor_sector = actor_sector.sector
    LEFT JOIN sector_codes AS recipient_sector ON event.recipient_sector = recipient_sector.sector
    WHERE event.status = 'asserted'
        AND event.date_start IS NOT NULL
        AND event.country_code IS NOT NULL
        AND mention.acled_type IS NOT NULL
)

SELECT
    event.country_code || ('0x' || left(event.event_id, 13))::BIGINT AS event_id_cnty,
    event.date_start AS event_date,
    year(event.date_start)::INTEGER AS year,
    CASE event.date_precision WHEN 'day' THEN 1 WHEN 'week' THEN 2 ELSE 3 END AS time_precision,
    CASE
        WHEN event.acled_type = 'Strategic developments' THEN 'Strategic developments'
        WHEN event.acled_type = 'Protests' OR event.acled_sub_type = 'Violent demonstration' THEN 'Demonstrations'
        ELSE 'Political violence'
    END AS disorder_type,
    event.acled_type AS event_type,
    event.acled_sub_type AS sub_event_type,
    event.actor_name AS actor1,
    others.actors AS assoc_actor_1,
    event.kind1 AS inter1,
    event.recipient_name AS actor2,
    others.recipients AS assoc_actor_2,
    event.kind2 AS inter2,
    nullif(concat_ws('-', event.kind1, event.kind2), '') AS interaction,
    CASE event.acled_type WHEN 'Violence against civilians' THEN 'Civilian targeting' END AS civilian_targeting,
    country_codes.iso_numeric AS iso,
    country.name AS country,
    event.admin1,
    event.place_name AS location,
    event.latitude,
    event.longitude,
    CASE WHEN event.place_precision IN ('city', 'site') THEN 1 WHEN event.place_precision = 'region' THEN 2 ELSE 3 END
        AS geo_precision,
    told_by.sources AS source,
    sentence.text AS notes,
    coalesce(event.killed_best, 0) AS fatalities,
    epoch(event.last_seen)::BIGINT AS timestamp
FROM recorded AS event
LEFT JOIN others ON event.representative_mention_id = others.event_mention_id
LEFT JOIN told_by ON event.event_id = told_by.event_id
LEFT JOIN sentences AS sentence ON event.sentence_id = sentence.sentence_id
LEFT JOIN countries AS country ON event.country_code = country.country_code
LEFT JOIN country_codes ON event.country_code = country_codes.country_code
