-- Made by warehouse/linking; see sql/linking/merged.sql.
FROM joining.kept.merged
