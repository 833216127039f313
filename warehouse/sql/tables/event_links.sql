-- Made by warehouse/linking, whose rules stand in sql/linking.
FROM joining.kept.links
