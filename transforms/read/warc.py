"""WARC archives such as CC-NEWS: each archived web page is an article; read record by record."""

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from transforms.read.html import NoArticleError, article_from_page
from transforms.read.source import Source
from transforms.records import RawArticle, Reject

MAX_PAGE_BYTES = 20 * 1024 * 1024
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_HTTP_OK = "200"
BROKEN = "broken archive"
_log = logging.getLogger(__name__)


def read_warc(source: Source) -> Iterator[RawArticle | Reject]:
    """Read the pages of an archive.

    Requests, metadata, redirects, error pages and anything but HTML are no articles: ignored by design, and counted
    in the debug log. A cut-off archive gives its whole records and one reject.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - heavy

    number, pages, is_told = 0, 0, False
    stream = _UpToTheCut(source.stream)
    try:
        for record in ArchiveIterator(stream):
            number += 1
            if _is_page(record):
                pages += 1
                article = _article(source, record, number)
                is_told = isinstance(article, Reject) and article.reason == BROKEN
                yield article
    except Exception as error:  # noqa: BLE001 - warcio raises whatever malformed headers lead to, with bytes of them
        _log.debug("%s, after record %d: %r", source.location, number, error)
        found = "it ends here or goes on with what is no WARC record" if number else "it is no WARC archive"
        detail = f"{found}; the records before this were read; fetch the archive again"
        yield source.reject(BROKEN, detail, place=f"after record {number}")
        return
    if stream.is_cut and not is_told:
        detail = "the file ends in the middle; the whole records were read; fetch the archive again"
        yield source.reject(BROKEN, detail, place=f"after record {number}")
    elif not pages:
        detail = f"none of its {number} records is a web page that a server answered with status 200"
        yield source.reject("no pages in the archive", f"{detail}; check what was archived")
    _log.debug("%s: %d of %d records are no web pages and were ignored", source.location, number - pages, number)


class _UpToTheCut:
    """A stream of which all that can be decompressed is read; warcio would lose the last blocks before a cut."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self.is_cut = False

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read1(size)
        except EOFError:
            self.is_cut = True
            return b""


def _is_page(record: Any) -> bool:  # noqa: ANN401 - warcio has no types
    if record.rec_type != "response" or record.http_headers is None:
        return False
    media_type = (record.http_headers.get_header("Content-Type") or "").lower()
    return record.http_headers.get_statuscode() == _HTTP_OK and media_type.startswith(_PAGE_TYPES)


def _article(source: Source, record: Any, number: int) -> RawArticle | Reject:  # noqa: ANN401
    url = record.rec_headers.get_header("WARC-Target-URI")
    place = f"record {number} ({url})"
    data = record.content_stream().read(MAX_PAGE_BYTES)
    if len(data) < MAX_PAGE_BYTES and getattr(record.raw_stream, "limit", 0) > 0:
        return source.reject(BROKEN, "the record is cut off; fetch the archive again", place=place)
    media_type = record.http_headers.get_header("Content-Type") or ""
    _, _, encoding = media_type.lower().partition("charset=")
    try:
        return article_from_page(
            data,
            location=source.at(place),
            url=url,
            retrieved_at=_archived_at(record) or source.retrieved_at,
            encoding=encoding.strip(" \"';") or None,
        )
    except NoArticleError as error:
        return source.reject("no article in the page", str(error), place=place)


def _archived_at(record: Any) -> datetime | None:  # noqa: ANN401
    try:
        return datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC)
    except (TypeError, ValueError):
        return None
