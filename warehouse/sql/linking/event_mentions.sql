-- The mentions that were joined, with the event that each belongs to: new ones, and those of components that were joined again.
-- They are kept so, since a join to the links would read all of both for any question that is no plain count.
SELECT told.* EXCLUDE (event_id), link.event_id
FROM (
    SELECT * EXCLUDE (owner, is_new), NULL AS event_id FROM new_mentions WHERE owner IN (FROM told_owners)
    UNION ALL BY NAME
    FROM taken_event_mentions
) AS told
INNER JOIN links AS link ON told.event_mention_id = link.event_mention_id
