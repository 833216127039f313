"""The parent flow: ingest, extract, load."""

import atexit
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

from prefect import flow
from prefect.runtime import flow_run
from pydantic import Field

from flows.artifacts import leave_artifacts
from flows.console import hush_tear_down
from flows.extract import BatchesFailedError, ExtractSummary, extract_flow
from flows.hooks import tell_people
from flows.ingest import IngestSummary, ingest_flow
from flows.load import Loaded, load_flow
from flows.run_progress import progress_in_ui
from flows.settings import Settings, load_settings
from flows.source_health import SourceHealth
from flows.sources import describe_inputs
from flows.summary import RunSummary
from flows.takeover import writing
from warehouse.paths import Warehouse

atexit.register(hush_tear_down)  # in the processes of scheduled runs, which Prefect starts and ends


class RunIncompleteError(RuntimeError):
    """The run came to its end, but not everything could be fetched or coded; ``summary`` tells what was done."""

    def __init__(self, summary: RunSummary) -> None:
        problems = {
            "batches not coded": len(summary.extract.failed),
            "URLs not fetched": len(summary.ingest.not_fetched),
            "inputs not read": len(summary.ingest.not_read),
            "data tests failed": len(summary.load.errors),
        }
        parts = [f"{number} {what}" for what, number in problems.items() if number]
        super().__init__("; ".join(parts) or "none of the inputs could be read: see the rejects")
        self.summary = summary


def name_run() -> str:
    """Name a run by what it processes."""
    parameters: dict[str, Any] = flow_run.parameters
    return describe_inputs(parameters["inputs"])


@flow(name="dateline-run", flow_run_name=name_run, on_failure=[tell_people], on_crashed=[tell_people])
def run_flow(
    inputs: Annotated[list[str], Field(min_length=1)],
    warehouse: Path | None = None,
    batch_size: Annotated[int | None, Field(ge=1)] = None,
    workers: Annotated[int | None, Field(ge=1)] = None,
) -> RunSummary:
    """Turn news into the event tables of a warehouse.

    What is left out is taken from the settings (``DATELINE_...`` in the environment). Holds the warehouse's lock
    throughout, so two runs never write at once.

    Args:
        inputs: Files, folders, globs or URLs to read.
        warehouse: Folder of the warehouse; made where there is none.
        batch_size: Articles to a batch.
        workers: Processes that code side by side, each with the language model in memory.

    Raises:
        RunIncompleteError: at the end, where something could not be fetched or coded; all else is published then.
    """
    settings = load_settings(warehouse=warehouse)
    opened = Warehouse.create(warehouse or settings.warehouse)
    with writing(opened), progress_in_ui():
        started = perf_counter()
        ingested = ingest_flow(inputs, opened.address, batch_size or settings.batch_size)
        summary = code_and_load(opened, ingested, workers=workers or settings.workers, started=started)
    leave_artifacts(summary, description=f"What {', '.join(inputs)} gave")
    if not summary.is_complete:
        raise RunIncompleteError(summary)
    return summary


def code_and_load(
    warehouse: Warehouse, ingested: IngestSummary, *, workers: int, started: float, health: Sequence[SourceHealth] = ()
) -> RunSummary:
    """Code and publish what was ingested; ``started`` is a reading of ``perf_counter``."""
    extracted = extract_pending(warehouse, load_settings(warehouse=warehouse.address), workers=workers)
    loaded = load_flow(warehouse.address)
    return RunSummary(warehouse.root, ingested, extracted, loaded, perf_counter() - started, tuple(health))


@flow(name="dateline-recode", flow_run_name="recode")
def recode_flow(
    warehouse: Path,
    model: Path,
    actors: Path | None = None,
    workers: Annotated[int, Field(ge=1)] = 1,
    only: Path | None = None,
) -> tuple[ExtractSummary, Loaded]:
    """Code stored articles anew and load them.

    Args:
        warehouse: Folder of the warehouse, whose lock the caller holds.
        model: Folder of the spaCy pipeline.
        actors: CSV table of the user's own actors.
        workers: Processes that code side by side.
        only: File of the articles (``flows.extract_selection``); what an earlier version coded where left out.
    """
    settings = Settings(model=model, actors=actors)
    coded = extract_pending(Warehouse.open(warehouse), settings, workers=workers, only=only)
    return coded, load_flow(warehouse)


def extract_pending(
    warehouse: Warehouse, settings: Settings, *, workers: int, only: Path | None = None
) -> ExtractSummary:
    """Code what is pending or asked for; batches that fail do not keep the others from being loaded."""
    try:
        return extract_flow(
            warehouse.address,
            settings.model,
            settings.actors,
            workers,
            only,
            runner=settings.task_runner,
            dask_address=settings.dask_address,
        )
    except BatchesFailedError as error:
        return error.summary
