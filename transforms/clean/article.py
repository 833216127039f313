"""Makes the article that everything downstream reads: clean text, identity, language, publication time."""

from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from urllib.parse import urlsplit

from transforms.clean.dates import PublicationTime, parse_publication_time
from transforms.clean.language import detect_language
from transforms.clean.text import clean_line, clean_text
from transforms.ids import content_id
from transforms.read.rejects import make_reject
from transforms.records import Article, RawArticle, Reject

MIN_LETTERS = 10
"""Text with fewer letters holds no sentence."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a raw article: the article, unless it holds no text, and what was wrong with it.

    A reject beside an article names a field that was dropped, such as an unreadable date; the article is good.
    """

    article: Article | None
    rejects: tuple[Reject, ...] = ()


def clean_article(raw: RawArticle, *, raw_path: str | None) -> Cleaned:
    """Clean one article.

    Args:
        raw: as its reader made it.
        raw_path: where its payload is stored, relative to the warehouse.

    Returns:
        The article with ``duplicate_of`` and ``minhash`` still open, and rejects of the stage ``clean``.
    """
    text, title = clean_text(raw.text), clean_line(raw.title)
    if sum(1 for _ in islice(filter(str.isalpha, text), MIN_LETTERS)) < MIN_LETTERS:
        detail = "after cleaning no sentence is left; check that the text field holds the article's body"
        return Cleaned(None, (_reject(raw, "empty text", detail, raw_path),))
    published, rejects = _publication(raw, raw_path)
    url = clean_line(raw.url)
    article_id = content_id("article", title or "", text)
    article = Article(
        article_id=article_id,
        external_id=clean_line(raw.external_id),
        source=clean_line(raw.source) or _host(url),
        url=url,
        title=title,
        authors=tuple(name for author in raw.authors if (name := clean_line(author))),
        language=detect_language(text, declared=raw.language),
        published_at=published.at if published else None,
        published_at_precision=published.precision if published else None,
        retrieved_at=raw.retrieved_at.astimezone(UTC),
        text=text,
        word_count=len(text.split()),
        content_hash=article_id,
        duplicate_of=None,
        raw_path=raw_path,
        minhash=None,
    )
    return Cleaned(article, rejects)


def _publication(raw: RawArticle, raw_path: str | None) -> tuple[PublicationTime | None, tuple[Reject, ...]]:
    written = clean_line(raw.published_at)
    if written is None:
        return None, ()
    published = parse_publication_time(written)
    if published is None:
        detail = f"{written!r} is no certain date; the article is kept without one: write it as 2024-01-31"
        return None, (_reject(raw, "unreadable publication date", detail, raw_path),)
    return published, ()


def _reject(raw: RawArticle, reason: str, detail: str, raw_path: str | None) -> Reject:
    return make_reject(
        stage="clean",
        location=raw.location,
        reason=reason,
        detail=detail,
        seen_at=raw.retrieved_at.astimezone(UTC),
        raw_path=raw_path,
    )


def _host(url: str | None) -> str | None:
    """Return the site of an address without ``www.``; None where there is no address."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # malformed addresses, such as an unclosed IPv6 bracket
        return None
    return host.removeprefix("www.") if host else None
