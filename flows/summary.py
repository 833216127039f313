"""What a run did, as a table for the terminal and as an artifact for the Prefect UI."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from flows.extract import ExtractSummary
from flows.ingest import IngestSummary
from flows.load import Loaded
from flows.source_health import SourceHealth
from warehouse.fetches import Visit

NEXT_QUERY = (
    "SELECT event_date, event_type, status, actors, recipients, place FROM event_rows ORDER BY event_date DESC LIMIT 10"
)

SOURCES_VISITED = "sources visited"
"""The first line of a run of sources."""

SPACE_BEFORE_FIGURE = re.compile(r" (?=\d)")
"""Where a line must not be broken, so that a figure stays with what it counts."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What the three stages of a run did."""

    warehouse: Path
    ingest: IngestSummary
    extract: ExtractSummary
    load: Loaded
    seconds: float
    sources: tuple[SourceHealth, ...] = ()
    """How each source does that was visited, the alarming ones first."""
    past: tuple[Visit, ...] = ()
    """What a backfill found at each source."""

    @property
    def is_complete(self) -> bool:
        """Whether all was obtained, coded and found sound. Single rejects do not count against a run."""
        ingest = self.ingest
        nothing_read = not ingest.read and bool(ingest.rejects or ingest.known_rejects)
        not_read = ingest.not_fetched or ingest.not_read or nothing_read
        return not (self.extract.failed or not_read or self.load.errors)

    @property
    def shortfalls(self) -> list[SourceHealth]:
        """The sources that gave less than is expected of them."""
        return [health for health in self.sources if health.status.is_shortfall]

    @property
    def troubles(self) -> list[SourceHealth]:
        """The sources that could not be read as they should."""
        return [health for health in self.sources if health.status.is_troubled or health.failures]

    @property
    def not_read(self) -> list[str]:
        """What could not be read as it should, a line for each source: such a run is partial."""
        past = [f"{visit.source}: {visit.problem}" for visit in self.past if visit.outcome != "ok"]
        return [str(health) for health in self.troubles] + past

    @property
    def is_unchanged(self) -> bool:
        """Whether the run found nothing that was not in the warehouse before."""
        return not (self.ingest.new or self.ingest.rejects or self.extract.counts.batches or self.extract.failed)


def counted(number: int, what: str) -> str:
    """Word a number of things: ``1 source``, ``2 sources``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def summary_lines(summary: RunSummary) -> Iterator[tuple[str, str, str]]:
    """Yield (what, figure, remark) for each thing worth knowing of a run."""
    ingest, extract, counts = summary.ingest, summary.extract, summary.extract.counts
    if summary.sources:
        yield SOURCES_VISITED, f"{len(summary.sources):,}", "; ".join(str(health) for health in summary.troubles)
    for visit in summary.past:
        gave = f"{visit.n_listed:,} named in the period, {visit.n_new:,} not known before, {visit.n_fetched:,} fetched"
        yield f"past of {visit.source}", f"{visit.n_fetched:,}", "; ".join(filter(None, (gave, visit.problem)))
    yield "articles read", f"{ingest.read:,}", ""
    yield "new", f"{ingest.new:,}", f"{ingest.words:,} words"
    yield "already stored", f"{ingest.duplicates:,}", "exact copies, left out" if ingest.duplicates else ""
    if ingest.deleted:
        yield "deleted before", f"{ingest.deleted:,}", "left out; `dateline delete --lift` lets them in again"
    yield "near duplicates", f"{ingest.near_duplicates:,}", "kept, with duplicate_of" if ingest.near_duplicates else ""
    yield "not in English", f"{ingest.not_english:,}", "kept, not coded" if ingest.not_english else ""
    rejects = ingest.rejects + counts.rejects
    yield "rejects", f"{rejects.total():,}", ", ".join(f"{reason} {n:,}" for reason, n in rejects.most_common())
    if ingest.not_read:
        yield "inputs not read", f"{len(ingest.not_read):,}", ", ".join(ingest.not_read)
    if ingest.known_rejects:
        yield "rejects known before", f"{ingest.known_rejects:,}", ""
    speed = f"{counts.words / counts.seconds:,.0f} words/s a process" if counts.seconds else ""
    yield "articles coded", f"{counts.articles:,}", speed
    yield "sentences", f"{counts.sentences:,}", ""
    by_type = ", ".join(f"{event_type} {n:,}" for event_type, n in counts.mentions.most_common())
    yield "event mentions", f"{counts.mentions.total():,}", by_type
    if extract.failed:
        yield "batches not coded", f"{len(extract.failed):,}", "the next run tries them again"
    loaded = summary.load.published.counts
    yield "in the warehouse", f"{loaded['events']:,}", f"events of {loaded['event_mentions']:,} mentions"
    for check in summary.load.failed_checks:
        yield f"check, {check.severity}", f"{check.n_rows:,}", f"{check.name}: {check.description}"
    yield "took", f"{summary.seconds:.0f} s", ""


def to_text(summary: RunSummary, *, width: int = 100) -> str:
    """Write the summary as the table that ends ``dateline run``."""
    rows = list(summary_lines(summary))
    names, figures = max(len(row[0]) for row in rows), max(len(row[1]) for row in rows)
    indent = names + figures + 4
    lines = []
    for what, figure, remark in rows:
        first, *more = wrap(SPACE_BEFORE_FIGURE.sub("\N{NO-BREAK SPACE}", remark), width - indent) or [""]
        lines.append(f"{what.ljust(names)}  {figure.rjust(figures)}  {first}".rstrip())
        lines += [" " * indent + line for line in more]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
