"""``dateline export``: events in the shape of other data sets."""

from pathlib import Path

from flows.console import UsageError
from warehouse.crosswalks import FORMS, empty
from warehouse.declared import DECLARED
from warehouse.exchange import FileKind, export
from warehouse.paths import Warehouse


def export_events(warehouse: Path, name: str, *, output: Path, kind: str) -> str:
    """Write the data set ``name`` to ``output`` and say what was written.

    An output that ends in ``.parquet`` is written as Parquet. Raises ``UsageError`` for a data set that is not known or
    a file that cannot be written, ``WarehouseError`` where there is no warehouse.
    """
    if name not in FORMS:
        raise UsageError(f"{name} is no data set that can be written; there are {', '.join(FORMS)}")
    if kind not in list(FileKind):
        raise UsageError(f"{kind} is no form of file; there are {', '.join(FileKind)}")
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent} to write {output.name} in")
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name a file in it")
    if kind == FileKind.NATIVE and output.suffix == ".parquet":
        kind = FileKind.PARQUET
    try:
        rows = export(Warehouse.open(warehouse), name, output.absolute(), FileKind(kind))
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror or error}") from error
    table = DECLARED[FORMS[name].view]
    left = f", {number} of them left empty" if (number := len(empty(table))) else ""
    return f"{output}: {rows:,} rows, {len(table.columns)} columns{left}"
