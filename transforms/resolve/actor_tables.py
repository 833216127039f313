"""Reading of the actor tables in ``seeds/actors/`` and of a user's own table, with a check of every row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

import seeds

Sector = Literal[
    "GOV", "MIL", "COP", "SPY", "LEG", "JUD", "OPP", "PTY", "REB", "IGO", "NGO", "MED", "BUS", "EDU", "REL", "LAB",
    "MIG", "CIV", "CRM", "IMG",
]  # fmt: skip
SECTORS: frozenset[str] = frozenset(get_args(Sector))
RoleKind = Literal["person", "group", "state", "organisation", "place", "thing", "modifier"]
ROLE_KINDS: frozenset[str] = frozenset(get_args(RoleKind))
EntryKind = Literal["person", "organisation", "country", "demonym", "capital", "place"]

USER_COLUMNS = ("name", "aliases", "country_code", "sector")
COUNTRY_CODE = re.compile(r"[A-Z]{3}")
PLURAL_ENDINGS = tuple("nikcotbdlregum")
IRREGULAR_PLURALS = {"child": "children", "person": "people", "woman": "women", "thief": "thieves", "wife": "wives"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor or place name of the tables, for the time in which the row holds."""

    kind: EntryKind
    actor_id: str | None
    name: str
    country_code: str | None
    sector: str | None
    valid_from: date | None = None
    valid_to: date | None = None
    rank: int = 0
    """Which table a row comes from, where two give one alias: the user's is 0, the lowest wins."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun says of whom it describes."""

    phrase: str
    sector: str | None
    kind: RoleKind
    inherits: frozenset[str]
    """Sectors that a modifier may put in place of the noun's own."""


def country_entries() -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of ``countries.csv``: names, demonyms, capitals and regions."""
    for line, row in _rows("actors/countries"):
        code = _country(row["country_code"], line)
        name = row["name"]
        for alias in (name, *_split(row["aliases"])):
            yield alias, Entry("country", code, name, code, "GOV", rank=4)
        for alias in _split(row["demonyms"]):
            for form in {alias, *_plural_demonym(alias)}:
                yield form, Entry("demonym", code, name, code, None, rank=3)
        for alias in _split(row["capitals"]):
            yield alias, Entry("capital", code, name, code, "GOV", rank=5)
        for alias in _split(row["places"]):
            yield alias, Entry("place", None, alias, code, None, rank=6)


def organisation_entries() -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of ``organisations.csv``."""
    yield from _dated_entries("actors/organisations", kind="organisation", rank=1)


def people_entries() -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of ``people.csv``."""
    yield from _dated_entries("actors/people", kind="person", rank=2)


def user_entries(path: Path) -> Iterator[tuple[str, Entry]]:
    """Every (alias, entry) of a user's table with the columns name, aliases, country_code and sector.

    Raises ``seeds.SeedError`` with file and line where a row cannot be used.
    """
    for number, row in enumerate(seeds.read_csv(path, required=USER_COLUMNS), start=1):
        where = f"{path}, row {number}"
        if not row["name"]:
            raise seeds.SeedError(f"{where}: the name is empty")
        entry = Entry(
            "organisation", _slug(row["name"]), row["name"], _country(row["country_code"], where), _sector(row["sector"], where)
        )
        for alias in (row["name"], *_split(row["aliases"])):
            yield alias, entry


def roles() -> Iterator[tuple[str, Role]]:
    """Every (phrase, role) of ``roles.csv``, singular and plural."""
    for where, row in _rows("actors/roles"):
        if row["kind"] not in ROLE_KINDS:
            raise seeds.SeedError(f"{where}: kind {row['kind']!r} is none of {', '.join(sorted(ROLE_KINDS))}")
        inherits = SECTORS if row["inherits"] == "*" else frozenset(_split(row["inherits"]))
        if inherits - SECTORS:
            raise seeds.SeedError(f"{where}: inherits names {', '.join(sorted(inherits - SECTORS))}, which is no sector")
        role = Role(row["phrase"], _sector(row["sector"], where), cast("RoleKind", row["kind"]), inherits)
        yield row["phrase"], role
        if role.kind != "modifier":
            yield plural(row["phrase"]), role


def plural(phrase: str) -> str:
    """The plural of a noun phrase, made on its head: the last word, or the one before the first "of" ."""
    before, of, after = phrase.partition(" of ")
    start, space, noun = before.rpartition(" ")
    return f"{start}{space}{_plural_noun(noun)}{of}{after}"


def _plural_noun(noun: str) -> str:
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if noun.endswith(("man", "men")) and noun != "human":
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _plural_demonym(demonym: str) -> Iterator[str]:
    if demonym.endswith(PLURAL_ENDINGS) and not demonym.endswith(("men", "man")):
        yield demonym + "s"


def _dated_entries(table: str, *, kind: EntryKind, rank: int) -> Iterator[tuple[str, Entry]]:
    for where, row in _rows(table):
        start, end = _date(row["valid_from"], where), _date(row["valid_to"], where)
        if start and end and start > end:
            raise seeds.SeedError(f"{where}: valid_from {start} lies after valid_to {end}")
        if not row["actor_id"]:
            raise seeds.SeedError(f"{where}: the actor_id is empty")
        entry = Entry(
            kind,
            row["actor_id"],
            row["name"],
            _country(row["country_code"], where),
            _sector(row["sector"], where),
            start,
            end,
            rank,
        )
        for alias in (row["name"], *_split(row["aliases"])):
            yield alias, entry


def _rows(table: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    rows: Iterable[Mapping[str, str]] = seeds.read_table(table)
    for number, row in enumerate(rows, start=1):
        yield f"seeds/{table}.csv, row {number}", row


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)


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
