"""Kills ``dateline run`` without a warning in each stage, runs it again, and compares with a run that nobody disturbed.

    python -m tests.faults.kills [--articles 400] [--only extract]

Prints a line for each case: what was killed when, how many articles were stored then, how many processes outlived it
(none should), whether the second run's tables equal the undisturbed run's, and how many runs Prefect still takes for
running. Ends with 1 where a case is not as it should be. Needs Linux (/proc) and about a minute a case.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.fiction import articles
from tests.faults.processes import run, run_undisturbed, say, start
from warehouse import manifest
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse
from warehouse.tables import TABLES

BATCH = "25"


@dataclass(frozen=True)
class Case:
    name: str
    after: str
    """What the command has written when it is killed."""
    all_of_them: bool = False


CASES = (
    Case("starting", "starting Prefect"),
    Case("ingest", "reading:"),
    Case("extract, at once", "coding events: 0 of"),
    Case("extract, amid", "coding events: 1"),
    Case("extract, power cut", "coding events: 1", all_of_them=True),
    Case("load", "loading tables"),
    Case("load, power cut", "loading tables", all_of_them=True),
    Case("checks", "checking the tables"),
)


def rows_of(folder: Path) -> dict[str, list[Any]]:
    """All stored rows that count, in an order that does not hang on batches."""
    listed = manifest.read(Warehouse.open(folder))
    return {
        table: sorted((row for path, ranges in listed.parts(table) for row in read_rows(path, None, ranges)), key=str)
        for table in TABLES
    }


def running_in_prefect(folder: Path) -> int:
    """Runs that Prefect takes for running, though nobody is at work."""
    database = folder / "prefect" / "prefect.db"
    if not database.exists():
        return 0
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        sql = "SELECT count(*) FROM flow_run WHERE state_type IN ('RUNNING', 'PENDING', 'CANCELLING')"
        return int(connection.execute(sql).fetchone()[0])


def try_case(case: Case, source: Path, folder: Path, expected: dict[str, list[Any]]) -> bool:
    warehouse = folder / "warehouse"
    command = ["run", str(source), "--warehouse", str(warehouse), "--batch-size", BATCH]
    first = start(command, folder / "first.log")
    reached = first.wait_for(case.after)
    first.kill(all_of_them=case.all_of_them)
    outlived = first.leftovers()
    there = warehouse / "manifest"
    stored = len(rows_of(warehouse)["articles"]) if there.is_dir() else 0
    code, said = run(command, folder / "second.log")
    equal = rows_of(warehouse) == expected
    verified, report = run(["verify", "--warehouse", str(warehouse)], folder / "verify.log")
    zombies = running_in_prefect(warehouse)
    dots = [path.name for path in warehouse.rglob(".*.tmp*")]
    is_well = reached and code == 0 and equal and verified == 0 and not outlived and not zombies
    say(
        f"{'ok  ' if is_well else 'FAIL'}  {case.name}: {stored} articles stored when killed, "
        f"{len(outlived)} processes outlived it, second run ended with {code}, "
        f"tables {'equal' if equal else 'DIFFER'}, "
        f"verify {verified}, {zombies} runs still running for Prefect, {len(dots)} temporary files left"
    )
    if not is_well:
        say(f"{said}\n{report}")
    return is_well


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--only", default="", help="cases whose names hold this")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-kills-") as name:
        folder = Path(name)
        source = folder / "fiction.jsonl"
        source.write_text("".join(json.dumps(each) + "\n" for each in articles(given.articles)), encoding="utf-8")
        whole = folder / "undisturbed"
        run_undisturbed(source, whole, batch=BATCH)
        expected = rows_of(whole)
        say(str({table: len(rows) for table, rows in expected.items()}))
        outcomes = []
        for number, case in enumerate(CASES):
            if given.only in case.name:
                place = folder / str(number)
                place.mkdir()
                outcomes.append(try_case(case, source, place, expected))
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
