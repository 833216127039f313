"""What a page says of its article in JSON-LD (schema.org) and meta elements, for readers of articles and machines."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review)$")
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='parsely-pub-date']/@content",
    "//meta[@name='datePublished']/@content",
    "//meta[@name='pubdate']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_URL = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_MAX_NESTING = 6


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Metadata as the page gives it, unchecked."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


def read_metadata(tree: Any) -> PageMetadata:  # noqa: ANN401 - an lxml element, which has no types
    """Read the metadata of a parsed page; JSON-LD counts more than meta elements."""
    article = next(_linked_articles(tree), {})
    publisher = article.get("publisher")
    return PageMetadata(
        title=_string(article.get("headline")),
        authors=_distinct(_names(article.get("author"))),
        published_at=_string(article.get("datePublished")) or _first(tree, _PUBLISHED),
        publisher=next(_names(publisher), None),
        url=_web_address(_first(tree, _URL)),
        language=_first(tree, ("/html/@lang", "/html/@xml:lang")),
    )


def _linked_articles(tree: Any) -> Iterator[Mapping[str, object]]:  # noqa: ANN401
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            document = json.loads(str(script), strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue  # broken metadata is common and costs only the metadata
        yield from _articles_in(document, _MAX_NESTING)


def _articles_in(node: object, nesting: int) -> Iterator[Mapping[str, object]]:
    if nesting == 0:
        return
    if isinstance(node, list):
        for item in node:
            yield from _articles_in(item, nesting - 1)
    elif isinstance(node, Mapping):
        types = node.get("@type")
        if any(_ARTICLE_TYPE.search(str(kind)) for kind in (types if isinstance(types, list) else [types])):
            yield node
        yield from _articles_in(node.get("@graph"), nesting - 1)


def _names(value: object) -> Iterator[str]:
    """Yield names of a person or organisation, of a list of them, or of a plain string."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, Mapping):
        yield from _names(value.get("name"))
    elif isinstance(value, str) and value.strip() and "://" not in value:
        yield value.strip()


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    """Leave out repeated names, also those spelt as in addresses (``ann-lee``)."""
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(re.sub(r"\W+", " ", name).casefold(), name)
    return tuple(spelt.values())


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _first(tree: Any, paths: tuple[str, ...]) -> str | None:  # noqa: ANN401
    for path in paths:
        for value in tree.xpath(path):
            if str(value).strip():
                return str(value).strip()
    return None


def _web_address(value: str | None) -> str | None:
    return value if value and value.startswith(("http://", "https://")) else None
