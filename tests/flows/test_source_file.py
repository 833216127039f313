import pytest

import seeds
from flows.source_file import SourceFileError, add_source, named_sources, read_sources, remove_source
from flows.source_list import Kind, NewsSource, SourceList

WIRE = NewsSource(name="wire", kind=Kind.FEED, location="https://example.org/feed.xml", country="KEN", tier=2)
FOLDER = NewsSource(name="inbox", kind=Kind.FOLDER, location="inbox", schedule="0 6 * * *", articles_per_day=3)


def test_what_was_added_is_read_back_and_comments_stay(tmp_path):
    path = tmp_path / "sources.toml"
    add_source(path, WIRE)
    path.write_text(path.read_text().replace('name = "wire"', 'name = "wire" # ours'))
    add_source(path, FOLDER)
    assert read_sources(path).source == (WIRE, FOLDER)
    assert 'name = "wire" # ours' in path.read_text()
    remove_source(path, "inbox")
    assert read_sources(path).source == (WIRE,)
    assert 'name = "wire" # ours' in path.read_text()


def test_a_name_or_address_is_there_once(tmp_path):
    path = tmp_path / "sources.toml"
    add_source(path, WIRE)
    before = path.read_text()
    with pytest.raises(SourceFileError, match="two sources have the name 'wire'"):
        add_source(path, WIRE)
    with pytest.raises(SourceFileError, match="two sources have the location"):
        add_source(path, WIRE.model_copy(update={"name": "other"}))
    assert path.read_text() == before


def test_sources_are_chosen_by_schedule_and_name():
    paused = NewsSource(name="old", kind=Kind.FOLDER, location="old", paused=True)
    listed = SourceList(source=(WIRE, FOLDER, paused))
    assert listed.schedules() == {"5 * * * *": ["wire"], "0 6 * * *": ["inbox"]}
    assert listed.due() == [WIRE, FOLDER]
    assert listed.due("0 6 * * *") == [FOLDER]
    assert listed.due(names=("old",)) == [paused], "who names it wants it"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[source]]\nname = "a"\nkind = "fed"\nlocation = "https://x.org"', r"source 1 \(a\), kind: .*'feed'"),
        ('[[source]]\nname = "a"\nkind = "feed"\nlocation = "x"', r"source 1 \(a\): a feed needs a location"),
        ('[[source]]\nname = "a"\nkind = "warc"\nlocation = "https://x.org/a.warc.gz"', "download"),
        ('[[source]]\nname = "a"\nkind = "page"\nlocation = "https://x.org"', "a page needs links"),
        ('[[source]]\nname = "A b"\nkind = "folder"\nlocation = "x"', "name: 'A b' may hold lower-case letters"),
        ('[[source]]\nname = "a"\nkind = "folder"\nlocation = "x"\ncountry = "KE"', "country: 'KE' is no country"),
        ('[[source]]\nname = "a"\nkind = "folder"\nlocation = "x"\ncountry = "ken"', "country: 'ken' is no country"),
        ('[[source]]\nname = "a"\nkind = "folder"\nlocation = "x"\nlanguage = "eng"', "language: 'eng' is no language"),
        (
            '[[source]]\nname = "a"\nkind = "folder"\nlocation = "x"\nschedule = "hourly"',
            "schedule: 'hourly' is no cron",
        ),
        ('[[source]]\nname = "a"\nkind = "folder"\nlocation = "x"\nschedule = "61 * * * *"', "bad minute"),
        ('[[source]]\nname = "a"\nkind = "folder"\nlocation = "x"\nlinks = "("', "links: .* is no regular expression"),
        ('[[source]]\nname = "a"\nkind = "folder"\nlocation = "x"\ntire = 1', "tire: there is no such field"),
        ('[[source]]\nname = "a"\nkind = "folder"', "location: it is missing"),
        ("source = 3", r"headed by \[\[source\]\]"),
        ("[[source]", "is no TOML: .* line 1"),
    ],
)
def test_mistakes_name_file_source_and_field(tmp_path, text, says):
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(SourceFileError, match=says) as caught:
        read_sources(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_an_unknown_name_are_told(tmp_path):
    path = tmp_path / "sources.toml"
    with pytest.raises(SourceFileError, match="dateline sources add"):
        read_sources(path)
    add_source(path, WIRE)
    with pytest.raises(SourceFileError, match="no source 'wires'; it has wire"):
        named_sources(path, ["wires"])


def test_the_examples_that_are_shipped_are_sound():
    listed = read_sources(seeds.ROOT / "sources" / "examples.toml").source
    assert len(listed) > 5
    assert {source.kind for source in listed} == {"feed"}
    assert all(source.title and source.location.startswith("https://") for source in listed)
