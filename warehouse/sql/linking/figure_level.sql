-- How far two figures are the same: same, few (both 0, or both 1), close (the less is six tenths of the greater or more), far.
CREATE OR REPLACE TEMP MACRO figure_level(figure, other) AS CASE
    WHEN figure IS NULL OR other IS NULL THEN 'unknown'
    WHEN figure = other THEN CASE WHEN figure <= 1 THEN 'few' ELSE 'same' END
    WHEN least(figure, other) >= 0.6 * greatest(figure, other) THEN 'close'
    ELSE 'far'
END
