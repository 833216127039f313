"""A place of the gazetteer, the division that it lies in, and how far it is from others."""

import math
from dataclasses import dataclass

from transforms.resolve.place_names import fold

_EARTH_RADIUS_KM = 6371.0
FAR_KM = 600.0
"""Kilometres beyond which one place says nothing on where another is."""

Division = tuple[str, str]
"""Alpha-3 code of the country and folded name of the first-level division."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer."""

    geoname_id: int | None
    name: str
    latitude: float
    longitude: float
    admin1: str | None
    country_code: str | None
    """ISO 3166-1 alpha-3."""
    precision: str
    """country, admin1, region, city, water or site."""
    population: int = 0
    is_capital: bool = False
    is_curated: bool = False


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance between two places in kilometres."""
    return distance_between((one.latitude, one.longitude), (other.latitude, other.longitude))


def distance_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two points of latitude and longitude in degrees."""
    phi, psi = math.radians(one[0]), math.radians(other[0])
    half_latitude = (psi - phi) / 2
    half_longitude = math.radians(other[1] - one[1]) / 2
    chord = math.sin(half_latitude) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(half_longitude) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def division_of(place: Place) -> Division | None:
    """The first-level division that a place is or lies in, as far as it is known."""
    if place.country_code is None or not place.admin1:
        return None
    return place.country_code, fold(place.admin1)


def lies_in(place: Place, container: Place) -> bool:
    """True of a place inside a country or division, and of one near a place that is neither."""
    if place.precision == "country" or (container.country_code and place.country_code != container.country_code):
        return False
    if container.precision == "admin1" and place.admin1:
        return fold(place.admin1) == fold(container.admin1 or container.name)
    return container.precision == "country" or distance_km(place, container) < FAR_KM
