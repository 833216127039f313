"""Codes a batch of stored articles; runs in a worker process and knows nothing of Prefect."""

import os
import signal
import socket
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from time import perf_counter
from typing import Any

from flows.coded_with import differing_names, mentions_any
from transforms.annotate.document import ArticleToCode
from transforms.extract.changes import compare
from transforms.extract.coding import Coding
from transforms.extract.extractor import Extractor
from transforms.read.rejects import make_reject
from transforms.records import MentionChange, Reject
from warehouse import manifest
from warehouse.articles import read_articles, read_stored
from warehouse.batches import carry_coding, write_coding
from warehouse.manifest import Entry
from warehouse.paths import Warehouse

CODED_LANGUAGE = "en"
EVENT_TABLES = ("sentences", "entities", "event_mentions", "participants")
CHANGES = "mention_changes"

StoredRows = dict[str, list[dict[str, Any]]]
"""Rows of each table, as they lie in Parquet."""

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
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Mentions that coding anew gained, lost or changed, by that and event type."""
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
            changes=self.changes + other.changes,
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
    warehouse: Warehouse,
    batch_ids: Sequence[str],
    extractor_of: tuple[Path, Path | None, str],
    chosen: Mapping[str, Collection[str]],
) -> BatchCounts:
    """Code batches one after the other with the run's extractor; one group at a time in each process.

    ``extractor_of`` is its model, table of actors and version; ``chosen`` holds the articles that are asked for by
    batch, as :func:`code_batch` takes them.
    """
    model, actors, version = extractor_of
    with _CODING:
        extractor = extractor_of_version(version, model, actors)
        coded = (code_batch(warehouse, batch_id, extractor, chosen.get(batch_id)) for batch_id in batch_ids)
        return sum(coded, BatchCounts())


def code_batch(
    warehouse: Warehouse, batch_id: str, extractor: Extractor, only: Collection[str] | None = None
) -> BatchCounts:
    """Code the English articles of a batch, or those whose ids are in ``only``, write their rows and commit them.

    Where the batch was coded before, the rows of the other articles stay as they are, the new ones take the place of
    the old in one step, and what differs goes to ``mention_changes``. Coding a batch again with the same version
    changes nothing. Articles that neither this version coded nor one that differs from it by actors that they do not
    mention are left marked as outdated. The counts are of the articles that were coded now.
    """
    started = perf_counter()
    articles = [row for row in read_articles(warehouse, batch_id) if row["language"] == CODED_LANGUAGE]
    before = manifest.coding(warehouse, batch_id)
    outdated = outdated_articles(warehouse, before, articles, extractor.version)
    chosen = outdated if only is None else set(only)
    wanted = [article for article in articles if before is None or article["article_id"] in chosen]
    still = tuple(article["article_id"] for article in articles if article["article_id"] in outdated - chosen)
    if before is not None and not wanted:
        if before.version != extractor.version and not still:
            carry_coding(warehouse, before, version=extractor.version)
        return BatchCounts(batches=1, seconds=perf_counter() - started)
    rows, counts = coded_rows(extractor, wanted)
    kept, replaced = split_rows(before, {article["article_id"] for article in wanted})
    changes = changes_between(replaced, rows, (str(before.version), extractor.version)) if before is not None else []
    write_coding(
        warehouse,
        batch_id=batch_id,
        version=extractor.version,
        rows={table: [*kept[table], *rows[table]] for table in rows} | {CHANGES: [*kept[CHANGES], *changes]},
        counts={"articles": len(articles), "words": sum(len(article["text"].split()) for article in articles)},
        outdated=() if before is None else still,
    )
    counts.changes = Counter((change.change, change.event_type) for change in changes)
    counts.seconds = perf_counter() - started
    return counts


def coded_rows(extractor: Extractor, articles: Sequence[dict[str, Any]]) -> tuple[dict[str, list[Any]], BatchCounts]:
    """Code ``articles``; gives the rows of each table, and their counts."""
    rows: dict[str, list[Any]] = {table: [] for table in (*EVENT_TABLES, "rejects")}
    for outcome in code_articles(extractor, articles):
        if isinstance(outcome, Reject):
            rows["rejects"].append(outcome)
            continue
        for table in EVENT_TABLES:
            rows[table].extend(getattr(outcome, table))
    return rows, BatchCounts(
        batches=1,
        articles=len(articles),
        words=sum(len(article["text"].split()) for article in articles),
        sentences=len(rows["sentences"]),
        entities=len(rows["entities"]),
        mentions=Counter(mention.event_type for mention in rows["event_mentions"]),
        rejects=Counter(reject.reason for reject in rows["rejects"]),
    )


def outdated_articles(
    warehouse: Warehouse, before: Entry | None, articles: Sequence[dict[str, Any]], version: str
) -> set[str]:
    """The articles whose rows may not be what the extractor of this version would say."""
    if before is None:
        return {article["article_id"] for article in articles}
    if before.version == version:
        return set(before.outdated)
    names = differing_names(warehouse, str(before.version), version)
    return set(before.outdated) | {
        article["article_id"]
        for article in articles
        if names is None or mentions_any(f"{article['title'] or ''} {article['text']}", names)
    }


def split_rows(before: Entry | None, coded: set[str]) -> tuple[StoredRows, StoredRows]:
    """The rows of an earlier coding: those that stay, and those of the articles that are ``coded`` anew."""
    kept: StoredRows = {table: [] for table in (*EVENT_TABLES, "rejects", CHANGES)}
    replaced: StoredRows = {table: [] for table in kept}
    if before is None:
        return kept, replaced
    gone: set[str] = set()
    for table in kept:  # mentions come before their participants
        for row in read_stored(before, table):
            if table == "participants":
                is_replaced = row["event_mention_id"] in gone
            else:
                is_replaced = row["source" if table == "rejects" else "article_id"] in coded
            (replaced if is_replaced else kept)[table].append(row)
            if table == "event_mentions" and is_replaced:
                gone.add(row["event_mention_id"])
    return kept, replaced


def changes_between(replaced: StoredRows, rows: dict[str, list[Any]], versions: tuple[str, str]) -> list[MentionChange]:
    """What differs between the rows that were replaced and the new ones."""
    told = (replaced["event_mentions"], replaced["participants"])
    tells = ([asdict(row) for row in rows["event_mentions"]], [asdict(row) for row in rows["participants"]])
    return list(compare(told, tells, versions=versions))


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
