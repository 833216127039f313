-- The pairs whose levels add up to the threshold or more, with the levels that counted; and contents with themselves.
WITH weights AS (
    SELECT feature, level, weight FROM joining_weights
),

scored AS (
    SELECT
        levels.* EXCLUDE (actor_swapped, recipient_swapped),
        actor_swapped,
        recipient_swapped,
        date_weight.weight + place_weight.weight + killed_weight.weight + injured_weight.weight
        + detained_weight.weight + mode_weight.weight + status_weight.weight AS parties_apart,
        actor_weight.weight + recipient_weight.weight AS direct,
        actor_swapped_weight.weight + recipient_swapped_weight.weight
        + coalesce(swapped_weight.weight, any_weight.weight) AS swapped
    FROM levels
    INNER JOIN weights AS date_weight ON date_weight.feature = 'date' AND levels.date = date_weight.level
    INNER JOIN weights AS place_weight ON place_weight.feature = 'place' AND levels.place = place_weight.level
    INNER JOIN weights AS killed_weight ON killed_weight.feature = 'killed' AND levels.killed = killed_weight.level
    INNER JOIN weights AS injured_weight ON injured_weight.feature = 'injured' AND levels.injured = injured_weight.level
    INNER JOIN weights AS detained_weight
        ON detained_weight.feature = 'detained' AND levels.detained = detained_weight.level
    INNER JOIN weights AS mode_weight ON mode_weight.feature = 'mode' AND levels.mode = mode_weight.level
    INNER JOIN weights AS status_weight ON status_weight.feature = 'status' AND levels.status = status_weight.level
    INNER JOIN weights AS actor_weight ON actor_weight.feature = 'actor' AND levels.actor = actor_weight.level
    INNER JOIN weights AS recipient_weight
        ON recipient_weight.feature = 'recipient' AND levels.recipient = recipient_weight.level
    INNER JOIN weights AS actor_swapped_weight
        ON actor_swapped_weight.feature = 'actor' AND levels.actor_swapped = actor_swapped_weight.level
    INNER JOIN weights AS recipient_swapped_weight
        ON recipient_swapped_weight.feature = 'recipient' AND levels.recipient_swapped = recipient_swapped_weight.level
    LEFT JOIN weights AS swapped_weight
        ON swapped_weight.feature = 'swapped' AND levels.event_type = swapped_weight.level
    INNER JOIN weights AS any_weight ON any_weight.feature = 'swapped' AND any_weight.level = 'any'
)

SELECT
    one,
    other,
    round(parties_apart + greatest(direct, swapped), 2) AS score,
    struct_pack(
        "date" := scored.date,
        place := place,
        actor := CASE WHEN swapped > direct THEN actor_swapped ELSE actor END,
        recipient := CASE WHEN swapped > direct THEN recipient_swapped ELSE recipient END,
        swapped := CASE WHEN swapped > direct THEN 'any' END,
        killed := killed,
        injured := injured,
        detained := detained,
        "mode" := scored.mode,
        status := status
    ) AS levels
FROM scored
WHERE one = other
    OR round(parties_apart + greatest(direct, swapped), 2)
        >= (SELECT weight FROM joining_weights WHERE feature = 'threshold')
