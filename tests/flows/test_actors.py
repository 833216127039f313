"""``dateline actors``: a table of one's own, how a phrase is read, and who is not known."""

import pytest

import seeds
from flows.actors import add_actor, read_phrase
from flows.console import UsageError
from flows.settings import load_settings
from transforms.resolve.actor_tables import user_entries
from transforms.resolve.user_actors import add_user_actor


def add(path, name="Blue Reef Front", aliases=("BRF",), country_code="FJI", sector="REB"):
    return add_user_actor(path, name=name, aliases=aliases, country_code=country_code, sector=sector)


def test_an_added_actor_goes_before_the_shipped_ones(tmp_path):
    settings = load_settings(warehouse=tmp_path)
    assert "1 actor of your own" in add_actor(
        settings, name="Hamas of Fiji", aliases=("Hamas",), country_code="FJI", sector="PTY"
    )
    own = load_settings(warehouse=tmp_path)
    assert own.actors == tmp_path / "actors.csv"
    assert read_phrase(own, "Hamas", head=None, label="ORG").split()[:8] == (
        ["name", "Hamas", "of", "Fiji", "actor_id", "hamas-of-fiji", "country_code", "FJI"]
    )
    assert "PSE" in read_phrase(settings, "Hamas", head=None, label="ORG")


@pytest.mark.parametrize(
    ("head", "label", "message"),
    [("Obama", None, "its words are Iranian, police"), (None, "ANIMAL", "there are FAC, GPE")],
)
def test_a_head_or_label_that_cannot_be_is_told(tmp_path, head, label, message):
    with pytest.raises(UsageError, match=message):
        read_phrase(load_settings(warehouse=tmp_path), "Iranian police", head=head, label=label)


def test_rows_are_added_to_a_table_that_is_there_in_its_own_columns(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("sector,name,country_code,aliases,note\nREB,Red Reef Front,FJI,,by hand", encoding="utf-8")
    assert add(path) == 2
    assert {(alias, entry.name, entry.sector) for alias, entry in user_entries(path)} == {
        ("Red Reef Front", "Red Reef Front", "REB"),
        ("Blue Reef Front", "Blue Reef Front", "REB"),
        ("BRF", "Blue Reef Front", "REB"),
    }


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"country_code": "Fiji"}, "is not an ISO 3166-1 alpha-3 code"),
        ({"country_code": "QQQ"}, "is no code of"),
        ({"sector": "ARMY"}, "sector 'ARMY' is none of"),
        ({"name": ""}, "name is empty"),
        ({"aliases": ("a|b",)}, "--alias once for each"),
        ({"aliases": ("",)}, "an alias is empty"),
        ({"name": "Other", "aliases": ("BRF",)}, "'BRF' is given already in line 3"),
    ],
)
def test_a_row_that_cannot_be_used_leaves_the_table_as_it_was(tmp_path, given, complaint):
    path = tmp_path / "own.csv"
    add(path)
    before = path.read_text(encoding="utf-8")
    with pytest.raises(seeds.SeedError, match=complaint):
        add(path, **{"name": "New", "aliases": (), **given})
    assert path.read_text(encoding="utf-8") == before
    assert [each.name for each in tmp_path.iterdir()] == ["own.csv"]


def test_without_a_warehouse_there_is_nowhere_to_keep_it(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        add_actor(load_settings(warehouse=tmp_path / "none"), name="X", aliases=(), country_code="", sector="")


def test_an_empty_phrase_is_refused(tmp_path):
    with pytest.raises(UsageError, match="empty"):
        read_phrase(load_settings(warehouse=tmp_path), " ", head=None, label=None)
