"""Opening the published database, to read only."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.declared import SCHEMA
from warehouse.errors import WarehouseError
from warehouse.manifest import FORMAT
from warehouse.paths import Warehouse
from warehouse.storage import let_read, local_copy

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Without this DuckDB tries to download an extension for a function or file type that it does not know."""


@contextmanager
def connect(warehouse: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published database read-only, with UTC as its time zone.

    A reader keeps what was published when it connected, whatever is published meanwhile. Raises ``WarehouseError``
    where nothing was published, the folder was moved since, or another version of dateline published it.
    """
    rebuild = f"`dateline rebuild --warehouse {warehouse.root}`"
    if not warehouse.database.exists():
        raise WarehouseError(
            f"{warehouse.root}: nothing is published yet; finish the run by starting it again, or use {rebuild}"
        )
    try:
        copy = local_copy(warehouse.database, warehouse.local)
        database = duckdb.connect(copy, read_only=True, config=OFFLINE)
    except duckdb.Error as error:
        raise WarehouseError(f"{warehouse.database} cannot be opened ({error}); use {rebuild}") from error
    try:
        database.execute("SET TimeZone = 'UTC'")
        let_read(database, warehouse.root)
        _check(warehouse, database, rebuild)
        yield database
    finally:
        database.close()


def _check(warehouse: Warehouse, database: duckdb.DuckDBPyConnection, rebuild: str) -> None:
    try:
        meta = dict(database.execute("SELECT name, value FROM warehouse_meta").fetchall())
    except duckdb.Error as error:
        raise WarehouseError(f"{warehouse.database} was not published by dateline; use {rebuild}") from error
    for what, known in (("format", FORMAT), ("schema", SCHEMA)):
        found = int(meta.get(what, 1))
        if found > known:
            raise WarehouseError(
                f"{warehouse.database} was published by a newer dateline "
                f"({what} {found}, this one knows {known}); upgrade dateline"
            )
    if int(meta.get("schema", 1)) < SCHEMA:
        raise WarehouseError(
            f"{warehouse.database} was published by an older dateline "
            f"(schema {meta.get('schema', 1)}, this one makes {SCHEMA}); use {rebuild}"
        )
    if meta["root"] != str(warehouse.root):
        raise WarehouseError(
            f"{warehouse.root} was moved or copied from {meta['root']}, where its views still look; use {rebuild}"
        )
