"""Data tests: SQL that returns bad rows.

Those that follow from declarations (keys, closed sets of values) are made from them; the others are the files in
``sql/checks``, whose first line gives the severity and whose second says what the rows are. What a test of scope
``batch`` finds depends on each batch alone, so it looks at new ones only (``warehouse.data_tests``); a third line
``-- scope: all`` makes it look at everything at each load, ``-- scope: joined`` at what was joined anew.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse import statements
from warehouse.connection import connect
from warehouse.linking import parts
from warehouse.marts import MART_TABLES
from warehouse.paths import Warehouse
from warehouse.tables import TABLES

SAMPLE = 5
"""How many bad rows a result shows."""
SEVERITIES = ("error", "warning")
BATCH, JOINED, ALL = "batch", "joined", "all"
SCOPES = (BATCH, JOINED, ALL)
MADE_OF_ALL = ("articles", "rejects")
"""Stored tables whose keys may be repeated by another batch; those of the others follow from the article's."""


@dataclass(frozen=True, slots=True)
class Check:
    """SQL that returns bad rows. An ``error`` means that the tables cannot be trusted."""

    name: str
    severity: str
    description: str
    sql: str
    values: tuple[object, ...] = ()
    scope: str = BATCH


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: how many bad rows, and the first few as dicts."""

    name: str
    severity: str
    description: str
    n_rows: int
    sample: tuple[dict[str, Any], ...]
    scope: str = BATCH
    seconds: float = 0.0
    """What the test cost in this load."""

    @property
    def is_passed(self) -> bool:
        """Say whether there is no bad row."""
        return self.n_rows == 0


def run_checks(warehouse: Warehouse) -> list[CheckResult]:
    """Run all checks on all that is published, whatever was checked before; the failed ones come first."""
    with connect(warehouse) as database:
        return worst_first(run_check(database, check) for check in all_checks())


def worst_first(results: Iterable[CheckResult]) -> list[CheckResult]:
    """Sort results: failed before passed, errors before warnings."""
    return sorted(results, key=lambda result: (result.is_passed, SEVERITIES.index(result.severity), result.name))


def all_checks() -> Iterator[Check]:
    """List the checks: from declarations, then from files."""
    for table in (*TABLES.values(), *MART_TABLES.values()):
        scope = _scope_of_keys(table.name)
        about = f"Rows of {table.name} that share a key."
        yield Check(f"keys_{table.name}", "error", about, statements.repeated_keys(table), scope=scope)
    for table in TABLES.values():
        for column in table.stored:
            if column.values:
                about = f"Rows of {table.name} whose {column.name} is none of the declared values."
                sql = statements.other_values(table, column)
                yield Check(f"values_{table.name}_{column.name}", "error", about, sql, (list(column.values),))
    for path in sorted((statements.ROOT / "checks").glob("*.sql")):
        yield read_check(path.stem, statements.read_sql(f"checks/{path.stem}"))


def _scope_of_keys(name: str) -> str:
    if name in parts.KEPT:
        return JOINED
    return BATCH if name in TABLES and name not in MADE_OF_ALL else ALL


def read_check(name: str, sql: str) -> Check:
    """Read severity and description from the first two lines; raises ``ValueError`` where they are not there."""
    first, second, third, *_ = [*sql.splitlines(), "", "", ""]
    severity = first.removeprefix("-- severity: ")
    if severity not in SEVERITIES or not second.startswith("-- "):
        raise ValueError(
            f"check {name}: the first two lines must be '-- severity: error|warning' and '-- what it finds'"
        )
    scope = third.removeprefix("-- scope: ")
    return Check(name, severity, second.removeprefix("-- "), sql, scope=scope if scope in SCOPES else BATCH)


def run_check(database: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    """Run one check on the tables that a connection sees."""
    started = time.perf_counter()
    first = database.sql(statements.count_and_show(check.sql, SAMPLE), params=list(check.values) or None)
    sample = first.to_arrow_table().to_pylist()
    n_rows = max((row.pop("n_bad_rows") for row in sample), default=0)
    seconds = time.perf_counter() - started
    return CheckResult(check.name, check.severity, check.description, n_rows, tuple(sample), check.scope, seconds)
