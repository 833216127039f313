-- severity: error
-- Mentions whose event type, or mode of that type, is in no seed table.
SELECT mention.event_mention_id, mention.event_type, mention.mode, mention.rule_id
FROM event_mentions AS mention
LEFT JOIN event_types ON mention.event_type = event_types.event_type
LEFT JOIN modes ON mention.event_type = modes.event_type AND mention.mode = modes.mode
WHERE event_types.event_type IS NULL
    OR (mention.mode IS NOT NULL AND modes.mode IS NULL)
