"""Reading of the actor tables in ``seeds/actors/`` and of a user's own table, with a check of every row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import seeds

SECTORS = frozenset("GOV MIL COP SPY LEG JUD OPP PTY REB IGO NGO MED BUS EDU REL LAB MIG CIV CRM IMG".split())
RoleKind = Literal["person", "group", "state", "organisation", "place", "thing", "modifier"]
ROLE_KINDS: frozenset[str] = frozenset(get_args(RoleKind))
EntryKind = Literal["person", "organisation", "country", "demonym", "capital", "place"]

USER_COLUMNS = ("name", "aliases", "country_code", "sector")
COUNTRY_CODE = re.compile(r"[A-Z]{3}")
PLURAL_DEMONYM_ENDINGS = tuple("nikcotbdlregum")
IRREGULAR_PLURALS = {"child": "children", "person": "people", "woman": "women", "thief": "thieves", "wife": "wives"}
USER_RANK, ORGANISATION_RANK, PERSON_RANK, COUNTRY_RANK, DEMONYM_RANK, CAPITAL_RANK, PLACE_RANK = range(7)


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor or place name of the tables, for the time in which the row holds."""

    kind: EntryKind
    actor_id: str | None
    name: str
    country_code: str | None
    sector: str | None
    rank: int
    """Which table the row comes from: where two tables give one alias, the lowest wins, the user's first."""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the row is true of that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun says of whom it describes."""

    phrase: str
    sector: str | None
    kind: RoleKind
    inherits: frozenset[str]
    """Sectors that a modifier or owner may put in place of the noun's own."""
    national: str | None
    """The sector where the noun has none and only a nationality is said."""
    is_plural: bool


def country_entries() -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of ``countries.csv``: names, demonyms, capitals and regions."""
    for where, row in _rows(seeds.ROOT / "actors" / "countries.csv"):
        code = _country(row["country_code"], where)
        name = row["name"]
        for alias in (name, *_split(row["aliases"])):
            yield alias, Entry("country", code, name, code, "GOV", COUNTRY_RANK)
        for alias in _split(row["demonyms"]):
            for form in (alias, *_plural_demonym(alias)):
                yield form, Entry("demonym", code, name, code, None, DEMONYM_RANK)
        for alias in _split(row["capitals"]):
            yield alias, Entry("capital", code, name, code, "GOV", CAPITAL_RANK)
        for alias in _split(row["places"]):
            yield alias, Entry("place", None, alias, code, None, PLACE_RANK)


def organisation_entries() -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of ``organisations.csv``."""
    yield from _dated_entries("organisations", kind="organisation", rank=ORGANISATION_RANK)


def people_entries() -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of ``people.csv``."""
    yield from _dated_entries("people", kind="person", rank=PERSON_RANK)


def user_entries(path: Path) -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of a user's table with the columns name, aliases, country_code and sector.

    Raises ``seeds.SeedError`` with file and line where a row cannot be used.
    """
    owners: dict[str, str] = {}
    for where, row in _rows(path, required=USER_COLUMNS):
        name = _filled(row, "name", where)
        code, sector = _country(row["country_code"], where), _sector(row["sector"], where)
        if code is not None and code not in _known_countries():
            raise seeds.SeedError(
                f"{where}: country_code {code!r} is no code of a country in seeds/actors/countries.csv"
            )
        entry = Entry("organisation", _slug(name), name, code, sector, USER_RANK)
        for alias in (name, *_split(row["aliases"])):
            if owners.setdefault(alias, where) != where:
                raise seeds.SeedError(f"{where}: {alias!r} is given already in{owners[alias].rpartition(',')[2]}")
            yield alias, entry


@cache
def _known_countries() -> frozenset[str]:
    return frozenset(row["country_code"] for row in seeds.read_table("actors/countries") if row["country_code"])


def roles() -> Iterator[tuple[str, Role]]:
    """Every (phrase, role) of ``roles.csv``, singular and plural."""
    for where, row in _rows(seeds.ROOT / "actors" / "roles.csv"):
        if row["kind"] not in ROLE_KINDS:
            raise seeds.SeedError(f"{where}: kind {row['kind']!r} is none of {', '.join(sorted(ROLE_KINDS))}")
        phrase, kind = _filled(row, "phrase", where), cast("RoleKind", row["kind"])
        inherits = SECTORS if row["inherits"] == "*" else frozenset(_split(row["inherits"]))
        if inherits - SECTORS:
            raise seeds.SeedError(f"{where}: inherits has {', '.join(sorted(inherits - SECTORS))}, which is no sector")
        sector, national = _sector(row["sector"], where), _sector(row["national"], where)
        yield phrase, Role(phrase, sector, kind, inherits, national, is_plural=False)
        if kind != "modifier":
            yield plural(phrase), Role(phrase, sector, kind, inherits, national, is_plural=True)


def plural(phrase: str) -> str:
    """The plural of a noun phrase, made on its head: the last word, or the one before the first "of"."""
    before, of, after = phrase.partition(" of ")
    start, space, noun = before.rpartition(" ")
    return f"{start}{space}{_plural_noun(noun)}{of}{after}"


def _plural_noun(noun: str) -> str:
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if noun.endswith("man") and noun != "human":
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _plural_demonym(demonym: str) -> Iterator[str]:
    if demonym.endswith(PLURAL_DEMONYM_ENDINGS) and not demonym.endswith(("men", "man")):
        yield demonym + "s"


def _dated_entries(table: str, *, kind: EntryKind, rank: int) -> Iterator[tuple[str, Entry]]:
    for where, row in _rows(seeds.ROOT / "actors" / f"{table}.csv"):
        start, end = _date(row["valid_from"], where), _date(row["valid_to"], where)
        if start and end and start > end:
            raise seeds.SeedError(f"{where}: valid_from {start} lies after valid_to {end}")
        name, actor_id = _filled(row, "name", where), _filled(row, "actor_id", where)
        code, sector = _country(row["country_code"], where), _sector(row["sector"], where)
        entry = Entry(kind, actor_id, name, code, sector, rank, start, end)
        for alias in (name, *_split(row["aliases"])):
            yield alias, entry


def _rows(path: Path, required: tuple[str, ...] = ()) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Rows of a table, each with the file and line to name in an error."""
    if not path.is_file():
        raise seeds.SeedError(
            f"{path}: no such file; an actor table is a CSV with the columns {', '.join(USER_COLUMNS)}"
        )
    table = seeds.read_csv(path, required=required)
    with path.open(encoding="utf-8") as file:
        lines = [number for number, line in enumerate(file, start=1) if line.strip() and line[0] != "#"]
    for number, row in zip(lines[1:], table, strict=True):
        yield f"{path}, line {number}", row


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)


def _filled(row: Mapping[str, str], column: str, where: str) -> str:
    if not row[column]:
        raise seeds.SeedError(f"{where}: {column} is empty")
    return row[column]


def _country(code: str, where: str) -> str | None:
    if code and not COUNTRY_CODE.fullmatch(code):
        raise seeds.SeedError(f"{where}: country_code {code!r} is not an ISO 3166-1 alpha-3 code such as 'TUR'")
    return code or None


def _sector(sector: str, where: str) -> str | None:
    if sector and sector not in SECTORS:
        raise seeds.SeedError(f"{where}: sector {sector!r} is none of {', '.join(sorted(SECTORS))}")
    return sector or None


def _date(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise seeds.SeedError(f"{where}: {text!r} is not a date of the form 2021-08-15") from error


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", name.lower()))
