-- What happened in the streets and what was done about it. Months without any of it have no row.
SELECT
    country_code,
    admin1,
    date_trunc('month', date_start)::DATE AS month,
    count(*) FILTER (WHERE event_type = 'PROTEST') AS n_protests,
    count(*) FILTER (WHERE event_type = 'PROTEST' AND mode IN ('riot', 'vandalize')) AS n_riots,
    count(*) FILTER (WHERE event_type = 'COERCE') AS n_repression,
    count(*) FILTER (WHERE event_type = 'ASSAULT') AS n_violence,
    sum(killed_best)::BIGINT AS killed,
    sum(injured_best)::BIGINT AS injured
FROM events
WHERE status = 'asserted'
    AND event_type IN ('PROTEST', 'COERCE', 'ASSAULT')
    AND date_precision IN ('day', 'week', 'month')
    AND country_code IS NOT NULL
GROUP BY country_code, admin1, date_trunc('month', date_start)
