-- Actors of the seeds and all others that participants were resolved to. Name, country and sector are those of the
-- seeds' last row for the actor (its latest office), else those that most mentions give.
WITH listed AS (
    SELECT
        actor_id,
        last(name ORDER BY rowid) AS name,
        last(country_code ORDER BY rowid) AS country_code,
        last(sector ORDER BY rowid) AS sector
    FROM seed_actors
    GROUP BY actor_id
),

counted AS (
    SELECT
        actor_id,
        name,
        country_code,
        sector,
        sum(n_as_actor) AS n_as_actor,
        sum(n_as_recipient) AS n_as_recipient,
        sum(n_as_actor + n_as_recipient) AS n
    FROM joining.kept.actors
    GROUP BY actor_id, name, country_code, sector
),

mentioned AS (
    SELECT
        actor_id,
        min_by(name, (name IS NULL, -n, name)) AS name,
        min_by(country_code, (country_code IS NULL, -n, country_code)) AS country_code,
        min_by(sector, (sector IS NULL, -n, sector)) AS sector,
        sum(n_as_actor) AS n_as_actor,
        sum(n_as_recipient) AS n_as_recipient
    FROM counted
    GROUP BY actor_id
)

SELECT
    actor_id,
    coalesce(listed.name, mentioned.name) AS name,
    coalesce(listed.country_code, mentioned.country_code) AS country_code,
    coalesce(listed.sector, mentioned.sector) AS sector,
    coalesce(mentioned.n_as_actor, 0) AS n_as_actor,
    coalesce(mentioned.n_as_recipient, 0) AS n_as_recipient
FROM listed
FULL JOIN mentioned USING (actor_id)
ORDER BY actor_id
