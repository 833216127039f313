"""A batch of one stage: all its rows are committed together, once."""

from collections.abc import Iterable, Mapping

from warehouse import manifest
from warehouse.manifest import Entry
from warehouse.parquet import write_table
from warehouse.paths import Warehouse
from warehouse.tables import TABLES


def write_batch(
    warehouse: Warehouse,
    *,
    stage: str,
    batch_id: str,
    version: str | None = None,
    rows: Mapping[str, Iterable[object]],
    counts: Mapping[str, int] | None = None,
) -> Entry:
    """Write the ``rows`` of each table and commit them; gives the manifest entry.

    A batch that this stage (and extractor version) committed before is left as it is, and its entry given: committed
    files never change under their readers. A table without rows gets no file. ``counts`` are figures to keep beside
    the numbers of rows, such as words or duplicates. Raises ``RowError`` for rows that do not fit.
    """
    if manifest.is_committed(warehouse, stage, batch_id, version):
        return manifest.read_entry(warehouse, stage, batch_id, version)
    files = {}
    for table, table_rows in rows.items():
        written = write_table(warehouse.parquet_file(table, batch_id, version), TABLES[table], table_rows)
        if written.rows:
            files[table] = (written,)
        else:
            written.path.unlink()
    totals = {table: sum(file.rows for file in written) for table, written in files.items()}
    return manifest.commit(warehouse, Entry(stage, batch_id, version, files, {**totals, **(counts or {})}))
