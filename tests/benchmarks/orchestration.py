"""What Prefect costs of a run: the time that is neither ingest, coding nor loading, as a share of the whole.

    python tests/benchmarks/orchestration.py [--articles 10000] [--sentences 4] [--workers 1]

Runs ``dateline run`` once on fictional articles and prints one JSON object. ``seconds`` is the whole command, on the
clock and from outside. ``coding`` is the time inside ``code_batch``, all processes together, as the run itself counts
it, and ``coding_side_by_side`` that divided by the workers; ``ingest`` and ``load`` are the times of their tasks.
``orchestration`` is what is left: imports, Prefect's start and server, flows, tasks and their states, the pool of
processes, and waiting for the slower worker at the end. Loading the model in the workers and for the run itself is told
apart, ``model``: it was measured by loading it once more. Articles are short, so the share is larger than on news.
"""

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.faults.fiction import articles
from transforms.extract.extractor import Extractor

TASKS = {"ingest": ("read, clean and store",), "load": ("publish dateline.duckdb", "check the tables")}
CODED = re.compile(r"^articles coded +([\d,]+) +([\d,]+) words/s a process", re.MULTILINE)
NEW = re.compile(r"^new +([\d,]+) +([\d,]+) words", re.MULTILINE)


def number(text: str) -> int:
    return int(text.replace(",", ""))


def timed_run(source: Path, warehouse: Path, *, workers: int, batch_size: int) -> tuple[float, str]:
    """Run the command; return seconds on the clock and what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DATELINE_"))}
    command = [sys.executable, "-c", "from flows.cli import main; main()", "run", str(source)]
    command += ["--warehouse", str(warehouse), "--workers", str(workers), "--batch-size", str(batch_size)]
    started = time.perf_counter()
    done = subprocess.run(
        command, check=True, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return time.perf_counter() - started, done.stdout


def task_seconds(warehouse: Path, names: tuple[str, ...]) -> float:
    """Time of all task runs of these names, from the database of the run's own Prefect server."""
    sql = "SELECT name, (julianday(end_time) - julianday(start_time)) * 86400 FROM task_run"
    with closing(sqlite3.connect(f"file:{warehouse / 'prefect' / 'prefect.db'}?mode=ro", uri=True)) as database:
        found = [(name, seconds) for name, seconds in database.execute(sql) if name in names]
    if {name for name, _ in found} != set(names):
        raise SystemExit(f"the run's Prefect database has no task runs of the names {names}")
    return sum(seconds for _, seconds in found)


def measure(folder: Path, options: argparse.Namespace) -> dict[str, object]:
    source, warehouse = folder / "fiction.jsonl", folder / "warehouse"
    made = articles(options.articles, sentences=options.sentences)
    source.write_text("".join(json.dumps(each) + "\n" for each in made), encoding="utf-8")
    started = time.perf_counter()
    Extractor.load()
    model = time.perf_counter() - started
    seconds, said = timed_run(source, warehouse, workers=options.workers, batch_size=options.batch_size)
    new, coded = NEW.search(said), CODED.search(said)
    if new is None or coded is None:
        raise SystemExit(f"the run did not say what it coded:\n{said}")
    coding = number(new[2]) * number(coded[1]) / number(new[1]) / number(coded[2])
    stages = {name: task_seconds(warehouse, names) for name, names in TASKS.items()}
    work = coding / options.workers + sum(stages.values())
    rest = seconds - work - 2 * model
    return {
        "articles": number(new[1]),
        "coded": number(coded[1]),
        "words": number(new[2]),
        "workers": options.workers,
        "seconds": round(seconds, 1),
        "coding": round(coding, 1),
        "coding_side_by_side": round(coding / options.workers, 1),
        **{name: round(value, 1) for name, value in stages.items()},
        "model": round(2 * model, 1),
        "orchestration": round(rest, 1),
        "share": round(rest / seconds, 4),
        "share_with_model": round((rest + 2 * model) / seconds, 4),
        "load_average": os.getloadavg()[0],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--sentences", type=int, default=4)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--batch-size", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sys.stdout.write(json.dumps(measure(Path(name), options), indent=1) + "\n")


if __name__ == "__main__":
    main()
