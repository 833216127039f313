"""``dateline sql``: a query's result on stdout or in a file."""

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from flows.console import UsageError, note
from flows.render import Format, render_table
from warehouse.export import write_csv, write_json, write_parquet
from warehouse.paths import Warehouse
from warehouse.query import run_sql

DEFAULT_WIDTH = 100


def answer(warehouse: Path, sql: str, *, form: Format, output: Path | None, rows: int) -> None:
    """Run ``sql`` and write its result.

    Args:
        warehouse: folder of the warehouse.
        sql: one statement that reads; ``-`` reads it from stdin.
        form: how to write.
        output: file to write, stdout where None.
        rows: most rows that a table shows, 0 for all; other forms always have all.

    Raises:
        UsageError: where Parquet would go to a terminal, or the file cannot be written.
        WarehouseError: where there is no warehouse or the query cannot be answered.
    """
    if form is Format.PARQUET and output is None and sys.stdout.isatty():
        raise UsageError("Parquet is no text to look at: add --output FILE, or redirect stdout to a file")
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent} to write {output.name} in")
    result = run_sql(Warehouse.open(warehouse), sys.stdin.read() if sql == "-" else sql)
    try:
        write_result(result, form=form, output=output, rows=rows)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write {output or 'the result'}: {error.strerror or error}") from error
    except (OverflowError, NotImplementedError) as error:  # of types that the form has none for
        raise UsageError(f"{form} cannot hold this result ({error}); cast the column: CAST(... AS VARCHAR)") from error


def write_result(result: Any, *, form: Format, output: Path | None, rows: int) -> None:  # noqa: ANN401 - pyarrow has no types
    """Write a result to a file, or to stdout."""
    if form is Format.PARQUET:
        write_parquet_result(result, output)
    elif output is None:
        write_text(result, sys.stdout, form=form, rows=rows)
    else:
        with output.open("w", encoding="utf-8", newline="") as file:
            write_text(result, file, form=form, rows=rows)


def write_text(result: Any, file: Any, *, form: Format, rows: int) -> None:  # noqa: ANN401 - pyarrow has no types
    """Write a result as table, CSV or JSON."""
    if form is Format.CSV:
        write_csv(result, file)
    elif form is Format.JSON:
        lines = io.StringIO()
        write_json(result, lines)
        rows_as_json = (
            lines.getvalue().rstrip("\n").replace("\n", ",\n")
        )  # one line is one row: JSON escapes the others
        file.write(f"[\n{rows_as_json}\n]\n")
    else:
        shown = result.slice(0, rows) if rows else result
        columns = [column.to_pylist() for column in shown.columns]
        width = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns if file.isatty() else DEFAULT_WIDTH
        file.write(render_table(result.column_names, list(zip(*columns, strict=True)), width=width) + "\n")
        if not result.num_rows:
            note("no rows")
        elif shown.num_rows < result.num_rows:
            note(f"{shown.num_rows:,} of {result.num_rows:,} rows; --rows 0 shows all, --format csv writes all")


def write_parquet_result(result: Any, output: Path | None) -> None:  # noqa: ANN401 - pyarrow has no types
    """Write a result as Parquet, by way of a temporary file where stdout is meant: Parquet is not written in one go."""
    if output is not None:
        write_parquet(result, output)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.parquet"
        write_parquet(result, path)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
