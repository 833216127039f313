-- severity: error
-- Near copies of articles that are not there.
-- scope: all
SELECT
    copy.article_id,
    copy.duplicate_of
FROM articles AS copy
ANTI JOIN articles AS original ON copy.duplicate_of = original.article_id
WHERE copy.duplicate_of IS NOT NULL
