"""A copy of the database that needs no Parquet beside it, for sharing: one file, all rows inside."""

from pathlib import Path

import duckdb

from warehouse import catalogue
from warehouse.catalogue import REFINED
from warehouse.connection import connect
from warehouse.declared import DECLARED
from warehouse.errors import WarehouseError
from warehouse.files import atomic_file
from warehouse.linking import parts
from warehouse.marts import DATA_TESTS, MART_TABLES, WAREHOUSE_META
from warehouse.paths import Warehouse
from warehouse.statements import column_names, count_rows, literal
from warehouse.storage import let_read, local_copy
from warehouse.tables import TABLES

COPIED = (*TABLES, *MART_TABLES, WAREHOUSE_META.name, DATA_TESTS.name)
"""Tables whose rows are copied; all others are views over these, and are made as such."""


def pack(warehouse: Warehouse, output: Path) -> dict[str, int]:
    """Write the published database to ``output`` as native tables and views; gives the rows of each table.

    What is at ``output`` is replaced when the copy is whole. It can be opened by DuckDB from 1.5 on, and has the names,
    comments and views of the original; ``warehouse_meta`` still names the folder that it was made from. Raises
    ``WarehouseError`` where the original cannot be opened or read, or the copy not be written.
    """
    with connect(warehouse):
        pass  # says what is wrong with one that is moved, missing or of another version
    try:
        with atomic_file(output) as temporary:
            return _copy(warehouse, temporary)
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise WarehouseError(f"{output} cannot be made ({str(error).splitlines()[0]})") from error


def _copy(warehouse: Warehouse, path: Path) -> dict[str, int]:
    counts = {}
    with duckdb.connect(path, config=catalogue.WRITING) as database:
        database.execute("SET TimeZone = 'UTC'")
        let_read(database, warehouse.root)
        database.execute(
            f"ATTACH {literal(str(local_copy(warehouse.database, warehouse.local)))} AS published (READ_ONLY)"
        )
        database.begin()
        for name in COPIED:
            catalogue.create_table(database, DECLARED[name], f"FROM published.main.{name}")
            counts[name] = _count(database, f"main.{name}")
            if counts[name] != (expected := _count(database, f"published.main.{name}")):
                raise WarehouseError(f"{path}: {counts[name]} rows of {name} were written of {expected}")
        database.execute("CREATE SCHEMA stored")
        for name in parts.HIDDEN:
            database.execute(f"CREATE TABLE stored.{name} AS FROM published.stored.{name}")
        for name in REFINED:
            columns = column_names(TABLES[name].stored)
            database.execute(f"CREATE VIEW stored.{name} AS SELECT {columns} FROM main.{name}")  # noqa: S608 - declared
        catalogue.create_views(database)
        database.commit()
        database.execute("DETACH published")
    return counts


def _count(database: duckdb.DuckDBPyConnection, name: str) -> int:
    ((rows,),) = database.execute(count_rows(name)).fetchall()
    return int(rows)
