"""Backfill on a news site on loopback: what is fetched of a period, and what is told where a source has no past."""

from datetime import UTC, date, datetime, timedelta

import pytest

from flows.collect_past import Period, days_in_name, visit_past
from flows.console import UsageError
from flows.ingest_sources import collect, collect_past
from flows.source_list import Kind, NewsSource
from tests.flows.conftest import MARCH, RAID, TALKS, stored_rows
from tests.news_site import serve_news

MARCH_2016 = Period(date(2016, 3, 1), date(2016, 3, 31))


@pytest.fixture
def site():
    with serve_news() as site:
        site.put_article("/raid", "Towns stormed", RAID)
        site.put_article("/2016/03/talks", "Ministers meet", TALKS)
        site.put_article("/2015/march", "Students march", MARCH)
        yield site


def source(site, kind, path, **more):
    return NewsSource(name="wire", kind=kind, location=f"{site.url}{path}", pause_seconds=0, **more)


def sitemap(site, **days):
    links = "".join(
        f"<url><loc>{site.url}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in days.items()
    )
    return f"<urlset>{links}</urlset>"


def test_a_sitemap_gives_the_articles_of_the_period_and_no_others(site, collector, warehouse):
    listed = {"/raid": "2016-03-04", "/2016/03/talks": "2024-01-01", "/2015/march": "2015-03-05", "/about": None}
    site.put("/map.xml", sitemap(site, **listed), "text/xml")
    wire = source(site, Kind.SITEMAP, "/map.xml", pages_per_run=1)
    (visit,) = collect_past(collector, [wire], MARCH_2016, batch_size=10).visits
    assert (visit.outcome, visit.n_listed, visit.n_new, visit.n_fetched) == ("ok", 2, 2, 2)
    assert visit.problem == "1 addresses without a date were left out"
    assert {row["title"] for row in stored_rows(warehouse)["articles"]} == {"Towns stormed", "Ministers meet"}
    site.asked.clear()
    again = visit_past(collector, wire, MARCH_2016)
    assert (again.n_new, again.n_fetched) == (0, 0)
    assert site.paths() == ["/map.xml"]


def test_a_run_after_a_backfill_still_finds_what_is_new(site, collector, warehouse):
    site.put("/map.xml", sitemap(site, **{"/raid": "2016-03-04", "/2015/march": "2015-03-05"}), "text/xml")
    wire = source(site, Kind.SITEMAP, "/map.xml")
    collect_past(collector, [wire], MARCH_2016, batch_size=10)
    (visit,) = collect(collector, [wire], batch_size=10).visits
    assert (visit.n_new, visit.n_fetched) == (1, 1)
    assert len(stored_rows(warehouse)["articles"]) == 2


def test_of_an_index_only_the_sitemaps_are_asked_that_can_name_the_period(site, collector):
    named = ("/map-2016-03.xml", "/map-2016-04.xml", "/old.xml", "/new.xml")
    changed = dict(zip(named, ("2016-04-01", "2016-05-01", "2016-02-01", "2020-01-01"), strict=True))
    maps = "".join(
        f"<sitemap><loc>{site.url}{path}</loc><lastmod>{changed[path]}</lastmod></sitemap>" for path in named
    )
    site.put("/index.xml", f"<sitemapindex>{maps}</sitemapindex>", "text/xml")
    for path in named:
        site.put(path, sitemap(site, **{"/raid": "2016-03-04"}), "text/xml")
    visit = visit_past(collector, source(site, Kind.SITEMAP, "/index.xml"), MARCH_2016)
    assert visit.n_fetched == 1
    assert set(site.paths()) == {"/robots.txt", "/index.xml", "/map-2016-03.xml", "/new.xml", "/raid"}


def test_listings_by_date_are_asked_for_day_by_day(site, collector):
    site.put("/archive/2016-03-04", '<a href="/raid">Towns stormed</a><a href="/about">About</a>')
    wire = source(site, Kind.PAGE, "/front", links="/raid", archive=f"{site.url}/archive/%Y-%m-%d")
    visit = visit_past(collector, wire, Period(date(2016, 3, 3), date(2016, 3, 5)))
    assert (visit.outcome, visit.n_fetched, visit.problem) == ("ok", 1, None)
    assert [path for path in site.paths() if "archive" in path] == [f"/archive/2016-03-0{day}" for day in (3, 4, 5)]
    nothing = visit_past(collector, wire, Period(date(2010, 3, 3), date(2010, 3, 5)))
    assert (nothing.outcome, nothing.problem) == ("no past", "none of its listings by date is there; check `archive`")


def test_a_source_without_a_past_says_so(site, collector, tmp_path):
    site.put_feed("/feed.xml", {"/raid": "Towns stormed"})
    feed = visit_past(collector, source(site, Kind.FEED, "/feed.xml"), Period(date(2015, 1, 1), date(2015, 1, 31)))
    assert feed.outcome == "no past"
    assert "it names 2016-03-04 to 2016-03-04; a feed has the newest only" in feed.problem
    gone = visit_past(collector, source(site, Kind.FEED, "/gone.xml"), MARCH_2016)
    assert gone.outcome == "failed"
    assert "404" in gone.problem
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "one.txt").write_text(RAID)
    folder = NewsSource(name="inbox", kind=Kind.FOLDER, location="inbox")
    assert "every run reads all of them" in visit_past(collector, folder, MARCH_2016).problem


def test_archives_are_chosen_by_the_dates_in_their_names(collector, tmp_path):
    for day in ("20160304103000", "20160404103000"):
        (tmp_path / f"CC-NEWS-{day}-00012.warc").write_bytes(b"WARC/1.0\r\n\r\n")
    visit = visit_past(collector, NewsSource(name="cc", kind=Kind.WARC, location="*.warc"), MARCH_2016)
    assert (visit.outcome, visit.n_listed, visit.n_new) == ("ok", 1, 1)


def test_the_warehouses_own_files_are_no_archive(collector, warehouse, tmp_path):
    for path in (tmp_path / "2016-03-04.txt", warehouse.raw / "2016-03-05.txt"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(RAID)
    visit = visit_past(collector, NewsSource(name="all", kind=Kind.FOLDER, location=str(tmp_path)), MARCH_2016)
    assert (visit.outcome, visit.n_listed) == ("ok", 1)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("/2019/04/12/a", ("2019-04-12", "2019-04-12")),
        ("/2019/12/a-7", ("2019-12-01", "2019-12-31")),
        ("sitemap_201902.xml", ("2019-02-01", "2019-02-28")),
        ("/news/20190412-a", ("2019-04-12", "2019-04-12")),
        ("/2019-02-31/a", None),
        ("/id/12019041234", None),
        ("/2019", None),
    ],
)
def test_dates_in_addresses(name, days):
    assert days_in_name(name) == (tuple(map(date.fromisoformat, days)) if days else None)


def test_a_period_that_cannot_be_is_told():
    today = datetime.now(UTC).date()
    assert Period.between(None, None) is None
    assert Period.between(date(2020, 1, 1), None) == Period(date(2020, 1, 1), today)
    for first, last, what in (
        (date(2020, 1, 2), date(2020, 1, 1), "exchange --from and --to"),
        (today + timedelta(days=1), None, "it is .* today"),
        (None, today, "--from DATE"),
    ):
        with pytest.raises(UsageError, match=what):
            Period.between(first, last)
