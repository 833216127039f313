-- What warehouse/linking keeps of known actors (see sql/linking/actor_timeline.sql), with their names.
SELECT
    timeline.*,
    actor.name AS actor
FROM stored.actor_timeline AS timeline
LEFT JOIN actors AS actor ON timeline.actor_id = actor.actor_id
