"""Files in the shape of other data sets, written by DuckDB as a stream: the rows are never in memory at once."""
# ruff: noqa: S608 - declared names and quoted literals only

from enum import StrEnum
from pathlib import Path

import duckdb

from warehouse.connection import connect
from warehouse.crosswalks import FORMS, Form
from warehouse.declared import DECLARED
from warehouse.errors import WarehouseError
from warehouse.files import atomic_file
from warehouse.paths import Warehouse
from warehouse.schema import Column, Type
from warehouse.statements import identifier, literal


class FileKind(StrEnum):
    """How a file is written: as the data set itself is published, or in a form with a header line, or as Parquet."""

    NATIVE = "native"
    TSV = "tsv"
    CSV = "csv"
    PARQUET = "parquet"


def export(warehouse: Warehouse, name: str, output: Path, kind: FileKind) -> int:
    """Write the data set ``name`` (one of ``FORMS``) to ``output``, replacing what is there; gives the number of rows.

    Rows come in the order of their columns, so the same warehouse gives the same file. Raises ``WarehouseError``
    where the database cannot be opened, or the rows cannot be read or written.
    """
    form = FORMS[name]
    with connect(warehouse) as database, atomic_file(output, durable=False) as temporary:
        try:
            rows = database.execute(_copy(form, temporary, kind)).fetchone()
        except duckdb.Error as error:
            raise WarehouseError(f"cannot write {output}: {str(error).splitlines()[0]}") from error
    return int(rows[0]) if rows else 0


def _copy(form: Form, path: Path, kind: FileKind) -> str:
    separator = {FileKind.TSV: "\t", FileKind.CSV: ","}.get(kind, form.separator)
    is_tabbed = separator == "\t" and kind is not FileKind.PARQUET
    columns = ", ".join(_column(column, is_tabbed=is_tabbed) for column in DECLARED[form.view].columns)
    select = f"SELECT {columns} FROM {form.view} ORDER BY ALL"
    if kind is FileKind.PARQUET:
        options = "FORMAT parquet, COMPRESSION zstd"
    else:
        has_header = form.has_header or kind is not FileKind.NATIVE
        null = form.null if kind is FileKind.NATIVE else ""
        options = f"FORMAT csv, DELIMITER {literal(separator)}, HEADER {has_header}, NULLSTR {literal(null)}"
        options += ", QUOTE '', ESCAPE ''" if is_tabbed else ""
    return f"COPY ({select}) TO {literal(str(path))} ({options})"


def _column(column: Column, *, is_tabbed: bool) -> str:
    """Give the column; in tab-divided files, which know no quotes, a tab or line break in a text becomes a space."""
    name = identifier(column.name)
    if is_tabbed and column.type is Type.TEXT:
        return f"translate({name}, chr(9) || chr(10) || chr(13), '   ') AS {name}"
    return name
