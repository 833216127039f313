"""A batch of one stage: all its rows are committed together, once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count

from warehouse import manifest
from warehouse.manifest import Entry
from warehouse.parquet import WrittenFile, write_table
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
    files = _write_files(warehouse, batch_id, version, rows)
    return manifest.commit(warehouse, Entry(stage, batch_id, version, files, _totals(files, counts)))


def write_coding(
    warehouse: Warehouse,
    *,
    batch_id: str,
    version: str,
    rows: Mapping[str, Iterable[object]],
    counts: Mapping[str, int] | None = None,
    outdated: tuple[str, ...] = (),
) -> Entry:
    """Write what an extractor says of a batch, in place of what was said before; gives the manifest entry.

    The rows go to files of their own, so those who read the earlier ones keep them until ``compact`` removes them.
    ``outdated`` are the articles whose rows an earlier version made. Raises ``RowError`` as ``write_batch``.
    """
    names = (version if number == 0 else f"{version}+{number}" for number in count())
    fresh = next(name for name in names if not _is_taken(warehouse, batch_id, name))
    files = _write_files(warehouse, batch_id, fresh, rows)
    entry = Entry("extract", batch_id, version, files, _totals(files, counts), outdated=outdated)
    return _put_in_place(warehouse, entry)


def carry_coding(warehouse: Warehouse, entry: Entry, *, version: str) -> Entry:
    """Let the rows of a coding stand as those of another version, which would say the same of all its articles."""
    return _put_in_place(warehouse, replace(entry, version=version))


def _put_in_place(warehouse: Warehouse, entry: Entry) -> Entry:
    committed = manifest.commit(warehouse, entry)
    for other in manifest.codings(warehouse, entry.batch_id):
        if other.version != entry.version:
            manifest.remove(warehouse, other)
    return committed


def _is_taken(warehouse: Warehouse, batch_id: str, name: str) -> bool:
    return any(warehouse.parquet_file(table, batch_id, name).exists() for table in TABLES)


def _write_files(
    warehouse: Warehouse, batch_id: str, name: str | None, rows: Mapping[str, Iterable[object]]
) -> dict[str, tuple[WrittenFile, ...]]:
    files: dict[str, tuple[WrittenFile, ...]] = {}
    for table, table_rows in rows.items():
        written = write_table(warehouse.parquet_file(table, batch_id, name), TABLES[table], table_rows)
        if written.rows:
            files[table] = (written,)
        else:
            written.path.unlink()
    return files


def _totals(files: Mapping[str, tuple[WrittenFile, ...]], counts: Mapping[str, int] | None) -> dict[str, int]:
    return {table: sum(file.rows for file in written) for table, written in files.items()} | dict(counts or {})
