-- Ids that lead to another: contents that would be events of their own if nothing had been joined to them.
SELECT
    content.content_id AS former_event_id,
    cluster.event_id
FROM named_clusters AS cluster
INNER JOIN contents AS content ON cluster.content = content.content
WHERE content.content_id != cluster.event_id
