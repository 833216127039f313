-- Which event each mention is joined into. The joining rule:
--
-- Two mentions tell the same event where all of these are equal:
--   event_type
--   status group: told as fact, happened or not (asserted, negated), or not yet fact (planned, hypothetical)
--   date_start, known to the day
--   country and name of the place, folded (case and accents do not count); no place equals no place
--   first actor and first recipient: by actor_id, else by folded name, else by folded words; none equals none
--
-- A mention stands alone, as an event of its own, where that would join by too little:
--   its date is not known to the day; or
--   it has neither actor nor recipient; or
--   neither of them is named (known by actor_id or name) and no place is known.
--
-- event_id is a hash of what was compared, so it depends neither on the order of arrival nor on other mentions.
WITH first_participants AS (
    SELECT
        event_mention_id,
        role,
        min_by(coalesce(actor_id, lower(strip_accents(coalesce(name, text)))), position) AS participant_key,
        min_by(coalesce(actor_id, name) IS NOT NULL, position) AS is_named
    FROM participants
    GROUP BY event_mention_id, role
),

mentions AS (
    SELECT
        mention.event_mention_id,
        mention.event_type,
        CASE WHEN mention.status IN ('asserted', 'negated') THEN 'fact' ELSE 'prospect' END AS status_group,
        mention.date_start,
        mention.date_precision,
        mention.country_code,
        lower(strip_accents(coalesce(mention.place_name, mention.place_text))) AS place_key,
        actor.participant_key AS actor_key,
        recipient.participant_key AS recipient_key,
        coalesce(actor.is_named, false) OR coalesce(recipient.is_named, false) AS has_name
    FROM stored.event_mentions AS mention
    LEFT JOIN first_participants AS actor
        ON mention.event_mention_id = actor.event_mention_id AND actor.role = 'actor'
    LEFT JOIN first_participants AS recipient
        ON mention.event_mention_id = recipient.event_mention_id AND recipient.role = 'recipient'
),

keyed AS (
    SELECT
        event_mention_id,
        CASE
            WHEN date_start IS NOT NULL
                AND date_precision = 'day'
                AND coalesce(actor_key, recipient_key) IS NOT NULL
                AND (has_name OR coalesce(country_code, place_key) IS NOT NULL)
                THEN concat_ws(
                    chr(31),
                    'joined',
                    event_type,
                    status_group,
                    strftime(date_start, '%Y-%m-%d'),
                    coalesce(country_code, ''),
                    coalesce(place_key, ''),
                    coalesce(actor_key, ''),
                    coalesce(recipient_key, '')
                )
            ELSE concat_ws(chr(31), 'alone', event_mention_id)
        END AS event_key
    FROM mentions
)

SELECT
    event_mention_id,
    left(md5(event_key), 24) AS event_id
FROM keyed
ORDER BY event_mention_id
