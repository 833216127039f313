-- What joining.duckdb holds beside tellings and blocks: see state.py and parts.py.
CREATE SCHEMA kept;
CREATE SEQUENCE kept.generations;
CREATE TABLE kept.rules (rules VARCHAR, made VARCHAR); -- made names this joining, for who keeps what was found in it
CREATE TABLE kept.commits (stage VARCHAR, batch_id VARCHAR, made VARCHAR, content VARCHAR, owner BIGINT);
CREATE TABLE kept.parts ("first" BIGINT, "last" BIGINT, name VARCHAR, n_rows MAP(VARCHAR, BIGINT));
CREATE TABLE kept.dropped (owner BIGINT, n_mentions BIGINT);
CREATE TABLE kept.actors (
    owner BIGINT, actor_id VARCHAR, name VARCHAR, country_code VARCHAR, sector VARCHAR, n_as_actor BIGINT, n_as_recipient BIGINT
);
CREATE TABLE kept.places (
    owner BIGINT, geoname_id INTEGER, place_name VARCHAR, admin1 VARCHAR, country_code VARCHAR,
    latitude DOUBLE, longitude DOUBLE, n_mentions BIGINT, n_entities BIGINT
);
CREATE TABLE kept.sources (
    owner BIGINT, source VARCHAR, n_articles BIGINT, n_duplicates BIGINT,
    first_published_at TIMESTAMPTZ, last_published_at TIMESTAMPTZ
);
CREATE TABLE kept.contexts (
    owner BIGINT, context VARCHAR, event_type VARCHAR, quad_class VARCHAR, status VARCHAR, n_mentions BIGINT
);
CREATE TABLE kept.copies (owner BIGINT, article_id VARCHAR, duplicate_of VARCHAR);
