-- What is compared of each new mention, and what its event shows of it; one row for each.
--
-- Parties are lists: names (actor_id, else the folded name), heads (the last word of the phrase before "of", "in" and the
-- like, without those of seeds/joining/empty_words.csv), kinds (country and sector together), countries and sectors. At most four of each role count.
-- A date is firm where the text gives it; one that only the publication gives can be of an act of some days before.
-- The place is fine (a town, a site), a division, or coarse (a country, a region, a water).
-- They are hashed, to be compared quickly.
-- content_id is a hash of all that is compared: mentions that share it cannot be told apart and are one event. A mention
-- of which too little is known for that has one of its own: without a day; or without participants; or without place
-- where no participant is named. A week or a month is enough where place, named participant and figure are all known.
WITH parties AS (
    SELECT
        participant.event_mention_id,
        participant.role,
        participant.position,
        lower(strip_accents(coalesce(participant.actor_id, participant.name))) AS party_name,
        regexp_extract(
            regexp_replace(regexp_replace(
                lower(strip_accents(participant.text)),
                '^(tens of |hundreds of )?(thousands|hundreds|dozens|scores|tens|crowds?|groups?|members|families|some|many|most) of ', ''
            ), ' (of|in|from|for|at|on|with|near|who|that) .*$', ''),
            '([^ ]+)$', 1
        ) AS head,
        participant.country_code,
        participant.sector,
        struct_pack(
            name := coalesce(participant.name, participant.text),
            actor_id := participant.actor_id,
            country_code := participant.country_code,
            sector := participant.sector
        ) AS party
    FROM new_participants AS participant
    WHERE participant.position < 4
),

grouped AS (
    SELECT
        event_mention_id,
        role,
        count(*) AS n_parties,
        min_by(party, position) AS first,
        list_sort(list_distinct(list(party_name) FILTER (WHERE party_name IS NOT NULL))) AS names,
        list_sort(list_distinct(list(head) FILTER (
            WHERE head != '' AND NOT list_contains((SELECT list(word) FROM empty_words), head)
        ))) AS heads,
        list_sort(list_distinct(list(concat(country_code, '/', sector)) FILTER (
            WHERE country_code IS NOT NULL AND sector IS NOT NULL
        ))) AS kinds,
        list_sort(list_distinct(list(country_code) FILTER (WHERE country_code IS NOT NULL))) AS countries,
        list_sort(list_distinct(list(sector) FILTER (WHERE sector IS NOT NULL))) AS sectors
    FROM parties
    GROUP BY event_mention_id, role
),

known AS (
    SELECT event_mention_id, list(DISTINCT struct_pack(actor_id := actor_id, role := role)) AS appearances
    FROM new_participants
    WHERE actor_id IS NOT NULL
    GROUP BY event_mention_id
),

mentions AS (
    SELECT
        mention.event_mention_id,
        mention.owner,
        mention.article_id,
        mention.attributed_to,
        mention.confidence,
        struct_pack(
            quad_class := mention.quad_class,
            intensity := mention.intensity,
            cameo_root := mention.cameo_root,
            date_start := mention.date_start,
            date_end := mention.date_end,
            date_precision := mention.date_precision,
            place_name := coalesce(mention.place_name, mention.place_text),
            latitude := mention.latitude,
            longitude := mention.longitude,
            admin1 := mention.admin1,
            actor := actor.first,
            recipient := recipient.first,
            appearances := coalesce(known.appearances, [])
        ) AS shown,
        mention.event_type,
        mention.mode,
        mention.status,
        mention.date_start AS first_day,
        coalesce(mention.date_end, mention.date_start) AS last_day,
        coalesce(mention.date_precision = 'day', false) AS is_day,
        coalesce(mention.date_precision IN ('week', 'month'), false) AS is_span,
        coalesce(mention.date_source = 'text', false) AS is_firm,
        lower(strip_accents(coalesce(mention.place_name, mention.place_text))) AS place_name,
        mention.geoname_id,
        mention.country_code,
        lower(strip_accents(mention.admin1)) AS admin1,
        CASE
            WHEN mention.place_precision IN ('country', 'region', 'water') THEN 'coarse'
            WHEN mention.place_precision = 'admin1' THEN 'division'
            WHEN coalesce(mention.place_name, mention.place_text) IS NULL THEN 'coarse'
            ELSE 'fine'
        END AS place_level,
        mention.killed,
        mention.injured,
        mention.detained,
        coalesce(actor.n_parties, 0) AS n_actors,
        coalesce(recipient.n_parties, 0) AS n_recipients,
        coalesce(actor.names, []) AS actor_names,
        coalesce(actor.heads, []) AS actor_heads,
        coalesce(actor.kinds, []) AS actor_kinds,
        coalesce(actor.countries, []) AS actor_countries,
        coalesce(actor.sectors, []) AS actor_sectors,
        coalesce(recipient.names, []) AS recipient_names,
        coalesce(recipient.heads, []) AS recipient_heads,
        coalesce(recipient.kinds, []) AS recipient_kinds,
        coalesce(recipient.countries, []) AS recipient_countries,
        coalesce(recipient.sectors, []) AS recipient_sectors
    FROM new_mentions AS mention
    LEFT JOIN grouped AS actor
        ON mention.event_mention_id = actor.event_mention_id AND actor.role = 'actor'
    LEFT JOIN grouped AS recipient
        ON mention.event_mention_id = recipient.event_mention_id AND recipient.role = 'recipient'
    LEFT JOIN known ON mention.event_mention_id = known.event_mention_id
    WHERE mention.owner IN (FROM told_owners)
),

judged AS (
    SELECT
        *,
        coalesce(
            (is_day AND n_actors + n_recipients > 0 AND (len(actor_names) + len(recipient_names) > 0 OR coalesce(country_code, place_name) IS NOT NULL))
            OR (
                is_span
                AND len(actor_names) + len(recipient_names) > 0
                AND place_name IS NOT NULL
                AND coalesce(killed, injured, detained) IS NOT NULL
            ),
            false
        ) AS is_enough
    FROM mentions
)

SELECT
    judged.* EXCLUDE (is_enough) REPLACE (
        list_transform(actor_names, lambda each: hash(each)) AS actor_names,
        list_transform(actor_heads, lambda each: hash(each)) AS actor_heads,
        list_transform(actor_kinds, lambda each: hash(each)) AS actor_kinds,
        list_transform(actor_countries, lambda each: hash(each)) AS actor_countries,
        list_transform(actor_sectors, lambda each: hash(each)) AS actor_sectors,
        list_transform(recipient_names, lambda each: hash(each)) AS recipient_names,
        list_transform(recipient_heads, lambda each: hash(each)) AS recipient_heads,
        list_transform(recipient_kinds, lambda each: hash(each)) AS recipient_kinds,
        list_transform(recipient_countries, lambda each: hash(each)) AS recipient_countries,
        list_transform(recipient_sectors, lambda each: hash(each)) AS recipient_sectors
    ),
    NOT is_enough AS is_bare,
    article.published_at,
    article.duplicate_of,
    coalesce(original.source, article.duplicate_of, article.source, judged.article_id) AS source_key,
    coalesce(attributed_to, article.source, judged.article_id) AS voice,
    left(md5(CASE
        WHEN is_enough
            THEN concat_ws(
                chr(31), event_type, coalesce(mode, ''), status, first_day, last_day, is_firm,
                coalesce(place_name, ''), coalesce(geoname_id, 0), coalesce(country_code, ''), coalesce(admin1, ''), place_level,
                coalesce(killed, -1), coalesce(injured, -1), coalesce(detained, -1),
                n_actors, actor_names, actor_heads, actor_kinds, actor_countries, actor_sectors,
                n_recipients, recipient_names, recipient_heads, recipient_kinds, recipient_countries, recipient_sectors
            )
        ELSE concat_ws(chr(31), 'alone', event_mention_id)
    END), 24) AS content_id
FROM judged
LEFT JOIN new_articles AS article ON judged.article_id = article.article_id
LEFT JOIN articles AS original ON coalesce(article.duplicate_of, article.article_id) = original.article_id
