-- The blocks of each content: event type, day, and two things that both tellings must share. Never one thing alone.
--
--   place or division, with a name, head, kind or sector of a party, or with the mode
--   a name or kind of an actor with one of a recipient, in either order
--   a number of killed, injured or detained, above 1, with place, division, country, or a party's name
--   country with a party's name, where one of the two places is not fine (is_coarse)
--   all that is compared, by which later mentions find their like
--
-- A key is a hash, which costs nothing: two keys that collide only bring a pair that the score then drops. A content is
-- posted at its own day. It looks (see candidates) also where the act can lie: a span at all its days, what only a
-- publication dates at the two days before.
WITH things AS (
    SELECT
        content,
        event_type,
        first_day,
        last_day,
        is_day,
        is_firm,
        place_level != 'fine' AS is_coarse,
        list_filter([
            CASE WHEN place_level = 'fine' THEN hash('place', country_code, place_name) END,
            CASE WHEN place_level = 'fine' AND geoname_id IS NOT NULL THEN hash('geoname', geoname_id) END,
            CASE WHEN admin1 IS NOT NULL THEN hash('division', country_code, admin1) END
        ], lambda x: x IS NOT NULL) AS places,
        list_concat(actor_names, recipient_names) AS names,
        list_distinct(list_filter(list_concat(
            actor_names, recipient_names, actor_heads, recipient_heads, actor_kinds, recipient_kinds,
            actor_sectors, recipient_sectors, [CASE WHEN mode IS NOT NULL THEN hash('mode', mode) END]
        ), lambda x: x IS NOT NULL)) AS marks,
        list_concat(actor_names, actor_kinds) AS actors,
        list_concat(recipient_names, recipient_kinds) AS recipients,
        list_filter([
            CASE WHEN killed > 1 THEN hash('killed', killed) END,
            CASE WHEN injured > 1 THEN hash('injured', injured) END,
            CASE WHEN detained > 1 THEN hash('detained', detained) END
        ], lambda x: x IS NOT NULL) AS figures,
        country_code
    FROM contents
    WHERE first_day IS NOT NULL AND last_day - first_day <= 31
),

keys AS (
    SELECT content, hash('place', place, mark) AS key, false AS is_for_coarse
    FROM (SELECT content, unnest(places) AS place, marks FROM things), unnest(marks) AS each(mark)
    UNION ALL
    SELECT content, hash('parties', least(actor, recipient), greatest(actor, recipient)), false
    FROM (SELECT content, unnest(actors) AS actor, recipients FROM things), unnest(recipients) AS each(recipient)
    UNION ALL
    SELECT content, hash('figure', figure, place), false
    FROM (
        SELECT content, unnest(figures) AS figure, list_concat(places, names, [CASE WHEN country_code IS NOT NULL THEN hash('country', country_code) END]) AS wheres FROM things
    ), unnest(wheres) AS each(place)
    WHERE place IS NOT NULL
    UNION ALL
    SELECT content, hash('country', country_code, name), true
    FROM (SELECT content, country_code, unnest(names) AS name FROM things)
    WHERE country_code IS NOT NULL
    UNION ALL
    SELECT content, hash('content', content_id), false
    FROM contents
    WHERE NOT is_bare
)

SELECT DISTINCT
    content,
    event_type,
    hash(event_type, keys.key) AS key,
    is_for_coarse,
    is_coarse,
    is_day,
    first_day,
    CASE WHEN is_day AND NOT is_firm THEN first_day - 2 ELSE first_day END::DATE AS look_from,
    last_day AS look_to
FROM keys
INNER JOIN things USING (content)
