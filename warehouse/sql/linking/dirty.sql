-- The components that new mentions may change: those that share a block with one of them, those that lose a mention, and those
-- whose copy of an article came before the article (its source is known only now), or lost it.
SELECT old.component
FROM blocks AS fresh
INNER JOIN kept.blocks AS old ON fresh.key = old.key
WHERE old.first_day BETWEEN getvariable('looked_from') AND getvariable('looked_to')
    AND (
        (old.is_day AND old.first_day BETWEEN fresh.look_from AND fresh.look_to)
        OR (fresh.is_day AND fresh.first_day BETWEEN old.look_from AND old.look_to)
        OR fresh.first_day = old.first_day
    )
UNION
SELECT component
FROM kept.tellings
WHERE owner IN (FROM gone_owners) OR article_id IN (SELECT article_id FROM gone_articles)
UNION
SELECT component
FROM kept.tellings
WHERE duplicate_of IN (SELECT article_id FROM new_articles WHERE is_new)
UNION
SELECT component
FROM kept.tellings
WHERE article_id IN (SELECT article_id FROM heirs)
