-- What is known of what goes: articles that were taken out of batches that are otherwise as they were, and copies that lost
-- their original, with what they repeat now and whose telling theirs counts as.
CREATE OR REPLACE TEMP TABLE gone_articles AS
SELECT DISTINCT article_id
FROM kept.tellings
WHERE owner IN (SELECT former FROM renamed_owners)
    AND article_id NOT IN (SELECT article_id FROM new_articles);

CREATE OR REPLACE TEMP TABLE heirs AS
SELECT
    heir.article_id,
    heir.duplicate_of,
    heir.source,
    coalesce(original.source, heir.duplicate_of, heir.source, heir.article_id) AS source_key
FROM articles AS heir
INNER JOIN (
    SELECT copy.article_id
    FROM kept.copies AS copy
    ANTI JOIN articles AS original ON copy.duplicate_of = original.article_id
) AS orphan ON heir.article_id = orphan.article_id
LEFT JOIN articles AS original ON coalesce(heir.duplicate_of, heir.article_id) = original.article_id;

DELETE FROM kept.actors WHERE owner IN (FROM dropped_owners);
DELETE FROM kept.places WHERE owner IN (FROM dropped_owners);
DELETE FROM kept.sources WHERE owner IN (FROM dropped_owners);
DELETE FROM kept.contexts WHERE owner IN (FROM dropped_owners);
DELETE FROM kept.copies WHERE owner IN (FROM dropped_owners);
DELETE FROM kept.commits WHERE owner IN (FROM dropped_owners);

UPDATE kept.sources
SET n_duplicates = n_duplicates - freed.n
FROM (
    SELECT copy.owner, heir.source, count(*) AS n
    FROM kept.copies AS copy
    INNER JOIN heirs AS heir ON copy.article_id = heir.article_id
    WHERE heir.duplicate_of IS NULL
    GROUP BY copy.owner, heir.source
) AS freed
WHERE sources.owner = freed.owner AND sources.source = freed.source;

UPDATE kept.copies SET duplicate_of = heir.duplicate_of FROM heirs AS heir WHERE copies.article_id = heir.article_id;
DELETE FROM kept.copies WHERE duplicate_of IS NULL;

INSERT INTO kept.dropped
SELECT owner, 1 + (SELECT count(*) FROM kept.tellings AS telling WHERE telling.owner = dropped_owners.owner)
FROM dropped_owners;
