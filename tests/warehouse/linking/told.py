"""The mentions of ``mentions.csv`` as a warehouse: no article is read and no sentence coded, so only joining counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from seeds import read_csv, read_table
from transforms.ids import content_id
from transforms.records import Article, EventMention, Participant, Sentence
from warehouse.batches import write_batch
from warehouse.paths import Warehouse

HERE = Path(__file__).parent
VERSION = "told"
PARTS = ("tune", "held")

Row = dict[str, str]


def told(part: str | None = None) -> list[Row]:
    """Read the mentions of one part, or of both."""
    return [row for row in read_csv(HERE / "mentions.csv") if part in (None, row["part"])]


def mention_id(row: Row) -> str:
    """Make the id of a mention from the article and the words that tell it."""
    return content_id("mention", row["article"], row["sentence"])


def gold(rows: list[Row]) -> dict[str, str]:
    """Say which event each mention tells."""
    return {mention_id(row): row["event"] for row in rows}


def store(warehouse: Warehouse, rows: list[Row], *, batch_size: int | None = None) -> None:
    """Commit the articles of these mentions and what they tell, all in one batch or so many articles in each."""
    names = list(dict.fromkeys(row["article"] for row in rows))
    size = batch_size or len(names)
    for start in range(0, len(names), size):
        _commit(warehouse, [row for row in rows if row["article"] in names[start : start + size]])


def recode(warehouse: Warehouse, batch_id: str, rows: list[Row]) -> None:
    """Commit another coding of a batch, which tells these mentions of its articles and no others."""
    _, coded = _records(rows)
    write_batch(warehouse, stage="extract", batch_id=batch_id, version=f"{VERSION}-again", rows=coded)


def _commit(warehouse: Warehouse, rows: list[Row]) -> None:
    articles, coded = _records(rows)
    batch_id = content_id("batch", *(row["article"] for row in rows))
    write_batch(warehouse, stage="ingest", batch_id=batch_id, rows={"articles": articles})
    write_batch(warehouse, stage="extract", batch_id=batch_id, version=VERSION, rows=coded)


def _records(rows: list[Row]) -> tuple[list[Article], dict[str, list[object]]]:
    known = {row["article"]: row for row in read_csv(HERE / "articles.csv")}
    articles, sentences, mentions, participants = [], [], [], []
    for name in dict.fromkeys(row["article"] for row in rows):
        own = [row for row in rows if row["article"] == name]
        text = "\n".join(row["sentence"] for row in own)
        articles.append(_article(known[name], text))
        for position, row in enumerate(own):
            start = text.index(row["sentence"])
            sentence = Sentence(
                content_id("sentence", name, position),
                articles[-1].article_id,
                position,
                start,
                start + len(row["sentence"]),
                row["sentence"],
            )
            sentences.append(sentence)
            mentions.append(_mention(row, sentence))
            participants += _participants(row, sentence)
    return articles, {"sentences": sentences, "event_mentions": mentions, "participants": participants}


def _article(row: Row, text: str) -> Article:
    identity = content_id("article", row["article"])
    published = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
    return Article(
        article_id=identity,
        external_id=row["article"],
        source=row["source"],
        url=None,
        title=None,
        authors=(),
        language="en",
        published_at=published,
        published_at_precision="minute",
        retrieved_at=published,
        text=text,
        word_count=len(text.split()),
        content_hash=identity,
        duplicate_of=content_id("article", row["repeats"]) if row["repeats"] else None,
        raw_path=None,
        minhash=None,
    )


def _mention(row: Row, sentence: Sentence) -> EventMention:
    (kind,) = (each for each in read_table("lexicon/event_types") if each["event_type"] == row["type"])
    first, _, last = row["date"].partition("..")
    name, division, country, precision, geoname = [*row["place"].split("/"), "", "", "", ""][:5]
    trigger = row["sentence"].split()[0]
    return EventMention(
        event_mention_id=mention_id(row),
        article_id=sentence.article_id,
        sentence_id=sentence.sentence_id,
        event_type=row["type"],
        mode=row["mode"] or None,
        plover_type=row["type"],
        quad_class=kind["quad_class"],
        intensity=float(kind["intensity"]),
        cameo_root=kind["cameo_root"],
        acled_type=None,
        acled_sub_type=None,
        contexts=(),
        status=row["status"] or "asserted",
        attributed_to=None,
        trigger_text=trigger,
        trigger_start=sentence.start_char,
        trigger_end=sentence.start_char + len(trigger),
        date_start=date.fromisoformat(first) if first else None,
        date_end=date.fromisoformat(last or first) if first else None,
        date_precision=(row["precision"] or "day") if first else None,
        date_source=(row["date_source"] or "text") if first else None,
        date_text=None,
        place_text=name or None,
        place_name=name if country else None,
        geoname_id=int(geoname) if geoname else None,
        latitude=None,
        longitude=None,
        admin1=division or None,
        country_code=country or None,
        place_precision=precision or None,
        place_source="sentence" if name else None,
        killed=int(row["killed"]) if row["killed"] else None,
        injured=int(row["injured"]) if row["injured"] else None,
        detained=int(row["detained"]) if row["detained"] else None,
        confidence=0.8,
        rule_id="told",
        extractor_version=VERSION,
    )


def _participants(row: Row, sentence: Sentence) -> Iterator[Participant]:
    for role in ("actor", "recipient"):
        for position, party in enumerate(each for each in row[f"{role}s"].split(";") if each):
            phrase, _, codes = party.partition("@")
            words, _, name = phrase.partition("=")
            country, _, sector = codes.partition("/")
            yield Participant(
                event_mention_id=mention_id(row),
                role=role,
                position=position,
                text=words,
                start_char=sentence.start_char,
                end_char=sentence.start_char + len(words),
                name=name or None,
                actor_id=None,
                country_code=country or None,
                sector=sector or None,
            )
