"""Fields of structured inputs: which names are understood, and how one record becomes a raw article.

Used by JSON, JSON lines, CSV and Parquet alike. Names are compared without regard to case. Fields that are not in
the table are ignored by design and named once per input in the debug log.
"""

import json
import logging
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isnan

from transforms.read.markup import has_markup, strip_markup
from transforms.read.source import Source
from transforms.records import RawArticle

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "external_id": ("id", "external_id", "doc_id", "article_id", "guid", "uid"),
    "title": ("title", "headline"),
    "text": (
        "text",
        "content",
        "body",
        "content_original",
        "full_text",
        "article_text",
        "articlebody",
        "maintext",
        "content_text",
        "content_html",
    ),
    "published_at": (
        "published_at",
        "date",
        "published",
        "publishedat",
        "date_published",
        "datepublished",
        "date_publish",
        "publish_date",
        "publication_date",
        "pub_date",
        "pubdate",
    ),
    "url": ("url", "link", "permalink"),
    "source": ("source", "source_name", "publisher", "outlet", "site_name", "sitename", "site"),
    "language": ("language", "lang"),
    "authors": ("authors", "author", "byline"),
}
"""Field of a raw article -> names under which inputs carry it, the first that holds something counting."""

_UNDERSTOOD = {name for names in FIELD_NAMES.values() for name in names}
_log = logging.getLogger(__name__)


class FieldError(ValueError):
    """A record lacks its text, or a field holds what it cannot hold; the arguments are reason and detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def article_from_record(
    record: Mapping[str, object], *, source: Source, location: str, payload: bytes | None = None
) -> RawArticle:
    """Make a raw article out of one record.

    Args:
        record: field names and values as parsed.
        source: the input that holds the record.
        location: the record's place, for messages.
        payload: the bytes to keep; by default the record written as JSON.

    Raises:
        FieldError: where the text is missing or empty, or a value has a type that the field cannot have.
    """
    by_name = {str(name).strip().lower(): value for name, value in record.items()}
    text = _as_string("text", _pick(by_name, "text"))
    if text is None or not text.strip():
        raise _no_text(by_name)
    return RawArticle(
        text=strip_markup(text) if has_markup(text) else text,
        location=location,
        retrieved_at=source.retrieved_at,
        payload=record_payload(record) if payload is None else payload,
        payload_suffix=".json",
        external_id=_as_string("external_id", _pick(by_name, "external_id")),
        title=_as_string("title", _pick(by_name, "title")),
        authors=_as_authors(_pick(by_name, "authors")),
        published_at=_as_written(_pick(by_name, "published_at")),
        url=_as_string("url", _pick(by_name, "url")),
        source=_as_string("source", _named(_pick(by_name, "source"))),
        language=_as_string("language", _pick(by_name, "language")),
    )


def record_payload(record: Mapping[str, object]) -> bytes:
    """Write a record as JSON: what is kept of a row that has no bytes of its own."""
    return json.dumps(dict(record), ensure_ascii=False, default=str).encode("utf-8", errors="surrogatepass")


def has_text_field(names: Collection[str]) -> bool:
    """Whether a header has a field that can hold the text."""
    return not {name.strip().lower() for name in names}.isdisjoint(FIELD_NAMES["text"])


def log_unknown_fields(names: Collection[str], *, location: str) -> None:
    """Say once for an input which of its fields are ignored."""
    unknown = sorted({str(name) for name in names if str(name).strip().lower() not in _UNDERSTOOD})
    if unknown:
        _log.debug("%s: fields ignored: %s", location, ", ".join(unknown))


def _pick(by_name: Mapping[str, object], field: str) -> object:
    for name in FIELD_NAMES[field]:
        value = by_name.get(name)
        if value is not None and value != "" and not (isinstance(value, float) and isnan(value)):
            return value
    return None


def _named(value: object) -> object:
    """Return the name of a source or author that is an object with one."""
    return value.get("name") if isinstance(value, Mapping) else value


def _as_string(field: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool) and field != "text":
        return str(value)
    raise FieldError(
        "field of a wrong type",
        f"the field {field!r} holds {type(value).__name__} where a string is expected; mend it or leave it out",
    )


def _as_written(value: object) -> str | None:
    """Write a date of whatever type; cleaning tells where it is none, and keeps the article."""
    try:
        return _as_string("published_at", value)
    except FieldError:
        return json.dumps(value, ensure_ascii=False, default=str)


def _as_authors(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list | tuple):
        names = [_as_string("authors", _named(item)) for item in value]
        return tuple(name for name in names if name)
    return split_authors(_as_string("authors", value) or "")


_BETWEEN_AUTHORS = re.compile(r"\s*,?\s+(?:and|&)\s+|\s*,\s*(?!(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\b)")
_STRONG_BETWEEN_AUTHORS = re.compile(r"\s*[;|]\s*")
_BYLINE_START = re.compile(r"^\s*by\s+", re.IGNORECASE)


def split_authors(byline: str) -> tuple[str, ...]:
    """Split ``By Ann Lee, John Doe Jr. and Li Na`` into names."""
    byline = _BYLINE_START.sub("", byline.strip())
    separator = _STRONG_BETWEEN_AUTHORS if _STRONG_BETWEEN_AUTHORS.search(byline) else _BETWEEN_AUTHORS
    names = separator.split(byline)
    return tuple(dict.fromkeys(name.strip() for name in names if name and name.strip()))


def _no_text(by_name: Mapping[str, object]) -> FieldError:
    present = [name for name in FIELD_NAMES["text"] if name in by_name]
    if present:
        return FieldError("empty text", f"the field {present[0]!r} is empty; fill it or remove the article")
    found = ", ".join(by_name) or "none"
    wanted = ", ".join(FIELD_NAMES["text"])
    return FieldError("no text", f"name the field with the article's text one of {wanted}; fields found: {found}")
