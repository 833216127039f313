"""CSV and Parquet with one article a row, read in pieces."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, TextIO, cast

from transforms.read.decode import UndecodableError, stream_encoding
from transforms.read.fields import (
    FIELD_NAMES,
    FieldError,
    article_from_record,
    has_text_field,
    log_unknown_fields,
)
from transforms.read.source import Source
from transforms.records import RawArticle, Reject

DELIMITERS = ",;\t|"
_SURPLUS = "surplus cells"
_MAX_CELL_CHARACTERS = 2**31 - 1  # csv's own limit of 131,072 is shorter than long articles
_BATCH_ROWS = 256


def read_csv(source: Source) -> Iterator[RawArticle | Reject]:
    """Read comma-, semicolon-, tab- or bar-separated values with a header line; line numbers count from 1."""
    try:
        encoding = stream_encoding(source.stream)
    except UndecodableError:
        yield source.reject("not text", "the file holds binary data; save it as UTF-8 CSV")
        return
    lines = io.TextIOWrapper(cast("BinaryIO", source.stream), encoding=encoding, errors="replace", newline="")
    try:
        yield from _read_csv_text(source, lines)
    finally:
        lines.detach()  # the stream is closed by who opened it


def read_parquet(source: Source) -> Iterator[RawArticle | Reject]:
    """Read a Parquet file in batches of a few hundred rows; row numbers count from 1."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(source.stream)
        names = file.schema_arrow.names
        if not has_text_field(names):
            yield _no_text_column(source, names)
            return
        log_unknown_fields(names, location=source.location)
        yield from _or_empty(source, _parquet_rows(source, file))
    except (pa.ArrowException, OSError, OverflowError, ValueError) as error:  # the latter for times beyond year 9999
        yield source.reject("broken Parquet file", f"{error}; write the file again")


def _parquet_rows(source: Source, file: Any) -> Iterator[RawArticle | Reject]:  # noqa: ANN401 - pyarrow has no types
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS):
        for record in batch.to_pylist():
            number += 1
            yield _article(source, record, f"row {number}")


def _or_empty(source: Source, rows: Iterator[RawArticle | Reject]) -> Iterator[RawArticle | Reject]:
    """Yield ``rows``; a table without any is a reject, so that nobody waits for articles that are not there."""
    is_empty = True
    for row in rows:
        is_empty = False
        yield row
    if is_empty:
        yield source.reject("no rows in the table", "it has columns but no row; check how the file was made")


def _read_csv_text(source: Source, lines: TextIO) -> Iterator[RawArticle | Reject]:
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    before, delimiter = _layout(lines)
    reader = csv.DictReader(lines, delimiter=delimiter, restkey=_SURPLUS, strict=True)
    header = list(reader.fieldnames or ())
    if not has_text_field(header):
        yield _no_text_column(source, header)
        return
    log_unknown_fields(header, location=source.location)
    yield from _or_empty(source, _csv_rows(source, reader, before))


def _csv_rows(source: Source, reader: "csv.DictReader[str]", before: int) -> Iterator[RawArticle | Reject]:
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            detail = f"{error}; mend the quotes in or before this line"
            yield source.reject("broken CSV row", detail, place=f"line {before + reader.reader.line_num}")
            continue
        if row is None:
            return
        place = f"line {before + reader.line_num}"
        if _SURPLUS in row:
            detail = "more cells than the header has; put cells that hold the delimiter in double quotes"
            yield source.reject("broken CSV row", detail, place=place)
        else:
            yield _article(source, row, place)


def _article(source: Source, record: Mapping[str, object], place: str) -> RawArticle | Reject:
    try:
        return article_from_record(record, source=source, location=source.at(place))
    except FieldError as error:
        return source.reject(error.reason, error.detail, place=place)


def _layout(lines: TextIO) -> tuple[int, str]:
    """Find the header line and its delimiter; the stream is left at the header.

    Returns:
        How many lines stand before the header (blank ones, and the ``sep=;`` that Excel understands), and the
        delimiter that splits the header into the most cells.
    """
    before, start, header = 0, 0, lines.readline()
    while header and (not header.strip() or header.lower().startswith("sep=")):
        before, start, header = before + 1, lines.tell(), lines.readline()
    lines.seek(start)
    return before, max(DELIMITERS, key=lambda delimiter: (header.count(delimiter), -DELIMITERS.index(delimiter)))


def _no_text_column(source: Source, header: list[str]) -> Reject:
    wanted, found = ", ".join(FIELD_NAMES["text"]), ", ".join(header) or "none"
    return source.reject("no text column", f"name the column with the articles' text one of {wanted}; found: {found}")
