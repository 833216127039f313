"""The shipped actor tables: codes exist, aliases are unique or ranked, times are in order."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

import pycountry
import pytest

import seeds
from transforms.resolve import actor_tables
from transforms.resolve.actor_tables import Entry
from transforms.resolve.phrases import split_words
from transforms.resolve.word_classes import word_class

USER_ASSIGNED = {"XKX"}
TABLES = [actor_tables.organisation_entries, actor_tables.people_entries, actor_tables.country_entries]
SHARED_ON_PURPOSE = {"Bush", "Castro", "Clinton", "George Bush", "Hariri", "President Bush"}


@pytest.mark.parametrize("entries", TABLES)
def test_country_codes_exist(entries: Callable[[], Iterator[tuple[str, Entry]]]) -> None:
    codes = {country.alpha_3 for country in pycountry.countries} | USER_ASSIGNED | {None}
    assert {entry.country_code for _, entry in entries()} <= codes


def test_every_country_of_iso_3166_that_has_people_is_listed() -> None:
    listed = {entry.country_code for _, entry in actor_tables.country_entries()}
    uninhabited = {"ATF", "BVT", "HMD", "SGS", "UMI"}
    assert {country.alpha_3 for country in pycountry.countries} - listed == uninhabited


@pytest.mark.parametrize("entries", TABLES)
def test_an_alias_is_one_actor_at_a_time(entries: Callable[[], Iterator[tuple[str, Entry]]]) -> None:
    owners: dict[tuple[int, str], set[str]] = defaultdict(set)
    for alias, entry in entries():
        owners[entry.rank, " ".join(word.cased for word in split_words(alias))].add(entry.actor_id or entry.name)
    shared = {alias for (_, alias), actors in owners.items() if len(actors) > 1}
    assert shared <= SHARED_ON_PURPOSE


@pytest.mark.parametrize("table", ["organisations", "people"])
def test_the_times_of_one_actor_do_not_overlap(table: str) -> None:
    rows: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in seeds.read_table(f"actors/{table}"):
        start = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
        end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        rows[row["actor_id"]].append((start, end))
    overlaps = {
        actor_id for actor_id, times in rows.items() for (_, end), (start, _) in pairwise(sorted(times)) if start < end
    }
    assert overlaps == set()


@pytest.mark.parametrize("table", ["organisations", "people"])
def test_one_actor_has_one_name(table: str) -> None:
    names = {(row["actor_id"], row["name"]) for row in seeds.read_table(f"actors/{table}")}
    assert len(names) == len({actor_id for actor_id, _ in names})


def test_a_role_phrase_is_listed_once() -> None:
    rows = [(row["phrase"], row["kind"] == "modifier") for row in seeds.read_table("actors/roles")]
    assert len(rows) == len(set(rows))


def test_the_tables_are_as_large_as_the_news_needs() -> None:
    assert len(seeds.read_table("actors/roles")) >= 350
    groups = [row for row in seeds.read_table("actors/organisations") if row["sector"] in ("REB", "IMG")]
    assert len(groups) >= 200
    assert len(seeds.read_table("actors/people")) >= 300


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("lawmaker", "lawmakers"),
        ("policeman", "policemen"),
        ("child", "children"),
        ("security agency", "security agencies"),
        ("secretary of state", "secretaries of state"),
        ("church", "churches"),
        ("boy", "boys"),
    ],
)
def test_plural(singular: str, plural: str) -> None:
    assert actor_tables.plural(singular) == plural


def test_an_unknown_word_class_is_an_error() -> None:
    with pytest.raises(seeds.SeedError, match="no class 'colour'"):
        word_class("colour")


def test_words_of_small_classes_are_folded() -> None:
    for row in seeds.read_table("actors/words"):
        if not row["class"].endswith(" sector"):
            assert row["words"] == row["words"].lower()
