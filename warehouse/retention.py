"""Raw payloads that may go: old ones from which nothing has to be read again.

Coding anew reads the stored texts of articles, never their payloads. Kept whatever their age are the payloads of
rejects, which a later version may be able to read, and of what was fetched and waits to be read.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse import manifest
from warehouse.fetches import FetchMemory
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse


@dataclass(frozen=True, slots=True)
class Outdated:
    """Payloads older than so many days: those that may go with their bytes, and how many are kept all the same."""

    paths: tuple[Path, ...]
    n_bytes: int
    n_kept: int


def outdated_payloads(warehouse: Warehouse, *, days: float) -> Outdated:
    """Find the payloads that were stored more than ``days`` days ago; changes nothing.

    Raises ``WarehouseError`` where the manifest or a file of rejects cannot be read.
    """
    needed = {warehouse.root / raw_path for raw_path in _needed(warehouse)}
    paths, n_bytes, n_kept = [], 0, 0
    for path in sorted(path for path in warehouse.raw.rglob("*") if path.is_file()):
        facts = path.stat()
        if facts.st_mtime > time.time() - days * 86_400:
            continue
        if path in needed:
            n_kept += 1
        else:
            paths.append(path)
            n_bytes += facts.st_size
    return Outdated(tuple(paths), n_bytes, n_kept)


def remove_payloads(outdated: Outdated) -> None:
    """Remove what ``outdated_payloads`` found; the caller holds the lock since then."""
    for path in outdated.paths:
        path.unlink(missing_ok=True)


def _needed(warehouse: Warehouse) -> Iterator[str]:
    for path, ranges in manifest.read(warehouse).parts("rejects"):
        yield from (row["raw_path"] for row in read_rows(path, ["raw_path"], ranges) if row["raw_path"])
    if (warehouse.root / "fetches.sqlite").exists():
        memory = FetchMemory(warehouse)
        try:
            yield from memory.unread_payloads()
        finally:
            memory.close()
