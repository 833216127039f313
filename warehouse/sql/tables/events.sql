-- Events: what the mentions joined by event_links (the rule is told there) say together.
--
-- status, and mode with its intensity and CAMEO code, are the most frequent among the mentions. Ties go to asserted
-- before negated before planned before hypothetical, and to the mode whose intensity is farther from zero.
-- Killed and injured: best is the most frequent figure (then the larger), low and high are the least and the greatest.
-- Place and first participants are those of the representative mention: the one with the highest confidence.
-- A near duplicate counts as its original's source, so that syndicated copies are one source.
-- first_seen and last_seen are times of publication, null where none is known.
WITH mentions AS (
    SELECT
        link.event_id,
        mention.event_mention_id,
        mention.article_id,
        mention.status,
        mention.mode,
        mention.intensity,
        mention.cameo_root,
        mention.killed,
        mention.injured,
        mention.confidence,
        article.published_at,
        coalesce(original.source, original.article_id, article.article_id) AS source_key
    FROM event_links AS link
    INNER JOIN stored.event_mentions AS mention ON link.event_mention_id = mention.event_mention_id
    LEFT JOIN articles AS article ON mention.article_id = article.article_id
    LEFT JOIN articles AS original ON coalesce(article.duplicate_of, article.article_id) = original.article_id
),

totals AS (
    SELECT
        event_id,
        count(*) AS n_mentions,
        count(DISTINCT article_id) AS n_articles,
        count(DISTINCT source_key) AS n_sources,
        min(published_at) AS first_seen,
        max(published_at) AS last_seen,
        min(killed) AS killed_low,
        max(killed) AS killed_high,
        min(injured) AS injured_low,
        max(injured) AS injured_high,
        max(confidence) AS confidence,
        min_by(event_mention_id, (-confidence, event_mention_id)) AS representative_mention_id
    FROM mentions
    GROUP BY event_id
),

statuses AS (
    SELECT
        event_id,
        min_by(status, (-n, list_position(['asserted', 'negated', 'planned', 'hypothetical'], status))) AS status
    FROM (SELECT event_id, status, count(*) AS n FROM mentions GROUP BY event_id, status) AS counted
    GROUP BY event_id
),

kinds AS (
    SELECT
        event_id,
        min_by(
            struct_pack(mode := mode, intensity := intensity, cameo_root := cameo_root),
            (-n, -abs(intensity), coalesce(mode, ''), cameo_root)
        ) AS kind
    FROM (
        SELECT event_id, mode, intensity, cameo_root, count(*) AS n
        FROM mentions
        GROUP BY event_id, mode, intensity, cameo_root
    ) AS counted
    GROUP BY event_id
),

killed AS (
    SELECT event_id, max_by(killed, (n, killed)) AS killed_best
    FROM (SELECT event_id, killed, count(*) AS n FROM mentions WHERE killed IS NOT NULL GROUP BY event_id, killed) AS counted
    GROUP BY event_id
),

injured AS (
    SELECT event_id, max_by(injured, (n, injured)) AS injured_best
    FROM (SELECT event_id, injured, count(*) AS n FROM mentions WHERE injured IS NOT NULL GROUP BY event_id, injured) AS counted
    GROUP BY event_id
),

first_participants AS (
    SELECT
        event_mention_id,
        role,
        min_by(
            struct_pack(
                name := coalesce(name, text), actor_id := actor_id, country_code := country_code, sector := sector
            ),
            position
        ) AS first
    FROM participants
    GROUP BY event_mention_id, role
)

SELECT
    totals.event_id,
    mention.event_type,
    kinds.kind.mode AS mode,
    mention.quad_class,
    kinds.kind.intensity AS intensity,
    kinds.kind.cameo_root AS cameo_root,
    statuses.status,
    mention.date_start,
    mention.date_end,
    mention.date_precision,
    coalesce(mention.place_name, mention.place_text) AS place_name,
    mention.geoname_id,
    mention.latitude,
    mention.longitude,
    mention.admin1,
    mention.country_code,
    actor.first.name AS actor_name,
    actor.first.actor_id AS actor_id,
    actor.first.country_code AS actor_country_code,
    actor.first.sector AS actor_sector,
    recipient.first.name AS recipient_name,
    recipient.first.actor_id AS recipient_id,
    recipient.first.country_code AS recipient_country_code,
    recipient.first.sector AS recipient_sector,
    totals.n_mentions,
    totals.n_articles,
    totals.n_sources,
    totals.first_seen,
    totals.last_seen,
    killed.killed_best,
    totals.killed_low,
    totals.killed_high,
    injured.injured_best,
    totals.injured_low,
    totals.injured_high,
    totals.confidence,
    totals.representative_mention_id
FROM totals
INNER JOIN statuses ON totals.event_id = statuses.event_id
INNER JOIN kinds ON totals.event_id = kinds.event_id
INNER JOIN stored.event_mentions AS mention ON totals.representative_mention_id = mention.event_mention_id
LEFT JOIN killed ON totals.event_id = killed.event_id
LEFT JOIN injured ON totals.event_id = injured.event_id
LEFT JOIN first_participants AS actor
    ON totals.representative_mention_id = actor.event_mention_id AND actor.role = 'actor'
LEFT JOIN first_participants AS recipient
    ON totals.representative_mention_id = recipient.event_mention_id AND recipient.role = 'recipient'
ORDER BY mention.date_start, totals.event_id
