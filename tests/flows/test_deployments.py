"""The deployments of flows/prefect.yaml fit the flows that they name."""

import importlib
from pathlib import Path

import pytest
import yaml

from flows.settings import load_settings
from flows.source_list import NewsSource, SourceList
from warehouse.paths import Warehouse

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "flows" / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.fixture(params=DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def deployment(request):
    return request.param


def flow_of(deployment):
    path, name = deployment["entrypoint"].split(":")
    return getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)


def test_parameters_fit_the_flow(deployment):
    flow = flow_of(deployment)
    flow.validate_parameters(deployment["parameters"])
    assert set(deployment["parameters"]) <= set(flow.parameters.properties)


def test_every_parameter_is_described_for_the_form_in_the_ui(deployment):
    for name, schema in flow_of(deployment).parameters.properties.items():
        assert schema.get("description"), name


def test_schedules_begin_paused_and_runs_wait_for_each_other(deployment):
    assert all(schedule["active"] is False for schedule in deployment["schedules"])
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


def test_the_parameters_of_schedules_fit_the_flow(deployment):
    for schedule in deployment["schedules"]:
        flow_of(deployment).validate_parameters(deployment["parameters"] | schedule.get("parameters", {}))


def test_what_serve_deploys_fits_its_flow(tmp_path):
    from flows.run_sources import sources_flow
    from flows.serve import parameters, schedules

    sources = SourceList(
        source=(
            NewsSource(name="a", kind="folder", location="a"),
            NewsSource(name="b", kind="folder", location="b"),
            NewsSource(name="c", kind="folder", location="c", schedule="0 6 * * *"),
            NewsSource(name="d", kind="folder", location="d", schedule="0 7 * * *", paused=True),
        )
    )
    given = parameters(load_settings(warehouse=tmp_path / "w"), Warehouse.create(tmp_path / "w"))
    made = schedules(sources)
    assert [schedule.cron for schedule in made] == ["5 * * * *", "0 6 * * *"]
    for schedule in made:
        sources_flow.validate_parameters(given | schedule.parameters)


def test_the_worker_of_the_compose_file_uses_these_deployments():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    (command,) = services["worker"]["command"]
    assert "--prefect-file flows/prefect.yaml" in command
    assert {f"--pool {deployment['work_pool']['name']} " in command for deployment in DEPLOYMENTS} == {True}
