"""Results as text and files: CSV, JSON lines, Parquet."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any, TextIO

import pyarrow.parquet as pq

from warehouse.files import atomic_file


def write_csv(result: Any, stream: TextIO) -> None:  # noqa: ANN401 - a pyarrow.Table
    """Write a result as CSV with a header line; null is empty, lists are JSON, times are ISO 8601 in UTC."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(result.column_names)
    for row in _rows(result):
        writer.writerow(["" if value is None else value if isinstance(value, str) else _text(value) for value in row])


def write_json(result: Any, stream: TextIO) -> None:  # noqa: ANN401 - a pyarrow.Table
    """Write a result as JSON lines: one object a row, with ISO 8601 dates and times in UTC; NaN is null, as in JSON."""
    for row in _rows(result):
        values = (None if isinstance(value, float) and not isfinite(value) else value for value in row)
        json.dump(dict(zip(result.column_names, values, strict=True)), stream, ensure_ascii=False, default=_plain)
        stream.write("\n")


def write_parquet(result: Any, path: Path) -> None:  # noqa: ANN401 - a pyarrow.Table
    """Write a result as a Parquet file, replacing what is at ``path``."""
    with atomic_file(path) as temporary:
        pq.write_table(result, temporary, compression="zstd")


def _rows(result: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - a pyarrow.Table
    for batch in result.to_batches(max_chunksize=4096):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _text(value: object) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(_plain(value))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value) if not isinstance(value, int | float) else value
