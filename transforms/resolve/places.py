"""Place names in text, resolved to coordinates: which of the places of that name is meant."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import seeds
from transforms.resolve.gazetteer import ensure_index
from transforms.resolve.gazetteer_rows import ADMIN1_MARK
from transforms.resolve.place import Division, Place, lies_in
from transforms.resolve.place_names import ADMIN1_KINDS, fold, loosen
from transforms.resolve.place_ranking import (
    SMALL,
    Candidate,
    Company,
    is_lesser,
    may_be_meant_loosely,
    rank,
    renown_of,
)

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
        renown = renown_of(self.candidates(name))
        return [place for place in places if not is_lesser(place, renown)]

    def lies_within(self, name: str, container: Place) -> bool:
        """Tell whether a place of that name lies in ``container``."""
        return any(lies_in(c.place, container) for c in self.candidates(name))

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
            if inner is not None and lies_in(inner, container):
                return inner
            inside = [c for c in self.candidates(name) if lies_in(c.place, container)]
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
            c for c in candidates if not c.is_loose or may_be_meant_loosely(c.place, supported, has_exact=has_exact)
        )
        if allowed is not None:
            candidates = tuple(c for c in candidates if c.place.country_code in supported & allowed)
        renown = renown_of(candidates)
        best = max(
            candidates,
            key=lambda c: (rank(c, company, kind=kind, renown=renown), -(c.place.geoname_id or 0)),
            default=None,
        )
        if best is None:
            return None
        is_small = best.place.population < SMALL and not best.place.is_curated
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


@lru_cache(maxsize=1)
def _not_places() -> dict[str, frozenset[str]]:
    """Words that are town names but rarely mean the town, with the countries in whose company they may."""
    return {
        fold(row["name"]): frozenset(row["allowed_countries"].split()) for row in seeds.read_table("places/not_places")
    }


def _as_admin1(place: Place) -> Place:
    """Read "Kunduz province" from the town of Kunduz where no province of the name is known."""
    if place.precision != "city":
        return place
    return replace(place, precision="admin1", geoname_id=None)
