"""Codes a batch of stored articles; runs in a worker process and knows nothing of Prefect."""

import os
import signal
import socket
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from time import perf_counter
from typing import Any

from transforms.annotate.document import ArticleToCode
from transforms.extract.coding import Coding
from transforms.extract.extractor import Extractor
from transforms.read.rejects import make_reject
from transforms.records import Reject
from warehouse.articles import read_articles
from warehouse.batches import write_batch
from warehouse.paths import Warehouse

CODED_LANGUAGE = "en"
EVENT_TABLES = ("sentences", "entities", "event_mentions", "participants")

_CODING = threading.Lock()
"""Held while a process codes: a Dask worker may have several threads, and the model is not made for that."""


class OtherVersionError(RuntimeError):
    """This process has other rules, or another model, than the run."""


@dataclass(slots=True)
class BatchCounts:
    """What coding a batch, or several, gave."""

    batches: int = 0
    articles: int = 0
    words: int = 0
    sentences: int = 0
    entities: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    """Event mentions by event type."""
    rejects: Counter[str] = field(default_factory=Counter)
    """Articles that could not be coded, by reason."""
    seconds: float = field(default=0.0, compare=False)
    """Time in the processes that coded, without what it takes to start them."""

    def __add__(self, other: "BatchCounts") -> "BatchCounts":
        return BatchCounts(
            batches=self.batches + other.batches,
            articles=self.articles + other.articles,
            words=self.words + other.words,
            sentences=self.sentences + other.sentences,
            entities=self.entities + other.entities,
            mentions=self.mentions + other.mentions,
            rejects=self.rejects + other.rejects,
            seconds=self.seconds + other.seconds,
        )


@lru_cache(maxsize=1)
def load_extractor(model: Path, actors: Path | None) -> Extractor:
    """Load the extractor, once for each process."""
    return Extractor.load(model=model, user_actors=actors)


def extractor_of_version(version: str, model: Path, actors: Path | None) -> Extractor:
    """Load the extractor of the run, anew where the tables changed since this process loaded them.

    Raises ``OtherVersionError`` where what is installed here is not what the run was started with: its rows would
    count as another version's.
    """
    extractor = load_extractor(model, actors)
    if extractor.version != version:
        load_extractor.cache_clear()
        extractor = load_extractor(model, actors)
    if extractor.version != version:
        raise OtherVersionError(
            f"worker {socket.gethostname()} has the extractor {extractor.version}, the run {version}: install the same "
            "dateline, model and table of actors on both, and start the worker anew"
        )
    return extractor


def start_worker(model: Path, actors: Path | None) -> None:
    """Make a process of the pool ready: it loads the model, leaves Ctrl-C to its parent, and dies with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=exit_with_parent, daemon=True).start()
    load_extractor(model, actors)


def exit_with_parent() -> None:
    """End this process when its parent is killed, which a process of a pool would not notice by itself."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def code_group(
    warehouse: Warehouse, batch_ids: Sequence[str], model: Path, actors: Path | None, version: str
) -> BatchCounts:
    """Code batches one after the other with the run's extractor; one group at a time in each process."""
    with _CODING:
        extractor = extractor_of_version(version, model, actors)
        return sum((code_batch(warehouse, batch_id, extractor) for batch_id in batch_ids), BatchCounts())


def code_batch(warehouse: Warehouse, batch_id: str, extractor: Extractor) -> BatchCounts:
    """Code the English articles of a batch, write their rows and commit them.

    Committed rows are never changed, so coding a batch again with the same version of the extractor changes nothing.
    """
    started = perf_counter()
    rows: dict[str, list[Any]] = {table: [] for table in (*EVENT_TABLES, "rejects")}
    articles = [row for row in read_articles(warehouse, batch_id) if row["language"] == CODED_LANGUAGE]
    for outcome in code_articles(extractor, articles):
        if isinstance(outcome, Reject):
            rows["rejects"].append(outcome)
            continue
        for table in EVENT_TABLES:
            rows[table].extend(getattr(outcome, table))
    words = sum(len(article["text"].split()) for article in articles)
    counts = {"articles": len(articles), "words": words}
    write_batch(warehouse, stage="extract", batch_id=batch_id, version=extractor.version, rows=rows, counts=counts)
    return BatchCounts(
        batches=1,
        articles=len(articles),
        words=words,
        sentences=len(rows["sentences"]),
        entities=len(rows["entities"]),
        mentions=Counter(mention.event_type for mention in rows["event_mentions"]),
        rejects=Counter(reject.reason for reject in rows["rejects"]),
        seconds=perf_counter() - started,
    )


def code_articles(extractor: Extractor, articles: Sequence[dict[str, Any]]) -> Iterator[Coding | Reject]:
    """Code ``articles`` in order; where the extractor fails as a whole, each article by itself."""
    done = 0
    try:
        for outcome in extractor.extract(to_code(articles)):
            done += 1
            yield outcome
    except Exception:  # noqa: BLE001 - which article it was is found out below
        for article in articles[done:]:
            yield from code_alone(extractor, article)


def code_alone(extractor: Extractor, article: dict[str, Any]) -> Iterator[Coding | Reject]:
    """Code one article; any failure costs this article only."""
    try:
        yield from extractor.extract(to_code([article]))
    except Exception as error:  # noqa: BLE001 - a reject says what it was
        yield make_reject(
            stage="extract",
            location=article["article_id"],
            reason="not coded",
            detail=f"{type(error).__name__}: {error}. The article is stored; a later version may code it.",
            seen_at=article["retrieved_at"],
            raw_path=article["raw_path"],
        )


def to_code(articles: Iterable[dict[str, Any]]) -> Iterator[ArticleToCode]:
    for article in articles:
        yield ArticleToCode(
            article_id=article["article_id"],
            text=article["text"],
            retrieved_at=article["retrieved_at"],
            published_at=article["published_at"],
            raw_path=article["raw_path"],
        )
