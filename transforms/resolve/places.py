"""Place names in text, resolved to coordinates: which of the places of that name is meant."""

import math
import re
import sqlite3
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import seeds
from transforms.resolve.gazetteer import ensure_index
from transforms.resolve.gazetteer_rows import ADMIN1_MARK
from transforms.resolve.place_names import ADMIN1_KINDS, fold, loosen

_SMALL = 5_000
"""Inhabitants below which a place must be supported by its surroundings, or be the only one of its name."""
_BYNAME_OF_SMALL = 2.0
"""What tells against a small place that bears the name beside its own: hardly a news text calls it so."""
_WELL_KNOWN = 30_000
_DIVISION_WEIGHT = 4.0
"""What the document's speaking of a division is worth: as much as ten thousand times the inhabitants."""
_RENOWNED, _OUTSHINES = 150_000, 5
"""Inhabitants of a place, and times those of a namesake, from which its bare name means it and not the namesake."""
_OWN_NAME = 200_000
"""Inhabitants from which a place needs nobody's leave to be meant by its name ("Tripoli" in Lebanon)."""
_SPOKEN_OF = 0.3
"""Weight of a division that one name of it alone gives; less comes of names that several divisions share."""
_NOWHERE = ("", "")
_NEAR_KM = 100.0
_FAR_KM = 600.0
_EARTH_RADIUS_KM = 6371.0
_KINDS = (
    "city|town|village|province|state|governorate|district|region|county|oblast|prefecture|municipality|port|capital|"
    "camp|refugee camp|countryside|suburbs?|outskirts|area|neighbou?rhood|enclave|valley|airport|city cent(?:er|re)|"
    "metropolitan area|airbase|air base|border crossing"
)
_KIND_OF = re.compile(rf"^(?:[\w'’-]+ ){{0,4}}?(?P<kind>{_KINDS}) of (?P<name>.+)$", re.IGNORECASE)
_KIND_AFTER = re.compile(rf"^(?P<name>.+?)(?:['’]s)? (?P<kind>{_KINDS})$", re.IGNORECASE)
_DIRECTION = re.compile(
    r"^(?:the )?(?:(?:far|deep|rural|downtown|central|inner|outer|greater|mid|upper|lower|"
    r"(?:north|south|east|west)(?:ern)?(?:[- ]?(?:east|west|central)(?:ern)?)?)[ -])+(?P<name>.+)$",
    re.IGNORECASE,
)
_DISTANCE_FROM = re.compile(
    r"^(?:(?:about|some|around|roughly|nearly) )?(?:[\d.,]+ ?(?:km|kms|kilomet(?:er|re)s?|miles?|mi)\b )?(?:to the )?"
    r"(?:(?:just )?(?:north|south|east|west|outside|away)[\w-]* )*(?:of|from) (?P<name>.+)$",
    re.IGNORECASE,
)
_POSSESSED = re.compile(r"^(?P<container>[^,]+?)['’]s? (?P<name>.+)$")
_CONTAINED = re.compile(r"^(?P<name>[^,]+?)(?:\s*,\s*|\s+in\s+)(?P<container>.+?)\s*,?$")


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name: as its first name or an alias, in another spelling."""

    place: Place
    is_primary: bool
    is_loose: bool


@dataclass(frozen=True, slots=True)
class Company:
    """What a document speaks of beside a name, by which the places of that name are told apart."""

    near: Sequence[Place] = ()
    countries: Mapping[str, float] = field(default_factory=dict)
    """Weights of alpha-3 codes."""
    divisions: Mapping[Division, float] = field(default_factory=dict)
    """How surely the document speaks of a first-level division, 0 to 1, by :func:`division_of`."""

    def with_container(self, container: Place) -> "Company":
        """The company of a name inside ``container``, whose country alone counts."""
        code = container.country_code
        return Company((*self.near, container), {code: 1.0} if code else {}, self.divisions)


class Gazetteer:
    """Finds places by name in the index; one per process, and safe to keep for its whole life."""

    def __init__(self, path: Path) -> None:
        """Open the index at ``path`` read-only."""
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        rows = self._connection.execute("SELECT *, name AS place_name FROM places WHERE precision = 'country'")
        self._countries = {row["country_code"]: _place(row) for row in rows}
        self.candidates = lru_cache(maxsize=8_192)(self._read_candidates)

    @classmethod
    def load(cls, *, cache_dir: Path | None = None) -> Self:
        """Open the index in ``cache_dir`` or the user's cache folder, building it first where it is missing."""
        return cls(ensure_index(cache_dir).resolve())

    def close(self) -> None:
        """Close the index."""
        self._connection.close()

    def resolve(
        self,
        text: str,
        *,
        near: Sequence[Place] = (),
        countries: Mapping[str, float] | None = None,
        divisions: Mapping[Division, float] | None = None,
    ) -> Place | None:
        """Resolve a place name as it stands in text, or return ``None`` where it names no known place.

        ``near`` holds places that the same document speaks of, ``countries`` weighs the alpha-3 codes of its actors
        and places, ``divisions`` (0 to 1) the first-level divisions that it speaks of.
        Understands "Paris, Texas", "the city of Mosul", "Idlib province", "northern Syria".
        """
        return self._resolve(text, Company(near, dict(countries or {}), dict(divisions or {})))

    def resolve_whole(self, text: str) -> Place | None:
        """Resolve a name as it stands and is spelt, in no company and without taking it apart."""
        name = text.rstrip(" ,")
        place = self._choose(name, Company())
        is_spelt_so = any(c.place == place and not c.is_loose for c in self.candidates(name))
        return place if is_spelt_so else None

    def country(self, code: str) -> Place | None:
        """The country of an alpha-3 code."""
        return self._countries.get(code)

    def unshadowed(self, name: str) -> list[Place]:
        """The places spelt so, without the towns whose namesake is known to all the world."""
        places = [c.place for c in self.candidates(name) if not c.is_loose]
        renown = _renown(self.candidates(name))
        return [place for place in places if not _is_lesser(place, renown)]

    def lies_within(self, name: str, container: Place) -> bool:
        """Tell whether a place of that name lies in ``container``."""
        return any(_lies_in(c.place, container) for c in self.candidates(name))

    def _resolve(self, text: str, company: Company) -> Place | None:
        text = " ".join(text.split()).strip(' .,;:()"“”')
        if not any(char.isupper() for char in text):
            return None  # a name has a capital: "car" is not the Central African Republic
        whole = self._choose(text, company)
        if whole is not None:
            return whole
        if contained := (_CONTAINED.match(text) or _POSSESSED.match(text)):
            return self._resolve_within(contained["name"], contained["container"], company)
        return self._resolve_described(text, company)

    def _resolve_within(self, name: str, container_text: str, company: Company) -> Place | None:
        """Resolve "Paris, Texas": the place inside the container, or the container where it is not known."""
        best = self._resolve(container_text, company)
        if best is None:
            return self._resolve(name, company)
        namesakes = sorted(
            (c.place for c in self.candidates(container_text) if c.place != best), key=lambda place: -place.population
        )
        for container in (best, *namesakes):
            inner = self._resolve(name, company.with_container(container))
            if inner is not None and _lies_in(inner, container):
                return inner
            inside = [c for c in self.candidates(name) if _lies_in(c.place, container)]
            if inside:
                return max(inside, key=lambda c: (c.place.population, c.is_primary)).place
        return best

    def _resolve_described(self, text: str, company: Company) -> Place | None:
        """Resolve "the city of Mosul", "Idlib province", "northern Syria" by what they describe."""
        for pattern in (_KIND_OF, _DISTANCE_FROM, _KIND_AFTER, _DIRECTION):
            match = pattern.match(text)
            if match is None:
                continue
            kind = match.groupdict().get("kind") or ""
            found = None
            if kind.lower() in ADMIN1_KINDS:
                found = self._choose(match["name"] + ADMIN1_MARK, company)
            found = found or self._choose(match["name"], company, kind=kind.lower())
            if found is None:
                found = self._resolve_described(match["name"], company)
            if found is not None:
                return _as_admin1(found) if kind.lower() in ADMIN1_KINDS else found
        return None

    def _choose(self, text: str, company: Company, *, kind: str = "") -> Place | None:
        candidates = self.candidates(text)
        if not candidates:
            return None
        allowed = _not_places().get(fold(text))
        supported = set(company.countries) | {place.country_code for place in company.near}
        has_exact = any(not c.is_loose for c in candidates)
        candidates = tuple(
            c for c in candidates if not c.is_loose or _may_be_meant_loosely(c.place, supported, has_exact=has_exact)
        )
        if allowed is not None:
            candidates = tuple(c for c in candidates if c.place.country_code in supported & allowed)
        renown = _renown(candidates)
        best = max(
            candidates,
            key=lambda c: (
                _score(c.place, company, is_outshone=_is_outshone(c.place, company, renown)) + _score_of_name(c, kind),
                -(c.place.geoname_id or 0),
            ),
            default=None,
        )
        if best is None:
            return None
        is_small = best.place.population < _SMALL and not best.place.is_curated
        if is_small and len(candidates) > 1 and best.place.country_code not in supported:
            return None
        return best.place

    def _read_candidates(self, name: str) -> tuple[Candidate, ...]:
        """Read all places of that name, and those whose names differ only as transliterations do."""
        key = fold(name)
        exact = self._connection.execute(_QUERY, (key, 0)).fetchall()
        loose = self._connection.execute(_QUERY, (loosen(key), 1)).fetchall()
        known = {row["place_id"] for row in exact}
        found = [(row, False) for row in exact] + [(row, True) for row in loose if row["place_id"] not in known]
        return tuple(Candidate(_place(row), bool(row["is_primary"]), is_loose) for row, is_loose in found)


def _place(row: sqlite3.Row) -> Place:
    return Place(
        geoname_id=row["geoname_id"],
        name=row["place_name"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        admin1=row["admin1"],
        country_code=row["country_code"],
        precision=row["precision"],
        population=row["population"],
        is_capital=bool(row["is_capital"]),
        is_curated=bool(row["is_curated"]),
    )


_QUERY = """
SELECT places.*, places.name AS place_name, is_primary
FROM names JOIN places USING (place_id) WHERE names.name = ? AND is_loose = ? ORDER BY place_id
"""


def _may_be_meant_loosely(place: Place, supported: Set[str | None], *, has_exact: bool) -> bool:
    """Trust another spelling in the right country; without any company, only that of a place that is well known."""
    if supported or has_exact:
        return place.country_code in supported
    return place.is_curated or place.population >= _WELL_KNOWN


@lru_cache(maxsize=1)
def _not_places() -> dict[str, frozenset[str]]:
    """Words that are town names but rarely mean the town, with the countries in whose company they may."""
    return {
        fold(row["name"]): frozenset(row["allowed_countries"].split()) for row in seeds.read_table("places/not_places")
    }


def _score_of_name(candidate: Candidate, kind: str) -> float:
    """How well a place bears the name, and is of the kind that stands beside it ("the town of ...")."""
    place = candidate.place
    score = 1.0 * candidate.is_primary - 1.0 * candidate.is_loose
    if not candidate.is_primary and place.population < _SMALL and not place.is_curated:
        score -= _BYNAME_OF_SMALL
    if kind in ADMIN1_KINDS:
        score += 3.0 * (place.precision in {"admin1", "region"})
    elif kind in {"city", "town", "village"}:
        score += 3.0 * (place.precision == "city")
    elif place.country_code is None and place.is_curated:
        score += 3.0  # what spans countries is in no country's company, and no town's namesake
    return score


def _score(place: Place, company: Company, *, is_outshone: bool) -> float:
    """How well known a place is, and how well it goes with its company."""
    score = math.log10(place.population + 10)
    score += {"country": 2.0, "admin1": 1.0}.get(place.precision, 0.0)
    score += 1.5 * place.is_capital + 0.5 * place.is_curated
    if company.divisions and place.precision != "country":
        score += _DIVISION_WEIGHT * _weight_of_division(place, company)
    if company.near:
        score += 2.0 * _nearest(place, company)
    if is_outshone:
        return score
    countries = company.countries
    if place.country_code is not None and place.country_code in countries:
        score += 1.0 + 2.5 * countries[place.country_code] / max(countries.values())
    return score + 1.0 * any(place.country_code == other.country_code for other in company.near)


def _is_outshone(place: Place, company: Company, renown: int) -> bool:
    """True of a town for which only its country speaks, where another of its name is known to all the world.

    An article on what the United States does about Vienna does not mean the Vienna in Virginia.
    """
    return (
        _is_lesser(place, renown) and _weight_of_division(place, company) < _SPOKEN_OF and not _nearest(place, company)
    )


def _renown(candidates: Sequence[Candidate]) -> int:
    """Inhabitants of the largest place that bears the name as its first."""
    return max((c.place.population for c in candidates if c.is_primary and not c.is_loose), default=0)


def _is_lesser(place: Place, renown: int) -> bool:
    is_shadowed = renown >= _RENOWNED and place.population * _OUTSHINES <= renown
    return is_shadowed and place.population < _OWN_NAME and place.precision == "city"


def _weight_of_division(place: Place, company: Company) -> float:
    return company.divisions.get(division_of(place) or _NOWHERE, 0.0)


def _nearest(place: Place, company: Company) -> float:
    return max((_nearness(place, other) for other in company.near), default=0.0)


def _nearness(place: Place, other: Place) -> float:
    """Tell nearness from 1 (within 100 km) to 0 (beyond 600 km); a country's centre says nothing."""
    if other.precision == "country":
        return 0.0
    distance = distance_km(place, other)
    return min(1.0, max(0.0, (_FAR_KM - distance) / (_FAR_KM - _NEAR_KM)))


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


def _lies_in(place: Place, container: Place) -> bool:
    if place.precision == "country" or (container.country_code and place.country_code != container.country_code):
        return False
    if container.precision == "admin1" and place.admin1:
        return fold(place.admin1) == fold(container.admin1 or container.name)
    return container.precision == "country" or distance_km(place, container) < _FAR_KM


def _as_admin1(place: Place) -> Place:
    """Read "Kunduz province" from the town of Kunduz where no province of the name is known."""
    if place.precision != "city":
        return place
    return replace(place, precision="admin1", geoname_id=None)
