-- Mentions of the components that may change are joined again together with the new ones; what was kept of them goes.
INSERT INTO tellings BY NAME
SELECT telling.* EXCLUDE (component) REPLACE (
    coalesce(renamed.owner, telling.owner) AS owner,
    CASE WHEN heir.article_id IS NULL THEN telling.duplicate_of ELSE heir.duplicate_of END AS duplicate_of,
    coalesce(heir.source_key, original.source, telling.source_key) AS source_key
)
FROM kept.tellings AS telling
LEFT JOIN new_articles AS original ON telling.duplicate_of = original.article_id
LEFT JOIN heirs AS heir ON telling.article_id = heir.article_id
LEFT JOIN renamed_owners AS renamed ON telling.owner = renamed.former
WHERE telling.component IN (FROM dirty)
    AND telling.owner NOT IN (FROM gone_owners)
    AND telling.article_id NOT IN (SELECT article_id FROM gone_articles);

INSERT INTO kept.dropped
SELECT component, count(*) FROM kept.tellings WHERE component IN (FROM dirty) GROUP BY component;

DELETE FROM kept.tellings WHERE component IN (FROM dirty);
DELETE FROM kept.blocks WHERE component IN (FROM dirty);

UPDATE kept.tellings SET owner = renamed.owner FROM renamed_owners AS renamed WHERE tellings.owner = renamed.former;
