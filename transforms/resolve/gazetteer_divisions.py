"""Divisions of countries: provinces and counties as places of their own, and the names of GeoNames' codes."""

from collections.abc import Iterable, Mapping

import seeds
from transforms.resolve.gazetteer_rows import PlaceRow

LEVELS = frozenset({"admin1", "admin2", "code"})
"""A row of level ``code`` only names the towns of its code: the place is one of our own table, or no name in news."""
MOST_PEOPLE = {"admin1": 50_000, "admin2": 50_000}
"""Inhabitants that a division counts for at most: beside a town of its name it is not the better known."""


def division_rows(table: Iterable[Mapping[str, str]]) -> list[PlaceRow]:
    """Read the places of ``seeds/places/divisions.csv``; raises ``SeedError`` for a row that is not usable."""
    rows = []
    for row in table:
        level = row["level"]
        try:
            latitude, longitude, people = float(row["latitude"]), float(row["longitude"]), int(row["population"])
        except ValueError as error:
            raise seeds.SeedError(f"{_where(row)}: coordinates and population must be numbers ({error})") from error
        if level not in LEVELS:
            raise seeds.SeedError(f"{_where(row)}: level {level!r} is not one of {', '.join(sorted(LEVELS))}")
        if level == "code":
            continue
        rows.append(
            PlaceRow(
                geoname_id=None,
                name=row["name"],
                latitude=latitude,
                longitude=longitude,
                admin1=row["admin1"] or row["name"].removesuffix(" Province"),
                country_code=row["country_code"],
                precision=level,
                population=min(people, MOST_PEOPLE[level]),
                is_capital=False,
                is_curated=False,
                aliases=[],
            )
        )
    return rows


def code_names(table: Iterable[Mapping[str, str]]) -> dict[tuple[str | None, str], str]:
    """The names of first-level divisions by alpha-3 country code and GeoNames code."""
    return {(row["country_code"], row["code"]): row["name"].removesuffix(" Province") for row in table if row["code"]}


def _where(row: Mapping[str, str]) -> str:
    return f"{seeds.ROOT / 'places/divisions.csv'}, {row['name']!r} of {row['country_code']}"
