"""The deployments of flows/prefect.yaml fit the flows that they name."""

import importlib
import json
import re
from pathlib import Path

import jsonschema
import prefect.server.api.collections
import pytest
import yaml

from flows.settings import Settings, load_settings
from flows.source_list import NewsSource, SourceList
from warehouse.paths import Warehouse

ROOT = Path(__file__).parents[2]
PREFECT_YAML = (ROOT / "flows" / "prefect.yaml").read_text(encoding="utf-8")
DEPLOYMENTS = yaml.safe_load(PREFECT_YAML)["deployments"]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
POOLS = dict(re.findall(r"prefect work-pool create (\S+) --type (\w+)", PREFECT_YAML))
"""Type of each work pool, as the file says that it is made."""
COLLECTIONS = Path(prefect.server.api.collections.__file__).parent / "collections_data" / "views"


@pytest.fixture(params=DEPLOYMENTS, ids=lambda deployment: deployment["name"])
def deployment(request):
    return request.param


def flow_of(deployment):
    """The flow of an entrypoint, which is a file and a name, or a name in an installed module."""
    module, name = re.split(r":|\.(?=\w+$)", deployment["entrypoint"].replace(".py:", ":").replace("/", "."))
    return getattr(importlib.import_module(module), name)


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


def test_each_way_to_run_has_the_same_deployments():
    names = {pool: {each["name"] for each in DEPLOYMENTS if each["work_pool"]["name"] == pool} for pool in POOLS}
    assert POOLS == {"dateline": "process", "dateline-docker": "docker"}
    assert {f"{name}-docker" for name in names["dateline"]} == names["dateline-docker"]
    for each in names.values():
        assert {f"--name {name}" in PREFECT_YAML for name in each} == {True}


def test_job_variables_are_those_of_the_work_pool(deployment):
    metadata = json.loads((COLLECTIONS / "aggregate-worker-metadata.json").read_text(encoding="utf-8"))
    kind = POOLS[deployment["work_pool"]["name"]]
    template = next(workers[kind] for workers in metadata.values() if kind in workers)
    variables = template["default_base_job_configuration"]["variables"]
    given = deployment["work_pool"].get("job_variables", {})
    assert set(given) <= set(variables["properties"])
    jsonschema.validate(given, variables)
    ours = {name for name in given.get("env", {}) if name.startswith("DATELINE_")}
    assert ours <= {f"DATELINE_{field.upper()}" for field in Settings.model_fields}


def test_containers_of_runs_find_what_the_compose_file_starts():
    variables = next(each["work_pool"]["job_variables"] for each in DEPLOYMENTS if each["name"] == "sources-docker")
    worker, project = COMPOSE["services"]["worker"], COMPOSE["name"]
    assert variables["image"] == worker["image"]
    assert variables["volumes"] == [f"{project}_{volume}" for volume in worker["volumes"] if "data" in volume]
    assert variables["networks"] == [f"{project}_default"]
    assert variables["env"].items() <= worker["environment"].items()


def test_the_worker_of_the_compose_file_uses_these_deployments():
    (command,) = COMPOSE["services"]["worker"]["command"]
    assert "--prefect-file flows/prefect.yaml" in command
    deployed = set(re.findall(r"--name (\S+)", command))
    (pool,) = set(re.findall(r"--pool (\S+)", command))
    assert deployed == {each["name"] for each in DEPLOYMENTS if each["work_pool"]["name"] == pool}
    assert f"prefect work-pool create {pool} --type {POOLS[pool]}" in command
