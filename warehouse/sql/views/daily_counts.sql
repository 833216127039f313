-- Events a day. Only events whose date is known to the day: a month's events would all fall on its first day.
SELECT
    date_start AS event_date,
    country_code,
    event_type,
    status,
    count(*) AS n_events,
    sum(n_mentions)::BIGINT AS n_mentions,
    sum(killed_best)::BIGINT AS killed,
    sum(injured_best)::BIGINT AS injured
FROM events
WHERE date_precision = 'day'
GROUP BY date_start, country_code, event_type, status
