"""Load: what the manifest lists -> a fresh dateline.duckdb in place of the published one."""

from pathlib import Path
from typing import Annotated

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows.progress import report
from warehouse.catalogue import LoadSummary, publish
from warehouse.paths import Warehouse


def publish_warehouse(warehouse: Warehouse) -> LoadSummary:
    """Publish the database, telling which table is being made."""
    report("loading into DuckDB", unit="tables")
    return publish(warehouse, progress=lambda table: report(f"loading {table}", unit="tables"))


@task(task_run_name="publish dateline.duckdb", cache_policy=NO_CACHE)
def publish_database(warehouse: Path) -> LoadSummary:
    """Build the database and put it in place."""
    return publish_warehouse(Warehouse.open(warehouse))


@flow(name="dateline-load", flow_run_name="load")
def load_flow(
    warehouse: Annotated[Path, Field(description="Folder of the warehouse, whose lock the caller holds.")],
) -> LoadSummary:
    """Publish the tables of the warehouse."""
    return publish_database(warehouse)
