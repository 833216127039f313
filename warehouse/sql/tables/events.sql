-- Made by warehouse/linking, which tells in sql/linking/events.sql how.
FROM joining.kept.events ORDER BY date_start, event_id
