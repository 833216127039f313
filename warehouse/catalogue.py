"""The published database: views over the Parquet files that count, and small tables made from them.

It is built beside the published file and replaces it in one step, so readers see the whole of the old or the whole
of the new; nobody opens the published file for writing. The same Parquet files give the same tables; only
``data_tests`` says what the tests cost this time.
"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from seeds import read_table
from warehouse import listed_sources, manifest, statements
from warehouse.analysis import ANALYSIS_VIEWS
from warehouse.codes import SEEDED
from warehouse.connection import OFFLINE
from warehouse.crosswalks import CROSSWALK_VIEWS, empty
from warehouse.data_tests import as_row, run_data_tests
from warehouse.declared import SCHEMA
from warehouse.errors import WarehouseError
from warehouse.files import atomic_file
from warehouse.linking import parts, state
from warehouse.manifest import FORMAT, Manifest
from warehouse.marts import DATA_TESTS, LISTED_SOURCES, MART_TABLES, SEED_ACTORS, VIEWS, WAREHOUSE_META
from warehouse.paths import Warehouse
from warehouse.schema import Table
from warehouse.statements import parquet_select, read_sql
from warehouse.storage import let_read
from warehouse.tables import TABLES

READABLE_SINCE = "v1.5.0"
"""The oldest DuckDB whose tools can open the file."""
WRITING = OFFLINE | {"storage_compatibility_version": READABLE_SINCE}
"""How a file is opened that this module makes."""
MACROS = ("word_stems", "search")
"""Macros that the database has, for search."""
REFINED = ("event_mentions", "rejects")
"""Stored tables that the database shows in another form than the Parquet has; theirs is in the schema ``stored``."""


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What was published: rows of each table, and how long it took in seconds."""

    database: Path
    counts: dict[str, int]
    seconds: float


def publish(warehouse: Warehouse, *, progress: Callable[[str], None] | None = None) -> LoadSummary:
    """Build the database from the manifest and put it in place of the published one.

    The caller holds the warehouse's lock. ``progress`` is told the name of each table before it is made. Raises
    ``ManifestError`` for a manifest that cannot be read, ``WarehouseError`` for damaged Parquet files and a full disk;
    then the published file stays as it was.
    """
    try:
        return _publish(warehouse, progress)
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        problem = str(error).splitlines()[0]
        raise WarehouseError(
            f"the database cannot be made ({problem}); mend the file or the disk, then use "
            f"`dateline rebuild --warehouse {warehouse.root}`"
        ) from error


def _publish(warehouse: Warehouse, progress: Callable[[str], None] | None) -> LoadSummary:
    started = time.perf_counter()
    listed = manifest.read(warehouse)
    _remove_leftovers(warehouse)
    with atomic_file(warehouse.database) as temporary:
        state.refresh(listed, warehouse.joining, warehouse.joined)
        counts = build(listed, temporary, warehouse.joining, warehouse.joined, progress=progress)
        _test(warehouse, listed, temporary)
    _, listed_parts = state.made(warehouse.joining)
    parts.remove_unused(warehouse.joined, listed_parts)
    return LoadSummary(warehouse.database, counts, time.perf_counter() - started)


def _test(warehouse: Warehouse, listed: Manifest, path: Path) -> None:
    with duckdb.connect(path, config=WRITING) as database:
        database.execute("SET TimeZone = 'UTC'")
        let_read(database, warehouse.root)
        create_table(database, DATA_TESTS)
        rows = [as_row(result) for result in run_data_tests(database, warehouse, listed)]
        database.executemany("INSERT INTO data_tests VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def build(
    listed: Manifest, path: Path, joining: Path, folder: Path, *, progress: Callable[[str], None] | None = None
) -> dict[str, int]:
    """Build the database of a manifest at ``path``, where nothing may be; gives the rows of each table.

    ``joining`` is what ``state.refresh`` made of the same manifest, with the parts in ``folder``.
    """
    tell = progress or (lambda _: None)
    with duckdb.connect(path, config=WRITING) as database:
        database.execute("SET TimeZone = 'UTC'")
        let_read(database, listed.root)
        database.execute(f"ATTACH {statements.literal(str(joining))} AS joining (READ_ONLY)")
        database.begin()
        _create_stored(database, listed)
        _create_kept(database, folder)
        create_table(database, TABLES["rejects"], read_sql("tables/rejects"))
        database.execute(statements.create_table(SEED_ACTORS, temporary=True))
        _insert_seeds(database, SEED_ACTORS)
        _insert_listed_sources(database, listed)
        for table in MART_TABLES.values():
            tell(table.name)
            if table.name not in parts.KEPT:
                _create_mart(database, table)
        create_views(database)
        counts = _counts(database, listed)
        _write_meta(database, listed, counts)
        database.commit()
        database.execute("DETACH joining")
    return counts


def create_views(database: duckdb.DuckDBPyConnection) -> None:
    """Make the views for analysts, the crosswalks and ``search`` over the tables that are there."""
    for table in (*VIEWS.values(), *ANALYSIS_VIEWS.values()):
        create_view(database, table, read_sql(f"views/{table.name}"))
    for table in CROSSWALK_VIEWS.values():
        _create_crosswalk(database, table)
    for macro in MACROS:
        database.execute(read_sql(f"search/{macro}"))


def _remove_leftovers(warehouse: Warehouse) -> None:
    """Remove what a killed publication left; only the holder of the lock is here, so nobody is using it."""
    for path in warehouse.root.glob(f".{warehouse.database.name}.*.tmp*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _create_stored(database: duckdb.DuckDBPyConnection, listed: Manifest) -> None:
    database.execute("CREATE SCHEMA stored")
    for table in TABLES.values():
        select = parquet_select(table, listed.parts(table.name))
        if table.name in REFINED:
            name = f"stored.{table.name}"
            database.execute(f"CREATE VIEW {name} AS {select}")
            database.execute(statements.comment("VIEW", name, table.description, table.stored))
        else:
            create_view(database, table, select)


def _create_kept(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make a view of each table that joining keeps, under its name or, where a view adds to it, in ``stored``."""
    dropped = f"stored.{parts.DROPPED.name}"
    create_table(database, replace(parts.DROPPED, name=dropped), "SELECT DISTINCT owner FROM joining.kept.dropped")
    listed = parts.read(database, "joining.kept")
    for table in parts.KEPT.values():
        select = parts.select(listed, table.name, folder, dropped)
        if table.name not in parts.HIDDEN:
            create_view(database, table, select)
        else:
            database.execute(statements.create_view(replace(table, name=f"stored.{table.name}"), select))
            database.execute(statements.comment("VIEW", f"stored.{table.name}", table.description, table.columns))


def create_view(database: duckdb.DuckDBPyConnection, table: Table, select: str) -> None:
    """Make a declared view, with its comments, over a query that gives its columns."""
    database.execute(statements.create_view(table, select))
    _comment(database, "VIEW", table)


def _create_crosswalk(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    select = read_sql(f"views/{table.name}")
    database.execute(statements.create_typed_view(table, select, empty(table)))
    _comment(database, "VIEW", table)


def _create_mart(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    if table.name in SEEDED:
        create_table(database, table)
        _insert_seeds(database, table)
    else:
        create_table(database, table, read_sql(f"tables/{table.name}"))


def _insert_seeds(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Fill the declared columns; the seeds' other columns serve the coder, not the analyst."""
    seeds = [row for name in SEEDED[table.name] for row in read_table(name)]
    columns = {column.name: [row[column.name] or None for row in seeds] for column in table.columns}
    cells = pa.table(columns, schema=pa.schema([(name, pa.string()) for name in columns]))
    database.register("seed_cells", cells)
    database.execute(statements.insert_complete(table, "seed_cells"))
    database.unregister("seed_cells")


def _insert_listed_sources(database: duckdb.DuckDBPyConnection, listed: Manifest) -> None:
    database.execute(statements.create_table(LISTED_SOURCES, temporary=True))
    for each in listed_sources.read(listed.root):
        row = [getattr(each, column.name) for column in LISTED_SOURCES.columns]
        database.execute("INSERT INTO listed_sources VALUES (?, ?, ?, ?, ?)", row)


def create_table(database: duckdb.DuckDBPyConnection, table: Table, select: str | None = None) -> None:
    """Make a declared table, with its comments, and fill it from a query that gives its columns."""
    database.execute(statements.create_table(table))
    if select:
        database.execute(statements.insert_select(table, select))
    _comment(database, "TABLE", table)


def _comment(database: duckdb.DuckDBPyConnection, kind: str, table: Table) -> None:
    database.execute(statements.comment(kind, table.name, table.description, table.columns))


def _counts(database: duckdb.DuckDBPyConnection, listed: Manifest) -> dict[str, int]:
    counts = {name: listed.rows(name) for name in TABLES if name != "rejects"}
    for name in ("rejects", *MART_TABLES):
        ((counts[name],),) = database.execute(statements.count_rows(name)).fetchall()
    return counts


def _write_meta(database: duckdb.DuckDBPyConnection, listed: Manifest, counts: dict[str, int]) -> None:
    create_table(database, WAREHOUSE_META)
    versions = sorted({entry.version for entry in listed.current if entry.version})
    facts = {"format": FORMAT, "schema": SCHEMA, "root": listed.root, "extractor_versions": ", ".join(versions)}
    facts |= {f"rows.{name}": count for name, count in counts.items()}
    database.executemany(
        "INSERT INTO warehouse_meta VALUES (?, ?)", [[name, str(fact)] for name, fact in facts.items()]
    )
