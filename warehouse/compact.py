"""Small Parquet files into big ones: a scan of hundreds of small files costs many times one of the same rows.

The rows of many batches are written one after the other into a new file; then each batch's manifest entry is rewritten
to name its part of that file. An entry changes in one step and names the same rows before and after, so a run that is
killed anywhere leaves a warehouse that holds the same, and the next run goes on. Replaced files stay for a while: open
readers of an earlier publication still look into them.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse import manifest
from warehouse.manifest import Entry, Manifest
from warehouse.parquet import ROW_GROUP, WrittenFile, join_files
from warehouse.paths import Warehouse
from warehouse.storage import touch
from warehouse.tables import TABLES

TARGET = 128 * 1024 * 1024
"""Bytes that a compacted file has at least, where there is so much; files of half of it or more are left."""
ROW_GROUPS = {"articles": 4096}
"""Rows in a row group where it is not ``ROW_GROUP``: the coder reads articles by the batch, and texts are long."""

Group = list[tuple[Path, list[tuple[Entry, WrittenFile]]]]
"""Files to be joined, each with the batches that have rows in it."""

Key = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Compaction:
    """How many files were joined into how many; the caller publishes then."""

    n_joined: int
    n_made: int


def compact(warehouse: Warehouse, *, target: int = TARGET) -> Compaction:
    """Join the small files of each table, in the order in which their batches were committed.

    The caller holds the lock, publishes the database afterwards, and then may ``remove_unused``. Raises
    ``ManifestError`` and ``WarehouseError`` for what cannot be read.
    """
    for entry in manifest.superseded(manifest.read(warehouse)):
        manifest.remove(warehouse, entry)
    listed = manifest.read(warehouse)
    moved: dict[Key, Entry] = {}
    n_joined = n_made = 0
    for table in TABLES:
        for group in _groups(listed, table, target):
            for entry, files in _join(warehouse, table, group):
                latest = moved.get(_key(entry), entry)
                moved[_key(entry)] = replace(latest, files={**latest.files, table: files})
            n_joined, n_made = n_joined + len(group), n_made + 1
    for entry in moved.values():
        manifest.rewrite(warehouse, entry)
    return Compaction(n_joined, n_made)


def remove_unused(warehouse: Warehouse, *, hours: float) -> int:
    """Remove the Parquet files that no entry names, if they were so for ``hours``; gives the bytes that this freed.

    They are those that ``compact`` replaced, and those of runs that were killed before their commit.
    """
    named = {
        file.path for entry in manifest.read(warehouse).entries for files in entry.files.values() for file in files
    }
    freed = 0
    for path in warehouse.parquet.rglob("*"):
        facts = path.stat()
        if path.is_file() and path not in named and facts.st_mtime <= time.time() - hours * 3600:
            path.unlink()
            freed += facts.st_size
    return freed


def _groups(listed: Manifest, table: str, target: int) -> Iterator[Group]:
    rows: dict[Path, list[tuple[Entry, WrittenFile]]] = defaultdict(list)
    for entry in listed.current:
        for file in entry.files.get(table, ()):
            rows[file.path].append((entry, file))
    group: Group = []
    size = 0
    for path, _ in listed.parts(table, by_commit=True):
        n_bytes = path.stat().st_size
        if n_bytes < target / 2:
            group.append((path, sorted(rows[path], key=lambda each: each[1].first_row)))
            size += n_bytes
        if group and (n_bytes >= target / 2 or size >= target):
            yield from [group] if len(group) > 1 else []
            group, size = [], 0
    yield from [group] if len(group) > 1 else []


def _join(warehouse: Warehouse, table: str, group: Group) -> Iterator[tuple[Entry, tuple[WrittenFile, ...]]]:
    parts = [(path, file.ranges) for path, rows in group for _, file in rows]
    name = hashlib.sha256(repr([(path.name, ranges) for path, ranges in parts]).encode()).hexdigest()[:16]
    path = warehouse.parquet / table / f"compact-{name}.parquet"
    written = join_files(path, TABLES[table], parts, row_group=ROW_GROUPS.get(table, ROW_GROUP))
    first_row = 0
    for replaced, _ in group:
        touch(replaced)  # from now on it may be no one's: see remove_unused
    own: dict[Key, tuple[Entry, tuple[WrittenFile, ...]]] = {}
    for entry, file in (each for _, rows in group for each in rows):
        kept = tuple(each for each in own.get(_key(entry), (entry, entry.files[table]))[1] if each != file)
        part = WrittenFile(path, file.rows, written.sha256, first_row, written.rows)
        own[_key(entry)] = (entry, (*kept, part))
        first_row += file.rows
    yield from own.values()


def _key(entry: Entry) -> Key:
    return entry.stage, entry.batch_id, entry.version
