-- Articles and mentions of each source. The lag takes only events whose day stands in the text: where the date is that of
-- publication it would be nothing by definition. Days are those of UTC whatever the reader's time zone, and so are found without
-- a calendar, which would take longer than all the rest.
WITH mentions AS (
    SELECT
        source,
        count(*) AS n_mentions,
        median(make_timestamp(epoch_us(published_at))::DATE - event_date) FILTER (
            WHERE date_source = 'text' AND date_precision = 'day' AND status = 'asserted'
        ) AS median_lag_days
    FROM event_rows
    GROUP BY source
),

published AS (
    SELECT
        source,
        count(*) AS n_articles,
        count(*) FILTER (WHERE duplicate_of IS NOT NULL) AS n_duplicates,
        min(published_at) AS first_published_at,
        max(published_at) AS last_published_at,
        median(epoch(retrieved_at) - epoch(published_at)) / 3600 AS median_fetch_hours
    FROM articles
    GROUP BY source
)

SELECT
    published.source,
    published.n_articles,
    published.n_duplicates,
    coalesce(mentions.n_mentions, 0) AS n_mentions,
    coalesce(mentions.n_mentions, 0) / published.n_articles AS mentions_per_article,
    published.first_published_at,
    published.last_published_at,
    mentions.median_lag_days,
    published.median_fetch_hours
FROM published
LEFT JOIN mentions ON published.source IS NOT DISTINCT FROM mentions.source
