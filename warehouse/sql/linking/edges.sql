-- Fitting pairs with the fuller telling first: "upper" and "lower" are places in the order of fullness.
WITH ordered AS (
    SELECT
        content,
        row_number() OVER (ORDER BY fullness DESC, first_published IS NULL, first_published, content_id) AS place
    FROM contents
    WHERE content IN (SELECT one FROM fits UNION ALL SELECT other FROM fits)
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
