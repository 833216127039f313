"""Actors: what a phrase of the text says of the name, country and sector of whom it means.

A phrase is read in two steps. Known names in it (people, organisations, countries, demonyms, capitals) are looked
up in one index; then the head word decides: a known name speaks for itself, a role noun lends its sector and takes
the country from the nationality beside it, a personal name takes both from its title ("Russian President ...").
What the phrase does not say stays empty: nothing is guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from transforms.resolve import actor_tables
from transforms.resolve.actor_tables import Entry, Role
from transforms.resolve.phrases import Match, PhraseIndex, Word, split_words

ActorKind = Literal["person", "group", "state", "organisation", "place", "thing"]

CACHE_SIZE = 65_536
PERSON_PRONOUNS = frozenset("i me you he him she her himself herself who whom someone somebody anyone everyone one".split())
GROUP_PRONOUNS = frozenset("we us they them themselves ourselves".split())
OTHER_PRONOUNS = frozenset("it which that this itself what these those all both each".split())
PREPOSITIONS = frozenset(
    "of in from at for to by with on near around across outside inside against along under over between among "
    "including within throughout into loyal who which that whose where".split()
)
COUNTRY_PREPOSITIONS = frozenset(("of", "from"))
OWNER_PREPOSITIONS = frozenset(("of", "for", "from", "with", "in", "at", "to"))
HOME_SECTORS = frozenset(("CIV", "COP", "JUD", "EDU", "MED", "OPP", "LEG", "REL", "LAB", "PTY", "CRM", "GOV"))
"""Sectors whose members mostly belong to the country they are in: police in Kenya, but not soldiers in Mali."""
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower rural mainland downtown".split()
)
OPPOSED_PREFIXES = frozenset("anti pro non counter post pre ex".split())
ALIGNED_WORDS = frozenset(
    "backed led based occupied supported funded trained armed sponsored linked affiliated inspired allied controlled held "
    "brokered mediated dominated run owned born flagged aligned imposed speaking language administered governed made "
    "built supplied mandated friendly bound style era majority educated drafted proposed appointed installed registered "
    "equipped financed organised organized hosted ruled loyal related assisted initiated occupying besieged".split()
)
"""What follows a name that only modifies: the U.S.-backed force is not American."""
FORMER_WORDS = frozenset(("former", "ex", "late", "ousted", "deposed", "then"))
NAME_PARTICLES = frozenset("al el bin ibn ben abu de da del della di van von der den la le du ul ur bint dos".split())
TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof gen lt col maj capt sgt cpl brig adm rev rep sen gov hon st".split()
)
TITLE_SECTORS = {
    "gen": "MIL", "lt": "MIL", "col": "MIL", "maj": "MIL", "capt": "MIL", "sgt": "MIL", "cpl": "MIL", "brig": "MIL",
    "adm": "MIL", "rev": "REL", "rep": "LEG", "sen": "LEG", "gov": "GOV",
}  # fmt: skip
NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
)


@dataclass(frozen=True, slots=True)
class ActorCode:
    """Who a phrase means, as far as it says so."""

    name: str | None
    actor_id: str | None
    country_code: str | None
    """ISO 3166-1 alpha-3; ``None`` where unknown, contested or of no one country."""
    sector: str | None


UNKNOWN = ActorCode(None, None, None, None)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase taken apart: its words, the head's place in them, and the known names that count."""

    text: str
    words: Sequence[Word]
    head: int
    matches: Sequence[Match[Entry]]
    label: str | None
    on: date | None


class ActorCoder:
    """Codes actor phrases by the tables in ``seeds/actors/``; one instance is shared by all documents."""

    def __init__(self, *, names: Iterable[tuple[str, Entry]], roles: Iterable[tuple[str, Role]]) -> None:
        self._names = PhraseIndex(names)
        self._roles = PhraseIndex(roles)
        self._cached_code = lru_cache(maxsize=CACHE_SIZE)(self._code)
        self._cached_kind = lru_cache(maxsize=CACHE_SIZE)(self._kind)

    @classmethod
    def load(cls, user_table: Path | None = None) -> "ActorCoder":
        """Read the shipped tables and, before them, the user's own (name, aliases, country_code, sector).

        Raises ``seeds.SeedError`` with file and line for a row that cannot be used.
        """
        names = [
            *(actor_tables.user_entries(user_table) if user_table else ()),
            *actor_tables.organisation_entries(),
            *actor_tables.people_entries(),
            *actor_tables.country_entries(),
        ]
        return cls(names=names, roles=actor_tables.roles())

    def code(self, phrase: str, *, head: str, label: str | None = None, on: date | None = None) -> ActorCode:
        """Code a phrase without leading determiner, such as "Turkish police" or "Russian President Vladimir Putin".

        ``head`` is its syntactic head word, ``label`` the entity label over the head (PERSON, ORG, GPE, LOC, FAC,
        NORP) if any, ``on`` the day that the text speaks of: offices are held for a time.
        """
        return self._cached_code(phrase, head, label, on)

    def kind(self, phrase: str, *, head: str, label: str | None = None) -> ActorKind | None:
        """Say what sort of thing the phrase means, or ``None`` where it cannot be told ("it", an unknown noun)."""
        return self._cached_kind(phrase, head, label)

    def _code(self, phrase: str, head: str, label: str | None, on: date | None) -> ActorCode:
        parsed = self._parse(phrase, head, label, on)
        if parsed is None or _pronoun_kind(parsed) is not None:
            return UNKNOWN
        code = self._code_parsed(parsed)
        if (code.country_code is None or code.sector is None) and code.name is not None:
            code = self._complete_from_apposition(parsed, code)
        return code

    def _code_parsed(self, parsed: _Phrase) -> ActorCode:
        covering = _covering(parsed.matches, parsed.head)
        if covering:
            entry = _pick(covering.entries, parsed.on)
            if not (parsed.label == "PERSON" and entry.kind not in ("person", "organisation")):
                return self._code_known(parsed, covering, entry)
        role = self._role_at(parsed)
        if parsed.label == "PERSON":
            return self._code_person(parsed, role)
        if role and role.entries[0].kind != "modifier":
            return self._code_role(parsed, role)
        word = parsed.words[parsed.head]
        if word.key[0].isdigit() or word.key in NUMBER_WORDS:
            return self._code_number(parsed)
        if parsed.label == "ORG" or word.cased[0].isupper():
            return self._code_unknown_name(parsed)
        return replace(UNKNOWN, country_code=self._nationality(parsed, sector=None))

    def _code_known(self, parsed: _Phrase, match: Match[Entry], entry: Entry) -> ActorCode:
        if entry.kind == "person":
            title = self._title(parsed, match)
            sector = _sector_on(entry, parsed.on) or (title.sector if title else None)
            return ActorCode(entry.name, entry.actor_id, entry.country_code, sector)
        if entry.kind == "organisation":
            return ActorCode(entry.name, entry.actor_id, entry.country_code, entry.sector)
        if entry.kind == "demonym":
            return ActorCode(None, None, entry.country_code, "CIV")
        if entry.kind == "place" or _is_place_use(parsed, match, entry):
            return ActorCode(entry.name if entry.kind == "country" else None, None, entry.country_code, None)
        return ActorCode(entry.name, entry.actor_id, entry.country_code, "GOV")

    def _code_role(self, parsed: _Phrase, role: Match[Role]) -> ActorCode:
        noun = role.entries[0]
        lender = self._lender(parsed, role, noun)
        sector = noun.sector
        if lender and lender.sector in noun.inherits:
            sector = lender.sector
        if noun.kind == "thing" and not noun.inherits and noun.sector is None:
            return UNKNOWN
        named = self._named_person(parsed, role) if noun.kind == "person" else None
        if named and named.actor_id:
            return replace(named, sector=named.sector or sector)
        country = self._nationality(parsed, sector=sector, role=role)
        inherited = lender if lender and lender.sector == sector and lender.actor_id and noun.sector != sector else None
        if inherited is None and lender and lender.actor_id and noun.inherits and lender.sector == sector:
            inherited = lender
        if country is None and lender:
            country = lender.country_code
        name, actor_id = (inherited.name, inherited.actor_id) if inherited and noun.kind != "thing" else (None, None)
        if named:
            name, actor_id = named.name, None
        return ActorCode(name, actor_id, country, sector)

    def _code_person(self, parsed: _Phrase, role: Match[Role] | None) -> ActorCode:
        if role and role.entries[0].kind == "person":
            return self._code_role(parsed, role)
        start, end = _name_run(parsed, self._roles)
        name = _text(parsed, start, end)
        title = self._roles.ending_at(parsed.words, start) if start else None
        if title:
            code = self._code_role(replace(parsed, head=start - 1, label=None), title)
            return ActorCode(name, None, code.country_code, code.sector)
        sector = TITLE_SECTORS.get(parsed.words[start - 1].key) if start else None
        return ActorCode(name, None, self._nationality(parsed, sector=sector, before=start), sector)

    def _code_unknown_name(self, parsed: _Phrase) -> ActorCode:
        country = self._nationality(parsed, sector=None)
        sector = None
        for end in range(len(parsed.words), 0, -1):
            role = self._roles.ending_at(parsed.words, end)
            if role and role.entries[0].kind not in ("thing", "place", "modifier") and role.entries[0].sector:
                sector = role.entries[0].sector
                break
        return ActorCode(parsed.text, None, country, sector)

    def _code_number(self, parsed: _Phrase) -> ActorCode:
        after = parsed.head + 1
        if after < len(parsed.words) and parsed.words[after].key == "of":
            code = self._tail(parsed, after + 1)
            return replace(code, sector=code.sector or "CIV")
        return replace(UNKNOWN, sector="CIV", country_code=self._nationality(parsed, sector="CIV"))

    def _complete_from_apposition(self, parsed: _Phrase, code: ActorCode) -> ActorCode:
        comma = next((place for place, word in enumerate(parsed.words) if word.key == "," and place > parsed.head), None)
        if comma is None or comma + 1 >= len(parsed.words):
            return code
        other = self._tail(parsed, comma + 1)
        return replace(
            code, country_code=code.country_code or other.country_code, sector=code.sector or other.sector
        )

    def _tail(self, parsed: _Phrase, start: int) -> ActorCode:
        """The code of the phrase from word ``start`` on, up to the next comma."""
        words = parsed.words
        if start >= len(words):
            return UNKNOWN
        stop = next((place for place in range(start, len(words)) if words[place].key in ",;()"), len(words))
        if stop == start:
            return UNKNOWN
        text = _text(parsed, start, stop)
        return self._cached_code(text, _guess_head(split_words(text)), None, parsed.on)

    def _lender(self, parsed: _Phrase, role: Match[Role], noun: Role) -> ActorCode | None:
        """Who lends the role noun a sector: the nearest name or role before it, else the phrase after "of"."""
        if not noun.inherits:
            return None
        for match in reversed(parsed.matches):
            if match.end <= role.start:
                entry = _pick(match.entries, parsed.on)
                if entry.kind in ("person", "organisation"):
                    return ActorCode(entry.name, entry.actor_id, entry.country_code, entry.sector)
        for end in range(role.start, 0, -1):
            before = self._roles.ending_at(parsed.words, end)
            if before and _sector_of_modifier(before) in noun.inherits and not _is_masked(parsed.words, before.start, end):
                return replace(UNKNOWN, sector=_sector_of_modifier(before))
        after = role.end
        if after < len(parsed.words) and parsed.words[after].key in OWNER_PREPOSITIONS:
            code = self._tail(parsed, _skip_determiner(parsed.words, after + 1))
            if parsed.words[after].key in ("in", "at", "to"):
                return replace(code, sector=None) if False else None
            return code
        return None

    def _title(self, parsed: _Phrase, match: Match[Entry]) -> Role | None:
        role = self._roles.ending_at(parsed.words, match.start) if match.start else None
        return role.entries[0] if role else None

    def _named_person(self, parsed: _Phrase, role: Match[Role]) -> ActorCode | None:
        """The personal name right after a title: "President Vladimir Putin", "spokesman John Doe"."""
        for match in parsed.matches:
            if match.start == role.end:
                entry = _pick(match.entries, parsed.on)
                if entry.kind == "person":
                    return ActorCode(entry.name, entry.actor_id, entry.country_code, _sector_on(entry, parsed.on))
        end = role.end
        while end < len(parsed.words) and _is_name_word(parsed.words[end]):
            end += 1
        if end == role.end or not parsed.words[end - 1].cased[0].isupper():
            return None
        return replace(UNKNOWN, name=_text(parsed, role.end, end))

    def _nationality(
        self, parsed: _Phrase, *, sector: str | None, role: Match[Role] | None = None, before: int | None = None
    ) -> str | None:
        """The country that the phrase names beside its head, or ``None`` where it names none or two side by side."""
        limit = role.start if role else parsed.head if before is None else before
        codes: list[tuple[int, str]] = []
        for match in parsed.matches:
            entry = _pick(match.entries, parsed.on)
            if match.end <= limit and entry.country_code and not (entry.kind == "place" and match.end < limit - 1):
                codes.append((match.start, entry.country_code))
        distinct = {code for _, code in codes}
        if len(distinct) > 1 and _are_coordinated(parsed.words, [place for place, _ in codes]):
            return None
        if codes:
            return codes[0][1]
        return self._country_after(parsed, role.end if role else parsed.head + 1, sector)

    def _country_after(self, parsed: _Phrase, start: int, sector: str | None) -> str | None:
        words = parsed.words
        for place in range(start, len(words)):
            key = words[place].key
            if key in COUNTRY_PREPOSITIONS or (key in ("in", "at") and sector in HOME_SECTORS):
                code = self._tail(parsed, _skip_determiner(words, place + 1))
                return code.country_code
            if key in PREPOSITIONS or key in ",;()":
                return None
        return None

    def _role_at(self, parsed: _Phrase) -> Match[Role] | None:
        """The role phrase at the head: it may go on after the head word ("secretary of state")."""
        longest = self._roles.ending_at(parsed.words, parsed.head + 1)
        for end in (parsed.head + 3, parsed.head + 4):
            if end <= len(parsed.words):
                role = self._roles.ending_at(parsed.words, end)
                if role and role.start <= parsed.head:
                    longest = role
        return longest

    def _parse(self, phrase: str, head: str, label: str | None, on: date | None) -> _Phrase | None:
        words = split_words(phrase)
        if not words:
            return None
        head_words = split_words(head)
        place = _head_place(words, head_words[-1].key if head_words else "")
        matches = [match for match in self._names.scan(words) if self._counts(words, match, label)]
        return _Phrase(phrase, words, place, matches, label, on)

    def _counts(self, words: Sequence[Word], match: Match[Entry], label: str | None) -> bool:
        """Whether a known name means itself here: not in "U.S.-backed", nor as a part of an unknown person's name."""
        if _is_masked(words, match.start, match.end):
            return False
        if match.end - match.start > 1:
            return True
        if match.entries[0].kind == "person":
            before = words[match.start - 1] if match.start else None
            after = words[match.end] if match.end < len(words) else None
            return not (
                (after is not None and _is_capitalised(after) and label == "PERSON")
                or (before is not None and self._is_unknown_name(words, match.start - 1))
            )
        return True

    def _is_unknown_name(self, words: Sequence[Word], place: int) -> bool:
        word = words[place]
        if not _is_capitalised(word) or word.is_possessive or word.key in TITLES:
            return False
        known = self._roles.ending_at(words, place + 1) or self._names.ending_at(words, place + 1)
        return known is None

    def _kind(self, phrase: str, head: str, label: str | None) -> ActorKind | None:
        parsed = self._parse(phrase, head, label, None)
        if parsed is None:
            return None
        pronoun = _pronoun_kind(parsed)
        if pronoun is not None:
            return pronoun or None
        covering = _covering(parsed.matches, parsed.head)
        if covering:
            entry = _pick(covering.entries, None)
            if not (label == "PERSON" and entry.kind not in ("person", "organisation")):
                return _kind_of_entry(parsed, covering, entry)
        if label == "PERSON":
            return "person"
        role = self._role_at(parsed)
        if role and role.entries[0].kind != "modifier":
            return _kind_of_role(role)
        word = parsed.words[parsed.head]
        if word.key[0].isdigit() or word.key in NUMBER_WORDS:
            return "person"
        return _kind_of_label(label)


def _pronoun_kind(parsed: _Phrase) -> Literal["person", "group", ""] | None:
    """The kind of a pronoun, "" for one that may stand for anything, ``None`` for other words."""
    if len(parsed.words) > 1:
        return None
    word = parsed.words[0]
    if word.key in PERSON_PRONOUNS:
        return "person"
    if word.key in GROUP_PRONOUNS and word.cased not in ("US", "U.S"):
        return "group"
    return "" if word.key in OTHER_PRONOUNS and not word.cased.isupper() else None


def _kind_of_entry(parsed: _Phrase, match: Match[Entry], entry: Entry) -> ActorKind:
    if entry.kind in ("person", "demonym"):
        return "person"
    if entry.kind == "organisation":
        if entry.sector == "GOV":
            return "state"
        return "group" if entry.sector in ("REB", "IMG", "CRM", "MIL", "COP") else "organisation"
    if entry.kind == "place" or _is_place_use(parsed, match, entry):
        return "place"
    return "state"


def _kind_of_role(role: Match[Role]) -> ActorKind | None:
    kind = role.entries[0].kind
    return None if kind == "modifier" else kind


def _kind_of_label(label: str | None) -> ActorKind | None:
    if label == "PERSON":
        return "person"
    if label == "ORG":
        return "organisation"
    if label in ("GPE", "LOC", "FAC"):
        return "place"
    return "group" if label == "NORP" else None


def _pick(entries: Sequence[Entry], on: date | None) -> Entry:
    """The entry of the best table that holds on the day; without a day, the latest."""
    if len(entries) == 1:
        return entries[0]
    best = min(entry.rank for entry in entries)
    candidates = [entry for entry in entries if entry.rank == best]
    valid = [entry for entry in candidates if on and _holds(entry, on)]
    return max(valid or candidates, key=lambda entry: entry.valid_from or date.min)


def _holds(entry: Entry, on: date) -> bool:
    return (entry.valid_from is None or entry.valid_from <= on) and (entry.valid_to is None or on <= entry.valid_to)


def _sector_on(entry: Entry, on: date | None) -> str | None:
    return entry.sector if on is None or _holds(entry, on) else None


def _covering(matches: Sequence[Match[Entry]], place: int) -> Match[Entry] | None:
    return next((match for match in matches if match.start <= place < match.end), None)


def _is_masked(words: Sequence[Word], start: int, end: int) -> bool:
    if start and words[start].is_joined and words[start - 1].key in OPPOSED_PREFIXES:
        return True
    if end >= len(words):
        return False
    after = words[end]
    if after.is_joined:
        return after.cased[0].islower() and (after.key in ALIGNED_WORDS or after.key.endswith(("ed", "ing")))
    return after.key in ("backed", "led", "based", "occupied", "allied", "aligned", "sponsored", "loyal")


def _is_place_use(parsed: _Phrase, match: Match[Entry], entry: Entry) -> bool:
    """Whether a country or capital is meant as ground: "northern Syria", "central Moscow", "Moscow suburbs"."""
    if parsed.label in ("LOC", "FAC"):
        return True
    if match.start and parsed.words[match.start - 1].key in DIRECTIONS:
        return True
    return entry.kind == "capital" and len(parsed.words) > match.end - match.start


def _are_coordinated(words: Sequence[Word], starts: Sequence[int]) -> bool:
    """Two nationalities side by side: "Russian-Syrian", "Russian and Syrian"."""
    return any(words[start].is_joined or (start and words[start - 1].key == "and") for start in starts[1:])


def _head_place(words: Sequence[Word], head: str) -> int:
    places = [place for place, word in enumerate(words) if word.key == head]
    if places:
        return places[0]
    return _guess_head_place(words)


def _guess_head_place(words: Sequence[Word]) -> int:
    for place, word in enumerate(words):
        if place and (word.key in PREPOSITIONS or word.key in ",;()"):
            return place - 1
    return len(words) - 1


def _guess_head(words: Sequence[Word]) -> str:
    return words[_guess_head_place(words)].key if words else ""


def _skip_determiner(words: Sequence[Word], place: int) -> int:
    while place < len(words) and words[place].key in ("the", "a", "an", "its", "his", "her", "their", "this", "that"):
        place += 1
    return place


def _is_capitalised(word: Word) -> bool:
    return word.cased[0].isupper()


def _is_name_word(word: Word) -> bool:
    return _is_capitalised(word) or word.key in NAME_PARTICLES


def _name_run(parsed: _Phrase, roles: PhraseIndex[Role]) -> tuple[int, int]:
    """First and last (exclusive) word of the personal name around the head."""
    words = parsed.words
    start = parsed.head
    while start and _is_name_word(words[start - 1]) and not words[start - 1].is_possessive:
        before = words[start - 1]
        if before.key in TITLES or roles.ending_at(words, start) or _covering(parsed.matches, start - 1):
            break
        start -= 1
    end = parsed.head + 1
    while end < len(words) and _is_name_word(words[end]):
        end += 1
    return start, end


def _sector_of_modifier(match: Match[Role]) -> str | None:
    entries = sorted(match.entries, key=lambda role: role.kind != "modifier")
    return entries[0].sector


def _text(parsed: _Phrase, start: int, end: int) -> str:
    text = parsed.text[parsed.words[start].start : parsed.words[end - 1].end]
    return text.removesuffix("'s").removesuffix("’s")
