"""Load: what the manifest lists -> a fresh dateline.duckdb in place of the published one."""

from pathlib import Path
from typing import Annotated

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows.rebuild import publish_with_progress
from warehouse.catalogue import LoadSummary
from warehouse.paths import Warehouse


@task(task_run_name="publish dateline.duckdb", cache_policy=NO_CACHE)
def publish_database(warehouse: Path) -> LoadSummary:
    """Build the database and put it in place."""
    return publish_with_progress(Warehouse.open(warehouse))


@flow(name="dateline-load", flow_run_name="load")
def load_flow(
    warehouse: Annotated[Path, Field(description="Folder of the warehouse, whose lock the caller holds.")],
) -> LoadSummary:
    """Publish the tables of the warehouse."""
    return publish_database(warehouse)
