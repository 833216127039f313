"""The scheduled flow: visit the sources, ingest what is new, extract, load, and say how each source does."""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed, Failed
from pydantic import Field

from flows.alerts import Alert, send
from flows.artifacts import leave_artifacts
from flows.collect_past import Period
from flows.hooks import BELOW_FLOOR, current_run, run_url, tell_people
from flows.ingest_sources import Collected, collect, collect_past, open_collector
from flows.run import RunIncompleteError, code_and_load
from flows.run_progress import progress_in_ui
from flows.settings import Settings, load_settings
from flows.source_file import named_sources, read_sources
from flows.source_health import health_of
from flows.source_list import NewsSource, as_listed
from flows.summary import RunSummary, counted
from flows.takeover import end_with_server, writing
from warehouse.fetches import FetchMemory
from warehouse.listed_sources import note
from warehouse.paths import Warehouse

PARTIAL = "Partial"
"""Name of the completed state of a run in which some source could not be read as it should."""
ALERTED = "alerted"


class SourcesBelowFloorError(RuntimeError):
    """Sources gave less than is expected of them; ``summary`` tells what was done, all of which is published."""

    def __init__(self, summary: RunSummary) -> None:
        super().__init__("; ".join(str(health) for health in summary.shortfalls))
        self.summary = summary


def name_run() -> str:
    """Name a run by the sources that it visits."""
    parameters: dict[str, Any] = flow_run.parameters
    if parameters.get("published_from"):
        return f"backfill of {parameters['published_from']} to {parameters.get('published_to') or 'today'}"
    if parameters.get("names"):
        return ", ".join(parameters["names"])
    return f"sources due {parameters['schedule']}" if parameters.get("schedule") else "all sources"


@task(task_run_name="visit and ingest", cache_policy=NO_CACHE)
def collect_sources(
    warehouse: Path, base: Path, sources: Sequence[NewsSource], batch_size: int, period: Period | None = None
) -> Collected:
    """Visit ``sources`` and ingest what is new, or what they name of a period."""
    with open_collector(Warehouse.open(warehouse), base=base, contact=Settings().contact) as collector:
        if period is None:
            collected = collect(collector, sources, batch_size=batch_size)
        else:
            collected = collect_past(collector, sources, period, batch_size=batch_size)
    logger = get_run_logger()
    for visit in collected.visits:
        told = f"{visit.n_listed} listed, {visit.n_new} new, {visit.n_fetched} fetched, {visit.n_articles} articles"
        parts = [told] if visit.n_listed or visit.problem is None else []
        level = logger.info if visit.problem is None else logger.warning
        level("%s: %s: %s", visit.source, visit.outcome, "; ".join([*parts, *filter(None, [visit.problem])]))
    return collected


@flow(name="dateline-sources", flow_run_name=name_run, on_failure=[tell_people], on_crashed=[tell_people])
def sources_flow(
    *,
    sources: Path | None = None,
    schedule: str | None = None,
    names: list[str] | None = None,
    warehouse: Path | None = None,
    batch_size: Annotated[int | None, Field(ge=1)] = None,
    workers: Annotated[int | None, Field(ge=1)] = None,
    wait_seconds: Annotated[float, Field(ge=0)] = 0,
    published_from: date | None = None,
    published_to: date | None = None,
) -> RunSummary | State[RunSummary]:
    """Visit sources and turn what is new into the event tables of a warehouse.

    What is left out is taken from the settings (``DATELINE_...`` in the environment). Holds the warehouse's lock
    throughout, so two runs never write at once. Ends as ``Partial`` where a source could not be read as it should, and
    as ``BelowFloor``, which counts as failed, where one gave less than is expected of it; all else is published then.

    Args:
        sources: TOML file of the sources; sources.toml in the warehouse where left out.
        schedule: Visit the sources of this schedule, such as "5 * * * *"; all that are not paused where left out.
        names: Visit the sources of these names only.
        warehouse: Folder of the warehouse; made where there is none.
        batch_size: Articles to a batch.
        workers: Processes that code side by side, each with the language model in memory.
        wait_seconds: How long to wait for another run of the same warehouse.
        published_from: Fetch what the sources name from this day on, instead of what is new: a backfill.
        published_to: The last day of the backfill; today where left out.

    Raises:
        RunIncompleteError: at the end, where batches could not be coded or data tests failed.
        SourcesBelowFloorError: where a source gave less than is expected of it.
    """
    settings = load_settings(warehouse=warehouse)
    end_with_server(settings.served_by)
    period = Period.between(published_from, published_to)
    opened = Warehouse.create(warehouse or settings.warehouse)
    file = sources or settings.source_file
    named_sources(file, names or ())
    listed = read_sources(file).due(schedule, tuple(names or ()))
    with writing(opened, timeout=wait_seconds), progress_in_ui(), ExitStack() as at_the_end:
        started = perf_counter()
        collected = collect_sources(
            opened.address, file.resolve().parent, listed, batch_size or settings.batch_size, period
        )
        memory = FetchMemory(opened)
        at_the_end.callback(memory.close)
        note(opened, [as_listed(source) for source in read_sources(file).source])
        health = health_of(listed, memory, now=datetime.now(UTC)) if period is None else []
        summary = code_and_load(
            opened, collected.ingest, workers=workers or settings.workers, started=started, health=health
        )
        if period is not None:
            summary = replace(summary, past=tuple(collected.visits))
        leave_artifacts(summary, description=f"What {counted(len(listed), 'source')} gave")
        tell_of_sources(summary, memory, settings)
    return ending(summary)


def ending(summary: RunSummary) -> RunSummary | State[RunSummary]:
    """Give the state that tells the truth about a run."""
    if summary.extract.failed or summary.load.errors:
        raise RunIncompleteError(summary)
    if summary.shortfalls:
        error = SourcesBelowFloorError(summary)
        return Failed(name=BELOW_FLOOR, message=str(error), data=error)
    if summary.not_read:
        return Completed(name=PARTIAL, message="; ".join(summary.not_read), data=summary)
    articles, mentions = summary.ingest.new, summary.extract.counts.mentions.total()
    return Completed(message=f"{counted(articles, 'new article')}, {counted(mentions, 'mention')}", data=summary)


def tell_of_sources(summary: RunSummary, memory: FetchMemory, settings: Settings) -> None:
    """Send an alert where a source is in a trouble of which people were not told yet."""
    told: dict[str, str] = json.loads(memory.noted(ALERTED) or "{}")
    alarming = [health for health in summary.sources if health.status.is_alarming]
    fresh = [health for health in alarming if told.get(health.name) != health.status]
    visited = {health.name for health in summary.sources}
    kept = {name: status for name, status in told.items() if name not in visited}
    if fresh:
        run = current_run()
        message = f"{len(fresh)} of {len(summary.sources)} sources need a look"
        send(
            Alert("dateline-sources", message, [str(health) for health in fresh], run=run.name, url=run_url(run)),
            settings,
        )
    memory.note(ALERTED, json.dumps(kept | {health.name: health.status for health in alarming}))
