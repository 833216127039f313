"""Whether the published database is what the record gives, and the record what was committed."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import catalogue, manifest, statements
from warehouse.connection import OFFLINE, connect
from warehouse.declared import DECLARED
from warehouse.linking import state
from warehouse.manifest import Manifest
from warehouse.marts import MART_TABLES, WAREHOUSE_META
from warehouse.parquet import WrittenFile, digest, rows_in
from warehouse.paths import Warehouse
from warehouse.storage import let_read
from warehouse.tables import TABLES

COMPARED = (*TABLES, *MART_TABLES, WAREHOUSE_META.name)
"""The tables that are compared: all but the views that are made from these alone."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table in the database as published, and as the record gives it now: rows and a checksum over all values."""

    table: str
    rows_published: int
    rows_recorded: int
    is_equal: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: every table, how many Parquet files were read, and what is wrong with some of them."""

    tables: tuple[Comparison, ...]
    n_files: int
    damaged: dict[Path, str]

    @property
    def is_sound(self) -> bool:
        """Say whether nothing differs and no file is damaged."""
        return not self.damaged and all(table.is_equal for table in self.tables)


def verify(warehouse: Warehouse) -> Verification:
    """Hold every Parquet file against the digest in its manifest entry, and the database against one made anew.

    The caller holds the lock, so that no load comes between. Tables are compared only where all files are whole.
    Raises ``WarehouseError`` where the manifest cannot be read or the database not be opened.
    """
    listed = manifest.read(warehouse)
    files = {file.path: file for entry in listed.current for written in entry.files.values() for file in written}
    damaged = {path: problem for path, file in files.items() if (problem := _problem(file))}
    tables = () if damaged else tuple(_compare(warehouse, listed))
    return Verification(tables, len(files), damaged)


def _problem(file: WrittenFile) -> str | None:
    if not file.path.exists():
        return "gone"
    if digest(file.path) != file.sha256:
        return "changed since it was committed"
    expected, found = file.file_rows or file.rows, rows_in(file.path)
    return None if found == expected else f"holds {found} rows where its entry says {expected}"


def _compare(warehouse: Warehouse, listed: Manifest) -> Iterator[Comparison]:
    with tempfile.TemporaryDirectory(
        prefix=f".{warehouse.database.name}.", suffix=".tmp", dir=warehouse.local
    ) as folder:
        path = Path(folder) / warehouse.database.name
        anew = path.with_name(warehouse.joining.name)
        joined = path.with_name(warehouse.joined.name)
        state.refresh(listed, anew, joined)
        catalogue.build(listed, path, anew, joined)
        with connect(warehouse) as published, duckdb.connect(path, read_only=True, config=OFFLINE) as recorded:
            let_read(recorded, warehouse.root)
            for name in COMPARED:
                one, other = _checksum(published, name), _checksum(recorded, name)
                yield Comparison(name, one[0], other[0], one == other)


def _checksum(database: duckdb.DuckDBPyConnection, name: str) -> tuple[int, str]:
    ((rows, total),) = database.execute(statements.checksum(name, DECLARED[name].columns)).fetchall()
    return rows, total
