-- The content that each content is joined to: itself where it leads an event, or is left alone.
--
-- A follower goes to the leader that it fits best, and to none where another fits it nearly as well.
WITH options AS (
    SELECT follower.content, fits.other AS leader, fits.score, fits.levels
    FROM followers AS follower
    INNER JOIN fits ON follower.content = fits.one AND fits.one != fits.other
    UNION ALL
    SELECT follower.content, fits.one, fits.score, fits.levels
    FROM followers AS follower
    INNER JOIN fits ON follower.content = fits.other AND fits.one != fits.other
),

ranked AS (
    SELECT
        option.*,
        row_number() OVER best_first AS place,
        coalesce(score - lead(score) OVER best_first, 1000) AS ahead
    FROM options AS option
    ANTI JOIN followers ON option.leader = followers.content
    WINDOW best_first AS (PARTITION BY option.content ORDER BY option.score DESC, option.leader)
),

chosen AS (
    SELECT *, ahead >= (SELECT weight FROM joining_weights WHERE feature = 'margin') AS is_clear
    FROM ranked
    WHERE place = 1
)

SELECT
    content.content,
    CASE WHEN chosen.is_clear THEN chosen.leader ELSE content.content END AS leader,
    CASE WHEN chosen.is_clear THEN chosen.score END AS score,
    CASE WHEN chosen.is_clear THEN chosen.levels END AS levels,
    chosen.is_clear IS NOT DISTINCT FROM false AS is_torn
FROM contents AS content
LEFT JOIN chosen ON content.content = chosen.content
