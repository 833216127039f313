import pytest

ITEM = "Fishermen found the crew of the lost trawler alive on Tuesday, two days after it sank off the cape."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Cape Post</title><link>https://example.org/</link><description>News</description>
<language>en-za</language>
<item><title>Crew found &amp;amp; safe</title><link>https://example.org/1</link><guid>tag:1</guid>
<pubDate>Tue, 06 Feb 2024 10:00:00 +0200</pubDate><dc:creator>Jo Doe</dc:creator>
<description>Short summary of the crew's story.</description>
<content:encoded><![CDATA[<p>{ITEM}</p><p>All are well.</p><script>track()</script>]]></content:encoded></item>
<item><title>Second</title><link>https://example.org/2</link><description>{ITEM}</description></item>
<item><title>Third</title><link>https://example.org/3</link><description>Read more</description></item>
</channel></rss>
"""
ATOM = f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Cape Post</title><id>urn:f</id>
<updated>2024-02-06T10:00:00Z</updated>
<entry><title>Crew found</title><id>urn:1</id><link href="https://example.org/1"/><updated>2024-02-06T10:00:00Z</updated>
<author><name>Jo Doe</name></author><content type="html">&lt;p&gt;{ITEM}&lt;/p&gt;</content></entry></feed>
"""


@pytest.mark.parametrize("name", ["feed.rss", "feed.xml", "feed"])
def test_rss_entries(name, write, articles) -> None:
    path = write(name, RSS.replace("Read more", ITEM))
    first, second, _ = articles(path)
    assert first.text == f"{ITEM}\n\nAll are well."
    assert first.title == "Crew found & safe"
    assert first.external_id == "tag:1"
    assert first.authors == ("Jo Doe",)
    assert first.published_at == "Tue, 06 Feb 2024 10:00:00 +0200"
    assert (first.url, first.source, first.language) == ("https://example.org/1", "The Cape Post", "en-za")
    assert first.location == f"{path}, entry 1"
    assert first.payload == second.payload == path.read_bytes()
    assert second.text == ITEM


def test_entry_with_too_little_text_says_which_page_to_read(write, rejects) -> None:
    (reject,) = rejects(write("feed.rss", RSS))
    assert reject.reason == "too little text in the feed"
    assert "https://example.org/3" in (reject.detail or "")


def test_atom_entries(write, articles) -> None:
    (article,) = articles(write("feed.atom", ATOM))
    assert (article.text, article.title, article.published_at) == (ITEM, "Crew found", "2024-02-06T10:00:00Z")


@pytest.mark.parametrize(
    "content", ["<rss version='2.0'><channel><title>x</title></channel></rss>", "<rss <<", "no feed"]
)
def test_feed_without_entries(content, write, rejects) -> None:
    (reject,) = rejects(write("feed.rss", content))
    assert reject.reason == "no entries in the feed"


def test_conditional_comments_in_an_entry(write, articles) -> None:
    marked = f"&lt;p&gt;{ITEM}&lt;/p&gt;&lt;![if !mso]&gt;&lt;![endif]&gt;"
    feed = f"<rss version='2.0'><channel><item><description>{marked}</description></item></channel></rss>"
    assert [article.text for article in articles(write("feed.rss", feed))] == [ITEM]
