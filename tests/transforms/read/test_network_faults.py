"""Each fault of a server costs a short time and little memory, and gives one line that says what it was."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from tests.hostile_site import serve_faults
from transforms.read import read_payload
from transforms.read.fetch import MAX_BYTES, FetchError, fetch
from transforms.read.polite import MAX_REST, NoRobotsError, PoliteFetcher, RestingHostError, host_of
from transforms.read.source import MAX_UNPACKED_BYTES
from transforms.records import Payload

WAITED_OUT = {"hang": {"timeout_seconds": 0.4}, "drip": {"max_seconds": 0.6}, "drip_head": {"max_seconds": 0.6}}
"""Faults that only a limit ends; all others must end by themselves, long before the limits that are set."""


def a_fetcher(fault="", **more):
    return PoliteFetcher(pause_seconds=0, sleep=lambda _: None, **WAITED_OUT.get(fault, {}), **more)


@pytest.mark.parametrize(
    ("fault", "says", "is_temporary", "times"),
    [
        ("hang", "no answer within 0.4 s", True, 2),
        ("reset", "reset by peer|closed connection", True, 2),
        ("silence", "without sending a response", True, 2),
        ("babble", "check the address and the connection", True, 2),
        ("circle", "redirects in a circle", False, 1),
        ("endless", "larger than 20 MiB", False, 1),
        ("bomb", "larger than 20 MiB", False, 1),
        ("bomb_in_bomb", "packed as 'gzip, gzip'", False, 1),
        ("drip", "not complete after 0.6 s", True, 1),
        ("drip_head", "not complete after 0.6 s", True, 1),
        ("later", "answered 429; it is left alone until", True, 1),
        ("later_by_date", "answered 503; it is left alone until", True, 1),
        ("broken", "answered 500", True, 2),
    ],
)
def test_a_fault_ends_soon_with_a_reason(fault, says, is_temporary, times):
    with serve_faults() as site, a_fetcher(fault, attempts=2) as fetcher:
        with pytest.raises(FetchError, match=says) as caught:
            fetcher.get(f"{site.url}/{fault}")
        assert caught.value.is_temporary is is_temporary
        assert "\n" not in str(caught.value)
        if fault != "circle":
            assert site.asked == ["/robots.txt", *[f"/{fault}"] * times]


def test_a_drip_ends_for_a_single_address_too():
    with serve_faults() as site, pytest.raises(FetchError, match=r"not complete after 0\.5 s"):
        fetch(f"{site.url}/drip_head", max_seconds=0.5)


@pytest.mark.parametrize("fault", ["hang", "broken", "bomb_in_bomb", "drip", "drip_head", "circle", "later", "reset"])
def test_where_robots_txt_is_at_fault_nothing_is_asked_and_the_next_run_tries_again(fault):
    with serve_faults(robots=fault) as site, a_fetcher(fault, attempts=1) as fetcher:
        for _ in range(2):
            with pytest.raises((NoRobotsError, RestingHostError)) as caught:
                fetcher.get(f"{site.url}/page")
            assert caught.value.is_temporary
        assert "/page" not in site.asked
        assert site.asked.count("/robots.txt") == 1, "once a run"


@pytest.mark.parametrize("fault", ["endless", "bomb", "nothing", "page", "missing"])
def test_a_strange_robots_txt_forbids_nothing(fault):
    with serve_faults(robots=fault) as site, a_fetcher(attempts=1) as fetcher:
        assert b"Sign in" in fetcher.get(f"{site.url}/page").payload.data


def test_a_site_that_asks_for_hours_is_left_alone_by_this_run_and_the_next():
    with serve_faults() as site:
        with a_fetcher() as fetcher:
            for path in ("later", "page", "hang"):
                with pytest.raises(RestingHostError, match="left alone until"):
                    fetcher.get(f"{site.url}/{path}")
        host = host_of(site.url)
        rest = fetcher.resting[host] - datetime.now(UTC)
        assert timedelta(minutes=115) < rest <= timedelta(hours=2)
        with a_fetcher(resting=fetcher.resting) as following, pytest.raises(RestingHostError):
            following.get(f"{site.url}/page")
        assert site.asked == ["/robots.txt", "/later"]
        with a_fetcher(resting={host: datetime.now(UTC) - timedelta(seconds=1)}) as after:
            assert after.get(f"{site.url}/page")


def test_a_century_is_taken_for_a_day():
    with serve_faults() as site, a_fetcher() as fetcher:
        with pytest.raises(RestingHostError):
            fetcher.get(f"{site.url}/later_by_date")
        assert fetcher.resting[host_of(site.url)] <= datetime.now(UTC) + MAX_REST


@pytest.mark.parametrize("name", ["a.html", "a.jsonl", "a.txt", "a.csv", "a.rss", "a"])
@pytest.mark.parametrize("filling", [b" ", b"a", b"\n"])
def test_what_unpacks_to_too_much_is_rejected(name, filling, monkeypatch):
    limit = 2**20
    monkeypatch.setattr("transforms.read.source.MAX_UNPACKED_BYTES", limit)
    assert MAX_UNPACKED_BYTES >= 10 * MAX_BYTES, "what is packed well and no bomb is read"
    packed = gzip.compress(b"<html><body>" + filling * (4 * limit))
    payload = Payload(packed, f"{name}.gz", "https://example.org/a", datetime(2024, 1, 1, tzinfo=UTC))
    *_, last = read_payload(payload)
    assert last.reason == "file too large"
    assert "larger than 1 MiB" in last.detail


def test_a_reader_that_breaks_costs_its_input_only(monkeypatch):
    def breaks(_):
        raise RecursionError("too deep")

    monkeypatch.setattr("transforms.read.dispatch.READERS", dict.fromkeys(["html"], breaks))
    payload = Payload(b"<html><body>x</body></html>", "a.html", "a.html", datetime(2024, 1, 1, tzinfo=UTC))
    (reject,) = read_payload(payload)
    assert (reject.reason, "RecursionError: too deep" in reject.detail) == ("not read", True)
