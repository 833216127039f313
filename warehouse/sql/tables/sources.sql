-- Who published the articles; warehouse/linking counts them batch by batch.
SELECT
    source,
    sum(n_articles) AS n_articles,
    sum(n_duplicates) AS n_duplicates,
    min(first_published_at) AS first_published_at,
    max(last_published_at) AS last_published_at
FROM joining.kept.sources
GROUP BY source
ORDER BY source
