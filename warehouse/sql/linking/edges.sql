-- Fitting pairs with the fuller telling first: "upper" and "lower" are places in the order of fullness. Of tellings as full
-- as each other the one that fits more others comes first, then the first published.
WITH fitting AS (
    SELECT content, count(*) AS n_fitting
    FROM (
        SELECT one AS content FROM fits WHERE one != other
        UNION ALL
        SELECT other FROM fits WHERE one != other
    ) AS sides
    GROUP BY content
),

ordered AS (
    SELECT
        content.content,
        row_number() OVER (
            ORDER BY
                content.fullness DESC,
                fitting.n_fitting DESC,
                content.first_published IS NULL,
                content.first_published,
                content.content_id
        ) AS place
    FROM contents AS content
    INNER JOIN fitting ON content.content = fitting.content
)

SELECT
    least(one.place, other.place) AS upper,
    greatest(one.place, other.place) AS lower,
    CASE WHEN one.place < other.place THEN fits.one ELSE fits.other END AS upper_content,
    CASE WHEN one.place < other.place THEN fits.other ELSE fits.one END AS lower_content
FROM fits
INNER JOIN ordered AS one ON fits.one = one.content
INNER JOIN ordered AS other ON fits.other = other.content
WHERE fits.one != fits.other
