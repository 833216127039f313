import threading
from collections.abc import Iterator

import pytest

from tests.news_site import NewsSite, serve_news
from transforms.read.fetch import FetchError, Validators
from transforms.read.polite import NoRobotsError, PoliteFetcher, RefusedByRobotsError


class Waits(list[float]):
    """Takes the place of sleeping, and remembers how long was to be slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with serve_news() as site:
        yield site


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def fetcher(waits: Waits) -> Iterator[PoliteFetcher]:
    with PoliteFetcher(contact="desk@example.org", pause_seconds=2.0, attempts=3, sleep=waits) as fetcher:
        yield fetcher


def test_what_robots_txt_forbids_is_not_asked_for(site, fetcher):
    site.put("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: dateline\nDisallow: /*/private\nAllow: /\n")
    site.put("/news/a", "open")
    site.put("/news/private", "closed")
    assert fetcher.get(f"{site.url}/news/a").payload.data == b"open"
    with pytest.raises(RefusedByRobotsError, match=r"robots\.txt"):
        fetcher.get(f"{site.url}/news/private")
    assert site.paths() == ["/robots.txt", "/news/a"], "the rules are asked for once"


def test_a_redirect_does_not_lead_around_robots_txt(site, fetcher):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n")
    site.put("/go", "", status=302, Location="/private")
    with pytest.raises(RefusedByRobotsError):
        fetcher.get(f"{site.url}/go")
    assert "/private" not in site.paths()


def test_without_robots_txt_all_is_allowed_and_where_it_cannot_be_had_nothing(site, fetcher):
    site.put("/a", "open")
    assert fetcher.get(f"{site.url}/a").payload.data == b"open"
    with serve_news() as broken, pytest.raises(NoRobotsError, match="503") as caught:
        broken.put("/robots.txt", "", status=503)
        broken.put("/a", "open")
        fetcher.get(f"{broken.url}/a")
    assert caught.value.is_temporary
    assert broken.paths() == ["/robots.txt"] * 3


def test_an_unchanged_page_is_not_sent_again(site, fetcher):
    site.put("/feed", "first")
    answer = fetcher.get(f"{site.url}/feed")
    assert fetcher.get(f"{site.url}/feed", validators=answer.validators) is None
    site.put("/feed", "second")
    assert fetcher.get(f"{site.url}/feed", validators=answer.validators).payload.data == b"second"
    assert Validators(None, "Fri, 04 Mar 2016 08:00:00 GMT").headers() == {
        "If-Modified-Since": "Fri, 04 Mar 2016 08:00:00 GMT"
    }


def test_a_host_is_given_its_pause_and_what_it_asks_for_beyond_it(site, fetcher, waits):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    for path in ("/a", "/b", "/c"):
        site.put(path, "text")
        fetcher.get(f"{site.url}{path}")
    assert [round(wait) for wait in waits] == [2, 9, 16], "each turn begins a pause after the one before"


def test_hosts_that_ask_for_hours_are_left_alone(site, fetcher):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n")
    with pytest.raises(FetchError, match="3600 s between requests"):
        fetcher.get(f"{site.url}/a")


def test_temporary_trouble_is_waited_out_longer_each_time(site, fetcher, waits):
    site.put("/a", "", status=503)
    with pytest.raises(FetchError, match="503"):
        fetcher.get(f"{site.url}/a", pause_seconds=0)
    assert site.paths() == ["/robots.txt", "/a", "/a", "/a"]
    first, second = waits
    assert 1 <= first <= 2
    assert 3 <= second <= 4


def test_a_server_says_how_long_to_wait(site, fetcher, waits):
    site.put("/a", "", status=429, Retry_After="17")
    with pytest.raises(FetchError, match="429"):
        fetcher.get(f"{site.url}/a", pause_seconds=0)
    assert waits == [17, 17]
    site.put("/b", "", status=503, Retry_After="86400")
    with pytest.raises(FetchError):
        fetcher.get(f"{site.url}/b", pause_seconds=0)
    assert site.paths().count("/b") == 1, "a day is too long to wait in a run"


def test_what_asking_again_cannot_mend_is_asked_once(site, fetcher):
    with pytest.raises(FetchError, match="404"):
        fetcher.get(f"{site.url}/gone")
    assert site.paths().count("/gone") == 1


def test_sizes_are_limited_and_the_operator_is_named(site, fetcher):
    site.put("/large", "x" * 1000)
    with pytest.raises(FetchError, match="larger than"):
        fetcher.get(f"{site.url}/large", max_bytes=100)
    assert {agent.endswith("(+desk@example.org)") for agent in site.agents} == {True}


def test_threads_share_the_pause_of_a_host(site, fetcher, waits):
    for number in range(4):
        site.put(f"/{number}", "text")
    threads = [threading.Thread(target=fetcher.get, args=(f"{site.url}/{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [round(wait) for wait in sorted(waits)] == [2, 4, 6, 8], "four pages after robots.txt"
