"""What happens when a run ends badly, whoever started it: people are told."""

from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import FlowRunContext
from prefect.settings import get_current_settings

from flows.alerts import Alert, send
from flows.settings import Settings

BELOW_FLOOR = "BelowFloor"
"""Name of the failed state of a run in which sources gave less than is expected of them; it tells people itself."""


def tell_people(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Send an alert that ``flow_run`` failed or crashed."""
    if state.name == BELOW_FLOOR:
        return
    title = f"{flow.name} {(state.name or state.type).lower()}"
    send(Alert(title, state.message or "", run=flow_run.name, url=run_url(flow_run)), Settings())


def current_run() -> FlowRun:
    """The flow run that this is called from."""
    context = FlowRunContext.get()
    assert context is not None, "called from a flow only"
    assert context.flow_run is not None, "runs of flows are known to the server"
    return context.flow_run


def run_url(run: FlowRun) -> str | None:
    """Address of a run in the UI, where there is one."""
    ui = get_current_settings().ui_url
    return f"{ui}/runs/flow-run/{run.id}" if ui else None
