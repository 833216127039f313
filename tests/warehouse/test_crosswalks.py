from datetime import date

import pycountry
import pytest

from seeds import read_table
from warehouse import catalogue
from warehouse.crosswalks import CROSSWALK_VIEWS, FORMS, empty
from warehouse.query import run_sql
from warehouse.tables import SECTORS

WIDTHS = {
    "gdelt_events": 61,
    "gdelt_mentions": 16,
    "icews_events": 20,
    "acled_events": 31,
    "polecat_events": 40,
    "phoenix_events": 26,
}
PLACES = [
    ("gdelt_events", 1, "SQLDATE"),
    ("gdelt_events", 7, "Actor1CountryCode"),
    ("gdelt_events", 26, "EventCode"),
    ("gdelt_events", 30, "GoldsteinScale"),
    ("gdelt_events", 53, "ActionGeo_CountryCode"),
    ("gdelt_events", 56, "ActionGeo_Lat"),
    ("gdelt_events", 60, "SOURCEURL"),
    ("gdelt_mentions", 5, "MentionIdentifier"),
    ("gdelt_mentions", 15, "Extras"),
    ("icews_events", 6, "CAMEO Code"),
    ("icews_events", 19, "Longitude"),
    ("acled_events", 7, "actor1"),
    ("acled_events", 28, "fatalities"),
    ("polecat_events", 7, "Actor Name"),
    ("polecat_events", 15, "Recipient Name"),
    ("polecat_events", 39, "Version"),
    ("phoenix_events", 13, "EventCode"),
    ("phoenix_events", 25, "NewsSources"),
]


def rows(warehouse, view):
    return run_sql(warehouse, f"SELECT * FROM {view} ORDER BY ALL").to_pylist()


def test_views_are_as_wide_as_the_data_sets_they_follow():
    assert {name: len(table.columns) for name, table in CROSSWALK_VIEWS.items()} == WIDTHS
    assert {form.view for form in FORMS.values()} == {*CROSSWALK_VIEWS, "event_rows"}


@pytest.mark.parametrize(("view", "at", "name"), PLACES)
def test_columns_stand_where_notebooks_look_for_them(view, at, name):
    assert CROSSWALK_VIEWS[view].columns[at].name == name


def test_every_type_and_mode_has_a_cameo_code_under_its_root():
    roots = {(row["event_type"], "any"): row["cameo_root"] for row in read_table("lexicon/event_types")}
    roots |= {(row["event_type"], row["mode"]): row["cameo_root"] for row in read_table("lexicon/modes")}
    codes = {(row["event_type"], row["mode"]): row["cameo_code"] for row in read_table("crosswalks/cameo_codes")}
    assert set(codes) == set(roots)
    assert {key: code for key, code in codes.items() if not code.startswith(roots[key])} == {}


def test_every_sector_and_country_has_its_codes():
    assert {row["sector"] for row in read_table("crosswalks/sector_codes")} == set(SECTORS)
    countries = {row["country_code"] for row in read_table("actors/countries") if row["country_code"]}
    codes = {row["country_code"]: row["iso_numeric"] for row in read_table("crosswalks/country_codes")}
    assert set(codes) == countries
    known = {country.alpha_3: int(country.numeric) for country in pycountry.countries}
    assert {code: int(number) for code, number in codes.items() if number} == {
        code: known[code] for code in countries if code in known
    }


def test_empty_columns_are_empty_and_said_to_be(sample):
    for name, table in CROSSWALK_VIEWS.items():
        missing = {column.name for column in empty(table)}
        assert all(row[column] is None for row in rows(sample, name) for column in missing), name


def test_gdelt_has_the_events_that_happened(sample):
    (event,) = rows(sample, "gdelt_events")
    assert (event["SQLDATE"], event["Year"], event["Actor1Name"]) == (20240506, 2024, "NORTHERN FRONT")
    assert (event["EventCode"], event["EventRootCode"], event["QuadClass"]) == ("194", "19", 4)
    assert (event["NumMentions"], event["NumSources"], event["NumArticles"]) == (3, 2, 3)
    assert (event["ActionGeo_CountryCode"], event["ActionGeo_Lat"], event["DATEADDED"]) == ("KV", 42.5, 20240506120000)
    mentions = rows(sample, "gdelt_mentions")
    assert {mention["GLOBALEVENTID"] for mention in mentions} == {event["GLOBALEVENTID"]}
    assert {mention["MentionSourceName"] for mention in mentions} == {"Harbour Gazette", "Copy Wire", "Hill Post"}
    assert [mention["MentionType"] for mention in mentions].count(1) == 1


def test_icews_has_mentions_with_both_sides(sample):
    mentions = rows(sample, "icews_events")
    assert len(mentions) == 3
    assert {mention["CAMEO Code"] for mention in mentions} == {"194"}
    assert {mention["Target Name"] for mention in mentions} == {"Marrowgate"}


def test_phoenix_gathers_sources(sample):
    (event,) = rows(sample, "phoenix_events")
    assert event["NewsSources"] == "Copy Wire;Harbour Gazette;Hill Post"
    assert (event["Date"], event["CountryCode"], event["GoldsteinScore"]) == ("20240506", "XKX", -10.0)


def test_polecat_has_plans_under_the_type_of_plans(empty, new_batch):
    coded = new_batch()
    article = coded.add_article("Alpha will strike Beta.\nAlpha met Gamma.\nAlpha hit nobody.")
    assault = {"event_type": "ASSAULT", "plover_type": "THREATEN", "mode": "aerial", "intensity": -9.5}
    coded.tell(article, "strike", actors=("Alpha",), status="planned", contexts=("military", "legal"), **assault)
    coded.tell(article, "met", event_type="CONSULT", plover_type="CONSULT", mode="visit", intensity=4.0)
    coded.tell(article, "hit", status="negated")
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    found = {row["Event Type"]: row for row in rows(empty, "polecat_events")}
    assert set(found) == {"THREATEN", "CONSULT"}
    assert (found["THREATEN"]["Event Mode"], found["THREATEN"]["Intensity"]) == (None, -3.5)
    assert (found["THREATEN"]["Quad Code"], found["THREATEN"]["Contexts"]) == ("VERBAL CONFLICT", "military; legal")
    assert (found["CONSULT"]["Event Mode"], found["CONSULT"]["Intensity"]) == ("visit", 4.0)


def test_acled_has_what_it_would_record(empty, new_batch):
    coded = new_batch()
    article = coded.add_article("Students and teachers marched.\nAlpha met Beta.")
    coded.tell(
        article,
        "marched",
        actors=("Students", "teachers"),
        event_type="PROTEST",
        acled_type="Protests",
        acled_sub_type="Peaceful protest",
        country_code="FRA",
        place_precision="city",
        place_name="Rennes",
        date_precision="week",
    )
    coded.tell(article, "met", country_code="FRA", event_type="CONSULT")
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    (event,) = rows(empty, "acled_events")
    assert event["event_id_cnty"].startswith("FRA")
    assert (event["event_date"], event["time_precision"], event["geo_precision"]) == (date(2024, 5, 6), 2, 1)
    assert (event["disorder_type"], event["inter1"], event["assoc_actor_1"]) == (
        "Demonstrations",
        "Protesters",
        "teachers",
    )
    assert (event["country"], event["iso"], event["fatalities"]) == ("France", 250, 0)
    assert event["notes"] == "Students and teachers marched."
