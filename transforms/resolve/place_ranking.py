"""Which of the places of one name is meant: how well known each is, and how well it goes with its company."""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from transforms.resolve.place import FAR_KM, Division, Place, distance_km, division_of
from transforms.resolve.place_names import ADMIN1_KINDS

SMALL = 5_000
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
WORLD_CITY = 1_000_000
"""Inhabitants of a city that articles name wherever they are about: it tells nothing of the towns around."""
_FEW = 2
"""Divisions of one country that an article may be about."""
_LOCAL = 0.8
"""Nearness, of about 200 kilometres, within which a town of the same article speaks for another."""
_NOWHERE = ("", "")
_NEAR_KM = 100.0


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


def _score_of_name(candidate: Candidate, kind: str) -> float:
    """How well a place bears the name, and is of the kind that stands beside it ("the town of ...")."""
    place = candidate.place
    score = 1.0 * candidate.is_primary - 1.0 * candidate.is_loose
    if not candidate.is_primary and place.population < SMALL and not place.is_curated:
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
    if not is_lesser(place, renown):
        return False
    towns = [other for other in company.near if not is_world_city(other)]
    return not _is_about_division(place, company) and not any(_nearness(place, other) >= _LOCAL for other in towns)


def _is_about_division(place: Place, company: Company) -> bool:
    """True where the article is about the division of a place; one that names many is about the whole country."""
    spoken_of = [division for division, weight in company.divisions.items() if weight >= _SPOKEN_OF]
    own = division_of(place)
    return own in spoken_of and sum(country == place.country_code for country, _ in spoken_of) <= _FEW


def is_world_city(place: Place) -> bool:
    """True of capitals and cities of a million."""
    return place.precision == "city" and (place.is_capital or place.population >= WORLD_CITY)


def renown_of(candidates: Sequence[Candidate]) -> int:
    """Inhabitants of the largest place that bears the name as its first."""
    return max((c.place.population for c in candidates if c.is_primary and not c.is_loose), default=0)


def is_lesser(place: Place, renown: int) -> bool:
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
    return min(1.0, max(0.0, (FAR_KM - distance) / (FAR_KM - _NEAR_KM)))


def may_be_meant_loosely(place: Place, supported: Set[str | None], *, has_exact: bool) -> bool:
    """Trust another spelling in the right country; without any company, only that of a place that is well known."""
    if supported or has_exact:
        return place.country_code in supported
    return place.is_curated or place.population >= _WELL_KNOWN


def rank(candidate: Candidate, company: Company, *, kind: str, renown: int) -> float:
    """How much speaks for a candidate; the highest is meant. ``kind`` is what the text calls it ("the town of ...")."""
    outshone = _is_outshone(candidate.place, company, renown)
    return _score(candidate.place, company, is_outshone=outshone) + _score_of_name(candidate, kind)
