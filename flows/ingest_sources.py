"""Ingest of what sources have: visit them, read what is new, commit it, and remember how each did.

:func:`collect` does the work and knows nothing of Prefect; the flow that calls it is ``flows.run_sources``.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from flows.collect import VISITS_AT_ONCE, Collector, our_fault
from flows.collect_past import Period, visit_past
from flows.ingest import IngestSummary, ingest_records
from flows.progress import report
from flows.source_list import NewsSource
from transforms.read.polite import PoliteFetcher
from transforms.records import RawArticle, Reject
from warehouse.fetches import FetchMemory, Visit
from warehouse.paths import Warehouse

RESTING = "resting"

Visiting = Callable[[NewsSource], Visit]
"""How a source is visited."""


@dataclass(slots=True)
class Collected:
    """What was found and ingested."""

    ingest: IngestSummary = field(default_factory=IngestSummary)
    visits: list[Visit] = field(default_factory=list)


@contextmanager
def open_collector(warehouse: Warehouse, *, base: Path, contact: str | None) -> Iterator[Collector]:
    """Open what visits need; ``base`` is the folder of the file of sources, ``contact`` is named to servers."""
    with closing(FetchMemory(warehouse)) as memory:
        with PoliteFetcher(contact=contact, resting=_resting(memory)) as fetcher:
            yield Collector(warehouse, memory, fetcher, base)
        memory.note(RESTING, json.dumps({host: until.isoformat() for host, until in fetcher.resting.items()}))


def _resting(memory: FetchMemory) -> dict[str, datetime]:
    """The hosts that asked an earlier run to leave them alone, and until when."""
    noted = {host: datetime.fromisoformat(until) for host, until in json.loads(memory.noted(RESTING) or "{}").items()}
    return {host: until for host, until in noted.items() if until > datetime.now(UTC)}


def collect_past(collector: Collector, sources: Sequence[NewsSource], period: Period, *, batch_size: int) -> Collected:
    """Do the same with what ``sources`` name of a period; such visits tell nothing of how they do, and are not kept."""
    collected = Collected(visits=visit_all(sources, lambda source: visit_past(collector, source, period)))
    ingest_collected(collector, sources, collected.ingest, batch_size=batch_size)
    return collected


def collect(collector: Collector, sources: Sequence[NewsSource], *, batch_size: int) -> Collected:
    """Visit ``sources`` side by side, then read and commit what they gave; the caller holds the warehouse's lock."""
    collected = Collected(visits=visit_all(sources, collector.visit))
    collector.memory.add_visits(collected.visits)  # also where the rest does not come to its end
    counts = ingest_collected(collector, sources, collected.ingest, batch_size=batch_size)
    collected.visits = [
        replace(visit, n_articles=counts[visit.source][0], n_rejects=counts[visit.source][1])
        for visit in collected.visits
    ]
    collector.memory.add_visits(collected.visits)
    return collected


def visit_all(sources: Sequence[NewsSource], visit: Visiting) -> list[Visit]:
    """Visit ``sources`` side by side; return what was found, in their order."""
    with ThreadPoolExecutor(VISITS_AT_ONCE, thread_name_prefix="visit") as pool:
        visits = {pool.submit(visit_safely, visit, source): source.name for source in sources}
        for number, _ in enumerate(as_completed(visits), start=1):
            report("visiting sources", done=number, total=len(visits), unit="sources")
        return [done.result() for done in visits]


def visit_safely(visit: Visiting, source: NewsSource) -> Visit:
    """Visit ``source``; a fault of ours costs this source only, and is told as one."""
    started = datetime.now(UTC)
    try:
        return visit(source)
    except Exception as error:  # noqa: BLE001 - what a server may answer is without end
        return Visit(source.name, started, (datetime.now(UTC) - started).total_seconds(), "failed", our_fault(error))


def ingest_collected(
    collector: Collector, sources: Sequence[NewsSource], summary: IngestSummary, *, batch_size: int
) -> dict[str, tuple[int, int]]:
    """Read and commit what was fetched; return how many new articles and rejects each source gave."""
    counts: dict[str, tuple[int, int]] = {}

    def records() -> Iterator[RawArticle | Reject]:
        for source in sources:
            new, rejects = summary.new, summary.rejects.total()
            yield from collector.read(source)
            counts[source.name] = summary.new - new, summary.rejects.total() - rejects

    ingest_records(collector.warehouse, records(), batch_size=batch_size, summary=summary)
    collector.memory.note_ingested([source.name for source in sources])
    return counts
