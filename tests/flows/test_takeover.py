"""A run whose process was killed is ended for Prefect by whoever writes next."""

import json
import os
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest

from flows.alerts import Alert

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def told(monkeypatch):
    from flows import takeover

    alerts: list[Alert] = []
    monkeypatch.setattr(takeover, "send", lambda alert, _: alerts.append(alert))
    return alerts


@pytest.fixture
def begun():
    """A run that Prefect takes for running, and nobody is at work."""
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.states import Running

    @flow(name="cut-off")
    def cut_off():
        """Do nothing."""

    with get_client(sync_client=True) as client:
        yield client.create_flow_run(cut_off, state=Running(), name="dead")


def state_of(run):
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return client.read_flow_run(run.id).state


def note(warehouse, run, **more):
    (warehouse.root / "writer.json").write_text(json.dumps({"run_id": str(run.id), "left_at": None, **more}))


def left(**ago):
    return (datetime.now(UTC) - timedelta(**ago)).isoformat()


def test_a_writer_that_died_is_told_as_crashed_once(warehouse, begun, told):
    from flows.takeover import end_dead_writer

    note(warehouse, begun)
    assert end_dead_writer(warehouse, follows="the next run goes on.")
    state = state_of(begun)
    assert state.is_crashed()
    assert "the next run goes on." in state.message
    assert [alert.run for alert in told] == ["dead"]
    assert not end_dead_writer(warehouse, follows="")


def test_a_writer_that_has_left_in_order_may_still_come_to_its_end(warehouse, begun, told):
    from flows.takeover import end_dead_writer

    here = {"host": socket.gethostname(), "process": os.getpid()}
    note(warehouse, begun, left_at=left(seconds=5), **here)
    assert not end_dead_writer(warehouse, follows="")
    assert state_of(begun).is_running()
    note(warehouse, begun, left_at=left(minutes=9), **here)
    assert end_dead_writer(warehouse, follows="")


def test_whatever_else_stands_in_the_note_does_no_harm(warehouse, begun, told):
    from flows.takeover import end_dead_writer

    assert not end_dead_writer(warehouse, follows="")
    for text in (
        "",
        "[]",
        "{}",
        '{"run_id": "x", "left_at": 3}',
        '{"run_id": "00000000-0000-0000-0000-000000000000", "left_at": null}',
    ):
        (warehouse.root / "writer.json").write_text(text)
        assert not end_dead_writer(warehouse, follows="")


def test_a_flow_notes_that_it_writes_and_ends_the_one_before(warehouse, begun, told):
    from prefect import flow

    from flows.takeover import writing

    @flow(name="writes")
    def writes():
        with writing(warehouse):
            return json.loads((warehouse.root / "writer.json").read_text())

    note(warehouse, begun)
    during = writes()
    after = json.loads((warehouse.root / "writer.json").read_text())
    assert (during["left_at"], during["process"]) == (None, os.getpid())
    assert after["run_id"] == during["run_id"] != str(begun.id)
    assert after["left_at"]
    assert state_of(begun).is_crashed()


def test_progress_of_a_run_is_shown_in_the_ui_and_to_whoever_listened_before(warehouse):
    from prefect import flow
    from prefect.artifacts import Artifact

    from flows.progress import listening, report
    from flows.run_progress import progress_in_ui

    heard, shown = [], []

    @flow(name="takes-long")
    def takes_long():
        with progress_in_ui():
            report("coding events", done=150, total=600)
            for _ in range(200):  # it is sent from a thread of its own
                found = Artifact.get("dateline-progress")
                if found.description != "starting":
                    break
                time.sleep(0.05)
            shown.append((float(found.data), found.description))

    with listening(heard.append):
        takes_long()
    assert shown == [(25.0, "coding events: 150 of 600 articles")]
    assert [each.done for each in heard] == [150]
    assert float(Artifact.get("dateline-progress").data) == 100.0
