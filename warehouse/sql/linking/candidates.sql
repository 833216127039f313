-- Pairs of contents that share a block, each once; and each content of several mentions with itself, to be scored like others.
WITH looks AS (
    SELECT content, key, is_for_coarse, is_coarse, unnest(generate_series(look_from, look_to, INTERVAL 1 DAY))::DATE AS day
    FROM blocks
)

SELECT DISTINCT
    least(post.content, look.content) AS one,
    greatest(post.content, look.content) AS other
FROM looks AS look
INNER JOIN blocks AS post
    ON look.key = post.key
    AND look.day = post.first_day
    AND look.content != post.content
WHERE post.is_day
    AND (NOT look.is_for_coarse OR look.is_coarse OR post.is_coarse)
UNION ALL
SELECT content, content
FROM contents
WHERE n_mentions > 1
