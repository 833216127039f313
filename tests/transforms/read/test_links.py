import pytest

from transforms.read.links import Link, Listing, ListingError, address_key, feeds_of_page, read_links, tell_listing

BASE = "https://example.org/news/"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><title>Towns <b>stormed</b></title><link>https://example.org/a?utm_source=rss#top</link>
<pubDate>Fri, 04 Mar 2016 08:00:00 GMT</pubDate></item>
<item><title>Same</title><link>https://example.org/a</link></item>
<item><title>Relative</title><link>/b</link></item>
<item><title>None</title></item></channel></rss>"""
SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://example.org/c </loc><lastmod>2016-03-05</lastmod><news:news>
<news:publication_date>2016-03-04</news:publication_date><news:title>Talks</news:title></news:news></url>
<url><lastmod>2016-03-05</lastmod></url></urlset>"""
INDEX = b'<sitemapindex xmlns="x"><sitemap><loc>https://example.org/s.xml.gz</loc></sitemap></sitemapindex>'
PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>
<a href="/news/2016/raid">Raid <i>told</i></a> <a href="https://other.example/x">Elsewhere</a>
<a href="mailto:desk@example.org">Mail</a> <a href="#top">Top</a> <a href="/">Home</a></body></html>"""


@pytest.mark.parametrize(
    ("data", "listing"),
    [
        (RSS, Listing.FEED),
        (SITEMAP, Listing.SITEMAP),
        (INDEX, Listing.SITEMAP_INDEX),
        (PAGE, Listing.PAGE),
        (b"\x89PNG", None),
    ],
)
def test_listings_are_told_by_their_content(data, listing):
    assert tell_listing(data) == listing


def test_a_feed_gives_each_article_once():
    assert read_links(RSS, Listing.FEED, base=BASE) == [
        Link("https://example.org/a", "Towns stormed", "Fri, 04 Mar 2016 08:00:00 GMT"),
        Link("https://example.org/b", "Relative"),
    ]


def test_sitemaps_give_dates_and_titles():
    assert read_links(SITEMAP, Listing.SITEMAP, base=BASE) == [Link("https://example.org/c", "Talks", "2016-03-04")]
    assert [link.url for link in read_links(INDEX, Listing.SITEMAP_INDEX, base=BASE)] == [
        "https://example.org/s.xml.gz"
    ]


def test_a_page_gives_the_links_of_its_own_site_and_names_its_feeds():
    urls = [(link.url, link.title) for link in read_links(PAGE, Listing.PAGE, base=BASE)]
    assert urls == [("https://example.org/news/2016/raid", "Raid told"), ("https://example.org/news/", "Top")]
    assert feeds_of_page(PAGE, base=BASE) == ["https://example.org/feed.xml"]


def test_an_entity_in_a_sitemap_reads_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("https://example.org/secret")
    document = (
        f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{secret}">]><urlset><url><loc>&x;</loc></url>'
        "<url><loc>https://example.org/c</loc></url></urlset>"
    )
    assert [link.url for link in read_links(document.encode(), Listing.SITEMAP, base=BASE)] == ["https://example.org/c"]


@pytest.mark.parametrize("listing", [Listing.FEED, Listing.SITEMAP])
def test_what_is_no_listing_is_told(listing):
    with pytest.raises(ListingError, match="it is no"):
        read_links(b"<html><p>Sign in</p></html>", listing, base=BASE)


def test_the_same_page_has_one_key():
    assert address_key("https://Example.org/a?id=3&utm_source=rss&fbclid=x#top") == "https://example.org/a?id=3"
    assert address_key("https://example.org") == "https://example.org/"
    assert address_key("https://example.org/A%20b?outcome=1") == "https://example.org/A%20b?outcome=1"


@pytest.mark.parametrize(
    "url", ["https://[broken", "mailto:desk@example.org", "javascript:void(0)", "/relative", "ftp://example.org/a"]
)
def test_only_web_addresses_are_articles(url):
    assert address_key(url) is None
