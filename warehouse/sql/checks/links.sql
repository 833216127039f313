-- severity: error
-- Mentions that belong to no event, and events that no mention tells.
-- scope: joined
SELECT 'event_mentions' AS table_name, mention.event_mention_id AS row_id
FROM event_mentions AS mention
ANTI JOIN event_links AS link ON mention.event_mention_id = link.event_mention_id
UNION ALL
SELECT 'events', event.event_id
FROM events AS event
ANTI JOIN event_links AS link ON event.event_id = link.event_id
UNION ALL
SELECT 'event_links', link.event_mention_id
FROM event_links AS link
ANTI JOIN events AS event ON link.event_id = event.event_id
