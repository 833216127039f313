"""An opened input as every reader sees it: a stream of decompressed bytes, and where they came from."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from transforms.read.rejects import make_reject
from transforms.records import Payload, Reject

MAX_WHOLE_BYTES = 256 * 1024 * 1024
"""Largest text, page, feed or JSON document that is read at once; line and record formats are streamed."""

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""Most that is unpacked of something that was fetched: a few kilobytes may unpack to many gigabytes."""

HEAD_BYTES = 4096
GZIP_MAGIC = b"\x1f\x8b"


class TooLargeError(ValueError):
    """A document is larger than what is read at once or, where it was fetched, unpacked."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input, open for reading from its start, already decompressed."""

    stream: io.BufferedIOBase
    name: str
    """File name or URL path without ``.gz``: its suffix tells the format."""
    location: str
    retrieved_at: datetime
    media_type: str | None = None

    def head(self) -> bytes:
        """Return some first bytes; the stream is left at its start."""
        data = self.stream.read1(HEAD_BYTES)  # one read: a cut-off archive gives what it has
        self.stream.seek(0)
        return data

    def is_blank(self) -> bool:
        """Whether there is nothing but blanks; the stream is left at its start."""
        while (data := self.stream.read1(HEAD_BYTES)) and not data.strip():
            pass
        self.stream.seek(0)
        return not data

    def whole(self, max_bytes: int | None = None) -> bytes:
        """Read everything.

        Raises:
            TooLargeError: where that is more than ``max_bytes``, :data:`MAX_WHOLE_BYTES` where left out.
        """
        limit = MAX_WHOLE_BYTES if max_bytes is None else max_bytes
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise _too_large(limit)
        return data

    def at(self, place: str) -> str:
        """Name a line, row or record of this input, for messages: ``news.jsonl, line 3``."""
        return f"{self.location}, {place}"

    def reject(self, reason: str, detail: str, *, place: str | None = None) -> Reject:
        """Make the reject of the read stage for the whole input, or for one ``place`` in it."""
        location = self.at(place) if place else self.location
        return make_reject(stage="read", location=location, reason=reason, detail=detail, seen_at=self.retrieved_at)


@contextmanager
def open_path(path: Path) -> Iterator[Source]:
    """Open a local file; its modification time counts as the time of retrieval, so that a second run sees the same.

    Raises:
        OSError: where the file cannot be opened.
    """
    modified = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    with path.open("rb") as raw, _decompressed(raw) as stream:
        yield Source(stream=stream, name=_without_gz(path.name), location=str(path), retrieved_at=modified)


@contextmanager
def open_payload(payload: Payload) -> Iterator[Source]:
    """Open bytes that were fetched."""
    with io.BytesIO(payload.data) as raw, _decompressed(raw, max_bytes=MAX_UNPACKED_BYTES) as stream:
        yield Source(
            stream=stream,
            name=_without_gz(payload.name),
            location=payload.location,
            retrieved_at=payload.retrieved_at,
            media_type=payload.media_type,
        )


class _Limited(io.RawIOBase):
    """A stream that raises ``TooLargeError`` when more than ``max_bytes`` of it are read."""

    def __init__(self, stream: io.BufferedIOBase, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a buffer has no type before Python 3.12
        data = self._stream.read1(len(buffer))
        if self._stream.tell() > self._max_bytes:
            raise _too_large(self._max_bytes)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _decompressed(raw: io.BufferedIOBase, *, max_bytes: int | None = None) -> Iterator[io.BufferedIOBase]:
    is_compressed = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
    raw.seek(0)
    if not is_compressed:
        yield raw
        return
    with gzip.GzipFile(fileobj=raw) as stream:
        yield stream if max_bytes is None else io.BufferedReader(_Limited(stream, max_bytes))


def _too_large(max_bytes: int) -> TooLargeError:
    return TooLargeError(f"larger than {max_bytes / 1024**2:.3g} MiB")


def _without_gz(name: str) -> str:
    return name[: -len(".gz")] if name.lower().endswith(".gz") else name
