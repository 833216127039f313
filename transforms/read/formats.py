"""Which format an input has: told by its first bytes where they are plain, else by suffix and media type."""

import re
from enum import StrEnum
from pathlib import PurePosixPath


class Format(StrEnum):
    """A form of input that has a reader."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    JSON_LINES = "json lines"
    CSV = "csv"
    PARQUET = "parquet"
    FEED = "feed"
    WARC = "warc"


SUPPORTED_FORMS = (
    ".txt, .html, .json, .jsonl, .csv, .tsv, RSS or Atom (.rss, .atom, .xml), .warc (each also .gz); .parquet"
)
"""For messages and help: the forms a file may have."""

_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".warc": Format.WARC,
}
_BY_MEDIA_TYPE = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
    "application/json": Format.JSON,
    "application/x-ndjson": Format.JSON_LINES,
    "application/jsonl": Format.JSON_LINES,
    "text/csv": Format.CSV,
    "text/tab-separated-values": Format.CSV,
    "application/vnd.apache.parquet": Format.PARQUET,
    "application/warc": Format.WARC,
    "text/plain": Format.TEXT,
}
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_HTML_ROOT = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)


def detect_format(*, name: str, head: bytes, media_type: str | None = None) -> Format | None:
    """Tell the format of an input.

    Args:
        name: file name or URL path without ``.gz``.
        head: the first few thousand bytes, decompressed.
        media_type: the server's Content-Type, where there was one.

    Returns:
        The format, or None where no reader fits.
    """
    suffix = PurePosixPath(name.lower()).suffix
    by_suffix = _BY_SUFFIX.get(suffix)
    by_media_type = _BY_MEDIA_TYPE.get((media_type or "").partition(";")[0].strip().lower())
    return _by_signature(head, declared=by_suffix) or by_suffix or by_media_type or _by_first_character(head)


def _by_signature(head: bytes, *, declared: Format | None) -> Format | None:
    """Recognise what cannot be anything else, also where a wrong suffix says so."""
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"WARC/"):
        return Format.WARC
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        if _FEED_ROOT.search(start):
            return Format.FEED
        if _HTML_ROOT.search(start):
            return Format.HTML
    if declared is Format.JSON and _looks_like_lines(start):
        return Format.JSON_LINES
    return None


def _by_first_character(head: bytes) -> Format | None:
    start = head.lstrip()
    if start.startswith(b"{"):
        return Format.JSON_LINES if _looks_like_lines(start) else Format.JSON
    return Format.JSON if start.startswith(b"[") else None


def _looks_like_lines(start: bytes) -> bool:
    """Whether a JSON object ends at its line's end and the next line opens another one."""
    return re.match(rb"\{[^\n]*\}[ \t]*\r?\n\s*\{", start) is not None
