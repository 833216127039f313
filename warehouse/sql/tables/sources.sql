-- Who published the articles.
SELECT
    source,
    count(*) AS n_articles,
    count(*) FILTER (WHERE duplicate_of IS NOT NULL) AS n_duplicates,
    min(published_at) AS first_published_at,
    max(published_at) AS last_published_at
FROM articles
WHERE source IS NOT NULL
GROUP BY source
ORDER BY source
