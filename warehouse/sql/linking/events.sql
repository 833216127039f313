-- Events: what the mentions that links (sql/linking) puts together say together.
--
-- status. A voice is whoever vouches for a mention in the text, else its source; its last word counts, a word on what
-- happened (asserted, negated) before one on what may (planned, hypothetical). So a plan that came true is asserted, and a
-- report that its source takes back is not. The greater number of voices decides on what happened; where none speaks of
-- that, on what may. Ties go to asserted before negated and to planned before hypothetical.
-- killed, injured: each source's last figure counts, without denials: best is what most sources give, then the latest,
-- then the most frequent, then the greatest. low and high are the least and the greatest ever given.
-- mode, with its intensity and CAMEO code, is the most frequent; ties go to that whose intensity is farther from zero.
-- Date, place and first participants are those of the representative mention: of those that tell most (is_leading), the
-- one with the highest confidence.
-- A near duplicate counts as its original's source, so that syndicated copies are one source.
-- first_seen and last_seen are times of publication, null where none is known.
WITH mentions AS (
    SELECT
        link.event_id,
        link.is_leading,
        telling.event_mention_id,
        telling.article_id,
        telling.status,
        telling.mode,
        telling.shown.intensity AS intensity,
        telling.shown.cameo_root AS cameo_root,
        telling.killed,
        telling.injured,
        telling.confidence,
        telling.published_at,
        coalesce(telling.published_at, TIMESTAMPTZ '-infinity') AS told_at,
        telling.source_key,
        coalesce(lower(telling.attributed_to), telling.source_key) AS voice
    FROM links AS link
    INNER JOIN tellings AS telling ON link.event_mention_id = telling.event_mention_id
),

totals AS (
    SELECT
        event_id,
        count(*) AS n_mentions,
        count(DISTINCT article_id) AS n_articles,
        count(DISTINCT source_key) AS n_sources,
        min(published_at) AS first_seen,
        max(published_at) AS last_seen,
        min(killed) FILTER (WHERE status != 'negated') AS killed_low,
        max(killed) FILTER (WHERE status != 'negated') AS killed_high,
        min(injured) FILTER (WHERE status != 'negated') AS injured_low,
        max(injured) FILTER (WHERE status != 'negated') AS injured_high,
        max(confidence) AS confidence,
        min_by(event_mention_id, (NOT is_leading, -confidence, event_mention_id)) AS representative_mention_id
    FROM mentions
    GROUP BY event_id
),

last_words AS (
    SELECT
        event_id,
        voice,
        max_by(
            status,
            (
                status IN ('asserted', 'negated'), told_at, n,
                -list_position(['asserted', 'negated', 'planned', 'hypothetical'], status)
            )
        ) AS status
    FROM (
        SELECT event_id, voice, status, max(told_at) AS told_at, count(*) AS n
        FROM mentions
        GROUP BY event_id, voice, status
    ) AS words
    GROUP BY event_id, voice
),

voices AS (
    SELECT
        event_id,
        count(*) FILTER (WHERE status = 'asserted') AS n_asserting,
        count(*) FILTER (WHERE status = 'negated') AS n_denying,
        count(*) FILTER (WHERE status = 'planned') AS n_planning,
        count(*) FILTER (WHERE status = 'hypothetical') AS n_supposing
    FROM last_words
    GROUP BY event_id
),

statuses AS (
    SELECT
        event_id,
        CASE
            WHEN n_denying > n_asserting THEN 'negated'
            WHEN n_asserting > 0 THEN 'asserted'
            WHEN n_supposing > n_planning THEN 'hypothetical'
            ELSE 'planned'
        END AS status
    FROM voices
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

figures AS (
    SELECT event_id, 'killed' AS what, killed AS figure, source_key, told_at FROM mentions WHERE status != 'negated'
    UNION ALL
    SELECT event_id, 'injured', injured, source_key, told_at FROM mentions WHERE status != 'negated'
),

best AS (
    SELECT event_id, what, max_by(figure, (n_sources, told_at, n, figure)) AS figure
    FROM (
        SELECT event_id, what, figure, count(DISTINCT source_key) AS n_sources, max(told_at) AS told_at, count(*) AS n
        FROM (
            SELECT *, max(told_at) OVER (PARTITION BY event_id, what, source_key) AS last_told_at
            FROM figures
            WHERE figure IS NOT NULL
        ) AS told
        WHERE told_at = last_told_at
        GROUP BY event_id, what, figure
    ) AS counted
    GROUP BY event_id, what
)

SELECT
    totals.event_id,
    telling.event_type,
    kinds.kind.mode AS mode,
    telling.shown.quad_class AS quad_class,
    kinds.kind.intensity AS intensity,
    kinds.kind.cameo_root AS cameo_root,
    statuses.status,
    telling.shown.date_start AS date_start,
    telling.shown.date_end AS date_end,
    telling.shown.date_precision AS date_precision,
    telling.shown.place_name AS place_name,
    telling.geoname_id,
    telling.shown.latitude AS latitude,
    telling.shown.longitude AS longitude,
    telling.shown.admin1 AS admin1,
    telling.country_code,
    telling.shown.actor.name AS actor_name,
    telling.shown.actor.actor_id AS actor_id,
    telling.shown.actor.country_code AS actor_country_code,
    telling.shown.actor.sector AS actor_sector,
    telling.shown.recipient.name AS recipient_name,
    telling.shown.recipient.actor_id AS recipient_id,
    telling.shown.recipient.country_code AS recipient_country_code,
    telling.shown.recipient.sector AS recipient_sector,
    totals.n_mentions,
    totals.n_articles,
    totals.n_sources,
    totals.first_seen,
    totals.last_seen,
    killed.figure AS killed_best,
    totals.killed_low,
    totals.killed_high,
    injured.figure AS injured_best,
    totals.injured_low,
    totals.injured_high,
    totals.confidence,
    totals.representative_mention_id
FROM totals
INNER JOIN statuses ON totals.event_id = statuses.event_id
INNER JOIN kinds ON totals.event_id = kinds.event_id
INNER JOIN tellings AS telling ON totals.representative_mention_id = telling.event_mention_id
LEFT JOIN best AS killed ON totals.event_id = killed.event_id AND killed.what = 'killed'
LEFT JOIN best AS injured ON totals.event_id = injured.event_id AND injured.what = 'injured'
