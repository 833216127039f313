"""Extract: batches that are stored and not yet coded -> events, coded side by side in processes.

A task codes a batch and commits it by itself, so what is done stays done however the run ends.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed
from prefect.logging import get_run_logger
from pydantic import Field

from flows.cluster import Group, code_on_dask
from flows.coded_with import note_version
from flows.coding import BatchCounts, code_group, load_extractor, start_worker
from flows.extract_selection import read_selection
from flows.pools import WorkerPool
from flows.progress import report
from flows.settings import Runner
from transforms.resolve.gazetteer import index_path
from warehouse import manifest
from warehouse.paths import Warehouse

MAX_TASKS = 64
"""Tasks of a run: Prefect's database slows down with more, so a large run gives each task several batches."""

MakePool = Callable[[int], WorkerPool]
"""Makes a pool of so many processes."""


@dataclass(slots=True)
class ExtractSummary:
    """What a run coded, and what it could not."""

    counts: BatchCounts = field(default_factory=BatchCounts)
    version: str | None = None
    """Version of rules and model."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why a batch could not be coded, by batch id; the next run tries it again."""


class BatchesFailedError(RuntimeError):
    """Some batches could not be coded; ``summary`` has the others."""

    def __init__(self, summary: ExtractSummary) -> None:
        batch_id, reason = next(iter(summary.failed.items()))
        super().__init__(f"{len(summary.failed)} batches could not be coded; {batch_id}: {reason}")
        self.summary = summary


@task(task_run_name="code {batch_ids}", cache_policy=NO_CACHE)
def code_batches(  # noqa: PLR0917 - Prefect shows them by name
    warehouse: Path, batch_ids: Group, model: Path, actors: Path | None, version: str, only: Path | None = None
) -> BatchCounts:
    """Code batches in a process of the pool, or of Dask."""
    chosen = read_selection(only) if only else {}
    return code_group(Warehouse.open(warehouse), batch_ids, (model, actors, version), chosen)


@flow(name="dateline-extract", flow_run_name="extract")
def extract_flow(
    warehouse: Path,
    model: Path,
    actors: Path | None = None,
    workers: Annotated[int, Field(ge=1)] = 1,
    only: Path | None = None,
    *,
    runner: Runner = Runner.PROCESSES,
    dask_address: str | None = None,
) -> ExtractSummary:
    """Code all batches that this version of the extractor has not coded yet, or those articles that are asked for.

    Args:
        warehouse: Folder of the warehouse, whose lock the caller holds.
        model: Folder of the spaCy pipeline.
        actors: CSV table of the user's own actors.
        workers: Processes that code side by side.
        only: File of the articles that are coded anew, whoever coded them; all that is pending where left out.
        runner: Where they are: in a pool of this run, or on Dask.
        dask_address: Dask's scheduler, whose workers count then; without it Dask runs ``workers`` on this machine.

    Raises:
        BatchesFailedError: at the end, where some could not be coded; the others are committed then.
    """
    if not index_path().exists():
        report("building the place index, which is done once", unit="places")
    opened, extractor = Warehouse.open(warehouse), load_extractor(model, actors)
    version = extractor.version
    note_version(opened, extractor, actors)
    chosen = {batch_id: len(ids) for batch_id, ids in read_selection(only).items()} if only else None
    sizes = pending_articles(opened, version) if chosen is None else chosen
    summary = ExtractSummary(version=version)
    done, total = 0, sum(sizes.values())
    report("coding events", total=total)
    groups = group(list(sizes))
    shared = {"warehouse": warehouse, "model": model, "actors": actors, "version": version, "only": only}
    if runner is Runner.DASK:
        outcomes = code_on_dask(groups, task=code_batches, shared=shared, address=dask_address, workers=workers)
    else:
        outcomes = code_groups(
            groups,
            task=code_batches,
            shared=shared,
            pool=lambda size: WorkerPool(size, initializer=start_worker, initargs=(model, actors)),
            workers=workers,
        )
    for batch_ids, outcome in outcomes:
        if isinstance(outcome, BatchCounts):
            summary.counts += outcome
        else:
            summary.failed |= dict.fromkeys(batch_ids, f"{type(outcome).__name__}: {outcome}")
            get_run_logger().error("not coded: %s: %s", ", ".join(batch_ids), outcome)
        done += sum(sizes[batch_id] for batch_id in batch_ids)
        report("coding events", done=done, total=total)
    if summary.failed:
        raise BatchesFailedError(summary)
    return summary


def pending_articles(warehouse: Warehouse, version: str) -> dict[str, int]:
    """Articles in each batch that the extractor of this version has not coded."""
    listed = manifest.read(warehouse)
    pending = set(listed.pending(version))
    return {
        entry.batch_id: entry.counts.get("articles", 0)
        for entry in listed.entries
        if entry.stage == "ingest" and entry.batch_id in pending
    }


def group(batch_ids: Sequence[str]) -> list[Group]:
    """Share batches out among at most ``MAX_TASKS`` tasks."""
    size = max(1, -(-len(batch_ids) // MAX_TASKS))
    return [tuple(batch_ids[start : start + size]) for start in range(0, len(batch_ids), size)]


def code_groups(
    groups: Sequence[Group], *, task: Task[..., BatchCounts], shared: Mapping[str, Any], pool: MakePool, workers: int
) -> Iterator[tuple[Group, BatchCounts | Exception]]:
    """Code ``groups`` side by side and yield each with its counts, or with what went wrong, as it is done.

    ``task`` gets ``batch_ids`` and the ``shared`` parameters. A worker that dies takes its pool with it, and nobody
    knows which of the groups then in work killed it. So those are tried again, each in a pool of its own, where only
    the culprit fails; the rest goes on in a new pool.
    """
    waiting = list(groups)
    while waiting:
        lost = yield from code_in_pool(waiting, task=task, shared=shared, pool=pool(min(workers, len(waiting))))
        suspects, waiting = lost[: 2 * workers], lost[2 * workers :]
        for suspect in suspects:
            for culprit in (yield from code_in_pool([suspect], task=task, shared=shared, pool=pool(1))):
                yield culprit, RuntimeError("its worker process died, most likely for want of memory")


def code_in_pool(
    groups: Sequence[Group], *, task: Task[..., BatchCounts], shared: Mapping[str, Any], pool: WorkerPool
) -> Generator[tuple[Group, BatchCounts | Exception], None, list[Group]]:
    """Code ``groups`` in one pool of processes; return those that were lost because a worker died, in their order."""
    lost = []
    with pool:
        futures: dict[PrefectFuture[BatchCounts], Group] = {
            pool.submit(task, {**shared, "batch_ids": batch_ids}): batch_ids for batch_ids in groups
        }
        for future in as_completed(list(futures)):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                lost.append(futures[future])
            except Exception as error:  # noqa: BLE001 - reported with the batch; other batches go on
                yield futures[future], error
    return [batch_ids for batch_ids in groups if batch_ids in lost]
