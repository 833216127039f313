-- Made by warehouse/linking; see sql/linking/merged.sql.
FROM merged ORDER BY former_event_id
