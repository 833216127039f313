-- Events that happened, by month and pair of first participants. Events without an actor or a recipient have no pair.
SELECT
    date_trunc('month', date_start)::DATE AS month,
    actor_name,
    actor_country_code,
    actor_sector,
    recipient_name,
    recipient_country_code,
    recipient_sector,
    quad_class,
    count(*) AS n_events,
    sum(n_mentions)::BIGINT AS n_mentions,
    avg(intensity) AS mean_intensity
FROM events
WHERE status = 'asserted'
    AND date_precision IN ('day', 'week', 'month')
    AND actor_name IS NOT NULL
    AND recipient_name IS NOT NULL
GROUP BY ALL
