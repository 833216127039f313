-- Mentions of the components that may change are joined again together with the new ones; what was kept of them goes.
INSERT INTO tellings BY NAME
SELECT telling.* EXCLUDE (component) REPLACE (coalesce(original.source, telling.source_key) AS source_key)
FROM kept.tellings AS telling
LEFT JOIN new_articles AS original ON telling.duplicate_of = original.article_id
WHERE telling.component IN (FROM dirty)
    AND telling.article_id NOT IN (SELECT article_id FROM gone_articles);

DELETE FROM kept.tellings WHERE component IN (FROM dirty);
DELETE FROM kept.blocks WHERE component IN (FROM dirty);
DELETE FROM kept.links WHERE component IN (FROM dirty);
DELETE FROM kept.merged WHERE component IN (FROM dirty);
DELETE FROM kept.events WHERE component IN (FROM dirty);
