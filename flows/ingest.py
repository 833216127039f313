"""Ingest: sources -> raw payloads kept -> cleaned articles without duplicates -> committed batches.

:func:`ingest_records` does the work and knows nothing of Prefect; the flow below it is thin.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.logging import get_run_logger
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from flows.coding import CODED_LANGUAGE
from flows.progress import report
from flows.settings import Settings
from flows.sources import FailedFetch, Fetched, Source, fetch_to_raw, is_our_own, read_source
from transforms.clean import clean_article
from transforms.deduplicate import Deduplicator
from transforms.ids import content_id
from transforms.read import expand, is_file
from transforms.read.fetch import FetchError
from transforms.read.rejects import make_reject
from transforms.records import Article, RawArticle, Reject
from warehouse.articles import known_articles, known_rejects
from warehouse.batches import write_batch
from warehouse.deletions import finish, tombstones
from warehouse.paths import Warehouse
from warehouse.raw import store

FETCHES_AT_ONCE = 8


def is_worth_retrying(_task: object, _run: object, state: State[Fetched]) -> bool:
    """Whether a failed fetch may succeed later: a time-out may, a page that is not there will not."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, FetchError) and error.is_temporary


@dataclass(slots=True)
class IngestSummary:
    """What one ingest did with everything that it read."""

    read: int = 0
    new: int = 0
    duplicates: int = 0
    """Exact copies of an article that is stored already, which are left out."""
    deleted: int = 0
    """Articles that were deleted once and are left out since."""
    near_duplicates: int = 0
    not_english: int = 0
    words: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    """Rejects of this run by reason, those known from an earlier run left out."""
    known_rejects: int = 0
    batches: list[str] = field(default_factory=list)
    not_fetched: list[str] = field(default_factory=list)
    """URLs that could not be fetched, each also a reject."""
    not_read: list[str] = field(default_factory=list)
    """Files that were named directly and gave no article, each also a reject."""


def ingest_records(
    warehouse: Warehouse,
    records: Iterable[RawArticle | Reject],
    *,
    batch_size: int,
    summary: IngestSummary | None = None,
) -> IngestSummary:
    """Clean ``records``, drop what is stored already, and commit the rest in batches of ``batch_size`` rows.

    Every batch is committed before the next is begun, so a run that is killed loses the batch in hand, which the
    next run of the same input makes again, with the same ids. A ``summary`` that is given counts each record before
    the next is asked for.
    """
    summary = summary or IngestSummary()
    for batch in batches(admit(warehouse, records, summary), size=batch_size):
        summary.batches.append(commit_batch(warehouse, batch))
        report("reading", done=summary.read)
    return summary


def admit(
    warehouse: Warehouse, records: Iterable[RawArticle | Reject], summary: IngestSummary
) -> Iterator[Article | Reject]:
    """Yield what has to be stored of ``records``, its payload being kept, and count everything into ``summary``."""
    finish(warehouse)
    deduplicator = Deduplicator(known_articles(warehouse))
    seen_rejects = set(known_rejects(warehouse))
    deleted = tombstones(warehouse).keys()
    for record in records:
        for row in clean(record):
            if isinstance(row, Article) and row.article_id in deleted:
                summary.read, summary.deleted = summary.read + 1, summary.deleted + 1
                continue
            admitted = (
                admit_article(row, deduplicator, summary)
                if isinstance(row, Article)
                else admit_reject(row, seen_rejects, summary)
            )
            if admitted is not None and isinstance(record, RawArticle):
                yield replace(admitted, raw_path=store(warehouse, record.payload, record.payload_suffix))
            elif admitted is not None:
                yield admitted


def clean(record: RawArticle | Reject) -> Iterator[Article | Reject]:
    """Yield the cleaned article, and rejects: of the whole, or of single fields."""
    if isinstance(record, Reject):
        yield record
        return
    try:
        cleaned = clean_article(record, raw_path=None)
    except Exception as error:  # noqa: BLE001 - one bad article costs that article only
        yield make_reject(
            stage="clean",
            location=record.location,
            reason="not cleaned",
            detail=f"{type(error).__name__}: {error}. This is a fault of dateline; please report it with the article.",
            seen_at=record.retrieved_at,
        )
        return
    if cleaned.article is not None:
        yield cleaned.article
    yield from cleaned.rejects


def admit_article(article: Article, deduplicator: Deduplicator, summary: IngestSummary) -> Article | None:
    """Count an article; None where it is stored already."""
    summary.read += 1
    admitted = deduplicator.admit(article)
    if admitted is None:
        summary.duplicates += 1
        return None
    summary.new += 1
    summary.words += admitted.word_count
    summary.near_duplicates += admitted.duplicate_of is not None
    summary.not_english += admitted.language != CODED_LANGUAGE
    return admitted


def admit_reject(reject: Reject, seen: set[str], summary: IngestSummary) -> Reject | None:
    """Count a reject; None where it is stored already."""
    if reject.reject_id in seen:
        summary.known_rejects += 1
        return None
    seen.add(reject.reject_id)
    summary.rejects[reject.reason] += 1
    return reject


def batches(rows: Iterable[Article | Reject], *, size: int) -> Iterator[list[Article | Reject]]:
    """Cut ``rows`` into lists of ``size``, the last one shorter."""
    batch: list[Article | Reject] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def commit_batch(warehouse: Warehouse, rows: Sequence[Article | Reject]) -> str:
    """Write and commit the rows of a batch, and return its id: a hash of the ids of its rows."""
    articles = [row for row in rows if isinstance(row, Article)]
    rejects = [row for row in rows if isinstance(row, Reject)]
    batch_id = content_id("batch", *(row.article_id for row in articles), *(row.reject_id for row in rejects))
    write_batch(
        warehouse,
        stage="ingest",
        batch_id=batch_id,
        rows={"articles": articles, "rejects": rejects},
        counts={"words": sum(row.word_count for row in articles)},
    )
    return batch_id


@task(
    task_run_name="fetch {url}",
    retries=3,
    retry_delay_seconds=[2, 10, 30],
    retry_jitter_factor=0.5,
    retry_condition_fn=is_worth_retrying,
    cache_policy=NO_CACHE,
)
def fetch_source(warehouse: Path, url: str) -> Fetched:
    """Fetch one URL into the store of raw payloads."""
    return fetch_to_raw(Warehouse.open(warehouse), url, contact=Settings().contact)


@task(task_run_name="read, clean and store", cache_policy=NO_CACHE)
def ingest_sources(
    warehouse: Path, sources: list[Source], batch_size: int, named: frozenset[Path] = frozenset()
) -> IngestSummary:
    """Ingest everything that ``sources`` hold; those that are ``named`` are expected to give an article."""
    opened = Warehouse.open(warehouse)
    not_read: list[str] = []

    def records() -> Iterator[RawArticle | Reject]:
        for source in sources:
            gives_any = False
            for record in read_source(opened, source):
                gives_any = gives_any or isinstance(record, RawArticle)
                yield record
            if source in named and not gives_any:
                not_read.append(str(source))

    return ingest_records(opened, records(), batch_size=batch_size, summary=IngestSummary(not_read=not_read))


@flow(name="dateline-ingest", flow_run_name="ingest")
def ingest_flow(inputs: list[str], warehouse: Path, batch_size: Annotated[int, Field(ge=1)] = 200) -> IngestSummary:
    """Read sources into the tables ``articles`` and ``rejects``.

    Args:
        inputs: Files, folders, globs or URLs.
        warehouse: Folder of the warehouse, whose lock the caller holds.
        batch_size: Articles to a batch.
    """
    named = [
        source for source in expand(inputs) if isinstance(source, str) or not is_our_own(warehouse, source, inputs)
    ]
    fetches = fetch_all(warehouse, [source for source in named if isinstance(source, str)])
    sources = [fetches[source] if isinstance(source, str) else source for source in named]
    directly = frozenset(Path(given).expanduser() for given in inputs if is_file(given))
    summary = ingest_sources(warehouse, sources, batch_size, directly)
    summary.not_fetched = [source.url for source in sources if isinstance(source, FailedFetch)]
    get_run_logger().info(
        "%d articles read, %d of them new, %d rejects", summary.read, summary.new, summary.rejects.total()
    )
    return summary


def fetch_all(warehouse: Path, urls: Sequence[str]) -> dict[str, Source]:
    """Fetch ``urls`` side by side; one that fails for good costs that URL only."""
    with ThreadPoolTaskRunner[Any](max_workers=FETCHES_AT_ONCE) as pool:
        fetches = {url: pool.submit(fetch_source, {"warehouse": warehouse, "url": url}) for url in urls}
        return {url: fetched(url, fetch) for url, fetch in fetches.items()}


def fetched(url: str, fetch: PrefectFuture[Fetched]) -> Source:
    try:
        return fetch.result()
    except FetchError as error:
        return FailedFetch(url, str(error))
