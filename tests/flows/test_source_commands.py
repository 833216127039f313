from functools import partial

import pytest
from typer.testing import CliRunner

from flows import source_commands
from flows.console import UsageError
from flows.settings import load_settings
from flows.source_cli import app
from flows.source_file import read_sources
from tests.flows.conftest import MARCH, RAID
from tests.news_site import serve_news
from transforms.read.polite import PoliteFetcher


@pytest.fixture
def site():
    with serve_news() as site:
        site.put_article("/raid", "Towns stormed", RAID)
        site.put_feed("/world/feed.xml", {"/raid": "Towns stormed"})
        site.put("/map.xml", f"<urlset><url><loc>{site.url}/raid</loc></url></urlset>", "text/xml")
        site.put(
            "/front", '<link rel="alternate" type="application/rss+xml" href="/world/feed.xml"><a href="/raid">R</a>'
        )
        yield site


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(source_commands, "PoliteFetcher", partial(PoliteFetcher, pause_seconds=0))


@pytest.fixture
def settings(tmp_path):
    return load_settings(warehouse=tmp_path / "warehouse")


def test_a_source_is_added_by_its_address_alone(site, settings):
    told = source_commands.add(f"{site.url}/world/feed.xml", settings, country="KEN")
    (source,) = read_sources(settings.source_file).source
    assert (source.kind, source.country) == ("feed", "KEN")
    assert f"added {source.name}, a feed" in told
    source_commands.add(f"{site.url}/map.xml", settings, name="map")
    assert read_sources(settings.source_file).source[1].kind == "sitemap"


def test_what_cannot_be_told_is_asked_for(site, settings, tmp_path):
    with pytest.raises(UsageError, match=r"names these feeds.*/world/feed\.xml"):
        source_commands.add(f"{site.url}/front", settings)
    with pytest.raises(UsageError, match="--kind page and --links"):
        source_commands.add(f"{site.url}/raid", settings)
    with pytest.raises(UsageError, match=r"404.*--kind"):
        source_commands.add(f"{site.url}/gone", settings)
    with pytest.raises(UsageError, match="country: 'KE' is no country"):
        source_commands.add(str(tmp_path), settings, country="KE")
    assert not settings.source_file.exists()


def test_the_commands_add_list_check_and_remove(site, tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "march.txt").write_text(f"March\n\n{MARCH}\n")
    file = tmp_path / "sources.toml"

    def call(*arguments):
        return CliRunner().invoke(app, [*arguments, "--file", str(file), "--warehouse", str(tmp_path / "warehouse")])

    assert call("add", "inbox", "--tier", "1", "--articles-per-day", "3").exit_code == 0
    assert call("add", f"{site.url}/gone.xml", "--kind", "feed", "--name", "gone").exit_code == 0
    assert call("add", f"{site.url}/world/feed.xml", "--name", "wire").exit_code == 0
    file.write_text(file.read_text() + "pause_seconds = 0\n")
    listed = call("list").output
    assert "inbox" in listed
    assert "not read yet" in listed
    done = call("check")
    assert done.exit_code == 1
    assert [line[:4].strip() for line in done.output.splitlines()] == ["ok", "FAIL", "ok"]
    assert "1 files" in done.output
    assert "404" in done.output
    assert call("check", "wire").exit_code == 0
    assert "its articles stay" in call("remove", "gone").output
    assert [source.name for source in read_sources(file).source] == ["inbox", "wire"]


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("https://www.example.org/world/feed.xml", "example-world"),
        ("archive/2017", "archive-2017"),
        ("https://feeds.news.com/rss", "source"),
    ],
)
def test_names_are_made_of_addresses(location, name):
    assert source_commands.name_for(location) == name


def test_a_path_that_is_not_there_is_no_source(settings):
    with pytest.raises(UsageError, match="neither a web address"):
        source_commands.add("example.org/feed.xml", settings)
