"""``dateline serve``: the Prefect server with its UI, and the schedules of the sources, on this machine.

This process starts the server, tells it when the sources are due, and starts each due run in a process of its own, one
at a time. The file of sources is looked at while it serves: a changed schedule counts without a restart.
"""
# ruff: noqa: PLC0415 - imported where needed: Prefect reads its settings when it is imported

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.console import OK, UsageError, fail, note
from flows.launch import require_model
from flows.prefect_environment import prepare_prefect
from flows.server import start_server
from flows.settings import Settings
from flows.source_file import SourceFileError, read_sources
from flows.source_list import SourceList
from warehouse.errors import WarehouseBusyError
from warehouse.paths import Warehouse

if TYPE_CHECKING:
    from prefect.runner import Runner

DEPLOYMENT = "sources"
FOLLOWS = "the next run goes on from there."
LOOK_SECONDS = 5.0
"""How often the file of sources is looked at."""
PATIENCE_SECONDS = 6 * 3600.0
"""How long a scheduled run waits for another one of the same warehouse."""


def serve(settings: Settings, *, port: int) -> int:
    """Serve until Ctrl-C or SIGTERM, then end everything that was started; return the exit code.

    Raises ``UsageError`` and ``WarehouseError`` before anything is started where it cannot work.
    """
    require_model(settings)
    warehouse = Warehouse.create(settings.warehouse)
    sources = read_sources(settings.source_file)
    if not sources.schedules():
        raise UsageError(
            f"{settings.source_file} holds no source that is read; `dateline sources add URL` adds one, "
            "`dateline sources resume NAME` reads a paused one again"
        )
    if settings.has_prefect_server:
        raise UsageError(
            "a Prefect server of yours is configured (PREFECT_API_URL or a profile); deploy to it by "
            "`prefect deploy --prefect-file flows/prefect.yaml --name sources`, or unset these to serve from here"
        )
    prepare_prefect(settings, home=warehouse.local / "prefect")
    note("starting the Prefect server")
    server = start_server(port=port, with_ui=True)
    os.environ["PREFECT_UI_URL"] = server.url.removesuffix("/api")
    os.environ["DATELINE_SERVED_BY"] = str(os.getpid())
    server.wait_until_healthy()
    end_dead_runs(warehouse)
    sys.stdout.write(f"Prefect UI: {os.environ['PREFECT_UI_URL']}\n{told(sources)}\nCtrl-C ends it.\n")
    sys.stdout.flush()
    asyncio.run(run_schedules(settings, warehouse))
    end_dead_runs(warehouse, is_wanted=True)
    note("stopped")
    return OK


def end_dead_runs(warehouse: Warehouse, *, is_wanted: bool = False) -> None:
    """End for Prefect what was running when this server went down, or was stopped; it would keep the schedules waiting.

    Runs that ``dateline serve`` starts end with it, so of those nobody is at work; others hold the warehouse's lock.
    """
    from flows.takeover import end_dead_writer, end_unfinished, skip_missed

    ended = end_unfinished(DEPLOYMENT, follows=FOLLOWS, is_wanted=is_wanted)
    if is_wanted:
        return
    with suppress(WarehouseBusyError), warehouse.lock():
        ended += end_dead_writer(warehouse, follows=FOLLOWS)
    skip_missed(DEPLOYMENT)
    if ended:
        note("a run had been cut off; the next one goes on from there")


def told(sources: SourceList) -> str:
    """Say when which sources are read."""
    return "\n".join(f"{schedule:<16} {', '.join(names)}" for schedule, names in sorted(sources.schedules().items()))


async def run_schedules(settings: Settings, warehouse: Warehouse) -> None:
    """Start runs as they are due until a signal comes; runs in work are ended then, and finished by the next."""
    from prefect.runner import Runner

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    runner = Runner(name="dateline", limit=1, pause_on_shutdown=True)
    starting: asyncio.Task[None] | None = None
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    try:
        await deploy(runner, settings, warehouse)
        starting = asyncio.create_task(runner.start())
        await keep_up(runner, settings, warehouse, stopping, starting)
    finally:
        if starting is not None:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)


async def keep_up(
    runner: "Runner", settings: Settings, warehouse: Warehouse, stopping: asyncio.Event, starting: "asyncio.Task[None]"
) -> None:
    """Deploy anew whenever the file of sources changes, until ``stopping`` is set or the runner ends."""
    known = stamp(settings.source_file)
    while not stopping.is_set() and not starting.done():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), LOOK_SECONDS)
        now = stamp(settings.source_file)
        if now != known and not stopping.is_set():
            known = now
            try:
                note(f"the sources changed:\n{told(read_sources(settings.source_file))}")
                await deploy(runner, settings, warehouse)
            except SourceFileError as error:
                fail(f"{error}; the schedules stay as they were")
    if starting.done():
        starting.result()


async def deploy(runner: "Runner", settings: Settings, warehouse: Warehouse) -> None:
    """Tell the server what is due when."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.types.entrypoint import EntrypointType

    from flows.run_sources import sources_flow

    deployment = await sources_flow.ato_deployment(
        name=DEPLOYMENT,
        schedules=schedules(read_sources(settings.source_file)),
        parameters=parameters(settings, warehouse),
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
        description="Visits the sources that are due, codes what is new and publishes the tables.",
        tags=["dateline"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await runner.aadd_deployment(deployment)


def schedules(sources: SourceList) -> list[Any]:
    """One schedule of Prefect's for each of the sources', which tells the run what is due."""
    from prefect.schedules import Cron

    return [Cron(schedule, timezone="UTC", parameters={"schedule": schedule}) for schedule in sources.schedules()]


def parameters(settings: Settings, warehouse: Warehouse) -> dict[str, Any]:
    """What each scheduled run is given, as JSON."""
    return {
        "sources": str(settings.source_file.resolve()),
        "warehouse": str(warehouse.root),
        "batch_size": settings.batch_size,
        "workers": settings.workers,
        "wait_seconds": PATIENCE_SECONDS,
    }


def stamp(file: Path) -> int | None:
    """What changes when the file does; None where it is gone."""
    return file.stat().st_mtime_ns if file.exists() else None
