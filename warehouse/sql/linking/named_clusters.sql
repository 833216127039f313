-- Each content with the event that it belongs to. The event has the id of the content that was published first.
SELECT
    cluster.*,
    first_value(content.content_id) OVER (
        PARTITION BY cluster.leader
        ORDER BY content.first_published IS NULL, content.first_published, content.content_id
    ) AS event_id,
    count(*) OVER (PARTITION BY cluster.leader) AS n_contents
FROM clusters AS cluster
INNER JOIN contents AS content ON cluster.content = content.content
