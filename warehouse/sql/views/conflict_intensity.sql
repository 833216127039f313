-- A week's events weigh what PLOVER gives them: conflict_score adds up the intensities of conflict, so that many small
-- clashes and one large attack can both show. Coverage is not evened out: more news gives a higher score.
SELECT
    country_code,
    date_trunc('week', date_start)::DATE AS week,
    count(*) AS n_events,
    count(*) FILTER (WHERE quad_class IN ('verbal_conflict', 'material_conflict')) AS n_conflict,
    count(*) FILTER (WHERE quad_class = 'material_conflict') AS n_material_conflict,
    avg(intensity) AS mean_intensity,
    coalesce(-sum(intensity) FILTER (WHERE quad_class IN ('verbal_conflict', 'material_conflict')), 0) AS conflict_score,
    sum(killed_best)::BIGINT AS killed
FROM events
WHERE status = 'asserted'
    AND date_precision IN ('day', 'week')
    AND country_code IS NOT NULL
GROUP BY country_code, date_trunc('week', date_start)
