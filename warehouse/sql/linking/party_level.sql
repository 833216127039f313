-- How far the parties of two tellings in a role are the same:
--   name (one name in common), kind (one country and sector), words (one head), sector (one sector, and no other country),
--   foreign (countries known, none in common), different (both named), other_words (neither named, no head in common),
--   unknown.
CREATE OR REPLACE TEMP MACRO party_level(
    names, kinds, heads, sectors, countries, other_names, other_kinds, other_heads, other_sectors, other_countries
) AS CASE
    WHEN list_has_any(names, other_names) THEN 'name'
    WHEN list_has_any(kinds, other_kinds) THEN 'kind'
    WHEN len(countries) > 0 AND len(other_countries) > 0 AND NOT list_has_any(countries, other_countries) THEN 'foreign'
    WHEN list_has_any(heads, other_heads) THEN 'words'
    WHEN list_has_any(sectors, other_sectors) THEN 'sector'
    WHEN len(names) > 0 AND len(other_names) > 0 THEN 'different'
    WHEN len(names) = 0 AND len(other_names) = 0 AND len(heads) > 0 AND len(other_heads) > 0 THEN 'other_words'
    ELSE 'unknown'
END
