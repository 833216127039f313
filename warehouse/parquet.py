"""Rows become a Parquet file that is complete, typed and counted, or no file at all."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from itertools import islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import RowError, WarehouseError
from warehouse.files import atomic_file
from warehouse.schema import Column, Table, Type, arrow_schema
from warehouse.storage import readable

ROW_GROUP = 131_072
"""Rows in a row group; more than this are never in memory as Arrow arrays."""


Ranges = tuple[tuple[int, int], ...]
"""Rows of a file, from the first to before the last, ascending; none at all stands for the whole file."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """Rows that were written and counted: a Parquet file, or a part of one that several batches share."""

    path: Path
    rows: int
    sha256: str
    first_row: int = 0
    file_rows: int | None = None
    """All rows of the file, where it is shared."""

    @property
    def ranges(self) -> Ranges:
        """Say which rows of the file are meant."""
        return () if self.file_rows is None else ((self.first_row, self.first_row + self.rows),)


def write_table(path: Path, table: Table, rows: Iterable[object]) -> WrittenFile:
    """Write ``rows`` (record dataclasses or dicts with exactly the table's stored columns) to ``path``.

    A file that is already there is replaced. Raises ``RowError``, naming table, row and column, for a missing or
    unknown field, a value of another type, a null where none may be, or a time without a zone; then ``path`` is as
    it was before.
    """
    schema = arrow_schema(table)
    rows, written = iter(rows), 0
    with atomic_file(path) as temporary:
        with _writer(temporary, table) as writer:
            while chunk := list(islice(rows, ROW_GROUP)):
                writer.write_batch(_record_batch(table, schema, chunk, written))
                written += len(chunk)
        counted = pq.read_metadata(temporary).num_rows
        if counted != written:
            raise WarehouseError(f"{path}: {written} rows were written but the file holds {counted}")
        sha256 = digest(temporary)
    return WrittenFile(path, written, sha256)


def read_rows(path: Path, columns: list[str] | None = None, ranges: Ranges = ()) -> Iterator[dict[str, Any]]:
    """Stream the rows of a Parquet file, or of ``ranges`` of it, as dicts, a few thousand at a time in memory.

    Raises ``WarehouseError`` for a file that is damaged or gone.
    """
    for batch in read_batches(path, columns, ranges):
        yield from batch.to_pylist()


def read_batches(path: Path, columns: list[str] | None = None, ranges: Ranges = ()) -> Iterator[Any]:
    """Stream the same rows as Arrow record batches."""
    try:
        with pq.ParquetFile(readable(path)) as file:
            wanted, at = ranges or ((0, file.metadata.num_rows),), 0
            for group in range(file.num_row_groups):
                end = at + file.metadata.row_group(group).num_rows
                if any(first < end and last > at for first, last in wanted):
                    for batch in file.iter_batches(batch_size=4096, row_groups=[group], columns=columns):
                        yield from _slices(batch, at, wanted)
                        at += batch.num_rows
                at = end
    except (pa.ArrowException, OSError) as error:
        raise WarehouseError(f"{path} cannot be read ({error}); put it back from a copy") from error


def _slices(batch: Any, at: int, ranges: Ranges) -> Iterator[Any]:  # noqa: ANN401 - pyarrow has no types
    for first, last in ranges:
        start, end = max(first - at, 0), min(last - at, batch.num_rows)
        if start < end:
            yield batch.slice(start, end - start)


def join_files(
    path: Path,
    table: Table,
    parts: Iterable[tuple[Path, Ranges]],
    *,
    row_group: int,
    change: Callable[[int, Any], Any] = lambda _, batch: batch,
) -> WrittenFile:
    """Write the rows of ``parts``, one after the other, to one file at ``path``; memory holds one row group.

    ``change`` gets the number of the part and an Arrow record batch of it, and gives the batch to write.
    """
    with atomic_file(path) as temporary:
        with _writer(temporary, table) as writer:
            held: list[Any] = []
            for number, read in enumerate(read_batches(part, ranges=ranges) for part, ranges in parts):
                for batch in (change(number, each) for each in read):
                    held.append(_complete(batch, writer.schema))
                    if sum(each.num_rows for each in held) >= row_group:
                        writer.write_table(pa.Table.from_batches(held))
                        held = []
            if held:
                writer.write_table(pa.Table.from_batches(held))
        return WrittenFile(path, rows_in(temporary), digest(temporary))


def _complete(batch: Any, schema: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Give a batch the columns of ``schema``; those that its file is too old to have are null."""
    for field in schema:
        if field.name not in batch.schema.names:
            batch = batch.append_column(field, pa.nulls(batch.num_rows, field.type))
    return batch.select(schema.names).cast(schema)


def _writer(path: Path, table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    return pq.ParquetWriter(
        path,
        arrow_schema(table),
        compression="zstd",
        compression_level=3,
        write_page_index=True,
        write_page_checksum=True,
    )


def _record_batch(table: Table, schema: Any, chunk: list[object], first: int) -> Any:  # noqa: ANN401 - pyarrow has no types
    checked: set[object] = set()
    for number, row in enumerate(chunk, start=first):
        kind = type(row) if is_dataclass(row) else frozenset(row) if isinstance(row, Mapping) else None
        if kind is None:
            raise RowError(f"table {table.name}, row {number}: {type(row).__name__} is neither a record nor a dict")
        if kind not in checked:
            _check_fields(table, row, number)
            checked.add(kind)
    arrays = [_array(table, column, _values(chunk, column.name), first) for column in table.stored]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _check_fields(table: Table, row: Any, number: int) -> None:  # noqa: ANN401 - a record or a dict
    given = list(row) if isinstance(row, Mapping) else [field.name for field in fields(row)]
    expected = [column.name for column in table.stored]
    for name in given:
        if name not in expected:
            raise RowError(
                f"table {table.name}, row {number}: unknown field {name!r}; declare it in warehouse/tables.py"
            )
    for name in expected:
        if name not in given:
            raise RowError(f"table {table.name}, row {number}: field {name!r} is missing")


def _values(chunk: list[object], name: str) -> list[Any]:
    get_item, get_attribute = itemgetter(name), attrgetter(name)
    return [get_item(row) if isinstance(row, Mapping) else get_attribute(row) for row in chunk]


def _array(table: Table, column: Column, values: list[Any], first: int) -> Any:  # noqa: ANN401 - pyarrow has no types
    for number, value in enumerate(values, start=first):
        if value is None and not column.nullable:
            raise RowError(f"table {table.name}, row {number}: {column.name} is null, which it may not be")
        if column.type is Type.INSTANT and isinstance(value, datetime) and value.tzinfo is None:
            raise RowError(f"table {table.name}, row {number}: {column.name} is a time without a zone: {value}")
    try:
        return pa.array(values, type=column.type.arrow)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, TypeError, ValueError) as error:
        number, value = _misfit(column, values, first)
        raise RowError(
            f"table {table.name}, row {number}: {column.name} is {value!r}, which is not {column.type.value}: {error}"
        ) from error


def _misfit(column: Column, values: list[Any], first: int) -> tuple[int, Any]:
    for number, value in enumerate(values, start=first):
        try:
            pa.array([value], type=column.type.arrow)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, TypeError, ValueError):
            return number, value
    return first, values


def rows_in(path: Path) -> int:
    """Count the rows of a Parquet file, by its footer."""
    return int(pq.read_metadata(readable(path)).num_rows)


def digest(path: Path) -> str:
    """Hash the bytes of a file with SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
