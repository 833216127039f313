"""Hands each input to the reader of its format, and turns what breaks on the way into a reject."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from transforms.read.feed import read_feed
from transforms.read.formats import SUPPORTED_FORMS, Format, detect_format
from transforms.read.html import read_html
from transforms.read.json_records import read_json, read_json_lines
from transforms.read.rejects import make_reject
from transforms.read.source import Source, TooLargeError, open_path, open_payload
from transforms.read.tables import read_csv, read_parquet
from transforms.read.text import read_text
from transforms.read.warc import read_warc
from transforms.records import Payload, RawArticle, Reject

READERS: dict[Format, Callable[[Source], Iterator[RawArticle | Reject]]] = {
    Format.TEXT: read_text,
    Format.HTML: read_html,
    Format.JSON: read_json,
    Format.JSON_LINES: read_json_lines,
    Format.CSV: read_csv,
    Format.PARQUET: read_parquet,
    Format.FEED: read_feed,
    Format.WARC: read_warc,
}

_NEVER_SEEN = datetime.fromtimestamp(
    0, tz=UTC
)  # a file that cannot be opened has no time, and now would differ each run


def read_path(path: Path) -> Iterator[RawArticle | Reject]:
    """Read a local file of any supported form, as a stream where the form allows it.

    Whatever is wrong with the file or one of its articles comes as a :class:`Reject`; nothing is raised for it.
    """
    try:
        with open_path(path) as source:
            yield from read_source(source)
    except OSError as error:
        detail = f"{error.strerror or error}; check the file and its permissions"
        yield make_reject(
            stage="read", location=str(path), reason="unreadable file", detail=detail, seen_at=_NEVER_SEEN
        )


def read_payload(payload: Payload) -> Iterator[RawArticle | Reject]:
    """Read something that was fetched, in the same way."""
    with open_payload(payload) as source:
        yield from read_source(source)


def read_source(source: Source) -> Iterator[RawArticle | Reject]:
    """Find the reader of an opened input and run it."""
    try:
        head = source.head()
        if source.is_blank():
            yield source.reject("empty file", "the file holds nothing; remove it or fetch it again")
            return
        form = detect_format(name=source.name, head=head, media_type=source.media_type)
        if form is None:
            yield source.reject("unsupported format", f"convert it to one of these: {SUPPORTED_FORMS}")
            return
        yield from READERS[form](source)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield source.reject("broken gzip", f"{error}; what came before was read; fetch or compress the file again")
    except TooLargeError as error:
        yield source.reject("file too large", f"{error}; give many articles as .jsonl, which is read line by line")
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - what servers and people give is without end; one input costs that only
        detail = f"{type(error).__name__}: {error}. This is a fault of dateline; please report it with the input."
        yield source.reject("not read", detail)
