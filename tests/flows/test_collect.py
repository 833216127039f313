"""Visits to a news site on loopback: what is fetched, what is not fetched again, and what is told of a source."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.collect import Collector
from flows.ingest_sources import collect, open_collector, visit_all
from flows.source_health import Status, health_of, judge
from flows.source_list import Kind, NewsSource
from tests.flows.conftest import MARCH, RAID, TALKS, stored_rows
from tests.hostile_site import serve_faults
from tests.news_site import serve_news
from warehouse.fetches import Visit

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def site():
    with serve_news() as site:
        yield site


@pytest.fixture
def wire(site):
    """A feed of two articles."""
    site.put_article("/raid", "Towns stormed", RAID)
    site.put_article("/talks", "Ministers meet", TALKS)
    site.put_feed("/feed.xml", {"/raid": "Towns stormed", "/talks": "Ministers meet"})
    return source(site, "wire", Kind.FEED, "/feed.xml", title="The Wire", language="en")


def source(site, name, kind, path, **more):
    return NewsSource(name=name, kind=kind, location=f"{site.url}{path}", pause_seconds=0, **more)


def run(collector, *sources):
    return collect(collector, sources, batch_size=10)


def test_a_feed_gives_the_articles_of_its_pages(site, wire, collector, warehouse):
    collected = run(collector, wire)
    (visit,) = collected.visits
    assert (visit.outcome, visit.n_listed, visit.n_new, visit.n_fetched, visit.n_articles) == ("ok", 2, 2, 2, 2)
    rows = {row["url"]: row for row in stored_rows(warehouse)["articles"]}
    assert set(rows) == {f"{site.url}/raid", f"{site.url}/talks"}
    assert {row["source"] for row in rows.values()} == {"The Wire"}
    assert "stormed two towns" in rows[f"{site.url}/raid"]["text"]


def test_nothing_is_fetched_twice(site, wire, collector):
    run(collector, wire)
    site.asked.clear()
    (again,) = run(collector, wire).visits
    assert site.asked == [("/feed.xml", 304)]
    assert (again.outcome, again.n_new, again.n_articles) == ("unchanged", 0, 0)
    site.put_article("/march", "Students march", MARCH)
    site.put_feed("/feed.xml", {"/march": "Students march", "/raid": "Towns stormed"})
    site.asked.clear()
    (third,) = run(collector, wire).visits
    assert site.paths() == ["/feed.xml", "/march"]
    assert (third.n_listed, third.n_new, third.n_articles) == (2, 1, 1)


def test_a_run_that_was_killed_before_it_stored_is_finished_by_the_next_without_fetching(
    site, wire, collector, warehouse
):
    visit_all([wire], collector.visit)
    site.asked.clear()
    run(collector, wire)
    assert site.asked == [("/feed.xml", 304)]
    assert len(stored_rows(warehouse)["articles"]) == 2


def test_what_a_run_may_not_fetch_any_more_waits_for_the_next(site, wire, collector, warehouse):
    slow = wire.model_copy(update={"pages_per_run": 1})
    (first,) = run(collector, slow).visits
    assert (first.n_fetched, first.n_waiting) == (1, 1)
    (second,) = run(collector, slow).visits
    assert (second.outcome, second.n_fetched, second.n_waiting) == ("unchanged", 1, 0)
    assert len(stored_rows(warehouse)["articles"]) == 2


def test_a_page_in_trouble_is_tried_in_later_runs_and_a_missing_one_is_rejected_once(site, wire, collector, warehouse):
    site.put("/raid", "", status=503)
    del site.pages["/talks"]
    (first,) = run(collector, wire).visits
    assert (first.outcome, first.n_failed, first.n_articles, first.n_rejects) == ("ok", 2, 0, 1)
    site.put_article("/raid", "Towns stormed", RAID)
    (second,) = run(collector, wire).visits
    assert (second.n_articles, second.n_rejects) == (1, 0)
    (reject,) = stored_rows(warehouse)["rejects"]
    assert (reject["stage"], reject["source"]) == ("fetch", f"{site.url}/talks")


def test_a_feed_with_whole_texts_is_read_itself_each_time_it_changed(site, wire, collector, warehouse):
    item = "<item><title>T{0}</title><link>https://example.org/{0}</link><description>{1}</description></item>"
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{}</channel></rss>'
    site.put("/full.xml", feed.format(item.format(1, RAID)), "application/rss+xml")
    full = source(site, "full", Kind.FEED, "/full.xml", text="feed")
    assert run(collector, full).visits[0].n_articles == 1
    assert run(collector, full).visits[0].outcome == "unchanged"
    site.put("/full.xml", feed.format(item.format(1, RAID) + item.format(2, TALKS)), "application/rss+xml")
    assert run(collector, full).visits[0].n_articles == 1
    assert {row["url"] for row in stored_rows(warehouse)["articles"]} == {
        "https://example.org/1",
        "https://example.org/2",
    }


def test_sitemaps_pages_and_folders_are_sources_too(site, wire, collector, tmp_path):
    site.put("/index.xml", f"<sitemapindex><sitemap><loc>{site.url}/map.xml</loc></sitemap></sitemapindex>", "text/xml")
    site.put("/map.xml", f"<urlset><url><loc>{site.url}/raid</loc></url></urlset>", "text/xml")
    site.put("/front", '<html><body><a href="/talks">Talks</a> <a href="/about">About</a></body></html>')
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "march.txt").write_text(f"Students march\n\n{MARCH}\n")
    sources = (
        source(site, "map", Kind.SITEMAP, "/index.xml"),
        source(site, "front", Kind.PAGE, "/front", links="/talks"),
        NewsSource(name="inbox", kind=Kind.FOLDER, location="inbox"),
    )
    visits = run(collector, *sources).visits
    assert [(visit.outcome, visit.n_new, visit.n_articles) for visit in visits] == [("ok", 1, 1)] * 3
    assert "/about" not in site.paths()
    (tmp_path / "inbox" / "raid.txt").write_text(f"Again\n\n{RAID} Later more.\n")
    again = run(collector, *sources).visits
    assert [(visit.n_new, visit.n_articles) for visit in again] == [(0, 0), (0, 0), (1, 1)]


def test_a_source_that_fails_costs_only_itself(site, wire, collector):
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    sources = (
        wire,
        source(site, "gone", Kind.FEED, "/gone.xml"),
        source(site, "closed", Kind.FEED, "/closed.xml"),
        source(site, "turned", Kind.FEED, "/raid"),
        NewsSource(name="inbox", kind=Kind.FOLDER, location="nowhere"),
    )
    visits = {visit.source: visit for visit in run(collector, *sources).visits}
    outcomes = {name: visit.outcome for name, visit in visits.items()}
    assert outcomes == {"wire": "ok", "gone": "failed", "closed": "refused", "turned": "changed", "inbox": "failed"}
    assert "404" in visits["gone"].problem
    assert "should be a feed and is a page" in visits["turned"].problem
    assert "no such file or folder" in visits["inbox"].problem


def test_a_feed_that_runs_empty_has_changed(site, wire, collector):
    run(collector, wire)
    site.put_feed("/feed.xml", {})
    for _ in range(2):
        (visit,) = run(collector, wire).visits
        assert (visit.outcome, visit.n_articles) == ("changed", 0)
        assert "listed 2 before" in visit.problem


def test_a_fault_of_ours_costs_one_source(wire, collector, monkeypatch):
    monkeypatch.setattr(Collector, "_list", lambda *_: 1 / 0)
    (visit,) = run(collector, wire).visits
    assert visit.outcome == "failed"
    assert "ZeroDivisionError" in visit.problem


def test_the_memory_outlives_the_process(site, wire, warehouse, tmp_path):
    for _ in range(2):
        with open_collector(warehouse, base=tmp_path, contact=None) as collector:
            run(collector, wire)
            assert len(collector.memory.visits("wire")) == (1 if site.paths().count("/feed.xml") == 1 else 2)
    assert site.paths().count("/raid") == 1


def visit_at(hours_ago, outcome="ok", **more):
    return Visit("wire", NOW - timedelta(hours=hours_ago), 1.0, outcome, **more)


@pytest.mark.parametrize(
    ("visits", "status", "says"),
    [
        ([], Status.UNREAD, ""),
        ([visit_at(1, n_articles=2)], Status.OK, ""),
        ([visit_at(30, n_articles=50), visit_at(2, n_articles=4)], Status.BELOW_FLOOR, "4 new articles.*expected 10"),
        ([visit_at(30, n_articles=50), visit_at(2, n_articles=12)], Status.OK, ""),
        ([visit_at(1, "failed", problem="503")], Status.TROUBLED, "503"),
        ([visit_at(n, "failed", problem="503") for n in (3, 2, 1)], Status.FAILED, "3 times in a row: 503"),
        ([visit_at(1, "changed", problem="it is a page")], Status.CHANGED, "it is a page"),
        ([visit_at(1, "refused", problem="robots")], Status.REFUSED, "robots"),
    ],
)
def test_health_is_told_from_visits(site, visits, status, says):
    wire = source(site, "wire", Kind.FEED, "/feed.xml", articles_per_day=10)
    health = judge(wire, visits, now=NOW)
    assert health.status == status
    assert __import__("re").search(says, health.remark)


def test_a_source_without_a_floor_goes_silent_after_some_days(site):
    wire = source(site, "wire", Kind.FEED, "/feed.xml", silent_after_days=2)
    visits = [visit_at(72, n_articles=5), visit_at(1)]
    assert judge(wire, visits, now=NOW).status == Status.SILENT
    assert judge(wire, [*visits[:1], replace(visits[1], n_articles=1)], now=NOW).status == Status.OK


def test_alarming_sources_come_first(site, wire, collector):
    collector.memory.add_visits([visit_at(1, n_articles=3), replace(visit_at(1, "changed"), source="zeit")])
    zeit = source(site, "zeit", Kind.FEED, "/z.xml")
    assert [health.name for health in health_of([wire, zeit], collector.memory, now=NOW)] == ["zeit", "wire"]


@pytest.fixture
def pages_at_fault(site):
    """Makes a source: a feed of eight pages that are on a host at fault."""

    def make(hostile, fault):
        links = "".join(f"<item><title>T</title><link>{hostile.url}/{fault}/{n}</link></item>" for n in range(8))
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{links}</channel></rss>'
        site.put("/faults.xml", feed, "application/rss+xml")
        return source(site, "faults", Kind.FEED, "/faults.xml")

    return make


@pytest.mark.parametrize("case", [("broken", 3, "500"), ("later", 1, "left alone until")])
def test_pages_of_a_host_in_trouble_wait_for_the_next_run(pages_at_fault, wire, collector, case):
    fault, n_asked, says = case
    with serve_faults() as hostile:
        faults = pages_at_fault(hostile, fault)
        first, fine = run(collector, faults, wire).visits
        assert len(hostile.asked) == 1 + n_asked, "robots.txt, and no more pages than tell that there is trouble"
        assert (first.outcome, first.n_fetched, first.n_failed, first.n_waiting) == ("ok", 0, n_asked, 8)
        assert says in first.problem
        assert fine.n_articles == 2
        health = judge(faults, [first], now=datetime.now(UTC))
        assert (health.status, health.remark.startswith(f"{n_asked} page")) == (Status.TROUBLED, True)
        again = run(collector, faults).visits[0]
        assert (again.n_waiting, len(set(hostile.asked))) == (8, 1 + n_asked if fault == "later" else 7), "others first"


def test_a_host_that_asked_for_hours_is_left_alone_by_later_runs_too(pages_at_fault, warehouse, tmp_path):
    with serve_faults() as hostile:
        faults = pages_at_fault(hostile, "later")
        for _ in range(3):
            with open_collector(warehouse, base=tmp_path, contact=None) as collector:
                run(collector, faults)
        assert hostile.asked == ["/robots.txt", "/later/0"]
        with open_collector(warehouse, base=tmp_path, contact=None) as collector:
            assert {item.problem for item in collector.memory.queued("faults", 9)} == {None}, "no try is counted"


def test_a_visit_ends_when_its_time_is_up(wire, collector, monkeypatch):
    monkeypatch.setattr("flows.collect.VISIT_SECONDS", -1.0)
    visit = run(collector, wire).visits[0]
    assert (visit.outcome, visit.n_fetched, visit.n_waiting) == ("ok", 0, 2)


def test_one_bad_sitemap_of_an_index_costs_only_itself(site, wire, collector):
    maps = "".join(f"<sitemap><loc>{site.url}/{name}.xml</loc></sitemap>" for name in ("first", "gone", "last"))
    site.put("/index.xml", f"<sitemapindex>{maps}</sitemapindex>", "text/xml")
    site.put("/first.xml", f"<urlset><url><loc>{site.url}/raid</loc></url></urlset>", "text/xml")
    site.put("/last.xml", f"<urlset><url><loc>{site.url}/talks</loc></url></urlset>", "text/xml")
    visit = run(collector, source(site, "map", Kind.SITEMAP, "/index.xml")).visits[0]
    assert (visit.outcome, visit.n_articles) == ("failed", 2)
    assert "404" in visit.problem


def test_a_listing_that_unpacks_to_too_much_or_is_empty_has_changed(site, wire, collector, monkeypatch):
    monkeypatch.setattr("flows.collect.MAX_LISTING_BYTES", 2**16)
    site.put("/bomb.xml.gz", gzip.compress(b"<urlset>" + b" " * 2**20), "application/gzip")
    site.put("/empty.xml", "\n")
    bomb = source(site, "bomb", Kind.SITEMAP, "/bomb.xml.gz")
    large, empty, fine = run(collector, bomb, source(site, "empty", Kind.FEED, "/empty.xml"), wire).visits
    assert (large.outcome, empty.outcome, fine.n_articles) == ("changed", "changed", 2)
    assert "larger than" in large.problem
    assert "is empty" in empty.problem
