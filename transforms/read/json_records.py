"""JSON: one article a line, or one document with an article, a list of them, or an object that holds such a list."""

import codecs
import io
import json
from collections.abc import Iterator, Mapping
from typing import cast

from transforms.read.decode import UndecodableError, decode
from transforms.read.fields import FieldError, article_from_record, has_text_field, log_unknown_fields
from transforms.read.source import Source
from transforms.records import RawArticle, Reject

MAX_LINE_BYTES = 16 * 1024 * 1024
"""A longer line is no article; it is skipped without being held in memory."""

LIST_FIELDS = ("articles", "items", "results", "data", "documents")
"""Fields under which a JSON document may hold its list of articles."""


def read_json_lines(source: Source) -> Iterator[RawArticle | Reject]:
    """Read one article a line, holding one line at a time; blank lines are passed over."""
    is_first = True
    for number, line in _lines(source):
        place = f"line {number}"
        if line is None:
            advice = f"the line is longer than {MAX_LINE_BYTES // 1024**2} MiB; split it, or check the format"
            yield source.reject("line too long", advice, place=place)
        elif line.strip():
            record = _parse_line(source, line, place)
            if is_first and isinstance(record, Mapping):
                log_unknown_fields(list(record), location=source.location)
                is_first = False
            yield record if isinstance(record, Reject) else _article(source, record, place, payload=line.strip())


def read_json(source: Source) -> Iterator[RawArticle | Reject]:
    """Read a JSON document: an article, a list of articles, or an object with one of :data:`LIST_FIELDS`."""
    data = source.whole()
    try:
        document = json.loads(decode(data))
    except UndecodableError:
        yield source.reject("not text", "the file holds binary data; save it as UTF-8 JSON")
        return
    except (ValueError, RecursionError) as error:  # ValueError also where a number has thousands of digits
        yield source.reject("not JSON", f"{error}; mend the file, or name it .jsonl if each line is one article")
        return
    records = _records(document)
    if records is None:
        lists = ", ".join(LIST_FIELDS)
        advice = f"expected an article with a field 'text', a list of articles, or an object with one of: {lists}"
        yield source.reject("no articles in the JSON", advice)
        return
    if not records:
        yield source.reject("no articles in the JSON", "its list of articles is empty; check how the file was made")
        return
    if isinstance(document, Mapping) and document in records:
        yield _article(source, document, None, payload=data)
        return
    for number, record in enumerate(records, start=1):
        yield _article(source, record, f"article {number}", payload=None)


def _lines(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines, with None for one that is too long."""
    stream = source.stream
    if source.head().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # as PowerShell writes files
        stream = cast("io.BufferedIOBase", codecs.EncodedFile(stream, "utf-8", "utf-16", errors="replace"))
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        is_cut = len(line) == MAX_LINE_BYTES and not line.endswith(b"\n")
        yield number, None if is_cut else line
        while is_cut and line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)


def _parse_line(source: Source, line: bytes, place: str) -> object:
    try:
        return json.loads(decode(line.strip()))
    except UndecodableError:
        return source.reject("not text", "the line holds binary data; mend or remove it", place=place)
    except (ValueError, RecursionError) as error:
        problem = (
            error if isinstance(error, json.JSONDecodeError) else "it holds too long a number, or is nested too deep"
        )
        return source.reject("not JSON", f"{place} is not JSON: {problem}; mend or remove the line", place=place)


def _article(source: Source, record: object, place: str | None, *, payload: bytes | None) -> RawArticle | Reject:
    if not isinstance(record, Mapping):
        found = type(record).__name__
        return source.reject("not an article", f"expected an object with a field 'text', found {found}", place=place)
    try:
        location = source.at(place) if place else source.location
        return article_from_record(record, source=source, location=location, payload=payload)
    except FieldError as error:
        return source.reject(error.reason, error.detail, place=place)


def _records(document: object) -> list[object] | None:
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return None
    lists = [list(document[name]) for name in LIST_FIELDS if isinstance(document.get(name), list)]
    filled = next((records for records in lists if any(isinstance(record, Mapping) for record in records)), None)
    if filled is None and has_text_field([str(name) for name in document]):
        return [document]  # an article may have a list of that name too, of its topics perhaps
    return filled or next(iter(lists), None)
