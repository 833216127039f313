-- The level of each feature of each pair of contents; what the levels weigh stands in seeds/joining/weights.csv.
-- Parties are compared in their roles, and actor with recipient: direct and swapped. Where both tell of several who do
-- something together, the second party in common stands for the recipient.
WITH pairs AS (
    SELECT
        pair.one,
        pair.other,
        a.event_type,
        -- by how many days one is dated later, where only its publication dates it
        CASE
            WHEN NOT (a.is_day AND b.is_day) THEN NULL
            WHEN a.first_day = b.first_day THEN 0
            WHEN a.first_day > b.first_day AND NOT a.is_firm THEN a.first_day - b.first_day
            WHEN b.first_day > a.first_day AND NOT b.is_firm THEN b.first_day - a.first_day
        END AS days_later,
        a.is_day AND b.is_day AS are_days,
        a.is_firm OR b.is_firm AS is_firm,
        CASE
            WHEN a.place_name IS NULL OR b.place_name IS NULL THEN 'unknown'
            WHEN a.geoname_id = b.geoname_id
                OR (a.place_name = b.place_name AND (a.country_code = b.country_code) IS NOT FALSE)
                THEN CASE a.place_level
                    WHEN 'fine' THEN 'same'
                    WHEN 'division' THEN 'same_division'
                    ELSE 'same_country'
                END
            WHEN a.country_code IS NULL OR b.country_code IS NULL THEN 'unresolved'
            WHEN a.country_code != b.country_code THEN 'elsewhere'
            WHEN 'division' IN (a.place_level, b.place_level) AND a.admin1 = b.admin1 THEN 'within'
            WHEN 'coarse' IN (a.place_level, b.place_level) THEN 'in_country'
            WHEN a.admin1 = b.admin1 THEN 'near'
            ELSE 'elsewhere'
        END AS place,
        party_level(
            a.actor_names, a.actor_kinds, a.actor_heads, a.actor_sectors, a.actor_countries,
            b.actor_names, b.actor_kinds, b.actor_heads, b.actor_sectors, b.actor_countries
        ) AS actor,
CASE
            WHEN a.is_mutual AND b.is_mutual
                THEN CASE
                    WHEN len(list_intersect(a.actor_names, b.actor_names)) > 1 THEN 'name'
                    WHEN len(list_intersect(a.actor_kinds, b.actor_kinds)) > 1 THEN 'kind'
                    WHEN len(list_intersect(a.actor_heads, b.actor_heads)) > 1 THEN 'words'
                    ELSE 'different'
                END
            ELSE party_level(
                a.recipient_names, a.recipient_kinds, a.recipient_heads, a.recipient_sectors, a.recipient_countries,
                b.recipient_names, b.recipient_kinds, b.recipient_heads, b.recipient_sectors, b.recipient_countries
            )
        END AS recipient,
        CASE WHEN a.is_mutual AND b.is_mutual THEN 'foreign' ELSE party_level(
                    a.actor_names, a.actor_kinds, a.actor_heads, a.actor_sectors, a.actor_countries,
                    b.recipient_names, b.recipient_kinds, b.recipient_heads, b.recipient_sectors, b.recipient_countries
                ) END AS actor_swapped,
        party_level(
            a.recipient_names, a.recipient_kinds, a.recipient_heads, a.recipient_sectors, a.recipient_countries,
            b.actor_names, b.actor_kinds, b.actor_heads, b.actor_sectors, b.actor_countries
        ) AS recipient_swapped,
        figure_level(a.killed, b.killed) AS killed,
        figure_level(a.injured, b.injured) AS injured,
        figure_level(a.detained, b.detained) AS detained,
        CASE WHEN a.mode = b.mode THEN 'same' WHEN a.mode != b.mode THEN 'different' ELSE 'unknown' END AS "mode",
        CASE
            WHEN a.status = b.status THEN 'same'
            WHEN 'hypothetical' IN (a.status, b.status) THEN 'doubtful'
            WHEN 'planned' IN (a.status, b.status) THEN 'foretold'
            ELSE 'denied'
        END AS status
    FROM candidates AS pair
    INNER JOIN contents AS a ON pair.one = a.content
    INNER JOIN contents AS b ON pair.other = b.content
)

SELECT
    *,
    CASE
        WHEN NOT are_days THEN 'overlap'
        WHEN days_later = 0 AND is_firm THEN 'same'
        WHEN days_later = 0 THEN 'same_published'
        WHEN days_later = 1 THEN 'day_later'
        WHEN days_later = 2 THEN 'two_days_later'
    END AS "date"
FROM pairs
WHERE NOT are_days
    OR days_later <= 2
