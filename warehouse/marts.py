"""Tables and views that the load makes from the stored ones and the seeds, declared once.

Each is filled by the SQL file of its name in ``sql/tables`` or ``sql/views``, or by the seed table that
``codes.SEEDED`` names.
"""

from dataclasses import replace

from warehouse.codes import CODE_TABLES
from warehouse.schema import Column, Table, Type
from warehouse.tables import ISO3, TABLES

TEXT, TEXTS, INTEGER, COUNT, REAL, DATE, INSTANT = (
    Type.TEXT,
    Type.TEXTS,
    Type.INTEGER,
    Type.COUNT,
    Type.REAL,
    Type.DATE,
    Type.INSTANT,
)


def _as(table: str, column: str, name: str | None = None, description: str | None = None) -> Column:
    return TABLES[table][column].derived(name, description)


def _mention(column: str, name: str | None = None, description: str | None = None) -> Column:
    return _as("event_mentions", column, name, description)


def _participant(role: str, column: str, name: str, what: str) -> Column:
    return _as("participants", column, name, f"{what} of the first {role}.")


EVENT_LINKS = Table(
    "event_links",
    "Which event each mention was joined into, and why; what counts how much stands in seeds/joining/weights.csv.",
    (
        Column("event_mention_id", TEXT, "The mention.", nullable=False, key=True),
        Column("event_id", TEXT, "The event.", nullable=False),
        Column("score", REAL, "How well it fits compared_with: the sum of the weights of what was compared."),
        Column("reason", TEXT, "What agreed and what did not, in words; or why it was not compared.", nullable=False),
        Column("compared_with", TEXT, "The mention that leads the event; null for that one and where it is alone."),
    ),
)

MERGED_EVENTS = Table(
    "merged_events",
    "Ids that lead to an event: those of its parts, as they are called before what joins them is known.",
    (
        Column("former_event_id", TEXT, "The id of a part.", nullable=False, key=True),
        Column("event_id", TEXT, "The event that it belongs to.", nullable=False),
    ),
)

EVENTS = Table(
    "events",
    "Events: what all mentions of the same act say together.",
    (
        Column("event_id", TEXT, "Hash of what its first published mention tells.", nullable=False, key=True),
        _mention("event_type"),
        _mention("mode", description="PLOVER mode that most mentions give."),
        _mention("quad_class"),
        _mention("intensity"),
        _mention("cameo_root"),
        _mention("status", description="Whether it happened, by the last word of most voices."),
        _mention("date_start"),
        _mention("date_end"),
        _mention("date_precision"),
        _mention("place_name", description="Name of the place, or the words for it where it was not resolved."),
        _mention("geoname_id"),
        _mention("latitude"),
        _mention("longitude"),
        _mention("admin1"),
        _mention("country_code"),
        _participant("actor", "name", "actor_name", "Name, or the words where no name is known,"),
        _participant("actor", "actor_id", "actor_id", "Known actor (see actors)"),
        _participant("actor", "country_code", "actor_country_code", "Country"),
        _participant("actor", "sector", "actor_sector", "Role in society"),
        _participant("recipient", "name", "recipient_name", "Name, or the words where no name is known,"),
        _participant("recipient", "actor_id", "recipient_id", "Known actor (see actors)"),
        _participant("recipient", "country_code", "recipient_country_code", "Country"),
        _participant("recipient", "sector", "recipient_sector", "Role in society"),
        Column("n_mentions", COUNT, "Mentions that were joined.", "mentions", nullable=False),
        Column("n_articles", COUNT, "Articles that tell it.", "articles", nullable=False),
        Column("n_sources", COUNT, "Sources that tell it; near duplicates count once.", "sources", nullable=False),
        Column("first_seen", INSTANT, "When the first article that tells it was published.", "UTC"),
        Column("last_seen", INSTANT, "When the last article that tells it was published.", "UTC"),
        Column("killed_best", INTEGER, "Killed: the figure that most sources last give.", "people"),
        Column("killed_low", INTEGER, "Killed: the lowest figure given.", "people"),
        Column("killed_high", INTEGER, "Killed: the highest figure given.", "people"),
        Column("injured_best", INTEGER, "Injured: the figure that most sources last give.", "people"),
        Column("injured_low", INTEGER, "Injured: the lowest figure given.", "people"),
        Column("injured_high", INTEGER, "Injured: the highest figure given.", "people"),
        _mention("confidence", description="The highest confidence of its mentions."),
        Column(
            "representative_mention_id",
            TEXT,
            "The mention that tells most, whose date, place and participants these are.",
            nullable=False,
        ),
    ),
)

CONTESTED_EVENTS = Table(
    "contested_events",
    "Events that one voice asserts and another denies.",
    (
        EVENTS["event_id"],
        EVENTS["event_type"].derived(),
        EVENTS["date_start"].derived("event_date", "First day of the event."),
        EVENTS["actor_name"].derived(),
        EVENTS["recipient_name"].derived(),
        EVENTS["place_name"].derived(),
        EVENTS["status"].derived(),
        Column("n_asserted", COUNT, "Mentions that assert it.", "mentions"),
        Column("n_negated", COUNT, "Mentions that deny it.", "mentions"),
        Column("asserted_by", Type.TEXTS, "Who vouches for it: those named in the text, else the source."),
        Column("negated_by", Type.TEXTS, "Who denies it: those named in the text, else the source."),
    ),
)

SOURCES = Table(
    "sources",
    "Who published the articles, and what the file of sources says of them; those that gave nothing yet are there too.",
    (
        Column("source", TEXT, "The outlet's name or web host, as in articles.", nullable=False, key=True),
        Column("n_articles", COUNT, "Articles stored.", "articles", nullable=False),
        Column("n_duplicates", COUNT, "Of these, near duplicates of others.", "articles", nullable=False),
        Column("first_published_at", INSTANT, "Publication of the earliest article.", "UTC"),
        Column("last_published_at", INSTANT, "Publication of the latest article.", "UTC"),
        Column("listed_as", TEXTS, "Its names in the file of sources, past ones too; empty if none.", nullable=False),
        Column("language", TEXT, "Language by the file of sources; null where its entries differ.", "ISO 639-1"),
        Column("country_code", TEXT, "Country by the file of sources; null where its entries differ.", ISO3),
        Column("tier", INTEGER, "Reliability by the file of sources; null where its entries differ.", "1 (best) to 5"),
    ),
)

LISTED_SOURCES = Table(
    "listed_sources",
    "Entries of the file of sources, from which sources is made.",
    (
        Column("name", TEXT, "Name in the file.", nullable=False, key=True),
        Column("source", TEXT, "The outlet, as in articles.", nullable=False),
        Column("language", TEXT, "Language.", "ISO 639-1"),
        Column("country_code", TEXT, "Country.", ISO3),
        Column("tier", INTEGER, "Reliability.", "1 (best) to 5"),
    ),
)

PLACES = Table(
    "places",
    "Places that mentions and texts name, as far as they were resolved; admin1 is known of places of mentions.",
    (
        Column("geoname_id", INTEGER, "GeoNames id.", nullable=False, key=True),
        _mention("place_name"),
        _mention("admin1"),
        _mention("country_code"),
        _mention("latitude"),
        _mention("longitude"),
        Column("n_mentions", COUNT, "Mentions placed there.", "mentions", nullable=False),
        Column("n_entities", COUNT, "Times that texts name it.", "entities", nullable=False),
    ),
)

SEED_ACTORS = Table(
    "seed_actors",
    "Actors as the seeds list them, one row for each office; only while the database is built.",
    (
        Column("actor_id", TEXT, "Id of the actor.", nullable=False),
        Column("name", TEXT, "Name."),
        _as("participants", "country_code"),
        _as("participants", "sector"),
    ),
)

ACTORS = Table(
    "actors",
    "Known actors: those of the seeds, and any other that takes part in mentions.",
    (
        Column("actor_id", TEXT, "Id of the actor.", nullable=False, key=True),
        Column("name", TEXT, "Its name in the seeds, else the name that it most often goes by."),
        _as("participants", "country_code"),
        _as("participants", "sector"),
        Column("n_as_actor", COUNT, "Mentions in which it acts.", "mentions", nullable=False),
        Column("n_as_recipient", COUNT, "Mentions in which it is acted upon.", "mentions", nullable=False),
    ),
)

CONTEXTS = Table(
    "contexts",
    "How many mentions have each context, by type and status; a mention with several counts under each.",
    (
        Column("context", TEXT, "PLOVER context such as election or health.", nullable=False, key=True),
        replace(TABLES["event_mentions"]["event_type"], stored=False, key=True),
        replace(TABLES["event_mentions"]["quad_class"], stored=False, key=True),
        replace(TABLES["event_mentions"]["status"], stored=False, key=True),
        Column("n_mentions", COUNT, "Mentions.", "mentions", nullable=False),
    ),
)

DATA_TESTS = Table(
    "data_tests",
    "What the data tests of the last load found, and what they cost.",
    (
        Column("name", TEXT, "The test; those of files are warehouse/sql/checks.", nullable=False, key=True),
        Column("severity", TEXT, "An error fails the run.", nullable=False, values=("error", "warning")),
        Column(
            "scope",
            TEXT,
            "What is looked at: new batches, what was joined anew, or everything.",
            nullable=False,
            values=("batch", "joined", "all"),
        ),
        Column("n_rows", COUNT, "Bad rows in the whole warehouse; 0 where it passed.", "rows", nullable=False),
        Column("description", TEXT, "What the bad rows are.", nullable=False),
        Column("sample", TEXT, "The first bad rows, as a JSON array of objects.", nullable=False),
        Column("seconds", REAL, "What it cost in this load.", "seconds", nullable=False),
    ),
)

WAREHOUSE_META = Table(
    "warehouse_meta",
    "What this file was made from: format, folder, extractor versions and rows of each table.",
    (
        Column("name", TEXT, "What is said.", nullable=False, key=True),
        Column("value", TEXT, "Its value."),
    ),
)

EVENT_ROWS = Table(
    "event_rows",
    "One row for each mention, readable: who did what to whom, where, when, and the words that say so.",
    (
        TABLES["event_mentions"]["event_mention_id"],
        _mention("event_id"),
        _mention("date_start", "event_date"),
        _mention("event_type"),
        _mention("mode"),
        _mention("status"),
        Column("actors", TEXT, "Names of all actors, or the words where no name is known, joined by '; '."),
        Column("recipients", TEXT, "Names of all recipients, or the words where no name is known, joined by '; '."),
        _mention("place_name", "place", "Name of the place, or the words for it where it was not resolved."),
        _mention("country_code"),
        _mention("killed"),
        _mention("injured"),
        _mention("detained"),
        _mention("trigger_text"),
        _as("sentences", "text", "sentence"),
        _as("articles", "title"),
        _as("articles", "source"),
        _as("articles", "url"),
        _as("articles", "published_at"),
        _mention("article_id"),
        _mention("rule_id"),
        _mention("confidence"),
        _mention("date_precision"),
        _mention("date_source"),
        _mention("geoname_id"),
    ),
)

DAILY_COUNTS = Table(
    "daily_counts",
    "Events a day by country, type and status; only events whose date is known to the day.",
    (
        _mention("date_start", "event_date", "The day."),
        _mention("country_code"),
        _mention("event_type"),
        _mention("status"),
        Column("n_events", COUNT, "Events.", "events"),
        Column("n_mentions", COUNT, "Mentions of these events.", "mentions"),
        Column("killed", COUNT, "Killed, by the best figure of each event.", "people"),
        Column("injured", COUNT, "Injured, by the best figure of each event.", "people"),
    ),
)

MART_TABLES = {
    table.name: table
    for table in (
        EVENT_LINKS,
        MERGED_EVENTS,
        EVENTS,
        CONTESTED_EVENTS,
        EVENT_ROWS,
        SOURCES,
        PLACES,
        ACTORS,
        CONTEXTS,
        *CODE_TABLES,
    )
}
"""Tables that the load makes, in the order of making; ``WAREHOUSE_META`` comes after them."""

VIEWS = {table.name: table for table in (DAILY_COUNTS,)}
"""Views that the load makes beside those over Parquet, in the order of making."""
