"""A warehouse made into a larger one: copies of its mentions and of how they were joined, under other ids.

Joining a hundred million mentions anew would take a day; copies of a million that were joined take minutes. Each copy
has days of its own, so that the news still comes in the order of time, so many times more of it a day. What a load
needs (what was compared, texts, links) is copied to ``complete`` ones only; else the tables that the cookbook asks.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import manifest
from warehouse.connection import OFFLINE
from warehouse.linking import parts, state
from warehouse.manifest import Entry
from warehouse.parquet import WrittenFile, digest, rows_in
from warehouse.paths import Warehouse
from warehouse.statements import identifier
from warehouse.tables import TABLES

FIRST_DAY = "DATE '2015-01-01'"
DAYS = 3650
AS_THEY_ARE = ("actor_id", "recipient_id", "rule_id", "geoname_id", "external_id")
SEARCHED = ("sentences", "texts", "postings", "event_links", "merged_events")
"""Tables that only complete copies have."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One of ``times`` copies."""

    number: int
    times: int
    is_complete: bool

    def changed(self, name: str, kind: str) -> str:
        """Give the SQL of a column of this SQL type as the copy has it."""
        column = identifier(name)
        if name == "text" and not self.is_complete:
            return f"''::VARCHAR AS {column}"
        return f"{self._value(name, column, kind)} AS {column}"

    def _value(self, name: str, column: str, kind: str) -> str:
        length, first = DAYS // self.times, DAYS * self.number // self.times
        is_id = name.endswith("_id") or name in ("duplicate_of", "content_hash", "compared_with")
        if kind == "VARCHAR" and is_id and name not in AS_THEY_ARE:
            return f"'{self.number:02x}' || substr({column}, 3)"
        if kind == "DATE":
            return f"{FIRST_DAY} + {first} + (({column} - {FIRST_DAY}) * {length} // {DAYS})::INTEGER"
        if kind.startswith("TIMESTAMP"):
            start = f"{FIRST_DAY}::TIMESTAMPTZ"
            return f"{start} + to_days({first}) + ({column} - {start}) / {self.times}"
        if name in ("owner", "component", "number"):
            return f"{column} + {self.shift}"
        return column

    @property
    def shift(self) -> int:
        """What is added to the numbers of owners, so that no two copies share one."""
        return self.number * 1000 * parts.SPAN


def multiply(source: Warehouse, target: Warehouse, times: int, *, is_complete: bool) -> None:
    """Commit ``times`` copies of what ``source`` holds to the empty ``target``, and write how they are joined."""
    listed = manifest.read(source)
    with duckdb.connect(target.joining, config=OFFLINE) as database:
        database.execute("SET threads = 2; SET memory_limit = '8GB'; SET TimeZone = 'UTC'")
        state.begin(database)
        database.execute(f"ATTACH '{source.joining}' AS source (READ_ONLY)")
        for copy in (Copy(number, times, is_complete) for number in range(times)):
            for entry in listed.current:
                _copy_entry(database, target, entry, copy)
            for part in parts.read(database, "source.kept"):
                _copy_part(database, source.joined, target.joined, part, copy)
            kept = ("dropped", *state.COUNTED, *(state.COMPARED if is_complete else ()))
            for table in kept:
                _copy_table(database, table, copy)
        top = times * 1000
        database.execute(f"CREATE OR REPLACE SEQUENCE kept.generations START {top}")
        owners = {top * parts.SPAN + number: entry for number, entry in enumerate(manifest.read(target).current)}
        state.remember(database, owners)


def _copy_entry(database: duckdb.DuckDBPyConnection, target: Warehouse, entry: Entry, copy: Copy) -> None:
    batch = f"{entry.batch_id}+{copy.number}"
    files = {}
    for table, written in entry.files.items():
        if table in SEARCHED and not copy.is_complete:
            continue
        path = target.parquet_file(table, batch, entry.version)
        columns = {column.name: column.type.value for column in TABLES[table].stored}
        _write(database, columns, f"read_parquet({[str(file.path) for file in written]})", path, copy)
        files[table] = (WrittenFile(path, rows_in(path), digest(path)),)
    manifest.commit(target, Entry(entry.stage, batch, entry.version, files))


def _copy_part(database: duckdb.DuckDBPyConnection, source: Path, target: Path, part: parts.Part, copy: Copy) -> None:
    first, last = (each + copy.number * 1000 for each in (part.first, part.last))
    n_rows = {name: n for name, n in part.n_rows.items() if copy.is_complete or name not in SEARCHED}
    name = f"{first}-{last}-copy"
    for table in n_rows:
        columns = {column.name: column.type.value for column in parts.columns_of(parts.KEPT[table])}
        path = target / table / f"{name}.parquet"
        _write(database, columns, f"read_parquet('{source / table / f'{part.name}.parquet'}')", path, copy)
    database.execute(
        "INSERT INTO kept.parts VALUES (?, ?, ?, MAP(?, ?))", [first, last, name, list(n_rows), list(n_rows.values())]
    )


def _copy_table(database: duckdb.DuckDBPyConnection, table: str, copy: Copy) -> None:
    columns = database.execute(f"DESCRIBE source.kept.{table}").fetchall()
    select = ", ".join(copy.changed(name, kind) for name, kind, *_ in columns)
    query = f"SELECT {select} FROM source.kept.{table}"
    is_there = database.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name != 'source' AND schema_name = 'kept' AND table_name = ?",
        [table],
    ).fetchall()
    database.execute(f"INSERT INTO kept.{table} {query}" if is_there else f"CREATE TABLE kept.{table} AS {query}")


def _write(database: duckdb.DuckDBPyConnection, columns: dict[str, str], source: str, path: Path, copy: Copy) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    row_group = parts.ROW_GROUPS.get(path.parent.name, parts.ROW_GROUP)
    select = ", ".join(copy.changed(name, kind) for name, kind in columns.items())
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group}"
    database.execute(f"COPY (SELECT {select} FROM {source}) TO '{path}' ({options})")
