"""A small warehouse of hand-written rows: three articles, one of them a near duplicate, in two batches."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from transforms.ids import content_id
from transforms.records import Article, Entity, EventMention, Participant, Reject, Sentence
from warehouse import catalogue
from warehouse.batches import write_batch
from warehouse.paths import Warehouse

VERSION = "1.0-test"
SEEN = datetime(2024, 5, 6, 12, tzinfo=UTC)


def make_article(text: str, **values: object) -> Article:
    identity = content_id("article", values.get("title") or "", text)
    base = Article(
        article_id=identity,
        external_id=None,
        source="Harbour Gazette",
        url=None,
        title=None,
        authors=(),
        language="en",
        published_at=SEEN,
        published_at_precision="second",
        retrieved_at=SEEN,
        text=text,
        word_count=len(text.split()),
        content_hash=identity,
        duplicate_of=None,
        raw_path=None,
        minhash=bytes(8),
    )
    return replace(base, **values)


@dataclass
class Coded:
    """Rows of one batch, filled by :meth:`tell`."""

    articles: list[Article] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    event_mentions: list[EventMention] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)

    def add_article(self, text: str, **values: object) -> Article:
        """Add an article whose lines are its sentences."""
        article = make_article(text, **values)
        self.articles.append(article)
        start = 0
        for position, line in enumerate(text.splitlines()):
            end = start + len(line)
            identity = content_id("sentence", article.article_id, start, end)
            self.sentences.append(Sentence(identity, article.article_id, position, start, end, line))
            start = end + 1
        return article

    def tell(
        self,
        article: Article,
        trigger: str,
        *,
        actors: tuple[str, ...] = (),
        recipients: tuple[str, ...] = (),
        **values: object,
    ) -> EventMention:
        """Add a mention; ``trigger`` and participants are words of the article, "words=name" where one is resolved."""
        start = article.text.index(trigger)
        sentence = next(
            each
            for each in self.sentences
            if each.article_id == article.article_id and each.start_char <= start < each.end_char
        )
        identity = content_id("mention", article.article_id, start, values.get("event_type", "ASSAULT"))
        base = EventMention(
            event_mention_id=identity,
            article_id=article.article_id,
            sentence_id=sentence.sentence_id,
            event_type="ASSAULT",
            mode=None,
            plover_type="ASSAULT",
            quad_class="material_conflict",
            intensity=-9.0,
            cameo_root="19",
            acled_type=None,
            acled_sub_type=None,
            contexts=(),
            status="asserted",
            attributed_to=None,
            trigger_text=trigger,
            trigger_start=start,
            trigger_end=start + len(trigger),
            date_start=date(2024, 5, 6),
            date_end=date(2024, 5, 6),
            date_precision="day",
            date_source="text",
            date_text=None,
            place_text=None,
            place_name=None,
            geoname_id=None,
            latitude=None,
            longitude=None,
            admin1=None,
            country_code=None,
            place_precision=None,
            place_source=None,
            killed=None,
            injured=None,
            detained=None,
            confidence=0.5,
            rule_id="assault.attack",
            extractor_version=VERSION,
        )
        mention = replace(base, **values)
        self.event_mentions.append(mention)
        for role, phrases in (("actor", actors), ("recipient", recipients)):
            for position, phrase in enumerate(phrases):
                words, _, name = phrase.partition("=")
                at = article.text.index(words)
                self.participants.append(
                    Participant(identity, role, position, words, at, at + len(words), name or None, None, None, None)
                )
        return mention

    def commit(self, warehouse: Warehouse, batch_id: str, *, version: str = VERSION) -> None:
        write_batch(warehouse, stage="ingest", batch_id=batch_id, rows={"articles": self.articles})
        self.commit_coding(warehouse, batch_id, version=version)

    def commit_coding(self, warehouse: Warehouse, batch_id: str, *, version: str) -> None:
        names = ("sentences", "entities", "event_mentions", "participants")
        rows = {name: getattr(self, name) for name in names}
        write_batch(warehouse, stage="extract", batch_id=batch_id, version=version, rows=rows)


def first_batch() -> Coded:
    coded = Coded()
    article = coded.add_article(
        "Rebels shelled Marrowgate on Monday, killing nine.\n"
        "The governor’s café 🏚 was hit, and “peace talks” are planned.",
        title="Shells fall on Marrowgate",
        url="https://gazette.example/1",
        external_id="g-1",
        authors=("A. Writer", "B. Writer"),
        raw_path="raw/ab/abcd.txt",
    )
    coded.tell(
        article,
        "shelled",
        actors=("Rebels=Northern Front",),
        recipients=("Marrowgate",),
        killed=9,
        mode="heavy-weapons",
        intensity=-9.5,
        place_text="Marrowgate",
        place_name="Marrowgate",
        country_code="XKX",
        geoname_id=7,
        latitude=42.5,
        longitude=21.25,
        confidence=0.8,
    )
    coded.tell(
        article,
        "talks",
        actors=("governor",),
        event_type="CONSULT",
        status="planned",
        quad_class="verbal_cooperation",
        plover_type="AGREE",
        intensity=2.5,
        cameo_root="03",
        date_start=None,
        date_end=None,
        date_precision=None,
        date_source=None,
    )
    sentence = coded.sentences[0]
    start = article.text.index("Marrowgate")
    coded.entities.append(
        Entity(
            content_id("entity", article.article_id, start),
            article.article_id,
            sentence.sentence_id,
            "GPE",
            "Marrowgate",
            start,
            start + 10,
            "Marrowgate",
            "XKX",
            None,
            7,
            42.6,
            20.9,
        )
    )
    return coded


def second_batch(original: Article) -> Coded:
    """Two tellings of the same shelling: a copy of the first article, and another outlet's with another figure."""
    coded = Coded()
    shelling = {
        "mode": "heavy-weapons",
        "intensity": -9.5,
        "place_name": "MARROWGATE",
        "country_code": "XKX",
        "geoname_id": 7,
    }
    copy = coded.add_article(
        "Rebels shelled Marrowgate on Monday, killing nine, officials said.",
        source="Copy Wire",
        duplicate_of=original.article_id,
        published_at=datetime(2024, 5, 7, tzinfo=UTC),
    )
    coded.tell(copy, "shelled", actors=("Rebels=Northern Front",), recipients=("Marrowgate",), killed=9, **shelling)
    other = coded.add_article(
        "The Northern Front bombarded Marrowgate. Eleven people died.",
        source="Hill Post",
        published_at=datetime(2024, 5, 8, tzinfo=UTC),
    )
    coded.tell(
        other, "bombarded", actors=("Northern Front=Northern Front",), recipients=("Marrowgate",), killed=11, **shelling
    )
    return coded


def make_reject(**values: object) -> Reject:
    base = Reject(content_id("reject", "x.html"), "x.html", "ingest", "no text found: check the page", None, None, SEEN)
    return replace(base, **values)


def fill(warehouse: Warehouse) -> Warehouse:
    first = first_batch()
    first.commit(warehouse, "batch1")
    second_batch(first.articles[0]).commit(warehouse, "batch2")
    write_batch(warehouse, stage="ingest", batch_id="batch3", rows={"rejects": [make_reject()]})
    return warehouse


@pytest.fixture
def empty(tmp_path: Path) -> Warehouse:
    return Warehouse.create(tmp_path / "news")


@pytest.fixture
def filled(empty: Warehouse) -> Warehouse:
    """Two coded batches and a reject, not published."""
    return fill(empty)


@pytest.fixture
def published(filled: Warehouse) -> Warehouse:
    catalogue.publish(filled)
    return filled


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The same as ``published``, made once: only for tests that leave it as it is."""
    warehouse = fill(Warehouse.create(tmp_path_factory.mktemp("sample") / "news"))
    catalogue.publish(warehouse)
    return warehouse


@pytest.fixture
def new_batch() -> Callable[[], Coded]:
    return Coded


@pytest.fixture
def article() -> Callable[..., Article]:
    return make_article


@pytest.fixture
def reject() -> Callable[..., Reject]:
    return make_reject


@pytest.fixture
def fill_again() -> Callable[[Warehouse], Warehouse]:
    return fill
