"""The data tests of a load: all of them, at a cost that follows what is new.

A test of scope ``batch`` looks at the batches that it has not seen; what it found in the others is kept in
``checks.json``, by groups of batches that were looked at together. A batch that is coded anew or loses articles is
looked at again, with its group where anything was found in that. A test of scope ``joined`` looks at the parts that
joining made since all of these tests last passed. Without the file, or with other tests in it, all is looked at again.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from seeds import read_table
from warehouse.checks import ALL, BATCH, JOINED, SAMPLE, Check, CheckResult, all_checks, run_check, worst_first
from warehouse.codes import SEEDED
from warehouse.connection import connect
from warehouse.files import atomic_file
from warehouse.linking import parts, state
from warehouse.manifest import Entry, Manifest
from warehouse.marts import MART_TABLES
from warehouse.paths import Warehouse
from warehouse.statements import parquet_select
from warehouse.states import batch_states
from warehouse.tables import TABLES

GROUP = 250
"""Batches that are looked at together."""
SHADOWED = tuple(name for name in TABLES if name != "rejects")

Found = dict[str, tuple[int, list[dict[str, Any]]]]
"""What each test found: number of bad rows, and the first of them."""
Joined = tuple[str, int]
"""Which joining was looked at, and up to which generation."""
NOTHING: Joined = ("", 0)


@dataclass(slots=True)
class Group:
    """Batches that were looked at together, each as it was then, and what was found in them."""

    batches: list[str]
    found: Found = field(default_factory=dict)


def run_data_tests(database: duckdb.DuckDBPyConnection, warehouse: Warehouse, listed: Manifest) -> list[CheckResult]:
    """Run the tests on a database that was just built of ``listed``; the failed ones come first.

    Afterwards the connection sees only the batches of the last group, under the names of the stored tables, and only
    the new parts of what joining made.
    """
    checks = list(all_checks())
    results = [run_check(database, check) for check in checks if check.scope == ALL]
    of_batches = [check for check in checks if check.scope == BATCH]
    path, mark = warehouse.local / "checks.json", _mark([check for check in checks if check.scope != ALL])
    states = batch_states(listed)
    joined, groups = _read(path, mark)
    groups = _still_true(groups, set(states))
    seen = {state for group in groups for state in group.batches}
    fresh = [state for state in states if state not in seen]
    _shadow(database, listed, [entry for state in fresh for entry in states[state]])
    of_joined, joined = _look_at_joined(database, warehouse, [c for c in checks if c.scope == JOINED], joined)
    results += of_joined
    seconds = dict.fromkeys((check.name for check in of_batches), 0.0)
    for start in range(0, len(fresh), GROUP):
        group = Group(fresh[start : start + GROUP])
        _shadow(database, listed, [entry for state in group.batches for entry in states[state]])
        for check in of_batches:
            result = run_check(database, check)
            seconds[check.name] += result.seconds
            if not result.is_passed:
                group.found[check.name] = result.n_rows, _plain(result.sample)
        groups.append(group)
    _write(path, mark, joined, groups)
    return worst_first([*results, *(_together(check, groups, seconds[check.name]) for check in of_batches)])


def _look_at_joined(
    database: duckdb.DuckDBPyConnection, warehouse: Warehouse, checks: list[Check], seen: Joined
) -> tuple[list[CheckResult], Joined]:
    """Run tests on the parts that are new; gives what they found, and up to where all parts passed."""
    made, listed = state.made(warehouse.joining)
    until = seen[1] if seen[0] == made else 0
    new = [part for part in listed if part.last > until]
    for name, table in parts.KEPT.items():
        if name in MART_TABLES:
            select = parts.select(new, name, warehouse.joined, "stored.dropped")
            database.execute(f"CREATE OR REPLACE TEMPORARY VIEW {table.name} AS {select}")
    results = [run_check(database, check) for check in checks]
    is_passed = all(result.is_passed for result in results)
    return results, (made, max((part.last for part in listed), default=0) if is_passed else until)


def read_results(warehouse: Warehouse) -> list[CheckResult]:
    """Read what the tests found in the published database. Raises ``WarehouseError``."""
    with connect(warehouse) as database:
        rows = database.sql("SELECT name, severity, description, n_rows, sample, scope, seconds FROM data_tests")
        found = rows.fetchall()
    return worst_first(
        CheckResult(name, severity, description, n_rows, tuple(json.loads(sample)), scope, seconds)
        for name, severity, description, n_rows, sample, scope, seconds in found
    )


def as_row(result: CheckResult) -> list[object]:
    """Give a result as a row of ``data_tests``."""
    sample = json.dumps(_plain(result.sample))
    cost = round(result.seconds, 3)
    return [result.name, result.severity, result.scope, result.n_rows, result.description, sample, cost]


def _plain(sample: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    plain: list[dict[str, Any]] = json.loads(json.dumps(list(sample), default=str))
    return plain


def _still_true(groups: list[Group], current: set[str]) -> list[Group]:
    """What is still to be believed: groups in which nothing was found without what is gone, others only whole."""
    clean = [state for group in groups if not group.found for state in group.batches if state in current]
    return [Group(clean), *(group for group in groups if group.found and current.issuperset(group.batches))]


def _shadow(database: duckdb.DuckDBPyConnection, listed: Manifest, entries: list[Entry]) -> None:
    """Let the names of the stored tables stand for the rows of these entries; the marts stay as they are."""
    part = Manifest(listed.root, tuple(entries))
    for name in SHADOWED:
        table = replace(TABLES[name], columns=TABLES[name].stored)
        select = parquet_select(table, part.parts(name))
        database.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {select}")


def _together(check: Check, groups: list[Group], seconds: float) -> CheckResult:
    found = [group.found[check.name] for group in groups if check.name in group.found]
    sample = [row for _, rows in found for row in rows][:SAMPLE]
    n_rows = sum(number for number, _ in found)
    return CheckResult(check.name, check.severity, check.description, n_rows, tuple(sample), check.scope, seconds)


def _mark(checks: list[Check]) -> str:
    """Hash all that the tests of batches depend on beside the batches: themselves and the tables of codes."""
    codes = [read_table(seed) for name in ("event_types", "modes") for seed in SEEDED[name]]
    told = [(check.name, check.sql, check.values) for check in checks]
    return hashlib.sha256(repr((told, codes)).encode()).hexdigest()


def _read(path: Path, mark: str) -> tuple[Joined, list[Group]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["tests"] != mark:
            return NOTHING, []
        made, until = content["joined"]
        return (made, until), [
            Group(group["batches"], {name: (number, rows) for name, (number, rows) in group["found"].items()})
            for group in content["groups"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # it only saves work
        return NOTHING, []


def _write(path: Path, mark: str, joined: Joined, groups: list[Group]) -> None:
    content = {
        "tests": mark,
        "joined": joined,
        "groups": [{"batches": group.batches, "found": group.found} for group in groups],
    }
    with atomic_file(path) as temporary:
        temporary.write_text(json.dumps(content), encoding="utf-8")
