"""Actors: what a phrase of the text says of the name, country and sector of whom it means.

A phrase is read in two steps. Known names in it (people, organisations, countries, demonyms, capitals) are looked
up in one index; then the head word decides: a known name speaks for itself, a role noun lends its sector and takes
the country from the nationality beside it, a personal name takes both from its title ("Russian President ...").
What the phrase does not say stays empty: nothing is guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from transforms.resolve import actor_tables
from transforms.resolve.actor_codes import UNKNOWN, ActorCode, code_of
from transforms.resolve.actor_kinds import GROUP_SECTORS, ActorKind, is_ground, is_number, is_pronoun, kind_of
from transforms.resolve.actor_lenders import Lenders
from transforms.resolve.actor_phrases import (
    DIVIDERS,
    ActorPhrase,
    Known,
    PhraseReader,
    guess_head,
    is_capitalised,
    is_name_word,
    skip_articles,
)
from transforms.resolve.actor_tables import Entry, Role
from transforms.resolve.phrases import Match, PhraseIndex, split_words
from transforms.resolve.word_classes import word_class

__all__ = ["ActorCode", "ActorCoder", "ActorKind"]

CACHE_SIZE = 65_536
HALVES = re.compile(r"(?P<first>North|South|East|West) and (?P<second>North|South|East|West) (?P<rest>[A-Z]\w+)")
JOINED = re.compile(r"\band\b|[,‐‑–-]")
"""Without any of these a phrase names one country."""
SECTORS_WITH_TITLE = ("MIL", "LEG", "GOV", "REL")


class ActorCoder:
    """Codes actor phrases by the tables in ``seeds/actors/``; one instance is shared by all documents."""

    def __init__(self, *, names: Iterable[tuple[str, Entry]], roles: Iterable[tuple[str, Role]]) -> None:
        self._reader = PhraseReader(PhraseIndex(names), PhraseIndex(roles))
        self._lenders = Lenders(self._reader, self._code_from)
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

    def code(
        self,
        phrase: str,
        *,
        head: str,
        label: str | None = None,
        on: date | None = None,
        owner: ActorCode | None = None,
    ) -> ActorCode:
        """Code a phrase without leading determiner, such as "Turkish police" or "Russian President Vladimir Putin".

        ``head`` is its syntactic head word, ``label`` the entity label over the head (PERSON, ORG, GPE, LOC, FAC,
        NORP) if any, ``on`` the day that the text speaks of: offices are held for a time. ``owner`` is who stands
        behind a possessor that the phrase only hints at ("its navy"); it lends what the phrase itself does not say.
        """
        return self._cached_code(phrase, head, label, on, owner)

    def kind(self, phrase: str, *, head: str, label: str | None = None) -> ActorKind | None:
        """Say what sort of thing the phrase means, or ``None`` where it cannot be told ("it", an unknown noun)."""
        return self._cached_kind(phrase, head, label)

    def nations(self, phrase: str, *, head: str, label: str | None = None) -> list[tuple[int, int, ActorCode]]:
        """Start and end offset and code of each, where a phrase means several states or people of several.

        "US and British troops" are told apart by their countries, "North and South Korea" by their names.
        """
        if head.lower() in word_class("divided state"):
            whole = head.removesuffix("s")
            return [(0, len(phrase), self.code(f"{half} {whole}", head=whole)) for half in ("North", "South")]
        if not JOINED.search(phrase):
            return []
        halves = HALVES.fullmatch(phrase)
        if halves:
            states = [f"{halves[name]} {halves['rest']}" for name in ("first", "second")]
            first, second = (self.code(state, head=halves["rest"]) for state in states)
            return [(0, halves.end("first"), first), (halves.start("second"), len(phrase), second)]
        read = self._reader.read(phrase, head, label, None)
        found = self._lenders.nations(read) if read is not None else []
        return [
            (
                read.words[known.start].start,
                read.words[known.end - 1].end,
                replace(UNKNOWN, country_code=known.entry.country_code),
            )
            for known in found
            if read is not None
        ]

    def is_capital(self, name: str) -> bool:
        """True of a capital, which may stand for its government or for the town."""
        phrase = self._reader.read(name, name.rsplit(maxsplit=1)[-1], "GPE", None)
        known = phrase.at(phrase.head) if phrase is not None else None
        return known is not None and known.entry.kind == "capital"

    @staticmethod
    def likely_head(phrase: str) -> str:
        """The head word of a phrase that nobody parsed: the last before a preposition or comma."""
        words = split_words(phrase)
        return words[guess_head(words)].cased if words else phrase

    def long_names(self, text: str) -> list[tuple[int, int]]:
        """Start and end offsets of known organisations of several words in ``text``, which parsers may cut apart."""
        return self._reader.long_names(text)

    def _kind(self, text: str, head: str, label: str | None) -> ActorKind | None:
        phrase = self._reader.read(text, head, label, None)
        return kind_of(phrase, self._reader.role_at_head(phrase)) if phrase else None

    def _code(
        self, text: str, head: str, label: str | None, on: date | None, owner: ActorCode | None = None
    ) -> ActorCode:
        if " and " in text and (halves := HALVES.match(text)) and halves["first"] == head:
            text = f"{halves['first']} {halves['rest']}"  # "North and South Korea" are two
        phrase = self._reader.read(text, head, label, on)
        if phrase is None or is_pronoun(phrase):
            return UNKNOWN
        code = self._code_phrase(phrase) if owner is None else self._code_owned(phrase, owner)
        if code.name is not None and (code.country_code is None or code.sector is None):
            return self._complete_from_apposition(phrase, code)
        return code

    def _code_phrase(self, phrase: ActorPhrase) -> ActorCode:
        if phrase.head_word().key in word_class("quantity") and _is_before_of(phrase):
            return self._code_quantity(phrase)
        known = phrase.at(phrase.head)
        if known and not (phrase.label == "PERSON" and known.entry.kind not in ("person", "organisation")):
            return self._code_known(phrase, known)
        role = self._reader.role_at_head(phrase)
        if phrase.label == "PERSON" and not (role and role.entries[0].kind == "person"):
            return self._code_person(phrase)
        if role:
            code = self._code_role(phrase, role)
            return replace(code, name=code.name or phrase.text) if _is_proper_organisation(phrase) else code
        if is_number(phrase):
            return self._code_number(phrase)
        if phrase.label == "ORG":
            return self._code_organisation(phrase)
        return replace(UNKNOWN, country_code=self._lenders.nationality(phrase, phrase.head, phrase.head + 1))

    def _code_owned(self, phrase: ActorPhrase, owner: ActorCode) -> ActorCode:
        """The code of a role noun ("navy", "leader") with its owner known from elsewhere."""
        role = self._reader.role_at_head(phrase)
        if role is None or phrase.at(phrase.head):
            return self._code_phrase(phrase)
        code, noun = self._code_role(phrase, role), role.entries[0]
        is_thing = noun.kind == "thing" and noun.sector is None
        if noun.phrase in word_class("other noun"):
            return code
        if is_thing or (code.country_code and code.sector and code.sector != noun.sector):
            return code
        country = code.country_code or owner.country_code
        if owner.sector != "GOV" and owner.sector in noun.inherits:
            return replace(code, country_code=country, sector=owner.sector)
        # Of a state or its head only the country is lent: "its leader" is of the government, "his rival" is not.
        return replace(code, country_code=country, sector=code.sector or (noun.national if country else None))

    def _code_known(self, phrase: ActorPhrase, known: Known) -> ActorCode:
        entry = known.entry
        if entry.kind == "person":
            title = self._reader.role_ending_at(phrase.words, known.start)
            return code_of(entry, phrase.on, sector=title.entries[0].sector if title else None)
        if entry.kind == "organisation":
            return code_of(entry, phrase.on)
        if entry.kind == "demonym":
            # "the Albanians of southern Serbia" are Serbia's
            home = self._code_from(phrase, phrase.head + 2).country_code if _is_before_of(phrase) else None
            return replace(UNKNOWN, country_code=home or entry.country_code, sector="CIV")
        if entry.kind == "place" or is_ground(phrase, known):
            country = entry.country_code or self._lenders.nationality(phrase, known.start, known.end)
            return replace(UNKNOWN, name=entry.name if entry.kind == "country" else None, country_code=country)
        return code_of(entry, None)

    def _code_role(self, phrase: ActorPhrase, role: Match[Role]) -> ActorCode:
        noun = role.entries[0]
        if noun.kind == "thing" and not noun.inherits and noun.sector is None:
            is_far = noun.phrase in word_class("far thing")
            country = None if is_far else self._lenders.nationality(phrase, role.start, role.end)
            return replace(UNKNOWN, country_code=country)
        lender = self._lenders.lender(phrase, role)
        sector = lender.sector if lender.sector in noun.inherits else noun.sector
        named = self._named_after(phrase, role.end) if noun.kind == "person" else None
        if named and named.actor_id:
            return replace(named, sector=named.sector or sector)
        if noun.phrase in word_class("other noun"):
            country = self._lenders.own_nationality(phrase, role.start)
        else:
            country = self._lenders.nationality(phrase, role.start, role.end, sector=sector) or lender.country_code
        if sector is None and country and noun.inherits:
            sector = noun.national
        is_stateless = any(word.key in word_class("stateless people") for word in phrase.words[: role.start])
        if sector == "MIL" and country is None and is_stateless:
            sector = "REB"  # "Kurdish troops" are no state's; "Iraqi Kurdish forces" are a region's
        code = replace(UNKNOWN, country_code=country, sector=sector)
        if named:
            return replace(code, name=named.name)
        owner = self._lenders.owner(phrase, role) or lender
        is_the_force_itself = noun.kind == "group" or (noun.is_plural and sector in GROUP_SECTORS)
        if owner.actor_id and owner.sector == sector and is_the_force_itself:
            return replace(code, name=owner.name, actor_id=owner.actor_id)
        return code

    def _code_person(self, phrase: ActorPhrase) -> ActorCode:
        """An unknown person, who takes country and sector from the title before the name."""
        start, end = self._reader.name_span(phrase)
        name = phrase.span(start, end)
        title = self._reader.role_ending_at(phrase.words, start)
        if title and title.entries[0].kind == "person":
            return replace(self._code_role(replace(phrase, head=start - 1), title), name=name, actor_id=None)
        abbreviation = phrase.words[start - 1].key if start else ""
        sector = next((name for name in SECTORS_WITH_TITLE if abbreviation in word_class(f"{name} title")), None)
        return ActorCode(name, None, self._lenders.nationality(phrase, start, end), sector)

    def _code_organisation(self, phrase: ActorPhrase) -> ActorCode:
        """An unknown organisation, whose name may hold a role noun: "Blue River Workers' Union"."""
        for end in range(len(phrase.words), 0, -1):
            role = self._reader.role_ending_at(phrase.words, end)
            if role and role.entries[0].kind in ("organisation", "group", "state") and role.entries[0].sector:
                return replace(self._code_role(replace(phrase, head=end - 1), role), name=phrase.text)
        return ActorCode(phrase.text, None, self._lenders.nationality(phrase, phrase.head, phrase.head + 1), None)

    def _code_number(self, phrase: ActorPhrase) -> ActorCode:
        """ "at least 90" are people; "90 of the soldiers" are soldiers."""
        if _is_before_of(phrase):
            return self._code_quantity(phrase)
        country = self._lenders.nationality(phrase, phrase.head, phrase.head + 1, sector="CIV")
        return replace(UNKNOWN, country_code=country, sector="CIV")

    def _code_quantity(self, phrase: ActorPhrase) -> ActorCode:
        """ "a number of ministers" are ministers, "dozens of villages" no people."""
        code = self._code_from(phrase, phrase.head + 2)
        role = self._reader.role_ending_at(phrase.words, _end_of_noun_group(phrase, phrase.head + 2))
        are_people = role is None or role.entries[0].kind == "person"
        return replace(code, sector=code.sector or "CIV") if are_people else code

    def _complete_from_apposition(self, phrase: ActorPhrase, code: ActorCode) -> ActorCode:
        """Take what is missing from what follows a comma: "John Doe, the British foreign secretary"."""
        comma = next((place for place in range(phrase.head, len(phrase.words)) if phrase.words[place].key == ","), None)
        if comma is None:
            return code
        other = self._code_from(phrase, comma + 1)
        return replace(code, country_code=code.country_code or other.country_code, sector=code.sector or other.sector)

    def _code_from(self, phrase: ActorPhrase, start: int) -> ActorCode:
        """The code of the part of the phrase from word ``start`` up to the next comma or bracket."""
        words = phrase.words
        start = skip_articles(words, start)
        stop = next((place for place in range(start, len(words)) if words[place].key in DIVIDERS), len(words))
        if stop <= start:
            return UNKNOWN
        text = phrase.span(start, stop)
        part = split_words(text)
        return self._cached_code(text, part[guess_head(part)].key, None, phrase.on)

    def _named_after(self, phrase: ActorPhrase, start: int) -> ActorCode | None:
        """The personal name right after a title: "President Vladimir Putin", "spokesman John Doe"."""
        known = phrase.at(start) if start < len(phrase.words) else None
        if known and known.entry.kind == "person" and known.start == start:
            return code_of(known.entry, phrase.on)
        end = start
        while end < len(phrase.words) and is_name_word(phrase.words[end]):
            end += 1
        if end == start or not is_capitalised(phrase.words[end - 1]):
            return None
        return replace(UNKNOWN, name=phrase.span(start, end))


def _is_proper_organisation(phrase: ActorPhrase) -> bool:
    return phrase.label == "ORG" and is_capitalised(phrase.head_word())


def _is_before_of(phrase: ActorPhrase) -> bool:
    return phrase.head + 1 < len(phrase.words) and phrase.words[phrase.head + 1].key == "of"


def _end_of_noun_group(phrase: ActorPhrase, start: int) -> int:
    """The end of the noun group that begins at word ``start`` or after its article."""
    start = skip_articles(phrase.words, start)
    return start + guess_head(phrase.words[start:]) + 1 if start < len(phrase.words) else 0
