"""Load: what the manifest lists -> a fresh dateline.duckdb in place of the published one."""

from dataclasses import dataclass
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows.progress import report
from flows.rebuild import publish_with_progress
from warehouse.catalogue import LoadSummary
from warehouse.checks import CheckResult
from warehouse.data_tests import read_results
from warehouse.paths import Warehouse


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was published, and which data tests it failed."""

    published: LoadSummary
    failed_checks: list[CheckResult]

    @property
    def errors(self) -> list[CheckResult]:
        """Failed tests that mean that the tables cannot be trusted."""
        return [result for result in self.failed_checks if result.severity == "error"]


@task(task_run_name="publish dateline.duckdb", cache_policy=NO_CACHE)
def publish_database(warehouse: Path) -> LoadSummary:
    """Build the database and put it in place."""
    return publish_with_progress(Warehouse.open(warehouse))


@task(task_run_name="check the tables", cache_policy=NO_CACHE)
def check_database(warehouse: Path) -> list[CheckResult]:
    """Read what the data tests found and return those that failed."""
    report("checking the tables", unit="checks")
    failed = [result for result in read_results(Warehouse.open(warehouse)) if not result.is_passed]
    for result in failed:
        get_run_logger().warning("%s: %d rows: %s", result.name, result.n_rows, result.description)
    return failed


@flow(name="dateline-load", flow_run_name="load")
def load_flow(warehouse: Path) -> Loaded:
    """Publish the tables of the warehouse and check them.

    Args:
        warehouse: Folder of the warehouse, whose lock the caller holds.
    """
    return Loaded(publish_database(warehouse), check_database(warehouse))
