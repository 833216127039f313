"""The deployments of flows/prefect.yaml fit the flows that they name."""

import importlib
from pathlib import Path

import pytest
import yaml

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
