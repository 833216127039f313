-- What was found in the index, with the article and the events that its sentence tells.
WITH hits AS (
    SELECT
        unnest(?::INTEGER[]) AS position,
        unnest(?::VARCHAR[]) AS article_id,
        unnest(?::VARCHAR[]) AS sentence_id,
        unnest(?::VARCHAR[]) AS snippet
),

told AS (
    SELECT
        sentence_id,
        string_agg(event_type || ' ' || event_id, ', ' ORDER BY trigger_start) AS events
    FROM event_mentions
    WHERE sentence_id IN (SELECT unnest(?::VARCHAR[]))
    GROUP BY sentence_id
)

SELECT
    article.published_at::DATE AS published_on,
    article.source,
    article.title,
    hits.article_id,
    hits.sentence_id,
    hits.snippet,
    told.events
FROM hits
INNER JOIN articles AS article ON hits.article_id = article.article_id
LEFT JOIN told ON hits.sentence_id = told.sentence_id
ORDER BY hits.position
