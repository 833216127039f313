"""Measure the warehouse on made-up mentions: loads, joining, the cookbook's questions, size, making the database anew.

    python tests/benchmarks/warehouse.py FOLDER --mentions 1000000 [--runs 3] [--only load join queries size rebuild]

Mentions are made in FOLDER where they are not there yet (``made_up``): a million are joined as a load does; more are
copies of them, above ten million without sentences, links and what a load would need (``made_up/multiply.py``). Figures
are medians of ``--runs``, in seconds on the clock and, in brackets, of processor time, which other work on the machine
disturbs less. DuckDB gets two threads and 8 GB for the questions. ``--times`` asks them of the same files so many times
over; ``rebuild`` times the command ``dateline rebuild`` once, on a copy that has nothing but the record.
"""

import argparse
import json
import os
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.made_up.generate import PER_ARTICLE, make, maker  # noqa: E402 - the folder stands in the path first
from tests.benchmarks.made_up.multiply import multiply  # noqa: E402
from warehouse import catalogue, manifest  # noqa: E402
from warehouse.connection import connect  # noqa: E402
from warehouse.files import atomic_file  # noqa: E402
from warehouse.linking import parts, state  # noqa: E402
from warehouse.paths import Warehouse  # noqa: E402
from warehouse.search import update_index  # noqa: E402
from warehouse.size import measure  # noqa: E402
from warehouse.states import batch_states  # noqa: E402

COMPLETE = 10
"""More copies than this lack what a load would need."""
DAYS = 3650
LOADED = 10_000 * PER_ARTICLE
JOINED = 10_000
QUERY = re.compile(r"^## (\d+)\. (.*?)$.*?```sql\n(.*?)\n```", re.MULTILINE | re.DOTALL)
FILES = re.compile(r"(?:list_value\(|\[)('[^\])]*')(?:\)|\])")
JOINED_BY_ID = ("14", "24", "25", "26")
"""Questions that join by what identifies articles and texts: repeated files need other ids each time."""
IDENTIFIED = ("main.articles", "main.event_mentions")
"""Tables whose ids a view makes."""
WRITTEN = ("main.entities", "stored.texts", "stored.postings")
"""Tables that are written with other ids: DuckDB looks for ids while it reads them, and not for what a view makes."""
OTHER_IDS = {
    "article_id": "'{0:02x}' || substr(article_id, 3)",
    "duplicate_of": "'{0:02x}' || substr(duplicate_of, 3)",
    "owner": "owner + {0} * 10_000_000_000_000_000",
    "number": "number + {0} * 10_000_000_000_000_000",
}
UNMERGED = 1000
"""Parts that are left apart while loads are timed: copies are more of a size than loads would leave."""
STEPS = ("load", "join", "queries", "size", "rebuild")


def prepared(folder: Path, mentions: int, *, copied: int) -> Warehouse:
    """Open the warehouse of so many mentions, or make it, where they are more than ``copied`` of copies of these."""
    place = folder / f"{mentions}"
    if (place / "dateline.duckdb").exists():
        return Warehouse.open(place)
    if mentions > copied:
        source, times = prepared(folder, copied, copied=copied), mentions // copied
        warehouse = Warehouse.create(place)
        timed("copy joined mentions", lambda: multiply(source, warehouse, times, is_complete=times <= COMPLETE))
        mark(source, warehouse)
    else:
        warehouse = Warehouse.create(place)
        with maker(per_day=per_day(mentions)) as database:
            timed(f"make {mentions:,} mentions", lambda: make(warehouse, database, 0, mentions))
        timed(f"join {mentions:,} mentions", lambda: join(warehouse))
        timed("make the search index", lambda: update_index(warehouse))
    timed("publish all for the first time", lambda: catalogue.publish(warehouse))
    return warehouse


def mark(source: Warehouse, copies: Warehouse) -> None:
    """Let data tests and index pass over copies, as if they had been loaded before; the index holds one of them."""
    shutil.copy(source.local / "search.sqlite", copies.local / "search.sqlite")
    states = list(batch_states(manifest.read(copies)))
    with closing(sqlite3.connect(copies.local / "search.sqlite")) as index, index:
        index.execute("UPDATE batches SET state = ? WHERE rowid = (SELECT min(rowid) FROM batches)", [states[0]])
        index.execute("DELETE FROM batches WHERE state != ?", [states[0]])
        ((last,),) = index.execute("SELECT max(rowid) FROM texts").fetchall()
        index.executemany("INSERT INTO batches VALUES (?, ?, ?)", [(each, last, last) for each in states[1:]])
    tests = json.loads((source.local / "checks.json").read_text(encoding="utf-8"))
    made, listed = state.made(copies.joining)
    tests |= {"joined": [made, listed[-1].last], "groups": [{"batches": states, "found": {}}]}
    (copies.local / "checks.json").write_text(json.dumps(tests), encoding="utf-8")


def per_day(mentions: int) -> int:
    return max(mentions // DAYS, 1)


def join(warehouse: Warehouse) -> int:
    return state.refresh(manifest.read(warehouse), warehouse.joining, warehouse.joined)


def load(warehouse: Warehouse) -> None:
    """What a run does after its articles are coded."""
    catalogue.publish(warehouse)
    update_index(warehouse)


def timed(what: str, *actions: Callable[[], object]) -> None:
    """Say the median seconds of like actions, on the clock and of processor time."""
    clock, processor = [], []
    for action in actions:
        started, used = time.perf_counter(), time.process_time()
        action()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    sys.stdout.write(f"{what:<76} {statistics.median(clock):>9.3f} ({statistics.median(processor):.3f})\n")
    sys.stdout.flush()


def grown(
    warehouse: Warehouse, mentions: int, *, runs: int, number: int, what: str, act: Callable[[Warehouse], object]
) -> None:
    """Time ``act`` after each of ``runs`` additions of ``number`` mentions."""
    with maker(per_day=per_day(mentions)) as database:
        start = manifest.read(warehouse).rows("event_mentions")

        def add(at: int) -> None:
            make(warehouse, database, at, at + number)

        clock = []
        for run in range(runs):
            add(start + run * number)
            started, used = time.perf_counter(), time.process_time()
            act(warehouse)
            clock.append((time.perf_counter() - started, time.process_time() - used))
    said = ", ".join(f"{wall:.2f} ({cpu:.2f})" for wall, cpu in clock)
    middle = [statistics.median(each) for each in zip(*clock, strict=True)]
    sys.stdout.write(f"{what:<76} {middle[0]:>9.3f} ({middle[1]:.3f})   of {said}\n")
    sys.stdout.flush()


def measure_loads(folder: Path, full: Warehouse, mentions: int, runs: int) -> None:
    for run in range(runs):
        empty = Warehouse.create(folder / f"empty-{time.time_ns()}")
        load(empty)
        what = f"load {LOADED:,} mentions of 10,000 articles into an empty one, run {run}"
        grown(empty, mentions, runs=1, number=LOADED, what=what, act=load)
    what = f"load as many into one of {mentions:,}"
    grown(full, mentions, runs=runs, number=LOADED, what=what, act=load)


def measure_queries(warehouse: Warehouse, runs: int) -> None:
    with connect(warehouse) as database:
        ask(database, runs)


def ask(
    database: duckdb.DuckDBPyConnection, runs: int, *, only: Collection[str] = (), without: Collection[str] = ()
) -> None:
    database.execute("SET memory_limit = '8GB'; SET threads = 2")
    for number, question, sql in QUERY.findall((ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")):
        if number not in without and (number in only or not only):
            timed(f"{number}. {question[:70]}", *[lambda sql=sql: database.sql(sql).fetchall()] * runs)


def measure_repeated(warehouse: Warehouse, runs: int, times: int) -> None:
    """Ask the questions of the same files so many times over; those that join by ids get other ids each time."""
    place = warehouse.root / f"times-{times}"
    place.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=place) as folder:
        path = shutil.copy(warehouse.database, Path(folder) / "repeated.duckdb")
        with duckdb.connect(path) as database:
            database.execute("SET memory_limit = '8GB'; SET threads = 2")
            views = database.execute(
                "SELECT schema_name || '.' || view_name, sql FROM duckdb_views()"
                " WHERE NOT internal AND sql LIKE '%read_parquet(%'"
            ).fetchall()
            for _, sql in views:
                replace_view(database, FILES.sub(lambda found: f"[{', '.join([found[1]] * times)}]", sql))
            ask(database, runs, without=JOINED_BY_ID)
            for name in (*IDENTIFIED, *WRITTEN):
                tell_apart(database, name, dict(views)[name], times, place)
            ask(database, runs, only=JOINED_BY_ID)


def tell_apart(database: duckdb.DuckDBPyConnection, name: str, sql: str, times: int, place: Path) -> None:
    """Let a view of this SQL give its rows so many times over, under other ids each time."""
    head, query = sql.rstrip("; \n").split(" AS ", 1)
    columns = [column for column, *_ in database.execute(f"DESCRIBE {query}").fetchall()]
    changed = ", ".join(f"{OTHER_IDS[column]} AS {column}" for column in columns if column in OTHER_IDS)
    readings = [f"SELECT * REPLACE ({changed.format(number)}) FROM ({query})" for number in range(times)]
    if name in WRITTEN:
        table = name.split(".")[1]
        files = [place / f"{table}-{number}.parquet" for number in range(times)]
        readings = [written(database, table, *each) for each in zip(readings, files, strict=True)]
    replace_view(database, f"{head} AS {' UNION ALL '.join(readings)}")


def replace_view(database: duckdb.DuckDBPyConnection, sql: str) -> None:
    database.execute(sql.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))


def written(database: duckdb.DuckDBPyConnection, table: str, query: str, path: Path) -> str:
    """Write the rows of a query, unless they are there, and give a query that reads them."""
    if not path.exists():
        row_group = parts.ROW_GROUPS.get(table, parts.ROW_GROUP)
        with atomic_file(path) as temporary:
            options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group}"
            database.execute(f"COPY ({query}) TO '{temporary}' ({options})")
    return f"FROM read_parquet('{path}')"


def measure_size(warehouse: Warehouse, mentions: int) -> None:
    for part in measure(warehouse):
        sys.stdout.write(f"{f'MB of {part.name} a million mentions':<76} {part.n_bytes / mentions:>9.1f}\n")


def measure_rebuild(warehouse: Warehouse) -> None:
    """Time the command on a copy of the record: nothing that was joined, published or indexed is there."""
    with TemporaryDirectory(dir=warehouse.root.parent, prefix="rebuilt-") as folder:
        for part in (warehouse.parquet, warehouse.manifest):
            shutil.copytree(part, Path(folder) / part.name, copy_function=os.link)
        command = [sys.executable, "-c", "from flows.cli import main; main()", "rebuild", "--warehouse", folder]
        started, used = time.perf_counter(), processor_seconds_of_children()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        clock, processor = time.perf_counter() - started, processor_seconds_of_children() - used
    sys.stdout.write(f"{'dateline rebuild, of the record alone':<76} {clock:>9.1f} ({processor:.1f})\n")


def processor_seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder to make the warehouses in")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--copied", type=int, default=1_000_000, help="more mentions are copies of so many")
    parser.add_argument("--times", type=int, default=1, help="ask the questions of the same files so many times over")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=STEPS, default=STEPS[:-1], help="rebuild only where it is named")
    chosen = parser.parse_args()
    warehouse = prepared(chosen.folder, chosen.mentions, copied=chosen.copied)
    parts.FANOUT = UNMERGED
    if "queries" in chosen.only and chosen.times > 1:
        measure_repeated(warehouse, chosen.runs, chosen.times)
    elif "queries" in chosen.only:
        measure_queries(warehouse, chosen.runs)
    if "size" in chosen.only:
        measure_size(warehouse, manifest.read(warehouse).rows("event_mentions"))
    if "join" in chosen.only:
        what = f"join {JOINED:,} more mentions"
        grown(warehouse, chosen.mentions, runs=chosen.runs, number=JOINED, what=what, act=join)
    if "load" in chosen.only:
        measure_loads(chosen.folder, warehouse, chosen.mentions, chosen.runs)
    if "rebuild" in chosen.only:
        measure_rebuild(warehouse)


if __name__ == "__main__":
    main()
