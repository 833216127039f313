-- One row for each mention k: what it tells, and its sentence.
--
-- What is told hangs on "base", the mention that told it first: itself for seven tenths, else one of the last three days, the
-- nearer the likelier; some bases (multiples of 10, 100, 1000) are told again far more often than others.
CREATE OR REPLACE TEMP TABLE drawn AS
WITH numbered AS (
    SELECT
        k,
        k // getvariable('per_article') AS article,
        greatest(k - rank(k, 2, 3 * getvariable('per_day')), 0) AS earlier,
        [1, 1, 1, 1, 1, 10, 10, 10, 100, 1000][1 + (h(k, 3) % 10)::INT] AS step,
        CASE WHEN u(k, 1) < 0.3 THEN earlier - earlier % step ELSE k END AS base
    FROM (SELECT n + getvariable('first') AS k FROM numbers WHERE n < getvariable('last') - getvariable('first')) AS each
),

parted AS (
    SELECT
        *,
        DATE '2015-01-01' + (article * getvariable('per_article') // getvariable('per_day'))::INT AS published,
        CASE
            WHEN u(base, 4) < 0.92
                THEN DATE '2015-01-01' + (base // getvariable('per_day'))::INT - CASE WHEN u(base, 5) < 0.6 THEN 0 ELSE rank(base, 6, 60)::INT END
        END AS day,
        rank(base, 7, 16) AS kind_number,
        CASE WHEN u(base, 8) < 0.78 THEN party(base, 9) END AS actor_number,
        CASE WHEN u(base, 10) < 0.1 THEN party(base, 11) END AS other_number,
        CASE WHEN u(base, 12) < 0.58 THEN party(base, 13) END AS recipient_number,
        CASE WHEN u(base, 14) < 0.45 THEN rank(base, 15, 20_000) END AS place_number,
        CASE WHEN u(k, 16) < 0.97 THEN u(base, 17) ELSE u(k, 17) END AS doubt
    FROM numbered
)

SELECT
    parted.* EXCLUDE (earlier, step, kind_number, actor_number, other_number, recipient_number, place_number),
    md5('mention' || k)[:24] AS event_mention_id,
    md5('article' || article)[:24] AS article_id,
    md5('sentence' || k)[:24] AS sentence_id,
    kind.event_type,
    kind.quad_class,
    kind.intensity,
    kind.cameo_root,
    kind.verb,
    CASE WHEN u(base, 18) < 0.5 THEN kind.modes[1 + (h(base, 19) % len(kind.modes))::INT] END AS mode,
    CASE WHEN doubt < 0.8 THEN 'asserted' WHEN doubt < 0.88 THEN 'planned' WHEN doubt < 0.94 THEN 'negated' ELSE 'hypothetical' END AS status,
    actor,
    CASE WHEN actor.number IS NOT NULL THEN other_actor END AS other_actor,
    recipient,
    place,
    coalesce(actor.text, 'It') AS subject,
    length(subject) + CASE WHEN actor.number IS NOT NULL AND other_actor.number IS NOT NULL THEN 5 + length(other_actor.text) ELSE 0 END + 1 AS trigger_at,
    concat(
        subject,
        CASE WHEN actor.number IS NOT NULL THEN ' and ' || other_actor.text END,
        ' ', kind.verb, ' ' || recipient.text, ' in ' || place.place_name,
        ' ', one.text, ', ', other.text, '.'
    ) AS sentence,
    k % getvariable('per_article') * getvariable('width') AS start_char
FROM parted
INNER JOIN kinds AS kind ON parted.kind_number = kind.number
INNER JOIN phrases AS one ON one.number = 1 + parted.k * 7919 % 100_000
INNER JOIN phrases AS other ON other.number = 1 + (h(parted.k, 20) % 100_000)::BIGINT
LEFT JOIN parties AS actor ON parted.actor_number = actor.number
LEFT JOIN parties AS other_actor ON parted.other_number = other_actor.number
LEFT JOIN parties AS recipient ON parted.recipient_number = recipient.number
LEFT JOIN places AS place ON parted.place_number = place.number;
