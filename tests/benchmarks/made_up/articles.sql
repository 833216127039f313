-- 500 sources; one article in twenty repeats the one before it. Sentences are filled up with blanks to the same width.
SELECT
    article_id,
    'Source ' || rank(article, 30, 500) AS source,
    'https://news.example/' || article AS url,
    [] AS authors,
    'en' AS language,
    (published::TIMESTAMP + to_minutes((h(article, 31) % 1440)::BIGINT)) AT TIME ZONE 'UTC' AS published_at,
    'minute' AS published_at_precision,
    published_at + to_minutes(20 + (h(article, 32) % 600)::BIGINT) AS retrieved_at,
    string_agg(rpad(sentence, getvariable('width')::INT, ' '), '' ORDER BY k) AS text,
    count(*) * 12 AS word_count,
    article_id AS content_hash,
    CASE WHEN article % 20 = 19 AND article * getvariable('per_article') > getvariable('first') THEN md5('article' || (article - 1))[:24] END AS duplicate_of,
    'Report ' || article || ' of ' || published AS title
FROM drawn
GROUP BY article, article_id, published
ORDER BY article
