SELECT
    sentence_id,
    article_id,
    k % getvariable('per_article') AS position,
    start_char,
    start_char + length(sentence) AS end_char,
    sentence AS text
FROM drawn
ORDER BY k
