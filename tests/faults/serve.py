"""Kills ``dateline serve`` amid a run, starts it again, stops it by Ctrl-C, and compares with a run nobody disturbed.

    python -m tests.faults.serve [--articles 200]

Four parts, each a line: the server process is killed alone, everything is killed at once as by a power cut, only the
process of the run is killed, and Ctrl-C amid a run. After each no process may be left, and ``dateline serve`` must go
on by its schedule. At the end all tables must equal those of an undisturbed run. Takes some minutes for each part.
"""

import argparse
import json
import os
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from flows.server import free_port
from tests.faults.fiction import articles
from tests.faults.kills import BATCH, rows_of
from tests.faults.processes import Started, run, run_undisturbed, say, start

PATIENCE = 240.0


class Served:
    """``dateline serve`` on one warehouse, whatever happens to it."""

    def __init__(self, warehouse: Path, folder: Path) -> None:
        self.warehouse = warehouse
        self.log = folder / "serve.log"
        self.started: Started | None = None

    def start(self) -> Started:
        arguments = ["serve", "--warehouse", str(self.warehouse), "--port", str(free_port())]
        self.started = start(arguments, self.log, {"DATELINE_BATCH_SIZE": BATCH})
        if not self.started.wait_for("Ctrl-C ends it", seconds=PATIENCE):
            raise RuntimeError(f"dateline serve does not come up: {self.started.said()}")
        return self.started

    def states(self) -> list[str]:
        """States of the scheduled runs that were begun, in the order of their beginning."""
        path = self.warehouse / "prefect" / "prefect.db"
        sql = (
            "SELECT run.state_type FROM flow_run AS run JOIN flow ON flow.id = run.flow_id "
            "WHERE flow.name = 'dateline-sources' AND run.start_time IS NOT NULL AND run.run_count > 0 "
            "ORDER BY run.start_time"
        )
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return [state for (state,) in database.execute(sql)]

    def wait_for_coding(self, number: int) -> None:
        """Wait until a run is at work and more than ``number`` batches have been coded."""
        wait(lambda: len(list((self.warehouse / "manifest").glob("extract-*"))) > number and "RUNNING" in self.states())

    def engine(self) -> int:
        """The process of the run that is at work."""
        assert self.started is not None
        for pid in self.started.processes():
            with suppress(OSError):
                if b"prefect.engine" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return pid
        raise RuntimeError("no run is at work")


def wait(is_so) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError("it did not come to pass")
        time.sleep(0.1)


def new_articles(source: Path, number: int) -> None:
    source.write_text("".join(json.dumps(each) + "\n" for each in articles(number)), encoding="utf-8")


def disturb(served: Served, what: str) -> bool:
    """Do ``what`` amid a run; True where nothing is left of it that should not be."""
    running = served.started
    assert running is not None
    done = len(list((served.warehouse / "manifest").glob("extract-*")))
    served.wait_for_coding(done)
    before = served.states()
    if what == "the run's process is killed":
        os.kill(served.engine(), signal.SIGKILL)
        wait(lambda: len(served.states()) > len(before) and served.states()[-1] == "COMPLETED")
        states = served.states()
        is_well = "RUNNING" not in states[:-1]
        say(f"{'ok  ' if is_well else 'FAIL'}  {what}: runs ended {', '.join(states)}")
        return is_well
    if what == "Ctrl-C":
        running.process.send_signal(signal.SIGINT)
        running.process.wait(timeout=60)
    else:
        running.kill(all_of_them=what == "power cut")
    left = running.leftovers()
    stopped = served.states()
    served.start()
    wait(lambda: served.states().count("COMPLETED") > before.count("COMPLETED"))
    states = served.states()
    is_well = not left and "RUNNING" not in states[: len(before)]
    is_well = is_well and (what != "Ctrl-C" or "RUNNING" not in stopped)
    say(
        f"{'ok  ' if is_well else 'FAIL'}  {what}: {len(left)} processes left; runs {', '.join(stopped)}, "
        f"and after a new start {', '.join(states)}"
    )
    return is_well


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="a new folder to work in, which stays [default: a temporary one]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-serve-") as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        inbox = folder / "inbox"
        inbox.mkdir()
        source = inbox / "fiction.jsonl"
        served = Served(folder / "warehouse", folder)
        where = ["--warehouse", str(served.warehouse)]
        run(["sources", "add", str(inbox), "--name", "inbox", "--schedule", "* * * * *", *where], folder / "add.log")
        kinds = ("the server is killed", "power cut", "the run's process is killed", "Ctrl-C")
        outcomes = []
        new_articles(source, given.articles)
        served.start()
        for number, what in enumerate(kinds, start=1):
            outcomes.append(disturb(served, what))
            new_articles(source, given.articles * (number + 1))
        wait(lambda: len(rows_of(served.warehouse)["articles"]) == given.articles * (len(kinds) + 1))
        wait(lambda: served.states()[-1] != "RUNNING")
        say(f"the last run of all articles ended {served.states()[-1]}")
        assert served.started is not None
        served.started.process.send_signal(signal.SIGTERM)
        outcomes.append(served.started.process.wait(timeout=60) == 0)
        outcomes.append(not served.started.leftovers())
        whole = folder / "undisturbed"
        run_undisturbed(source, whole, batch=BATCH)
        kept, expected = rows_of(served.warehouse), rows_of(whole)
        lost = {table: len(ids(expected[table]) - ids(kept[table])) for table in expected}
        more = {table: len(ids(kept[table]) - ids(expected[table])) for table in expected}
        doubled = {table: len(kept[table]) - len(ids(kept[table])) for table in expected}
        differing = {
            table: f"{lost[table]} lost, {more[table]} more, {doubled[table]} doubled"
            for table in expected
            if lost[table] or more[table] or len(kept[table]) != len(expected[table])
        }
        code, _ = run(["verify", "--warehouse", str(served.warehouse)], folder / "verify.log")
        outcomes += [not differing, code == 0]
        told = ", ".join(f"{table} ({how})" for table, how in differing.items())
        say(f"tables that differ from an undisturbed run: {told or 'none'}; verify ends with {code}")
    return 0 if all(outcomes) else 1


def ids(rows: list[dict[str, object]]) -> set[object]:
    """The first columns, which are ids made of content; times of retrieval differ, as the file was written anew."""
    return {next(iter(row.values())) for row in rows}


if __name__ == "__main__":
    sys.exit(main())
