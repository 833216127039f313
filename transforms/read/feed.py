"""RSS and Atom: each entry that carries enough text is an article."""

from collections.abc import Iterator, Mapping
from typing import Any

from transforms.read.markup import strip_markup
from transforms.read.source import Source
from transforms.records import RawArticle, Reject

MIN_ENTRY_WORDS = 10
"""An entry with fewer words is a pointer to an article and no text to code."""


def read_feed(source: Source) -> Iterator[RawArticle | Reject]:
    """Read the entries of a feed; the whole feed is each entry's payload, which is stored once."""
    import feedparser  # noqa: PLC0415 - heavy

    data = source.whole()
    feed = feedparser.parse(data)
    if not feed.entries:
        problem = feed.get("bozo_exception") if feed.get("bozo") else "it has no entries"
        yield source.reject(
            "no entries in the feed", f"{problem}; check that the address or file is an RSS or Atom feed"
        )
        return
    for number, entry in enumerate(feed.entries, start=1):
        yield _article(source, feed.feed, entry, place=f"entry {number}", payload=data)


def _article(
    source: Source, channel: Mapping[str, Any], entry: Mapping[str, Any], *, place: str, payload: bytes
) -> RawArticle | Reject:
    text = _longest_text(entry)
    words = len(text.split())
    if words < MIN_ENTRY_WORDS:
        link = entry.get("link") or "the article's page"
        detail = f"the feed gives {words} words of this entry; add {link} as an input to read the whole article"
        return source.reject("too little text in the feed", detail, place=place)
    return RawArticle(
        text=text,
        location=source.at(place),
        retrieved_at=source.retrieved_at,
        payload=payload,
        payload_suffix=".xml",
        external_id=entry.get("id"),
        title=strip_markup(entry.get("title") or "") or None,
        authors=_authors(entry),
        published_at=entry.get("published") or entry.get("updated"),
        url=entry.get("link"),
        source=channel.get("title"),
        language=channel.get("language"),
    )


def _longest_text(entry: Mapping[str, Any]) -> str:
    candidates = [part.get("value") or "" for part in entry.get("content") or ()]
    candidates.append(entry.get("summary") or "")
    return max((strip_markup(candidate) for candidate in candidates), key=len)


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = (author.get("name") for author in entry.get("authors") or ())
    return tuple(dict.fromkeys(name for name in names if name))
