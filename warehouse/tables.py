"""Every table that the stages write, declared once.

Names are those of the records in ``transforms.records`` (a test holds the two equal). Character offsets count
Unicode code points into ``articles.text``, from 0, and end before the character at the end offset.
"""

from warehouse.schema import Column, Table, Type, arrow_schema

__all__ = ["TABLES", "Column", "Table", "Type", "arrow_schema"]

TEXT, TEXTS, INTEGER, REAL, DATE, INSTANT, BYTES = (
    Type.TEXT,
    Type.TEXTS,
    Type.INTEGER,
    Type.REAL,
    Type.DATE,
    Type.INSTANT,
    Type.BYTES,
)
CHARACTERS = "characters from the start of articles.text"
STATUSES = ("asserted", "negated", "planned", "hypothetical")
ISO3 = "ISO 3166-1 alpha-3"
SECTORS = (
    *("GOV", "MIL", "COP", "SPY", "LEG", "JUD", "OPP", "PTY", "REB", "IGO"),
    *("NGO", "MED", "BUS", "EDU", "REL", "LAB", "MIG", "CIV", "CRM", "IMG"),
)


def _start(what: str) -> str:
    return f"Offset of the first character of {what}."


def _end(what: str) -> str:
    return f"Offset after the last character of {what}."


ARTICLES = Table(
    "articles",
    "News articles as read and cleaned; one row for each distinct text.",
    (
        Column("article_id", TEXT, "Content hash of title and text.", nullable=False, key=True),
        Column("external_id", TEXT, "The id that the article had in its input."),
        Column("source", TEXT, "Who published it: the outlet's name or web host."),
        Column("url", TEXT, "Where it was published."),
        Column("title", TEXT, "Headline; not part of text."),
        Column("authors", TEXTS, "Authors in the order given.", nullable=False),
        Column("language", TEXT, "Language of the text; only English is coded.", "ISO 639-1"),
        Column("published_at", INSTANT, "When it was published, as far as known.", "UTC"),
        Column("published_at_precision", TEXT, "How exactly published_at is known: second, minute, day, month ..."),
        Column("retrieved_at", INSTANT, "When it was fetched, or the file's modification time.", "UTC", nullable=False),
        Column("text", TEXT, "The cleaned text that all offsets count into.", nullable=False),
        Column("word_count", INTEGER, "Length of the text.", "words", nullable=False),
        Column("content_hash", TEXT, "Hash of title and text, by which exact duplicates are found.", nullable=False),
        Column("duplicate_of", TEXT, "article_id of the article that this one nearly repeats; null for an original."),
        Column("raw_path", TEXT, "The payload as obtained, relative to the warehouse's folder."),
        Column("minhash", BYTES, "MinHash signature, by which near duplicates are found."),
    ),
    ("ingest",),
)

REJECTS = Table(
    "rejects",
    "What could not be read or coded, and why.",
    (
        Column("reject_id", TEXT, "Content hash of the reject.", nullable=False, key=True),
        Column("source", TEXT, "File, URL or article_id that was rejected."),
        Column("stage", TEXT, "The stage that gave up.", nullable=False),
        Column("reason", TEXT, "What is wrong and what to do about it.", nullable=False),
        Column("detail", TEXT, "The error or the offending value."),
        Column("raw_path", TEXT, "The payload as obtained, relative to the warehouse's folder."),
        Column("seen_at", INSTANT, "retrieved_at of what was rejected.", "UTC", nullable=False),
    ),
    ("ingest", "extract"),
)

SENTENCES = Table(
    "sentences",
    "Sentences of the articles that were coded.",
    (
        Column("sentence_id", TEXT, "Content hash of article and offsets.", nullable=False, key=True),
        Column("article_id", TEXT, "The article.", nullable=False),
        Column("position", INTEGER, "Number of the sentence in its article, from 0.", nullable=False),
        Column("start_char", INTEGER, _start("the sentence"), CHARACTERS, nullable=False),
        Column("end_char", INTEGER, _end("the sentence"), CHARACTERS, nullable=False),
        Column("text", TEXT, "The sentence.", nullable=False),
    ),
    ("extract",),
)

ENTITIES = Table(
    "entities",
    "Named entities, each time they are named.",
    (
        Column("entity_id", TEXT, "Content hash of article, offsets and label.", nullable=False, key=True),
        Column("article_id", TEXT, "The article.", nullable=False),
        Column("sentence_id", TEXT, "The sentence.", nullable=False),
        Column("label", TEXT, "Kind: PERSON, ORG, GPE, LOC, FAC, NORP, DATE, MONEY ...", nullable=False),
        Column("text", TEXT, "The words in the text.", nullable=False),
        Column("start_char", INTEGER, _start("the entity"), CHARACTERS, nullable=False),
        Column("end_char", INTEGER, _end("the entity"), CHARACTERS, nullable=False),
        Column("name", TEXT, "The name that the words stand for, where resolved."),
        Column("country_code", TEXT, "Country of the entity, where resolved.", ISO3),
        Column("sector", TEXT, "Role in society, where resolved.", values=SECTORS),
        Column("geoname_id", INTEGER, "GeoNames id, where the entity is a place that was resolved and has one."),
        Column("latitude", REAL, "Latitude of the place, where resolved.", "degrees north, WGS 84", since=3),
        Column("longitude", REAL, "Longitude of the place, where resolved.", "degrees east, WGS 84", since=3),
    ),
    ("extract",),
)

EVENT_MENTIONS = Table(
    "event_mentions",
    "One row for each predicate that tells an event: what was done, whether it happened, when and where.",
    (
        Column("event_mention_id", TEXT, "Content hash of article, trigger and type.", nullable=False, key=True),
        Column("event_id", TEXT, "The event that this mention was joined into.", stored=False),
        Column("article_id", TEXT, "The article.", nullable=False),
        Column("sentence_id", TEXT, "The sentence.", nullable=False),
        Column("event_type", TEXT, "PLOVER type of the act, whatever its status; see event_types.", nullable=False),
        Column("mode", TEXT, "PLOVER mode, the second level of the type; see modes."),
        Column("plover_type", TEXT, "Type with plans folded into verbal types, as PLOVER has it.", nullable=False),
        Column("quad_class", TEXT, "Verbal or material, cooperation or conflict.", nullable=False),
        Column("intensity", REAL, "PLOVER intensity of type and mode.", "-10 (conflict) to +10", nullable=False),
        Column("cameo_root", TEXT, "CAMEO root code.", nullable=False),
        Column("acled_type", TEXT, "ACLED event type, where there is one."),
        Column("acled_sub_type", TEXT, "ACLED sub-event type, where there is one."),
        Column("contexts", TEXTS, "PLOVER contexts such as election or health.", nullable=False),
        Column("status", TEXT, "Whether it happened, according to the text.", nullable=False, values=STATUSES),
        Column("attributed_to", TEXT, "Who vouches for it in the text; null for the writer."),
        Column("trigger_text", TEXT, "The words that name the act.", nullable=False),
        Column("trigger_start", INTEGER, _start("the trigger"), CHARACTERS, nullable=False),
        Column("trigger_end", INTEGER, _end("the trigger"), CHARACTERS, nullable=False),
        Column("date_start", DATE, "First day on which the act can have happened."),
        Column("date_end", DATE, "Last day on which the act can have happened."),
        Column("date_precision", TEXT, "How exactly the date is known: day, week, month, year ..."),
        Column("date_source", TEXT, "Where the date was found.", values=("text", "dateline", "publication")),
        Column("date_text", TEXT, "The words that give the date."),
        Column("place_text", TEXT, "The words that give the place."),
        Column("place_name", TEXT, "Name of the place as resolved."),
        Column("geoname_id", INTEGER, "GeoNames id of the place."),
        Column("latitude", REAL, "Latitude of the place.", "degrees north, WGS 84"),
        Column("longitude", REAL, "Longitude of the place.", "degrees east, WGS 84"),
        Column("admin1", TEXT, "First-level administrative division of the place."),
        Column("country_code", TEXT, "Country of the place.", ISO3),
        Column("place_precision", TEXT, "How exactly the place is known: town, region, country ..."),
        Column("place_source", TEXT, "Where the place was found: the sentence, the one before it, the dateline ..."),
        Column("killed", INTEGER, "Killed in this very event, where a number is stated.", "people"),
        Column("injured", INTEGER, "Injured in this very event, where a number is stated.", "people"),
        Column("detained", INTEGER, "Detained in this very event, where a number is stated.", "people"),
        Column(
            "confidence",
            REAL,
            "Probability that the sentence tells of an event of the type, whatever its parties, place and date.",
            "0 to 1",
            nullable=False,
        ),
        Column("rule_id", TEXT, "The lexicon rule that fired.", nullable=False),
        Column("extractor_version", TEXT, "Version of rules and model that coded it.", nullable=False),
    ),
    ("extract",),
)

PARTICIPANTS = Table(
    "participants",
    "Actors and recipients of mentions.",
    (
        Column("event_mention_id", TEXT, "The mention.", nullable=False, key=True),
        Column("role", TEXT, "Who does, or to whom.", nullable=False, key=True, values=("actor", "recipient")),
        Column("position", INTEGER, "Order within the role.", nullable=False, key=True),
        Column("text", TEXT, "The phrase in the text.", nullable=False),
        Column("start_char", INTEGER, _start("the phrase"), CHARACTERS, nullable=False),
        Column("end_char", INTEGER, _end("the phrase"), CHARACTERS, nullable=False),
        Column("name", TEXT, "Whom the phrase stands for, where resolved."),
        Column("actor_id", TEXT, "Known actor; see actors."),
        Column("country_code", TEXT, "Country that the actor belongs to.", ISO3),
        Column("sector", TEXT, "Role in society.", values=SECTORS),
    ),
    ("extract",),
)

MENTION_CHANGES = Table(
    "mention_changes",
    "What the last recoding of each article changed in its mentions; empty for articles that were coded once.",
    (
        Column("event_mention_id", TEXT, "The mention, also where it was lost.", nullable=False, key=True),
        Column("article_id", TEXT, "The article.", nullable=False),
        Column("change", TEXT, "What became of it.", nullable=False, values=("gained", "lost", "changed")),
        Column("event_type", TEXT, "PLOVER type of the act.", nullable=False),
        Column("trigger_text", TEXT, "The words that name the act.", nullable=False),
        Column("changed", TEXTS, "The columns that differ, actors and recipients among them.", nullable=False),
        Column("before", TEXT, "What they were, as a JSON object; null where the mention was gained."),
        Column("after", TEXT, "What they are now, as a JSON object; null where the mention was lost."),
        Column("version_before", TEXT, "Version of rules and model before.", nullable=False),
        Column("version_after", TEXT, "Version of rules and model that coded it anew.", nullable=False),
    ),
    ("extract",),
)

TABLES = {
    table.name: table
    for table in (ARTICLES, REJECTS, SENTENCES, ENTITIES, EVENT_MENTIONS, PARTICIPANTS, MENTION_CHANGES)
}
"""The tables that lie in Parquet files, by name."""
