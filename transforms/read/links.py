"""Finds the addresses of articles in what lists them: feeds, sitemaps, and pages such as a site's front page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree, html

from transforms.read.formats import Format, detect_format
from transforms.read.markup import strip_markup

MAX_LINKS = 10_000
"""Most addresses that are taken from one listing; a sitemap may hold 50,000."""
_HEAD = 4096
_SITEMAP = re.compile(rb"<(?:[\w-]+:)?(urlset|sitemapindex)[\s>]")
_CAMPAIGN = re.compile(
    r"(?:utm_|at_|mc_|pk_|ns_)\w*=|(?:fbclid|gclid|dclid|msclkid|yclid|igshid|ocid|cmp|smid|partner|ftag)=",
    re.IGNORECASE,
)
"""Fields of a query that tell where a reader came from and change nothing of the page."""


class Listing(StrEnum):
    """What a listing is, told by its content."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap index"
    PAGE = "page"


class ListingError(ValueError):
    """Something that was to list articles and is nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Link:
    """An article's address, and what the listing says about it."""

    url: str
    title: str | None = None
    published_at: str | None = None


def tell_listing(data: bytes, *, media_type: str | None = None) -> Listing | None:
    """Tell what a listing is; None where it is none."""
    found = _SITEMAP.search(data[:_HEAD])
    if found:
        return Listing.SITEMAP_INDEX if found[1] == b"sitemapindex" else Listing.SITEMAP
    form = detect_format(name="", head=data[:_HEAD], media_type=media_type)
    return {Format.FEED: Listing.FEED, Format.HTML: Listing.PAGE}.get(form) if form else None


def read_links(data: bytes, listing: Listing, *, base: str) -> list[Link]:
    """Find the links of a listing that was fetched from ``base``, each once, in its order.

    Raises ``ListingError`` where ``data`` is no such listing.
    """
    reader = {
        Listing.FEED: _feed_links,
        Listing.SITEMAP: _sitemap_links,
        Listing.SITEMAP_INDEX: _sitemap_links,
        Listing.PAGE: _page_links,
    }[listing]
    links: dict[str, Link] = {}
    for link in reader(data, base):
        url = address_key(urljoin(base, link.url))
        if url is not None:
            links.setdefault(url, Link(url, link.title, link.published_at))
        if len(links) == MAX_LINKS:
            break
    return list(links.values())


def address_key(url: str) -> str | None:
    """Write an address so that the same page is the same key: no fragment, no marks of campaigns; None for others."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    query = "&".join(field for field in parts.query.split("&") if not _CAMPAIGN.match(field))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", query, ""))


def feeds_of_page(data: bytes, *, base: str) -> list[str]:
    """List the feeds that a page names for itself."""
    tree = _page(data)
    kinds = {"application/rss+xml", "application/atom+xml"}
    found = (link.get("href") for link in tree.iter("link") if (link.get("type") or "").lower() in kinds)
    return list(dict.fromkeys(urljoin(base, href) for href in found if href))


def _feed_links(data: bytes, _: str) -> Iterator[Link]:
    import feedparser  # noqa: PLC0415 - heavy

    feed = feedparser.parse(data)
    if not feed.entries and not feed.get("version"):
        raise ListingError("it is no RSS or Atom feed")
    for entry in feed.entries:
        if entry.get("link"):
            title = strip_markup(entry.get("title") or "") or None
            yield Link(entry["link"].strip(), title, entry.get("published") or entry.get("updated"))


def _sitemap_links(data: bytes, _: str) -> Iterator[Link]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None or etree.QName(root).localname not in {"urlset", "sitemapindex"}:
        raise ListingError("it is no sitemap")
    for item in root:
        fields = {
            etree.QName(each).localname: (each.text or "").strip() for each in item.iterdescendants(etree.Element)
        }
        if fields.get("loc"):
            date = fields.get("publication_date") or fields.get("lastmod")
            yield Link(fields["loc"], fields.get("title") or None, date or None)


def _page_links(data: bytes, base: str) -> Iterator[Link]:
    """Yield the links to other pages of the same site."""
    host = urlsplit(base).netloc.lower()
    for anchor in _page(data).iter("a"):
        url = urljoin(base, anchor.get("href") or "")
        if urlsplit(url).netloc.lower() == host and urlsplit(url).path not in {"", "/"}:
            yield Link(url, " ".join(anchor.text_content().split()) or None)


def _page(data: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    try:
        return html.fromstring(data)
    except (etree.ParserError, ValueError) as error:
        raise ListingError("it is no page") from error
