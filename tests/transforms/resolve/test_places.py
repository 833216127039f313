import multiprocessing
import sqlite3
import stat
import time
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from transforms.resolve import gazetteer
from transforms.resolve.gazetteer import GazetteerError, build_index, ensure_index, index_path
from transforms.resolve.place import distance_km
from transforms.resolve.place_names import fold, loosen, strip_kind
from transforms.resolve.places import Gazetteer

COUNTRIES = {
    code: {"iso3": iso3, "capital": capital, "population": population, "geonameid": number}
    for code, iso3, capital, population, number in [
        ("SY", "SYR", "Damascus", 17_000_000, 1), ("FR", "FRA", "Paris", 66_000_000, 2),
        ("US", "USA", "Washington", 320_000_000, 3), ("EG", "EGY", "Cairo", 98_000_000, 4),
        ("GE", "GEO", "Tbilisi", 3_700_000, 5),
    ]
}  # fmt: skip


def city(number, name, country, population, *point, admin1="01", aliases=()):
    latitude, longitude = point
    return {
        "geonameid": number, "name": name, "countrycode": country, "population": population, "latitude": latitude,
        "longitude": longitude, "admin1code": admin1, "alternatenames": list(aliases),
    }  # fmt: skip


CITIES = [
    city(10, "Paris", "FR", 2_100_000, 48.85, 2.35),
    city(11, "Paris", "US", 25_000, 33.66, -95.56, admin1="TX"),
    city(12, "Al Manşūrah", "EG", 620_000, 31.04, 31.38, aliases=["Mansoura"]),
    city(13, "Al Manşūrah", "SY", 16_000, 35.84, 38.74, aliases=["Mansura"]),
    city(14, "Ar Raqqah", "SY", 530_000, 35.95, 39.01, aliases=["Raqqa", "الرقة"]),
    city(15, "Idlib", "SY", 128_000, 35.93, 36.63),
    city(16, "Khān Shaykhūn", "SY", 48_000, 35.44, 36.65),
    city(17, "Nice", "FR", 342_000, 43.7, 7.27),
    city(18, "Springdale", "US", 1_200, 36.2, -94.1, admin1="TX"),
    city(19, "Springdale", "FR", 900, 46.2, 1.1),
    city(20, "Lonelyville", "US", 600, 40.6, -73.2, admin1="TX"),
    city(21, "Atlanta", "US", 510_000, 33.7, -84.4, admin1="GA"),
    city(22, "Damascus", "SY", 1_500_000, 33.5, 36.3, aliases=["DAM"]),
    city(23, "Damascus", "US", 16_000, 39.3, -77.2, admin1="MD"),
]
HEADER = ("name", "aliases", "latitude", "longitude", "admin1", "country_code", "precision", "geoname_id", "note")
CURATED = [
    dict(zip(HEADER, row, strict=True))
    for row in [
        ("Syria", "Syrian Arab Republic", "35", "38", "", "SYR", "country", "", ""),
        ("France", "", "46", "2", "", "FRA", "country", "", ""),
        ("Georgia", "", "42", "43.5", "", "GEO", "country", "", ""),
        ("Georgia", "State of Georgia", "32.75", "-83.5", "", "USA", "admin1", "", ""),
        ("Texas", "", "31.25", "-99.25", "", "USA", "admin1", "", ""),
        ("Idlib Governorate", "", "35.8", "36.7", "", "SYR", "admin1", "", ""),
        ("Khan Sheikhoun", "", "35.44", "36.65", "Idlib", "SYR", "city", "", ""),
        ("Euphrates", "Euphrates River", "35", "40.5", "", "", "water", "", ""),
    ]
]
SUBDIVISIONS = {"FRA": ["Paris"], "EGY": ["Ad Daqahlīyah"]}
STATES = {"TX": "Texas", "GA": "Georgia", "MD": "Maryland"}


def build(path, **changes):
    parts = {
        "cities": CITIES,
        "countries": COUNTRIES,
        "states": STATES,
        "curated": CURATED,
        "subdivisions": SUBDIVISIONS,
    } | changes
    build_index(path, **parts)
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    opened = Gazetteer(build(tmp_path_factory.mktemp("gazetteer") / "small.sqlite"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "country_code", "precision", "name"),
    [
        ("Paris", "FRA", "city", "Paris"),
        ("Paris, Texas", "USA", "city", "Paris"),
        ("Atlanta, Georgia", "USA", "city", "Atlanta"),
        ("Raqqa", "SYR", "city", "Ar Raqqah"),
        ("ar-Raqqah", "SYR", "city", "Ar Raqqah"),
        ("the Syrian city of Raqqa", "SYR", "city", "Ar Raqqah"),
        ("26 km southwest of Raqqa", "SYR", "city", "Ar Raqqah"),
        ("Mansoura", "EGY", "city", "Al Manşūrah"),
        ("Mansoura, Syria", "SYR", "city", "Al Manşūrah"),
        ("Mansoura in Syria", "SYR", "city", "Al Manşūrah"),
        ("Syria's Mansoura", "SYR", "city", "Al Manşūrah"),
        ("northern Syria", "SYR", "country", "Syria"),
        ("Idlib", "SYR", "city", "Idlib"),
        ("Idlib province", "SYR", "admin1", "Idlib Governorate"),
        ("the province of Idlib", "SYR", "admin1", "Idlib Governorate"),
        ("Raqqa province", "SYR", "admin1", "Ar Raqqah"),
        ("Nowhereville, Syria", "SYR", "country", "Syria"),
        ("Khan Shaykhun", "SYR", "city", "Khan Sheikhoun"),
        ("Georgia", "GEO", "country", "Georgia"),
        ("the Euphrates", None, "water", "Euphrates"),
        ("DAMASCUS", "SYR", "city", "Damascus"),
        ("Nice, France", "FRA", "city", "Nice"),
        ("Lonelyville", "USA", "city", "Lonelyville"),
    ],
)
def test_names_resolve(small, text, country_code, precision, name):
    place = small.resolve(text)
    assert place is not None
    assert (place.country_code, place.precision, place.name) == (country_code, precision, name)


@pytest.mark.parametrize("text", ["", "the rebels", "paris", "Nice", "Springdale", "DAM", "x" * 300, ", ,", "'s"])
def test_what_is_no_known_place_gives_none(small, text):
    assert small.resolve(text) is None


def test_the_company_of_countries_and_places_decides(small):
    assert small.resolve("Mansoura", countries={"SYR": 2.0}).country_code == "SYR"
    assert small.resolve("Mansoura", near=[small.resolve("Raqqa")]).country_code == "SYR"
    assert small.resolve("Georgia", countries={"USA": 3.0, "GEO": 0.5}).precision == "admin1"
    assert small.resolve("Springdale", countries={"USA": 1.0}).geoname_id == 18
    assert small.resolve("Nice", countries={"FRA": 1.0}).geoname_id == 17


def test_curated_spelling_takes_the_id_of_the_geonames_city(small):
    place = small.resolve("Khan Sheikhoun")
    assert (place.geoname_id, place.admin1, place.population) == (16, "Idlib", 48_000)


def test_towns_take_the_names_of_their_divisions(small):
    assert small.resolve("Paris").admin1 == "Paris"
    assert small.resolve("Atlanta, Georgia").admin1 == "Georgia"
    assert small.resolve("Cairo, Egypt") is None


def test_a_province_read_from_its_town_has_no_geoname_id(small):
    assert small.resolve("Raqqa province").geoname_id is None


def test_only_the_capital_is_a_capital(small):
    assert [c.place.is_capital for c in small.candidates("Damascus")] == [True, False]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"precision": "hamlet"}, "precision 'hamlet' is not one of"),
        ({"country_code": "XX"}, "'XX' is not an ISO 3166-1 alpha-3 code"),
        ({"latitude": "north"}, "must be numbers"),
        ({"longitude": "190"}, "outside the world"),
    ],
)
def test_an_unusable_row_names_file_and_place(tmp_path, change, message):
    with pytest.raises(seeds.SeedError, match=message) as caught:
        build(tmp_path / "bad.sqlite", curated=[CURATED[0] | change])
    assert "places.csv" in str(caught.value)
    assert "'Syria'" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_cache_folder_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(GazetteerError, match="name a writable folder"):
        ensure_index(blocked / "cache")


def test_folding():
    assert fold("Sana'a") == fold("Sanaa") == "sanaa"
    assert fold("Mt. Sinai") == fold("Mount Sinai")
    assert fold("St. Petersburg") == fold("Saint Petersburg")
    assert fold("The Hague") == "hague"
    assert fold("Deir ez-Zor") == fold("Deir Ez Zor")
    assert loosen(fold("Deir al-Zour")) == loosen(fold("Deir ez-Zor"))
    assert loosen(fold("Raqqah")) == loosen(fold("ar-Raqqa")) == loosen(fold("Rakka"))
    assert loosen(fold("Khan Shaykhun")) == loosen(fold("Khan Sheikhoun"))
    assert strip_kind("Idlib Governorate") == "Idlib"
    assert strip_kind("Texas") == "Texas"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(
    "Paris Texas , in of the city northern Syria ’s province Raqqa 26 km from Georgia Nice".split()), max_size=9
).map(" ".join))  # fmt: skip
def test_any_text_resolves_or_not_without_error(small, text):
    place = small.resolve(text)
    assert place is None or -90 <= place.latitude <= 90


# The real index


def _ensure(cache_dir):
    return str(ensure_index(cache_dir))


@pytest.fixture(scope="session")
def real_path():
    return ensure_index()


@pytest.fixture(scope="session")
def real():
    opened = Gazetteer.load()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mosul, Iraq", ("Mosul", "IRQ", "city")),
        ("Paris, Texas", ("Paris", "USA", "city")),
        ("Atlanta, Georgia", ("Atlanta", "USA", "city")),
        ("Tbilisi, Georgia", ("Tbilisi", "GEO", "city")),
        ("Khan Sheikhoun", ("Khan Shaykhun", "SYR", "city")),
        ("Deir al-Zour province", ("Deir ez-Zor Governorate", "SYR", "admin1")),
        ("Gaza", ("Gaza Strip", "PSE", "region")),
        ("Kiev", ("Kyiv", "UKR", "city")),
        ("Helmand", ("Helmand", "AFG", "admin1")),
        ("the Strait of Hormuz", ("Strait of Hormuz", None, "water")),
        ("the U.S.", ("United States", "USA", "country")),
        ("Washington, D.C.", ("Washington", "USA", "city")),
        ("Niger", ("Niger", "NER", "country")),
        ("Congo", ("Democratic Republic of the Congo", "COD", "country")),
        ("southern Lebanon", ("South Lebanon", "LBN", "admin1")),
        ("the West Bank city of Hebron", ("Hebron", "PSE", "city")),
        ("Baghdad's Sadr City", ("Sadr City", "IRQ", "city")),
    ],
)
def test_places_in_the_news_resolve_in_the_real_index(real, text, expected):
    place = real.resolve(text)
    assert place is not None
    assert (place.name, place.country_code, place.precision) == expected


@pytest.mark.parametrize(
    ("text", "company", "country_code"),
    [
        ("Vienna", {"countries": {"USA": 5.0}}, "AUT"),
        ("Geneva", {"countries": {"USA": 5.0, "SYR": 1.0}}, "CHE"),
        ("Athens", {"countries": {"USA": 5.0}, "divisions": {("USA", "georgia"): 1.0}}, "USA"),
        ("Tripoli", {"countries": {"LBN": 2.0}}, "LBN"),
    ],
)
def test_a_country_alone_does_not_make_a_town_of_a_city_known_to_all_the_world(real, text, company, country_code):
    assert real.resolve(text, **company).country_code == country_code


def test_real_index_holds_the_curated_places(real_path):
    path = real_path
    with closing(sqlite3.connect(path)) as connection:
        curated = connection.execute("SELECT count(*) FROM places WHERE is_curated").fetchone()[0]
    assert curated == len(seeds.read_table("places/places")) >= 400
    assert stat.S_IMODE(path.stat().st_mode) & stat.S_IRUSR


def test_distance_between_known_cities(real):
    assert distance_km(real.resolve("London"), real.resolve("Paris")) == pytest.approx(344, abs=5)


def test_every_country_has_a_row():
    import pycountry

    codes = {row["country_code"] for row in seeds.read_table("places/places") if row["precision"] == "country"}
    missing = {country.alpha_3 for country in pycountry.countries} - codes
    assert missing <= {"ATF", "BVT", "HMD", "MAF", "UMI"}


def test_processes_that_start_together_build_one_index(tmp_path, monkeypatch):
    monkeypatch.setattr(gazetteer, "_build_from_geonames", _slow_build)
    context = multiprocessing.get_context("fork")
    with context.Pool(3) as pool:
        paths = pool.map(_ensure, [tmp_path] * 3)
    assert len(set(paths)) == 1
    assert len((tmp_path / "builds").read_text().splitlines()) == 1
    assert not list(tmp_path.glob(".gazetteer-*"))


def _slow_build(path):
    with (path.parent / "builds").open("a") as log:
        log.write("built\n")
    time.sleep(0.2)
    build(path)


def test_a_home_that_cannot_be_written_in_gives_way_to_a_temporary_folder(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _: str(tmp_path / "file" / "cache"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    assert index_path().parent == tmp_path / "temporary" / "dateline"
