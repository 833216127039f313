-- Who published the articles, with what the file of sources says of them. Several entries may be of one outlet;
-- warehouse/linking counts the articles batch by batch.
WITH published AS (
    SELECT
        source,
        sum(n_articles) AS n_articles,
        sum(n_duplicates) AS n_duplicates,
        min(first_published_at) AS first_published_at,
        max(last_published_at) AS last_published_at
    FROM joining.kept.sources
    GROUP BY source
),

listed AS (
    SELECT
        source,
        list(name ORDER BY name) AS listed_as,
        CASE WHEN count(DISTINCT language) = 1 THEN min(language) END AS language,
        CASE WHEN count(DISTINCT country_code) = 1 THEN min(country_code) END AS country_code,
        CASE WHEN count(DISTINCT tier) = 1 THEN min(tier) END AS tier
    FROM listed_sources
    GROUP BY source
)

SELECT
    source,
    coalesce(published.n_articles, 0) AS n_articles,
    coalesce(published.n_duplicates, 0) AS n_duplicates,
    published.first_published_at,
    published.last_published_at,
    coalesce(listed.listed_as, []) AS listed_as,
    listed.language,
    listed.country_code,
    listed.tier
FROM published
FULL JOIN listed USING (source)
ORDER BY source
