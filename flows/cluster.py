"""Coding on Dask: the same tasks as in a pool of processes, on the workers of a cluster.

Dask gives what a dead worker had in hand to another one, so a batch may be begun twice. It counts once: a batch is
committed under a name that follows from its contents, and rows that are committed are never changed.
"""
# ruff: noqa: PLC0415 - imported where needed: the extra `cluster` brings prefect-dask

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from prefect import Task
from prefect.futures import PrefectFuture, as_completed
from prefect.logging import get_run_logger

from flows.coding import BatchCounts
from flows.console import UsageError
from flows.settings import Runner, require_runner

if TYPE_CHECKING:
    from prefect_dask.task_runners import DaskTaskRunner

Group = tuple[str, ...]
"""Ids of the batches that one task codes."""


def code_on_dask(
    groups: Sequence[Group],
    *,
    task: Task[..., BatchCounts],
    shared: Mapping[str, Any],
    address: str | None,
    workers: int,
) -> Iterator[tuple[Group, BatchCounts | Exception]]:
    """Code ``groups`` on Dask and yield each with its counts, or with what went wrong, as it is done.

    ``task`` gets ``batch_ids`` and the ``shared`` parameters. Without an ``address`` the cluster is one of this
    machine, with so many ``workers``, and ends with the run. A group whose workers died again and again (four times,
    unless Dask is told otherwise) is given up; the others go on. Raises ``UsageError`` where no scheduler answers.
    """
    if not groups:
        return
    with make_runner(address, min(workers, len(groups))) as runner:
        connect(runner)
        futures: dict[PrefectFuture[BatchCounts], Group] = {
            runner.submit(task, {**shared, "batch_ids": batch_ids}): batch_ids for batch_ids in groups
        }
        for future in as_completed(list(futures)):
            yield futures[future], outcome_of(future)


def make_runner(address: str | None, workers: int) -> "DaskTaskRunner":
    """Make the task runner; it connects when it is first used."""
    require_runner(Runner.DASK)
    from prefect_dask.task_runners import DaskTaskRunner

    if address:
        return DaskTaskRunner(address=address)
    own = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=own)


def connect(runner: "DaskTaskRunner") -> None:
    """Connect to the scheduler; raises ``UsageError`` where none answers."""
    try:
        n_workers = len(runner.client.scheduler_info(n_workers=-1)["workers"])
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {runner.address} ({error}); start one by `dask scheduler`, or mend "
            "DATELINE_DASK_ADDRESS"
        ) from error
    if not n_workers:
        get_run_logger().warning(
            "the Dask scheduler has no workers, so nothing is coded until one comes: dask worker %s --nthreads 1",
            runner.address,
        )


def outcome_of(future: PrefectFuture[BatchCounts]) -> BatchCounts | Exception:
    """Give what a task returned, or what it raised."""
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        died = f"{error.allowed_failures + 1} worker processes died of it, most likely for want of memory"
        return RuntimeError(died)
    except Exception as error:  # noqa: BLE001 - reported with the batch; other batches go on
        return error
