-- Made by warehouse/linking, whose rules stand in sql/linking.
FROM links ORDER BY event_mention_id
