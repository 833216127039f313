-- Contexts of mentions; warehouse/linking counts them batch by batch.
SELECT context, event_type, quad_class, status, sum(n_mentions) AS n_mentions
FROM joining.kept.contexts
GROUP BY context, event_type, quad_class, status
ORDER BY context, event_type, quad_class, status
