-- One row for each mention: its event, how well it fits the telling that leads the event, and why, in words.
WITH features AS (
    SELECT unnest(
        ['date', 'place', 'actor', 'recipient', 'swapped', 'killed', 'injured', 'detained', 'mode', 'status']
    ) AS feature, unnest(range(10)) AS place
),

compared AS (
    -- followers with their leaders, and contents of several mentions with themselves
    SELECT content, score, levels FROM named_clusters WHERE levels IS NOT NULL
    UNION ALL
    SELECT fits.one, fits.score, fits.levels
    FROM fits
    INNER JOIN named_clusters AS cluster ON fits.one = cluster.content AND cluster.leader = cluster.content
    WHERE fits.one = fits.other
),

told AS (
    SELECT content, 'date' AS feature, levels.date AS level FROM compared
    UNION ALL SELECT content, 'place', levels.place FROM compared
    UNION ALL SELECT content, 'actor', levels.actor FROM compared
    UNION ALL SELECT content, 'recipient', levels.recipient FROM compared
    UNION ALL SELECT content, 'swapped', levels.swapped FROM compared
    UNION ALL SELECT content, 'killed', levels.killed FROM compared
    UNION ALL SELECT content, 'injured', levels.injured FROM compared
    UNION ALL SELECT content, 'detained', levels.detained FROM compared
    UNION ALL SELECT content, 'mode', levels.mode FROM compared
    UNION ALL SELECT content, 'status', levels.status FROM compared
),

worded AS (
    SELECT told.content, string_agg(weight.words, '; ' ORDER BY features.place) AS reason
    FROM told
    INNER JOIN features ON told.feature = features.feature
    INNER JOIN joining_weights AS weight ON told.feature = weight.feature AND told.level = weight.level
    WHERE weight.words IS NOT NULL
    GROUP BY told.content
)

SELECT
    telling.event_mention_id,
    cluster.event_id,
    CASE WHEN telling.event_mention_id != leader.event_mention_id THEN compared.score END AS score,
    CASE
        WHEN telling.event_mention_id != leader.event_mention_id THEN worded.reason
        WHEN cluster.is_torn THEN 'alone: fits several events about as well'
        WHEN cluster.n_contents > 1 OR content.n_mentions > 1 THEN 'the fullest telling, with which the others are compared'
        WHEN content.is_bare THEN 'alone: too little is told to join it'
        ELSE 'alone: no other mention fits'
    END AS reason,
    CASE WHEN telling.event_mention_id != leader.event_mention_id THEN leader.event_mention_id END AS compared_with,
    cluster.leader = content.content AS is_leading
FROM tellings AS telling
INNER JOIN contents AS content ON telling.content_id = content.content_id
INNER JOIN named_clusters AS cluster ON content.content = cluster.content
INNER JOIN contents AS leader ON cluster.leader = leader.content
LEFT JOIN compared ON content.content = compared.content
LEFT JOIN worded ON content.content = worded.content
