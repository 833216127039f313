-- What mentions are drawn from, by number: the lower the number, the more often it is drawn (rank, a Zipf law).
CREATE MACRO h(k, salt) AS hash(hash(k, salt)); -- hashes of pairs alone are not independent of each other
CREATE MACRO u(k, salt) AS h(k, salt) / 18446744073709551616;
CREATE MACRO rank(k, salt, n) AS floor(exp(u(k, salt) * ln(n + 1)))::BIGINT;
CREATE MACRO word(n) AS list_reduce(list_transform(
    range(2 + (h(n, 1) % 3)::INT), lambda syllable: ['ba', 'ke', 'lo', 'mi', 'nu', 'par', 'ter', 'sol', 'den', 'ri', 'an', 'vos'][1 + (h(n, 2 + syllable) % 12)::INT]
), lambda one, other: one || other);

CREATE TABLE kinds AS
SELECT
    row_number() OVER (ORDER BY hash(event_type)) AS number,
    *,
    ['struck', 'blamed', 'met', 'arrested', 'rejected', 'urged', 'fined', 'backed', 'left', 'marched', 'praised', 'freed', 'fed', 'deployed', 'warned', 'joined'][number] AS verb,
    (SELECT list(mode) FROM modes WHERE modes.event_type = event_types.event_type) AS modes
FROM event_types;

-- Parties: known actors first, then words for people ("police"), then names that no table has.
CREATE TABLE parties AS
WITH named AS (
    SELECT actor_id, any_value(name) AS name, any_value(country_code) AS country_code, any_value(sector) AS sector
    FROM known_actors
    GROUP BY actor_id
)

SELECT row_number() OVER (ORDER BY hash(actor_id)) AS number, name AS text, * FROM named
UNION ALL BY NAME
SELECT 10_000 + position AS number, words[position] AS text, sectors[1 + position % 4] AS sector
FROM (
    SELECT
        unnest(range(1, 25)) AS position,
        ['police', 'protesters', 'soldiers', 'officials', 'residents', 'gunmen', 'workers', 'students', 'ministers', 'judges', 'rebels', 'lawmakers', 'villagers', 'a spokesman', 'families', 'troops', 'migrants', 'doctors', 'farmers', 'prisoners', 'drivers', 'aid groups', 'traders', 'a crowd'] AS words,
        ['COP', 'CIV', 'MIL', 'GOV'] AS sectors
)
UNION ALL BY NAME
SELECT
    100_000 + n AS number,
    upper(left(word(n), 1)) || substr(word(n), 2) || ' ' || upper(left(word(n + 7), 1)) || substr(word(n + 7), 2) || n::VARCHAR AS text,
    text AS name,
    CASE WHEN n % 3 = 0 THEN (SELECT list(country_code) FROM countries)[1 + rank(n, 1, (SELECT count(*) FROM countries)) - 1] END AS country_code
FROM range(1, 300_001) AS numbers(n);

CREATE TABLE places AS
WITH nations AS (SELECT row_number() OVER (ORDER BY hash(country_code)) AS number, * FROM countries)

SELECT
    n AS number,
    CASE WHEN n % 4 = 0 THEN nation.name WHEN n = 9 THEN 'Khartoum' ELSE upper(left(word(n), 1)) || substr(word(n), 2) || ' ' || n END AS place_name,
    CASE WHEN n % 4 = 0 THEN 'country' ELSE 'city' END AS place_precision,
    CASE WHEN n % 4 != 0 THEN nation.name || ' ' || (h(n, 3) % 8) END AS admin1,
    nation.country_code,
    CASE WHEN n % 9 != 1 THEN n END AS geoname_id,
    u(n, 4) * 120 - 50 AS latitude,
    u(n, 5) * 300 - 150 AS longitude
FROM range(1, 20_001) AS numbers(n)
INNER JOIN nations AS nation ON nation.number = 1 + rank(n, 2, (SELECT count(*) FROM nations)) - 1;

CREATE TABLE phrases AS
SELECT
    n AS number,
    CASE WHEN n % 5000 = 1 THEN 'chemical weapons ' ELSE '' END
    || list_reduce(list_transform(range(3), lambda i: word(rank(n * 8 + i, 6, 30_000))), lambda one, other: one || ' ' || other) AS text
FROM range(1, 100_001) AS numbers(n);
