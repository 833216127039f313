"""Fills the disk under ``dateline run`` in each stage, makes room, runs it again, and compares with an undisturbed run.

    sudo python -m tests.faults.disk_full [--articles 200] [--only load]

The disk is a tmpfs, which only root may mount. Prints a line for each case, and what the run said when the disk was
full: it must be a line that says so, or a batch that was not coded. Ends with 1 where a case is not as it should be.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fiction import articles
from tests.faults.kills import BATCH, rows_of, running_in_prefect
from tests.faults.processes import run, run_undisturbed, say, start

STAGES = {"ingest": "reading:", "extract": "coding events: 0 of", "load": "loading tables"}


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Write until nothing more fits."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return filler


def try_stage(stage: str, source: Path, folder: Path, expected: object) -> bool:
    with small_disk(folder / stage, 300) as disk:
        warehouse = disk / "warehouse"
        command = ["run", str(source), "--warehouse", str(warehouse), "--batch-size", BATCH]
        first = start(command, folder / f"{stage}.log")
        reached = first.wait_for(STAGES[stage])
        filler = fill(disk)
        code = first.process.wait(timeout=300)
        outlived = first.leftovers()
        filler.unlink()
        second, said = run(command, folder / f"{stage}-again.log")
        equal = rows_of(warehouse) == expected
        verified, _ = run(["verify", "--warehouse", str(warehouse)], folder / "verify.log")
        zombies = running_in_prefect(warehouse)
    told = [line for line in first.said().splitlines() if line.startswith("dateline:")]
    traceback = "Traceback" in first.said()
    is_well = bool(reached and code and told and not traceback and not outlived and not second and equal)
    is_well = is_well and not verified and not zombies
    say(
        f"{'ok  ' if is_well else 'FAIL'}  {stage}: ended with {code}, {len(outlived)} processes outlived it, "
        f"second run {second}, tables {'equal' if equal else 'DIFFER'}, verify {verified}, "
        f"{zombies} runs still running for Prefect; it said: {' / '.join(told)}"
    )
    if not is_well:
        say(f"{first.said()}\n{said}")
    return is_well


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--only", choices=STAGES)
    given = parser.parse_args()
    if os.geteuid() or not shutil.which("mount"):
        say("skipped: only root may mount a small disk")
        return 0
    with tempfile.TemporaryDirectory(prefix="dateline-full-") as name:
        folder = Path(name)
        source = folder / "fiction.jsonl"
        source.write_text("".join(json.dumps(each) + "\n" for each in articles(given.articles)), encoding="utf-8")
        whole = folder / "undisturbed"
        run_undisturbed(source, whole, batch=BATCH)
        expected = rows_of(whole)
        outcomes = [try_stage(stage, source, folder, expected) for stage in STAGES if given.only in {None, stage}]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
