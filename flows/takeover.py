"""One run writes to a warehouse at a time, and a run whose process was killed is told as crashed by the next one.

Whoever holds the warehouse's lock leaves the id of its Prefect run in ``writer.json``. A killed process releases the
lock but cannot tell Prefect, for which its run would be running for ever.
"""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterParentFlowRunId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Crashed

from flows.alerts import Alert, send
from flows.hooks import current_run, run_url
from flows.settings import Settings
from warehouse.files import atomic_file
from warehouse.paths import Warehouse

GRACE = timedelta(minutes=5)
"""How long a run that has left the warehouse may take to come to its end."""
WATCH_SECONDS = 1.0
UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
STOPPED = "It was stopped with `dateline serve`. What it had finished is kept; {next}"
KILLED = "Its process ended without a word: killed, or the machine went down. What it had finished is kept; {next}"

MISSED = "It came due while nothing was served; the run after it reads all that is new."


@contextmanager
def writing(warehouse: Warehouse, *, timeout: float = 0) -> Iterator[None]:
    """Hold the warehouse's lock for the run that this is called from, and end the run before it where that died.

    Raises ``WarehouseBusyError`` after ``timeout`` seconds in which another process held the lock.
    """
    with warehouse.lock(timeout=timeout):
        run = current_run()
        end_dead_writer(warehouse, follows=f"{run.name} goes on from there.")
        _note(warehouse, run.id)
        try:
            yield
        finally:
            _note(warehouse, run.id, left_at=datetime.now(UTC))


def end_dead_writer(warehouse: Warehouse, *, follows: str) -> bool:
    """Tell Prefect and people that the run which wrote last has crashed, where it has; return whether it had.

    The caller holds the lock, so nobody is at work. ``follows`` says what comes next.
    """
    noted = _noted(warehouse)
    if not noted or _is_ending(noted):
        return False
    with get_client(sync_client=True) as client:
        try:
            run = client.read_flow_run(UUID(noted["run_id"]))
        except ObjectNotFound:  # of another Prefect server, or one that was begun anew
            return False
        return end_dead_run(client, run, follows=follows)


def end_unfinished(deployment: str, *, follows: str, is_wanted: bool = False) -> int:
    """End the runs of a deployment that Prefect takes for begun, of which nobody is at work; return how many."""
    began = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)))
    with get_client(sync_client=True) as client:
        of_it = DeploymentFilter(name=DeploymentFilterName(any_=[deployment]))
        runs = client.read_flow_runs(flow_run_filter=began, deployment_filter=of_it)
        return sum(end_dead_run(client, run, follows=follows, is_wanted=is_wanted) for run in runs)


def skip_missed(deployment: str) -> int:
    """Cancel the runs that came due while no server was up, but the last of each schedule; return how many."""
    due = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        next_scheduled_start_time=FlowRunFilterNextScheduledStartTime.model_validate({"before_": datetime.now(UTC)}),
    )
    of_it = DeploymentFilter(name=DeploymentFilterName(any_=[deployment]))
    with get_client(sync_client=True) as client:
        missed = client.read_flow_runs(
            flow_run_filter=due, deployment_filter=of_it, sort=FlowRunSort.EXPECTED_START_TIME_DESC
        )
        seen: set[object] = set()
        for run in missed:
            schedule = run.parameters.get("schedule")
            if schedule in seen and run.auto_scheduled:
                client.set_flow_run_state(run.id, Cancelled(message=MISSED), force=True)
            seen.add(schedule)
    return len(missed) - len(seen)


def end_with_server(parent: int | None) -> None:
    """Let this process end as soon as ``parent``, which started it, is gone; its worker processes end with it."""
    if parent is not None and parent == os.getppid():
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def end_dead_run(client: SyncPrefectClient, run: FlowRun, *, follows: str, is_wanted: bool = False) -> bool:
    """Set ``run``, of which nobody is at work any more, and all that it began to crashed; False where it had ended.

    Where ``is_wanted``, since a person stopped it, it is cancelled, and nobody is alarmed.
    """
    if run.state is None or run.state.is_final():
        return False
    message = (STOPPED if is_wanted else KILLED).format(next=follows)
    state: State[Any] = Cancelled(message=message) if is_wanted else Crashed(message=message)
    for part in _parts(client, run.id):
        _end_tasks(client, part.id, state)
        client.set_flow_run_state(part.id, state, force=True)
    if not is_wanted:
        send(Alert("dateline crashed", message, run=run.name, url=run_url(run)), Settings())
    return True


def _parts(client: SyncPrefectClient, run_id: UUID) -> list[FlowRun]:
    """The run and its subflows that have not ended."""
    runs = client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run_id])))
    below = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[run_id]))
    runs += client.read_flow_runs(flow_run_filter=below)
    return [run for run in runs if run.state is None or not run.state.is_final()]


def _end_tasks(client: SyncPrefectClient, run_id: UUID, state: State[Any]) -> None:
    unfinished = TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=UNFINISHED)))
    of_run = FlowRunFilter(id=FlowRunFilterId(any_=[run_id]))
    for task in client.read_task_runs(flow_run_filter=of_run, task_run_filter=unfinished):
        client.set_task_run_state(task.id, state, force=True)


def _is_ending(noted: dict[str, Any]) -> bool:
    """Whether the run has left the warehouse in order and may be about to tell Prefect of its end."""
    if not noted.get("left_at"):
        return False
    if noted.get("host") == socket.gethostname() and not _is_alive(noted.get("process")):
        return False
    return datetime.now(UTC) - datetime.fromisoformat(noted["left_at"]) < GRACE


def _is_alive(process: object) -> bool:
    try:
        os.kill(int(str(process)), 0)
    except (OSError, ValueError):
        return False
    return True


def _path(warehouse: Warehouse) -> Path:
    return warehouse.local / "writer.json"


def _note(warehouse: Warehouse, run_id: UUID, *, left_at: datetime | None = None) -> None:
    content = {
        "run_id": str(run_id),
        "left_at": left_at.isoformat() if left_at else None,
        "host": socket.gethostname(),
        "process": os.getpid(),
    }
    with suppress(OSError), atomic_file(_path(warehouse), durable=False) as temporary:  # a full disk fails elsewhere
        temporary.write_text(json.dumps(content), encoding="utf-8")


def _noted(warehouse: Warehouse) -> dict[str, Any]:
    try:
        content = json.loads(_path(warehouse).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    try:
        UUID(content["run_id"])
        datetime.fromisoformat(content["left_at"] or "2000-01-01T00:00:00Z")
    except (KeyError, TypeError, ValueError, AttributeError):  # a note of another make
        return {}
    return dict(content)
