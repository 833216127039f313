"""What the words beside a role noun or name lend it: a sector, an owner, a country."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from transforms.resolve.actor_codes import UNKNOWN, ActorCode, code_of
from transforms.resolve.actor_phrases import DIVIDERS, ActorPhrase, Known, PhraseReader, are_coordinated, is_masked
from transforms.resolve.actor_tables import SECTORS, Role
from transforms.resolve.phrases import Match
from transforms.resolve.word_classes import word_class

NATIONS = ("country", "demonym", "capital")
"""Kinds of entries that tell whose somebody is."""


class Lenders:
    """Looks around in a phrase for who lends sector or country to its head."""

    def __init__(self, reader: PhraseReader, code_from: Callable[[ActorPhrase, int], ActorCode]) -> None:
        """``code_from`` codes the part of a phrase that begins at a word."""
        self._reader = reader
        self._code_from = code_from

    def lender(self, phrase: ActorPhrase, role: Match[Role]) -> ActorCode:
        """Who may lend the role a sector: the nearest name or role noun before it, else the phrase after "of"."""
        inherits = role.entries[0].inherits
        if not inherits:
            return UNKNOWN
        owner = self.owner(phrase, role)
        if owner:
            return owner
        for end in range(role.start, 0, -1):
            before = self._reader.role_ending_at(phrase.words, end)
            sector = _modifier_sector(before.entries) if before else None
            if before and sector in inherits and not is_masked(phrase.words, before.start, end):
                return replace(UNKNOWN, sector=sector)
        if role.end < len(phrase.words) and phrase.words[role.end].key in word_class("owner preposition"):
            return self._code_from(phrase, role.end + 1)
        return UNKNOWN

    def owner(self, phrase: ActorPhrase, role: Match[Role]) -> ActorCode | None:
        """The person or organisation named nearest before the role noun."""
        before = [known for known in phrase.known if known.end <= role.start]
        owners = [known for known in before if known.entry.kind in ("person", "organisation")]
        return code_of(owners[-1].entry, phrase.on) if owners else None

    def nationality(self, phrase: ActorPhrase, start: int, end: int, *, sector: str | None = None) -> str | None:
        """The country named beside words ``start`` to ``end``, or ``None`` where none is, or two side by side."""
        before = [known for known in phrase.known if known.end <= start and known.entry.country_code]
        if phrase.label == "PERSON" or (before and phrase.words[start - 1].cased[0].isupper()):
            before = [known for known in before if not self._is_given_name(phrase, known, start)]
        nations = [known for known in before if known.entry.kind in NATIONS]
        if len({known.entry.country_code for known in nations}) > 1 and are_coordinated(phrase.words, nations):
            return None
        if before:
            return (nations or before)[0].entry.country_code
        return self._country_after(phrase, end, sector)

    def own_nationality(self, phrase: ActorPhrase, start: int) -> str | None:
        """The nationality of a neighbour or ally itself: "Turkish allies" are Turks, "Turkey's allies" others."""
        before = [known for known in phrase.known if known.end <= start and known.entry.kind == "demonym"]
        own = [known for known in before if not phrase.words[known.end - 1].is_possessive]
        return own[-1].entry.country_code if own else None

    def nations(self, phrase: ActorPhrase) -> list[Known]:
        """The countries side by side before the head of one phrase: "British and French officials"; else none."""
        before = [known for known in phrase.known if known.end <= phrase.head]
        nations = [known for known in before if known.entry.kind in NATIONS and known.entry.country_code]
        are_several = len({known.entry.country_code for known in nations}) > 1 and nations[-1].end == phrase.head
        return nations if are_several and are_coordinated(phrase.words, nations) else []

    def _is_given_name(self, phrase: ActorPhrase, known: Known, start: int) -> bool:
        """ "Chad" in "Chad Miller": a country's name right before a personal name is a given name."""
        is_name = known.entry.kind in ("country", "capital", "place") and known.end == start
        return is_name and phrase.label == "PERSON" and not phrase.words[known.end - 1].is_possessive

    def _country_after(self, phrase: ActorPhrase, start: int, sector: str | None) -> str | None:
        for place in range(start, len(phrase.words)):
            key = phrase.words[place].key
            stays_home = key in word_class("home preposition") and sector in word_class("home sector")
            if key in word_class("country preposition") or stays_home:
                return self._code_from(phrase, place + 1).country_code
            if key in word_class("preposition") or key in DIVIDERS:
                return None
        return None


def _modifier_sector(roles: Sequence[Role]) -> str | None:
    """The sector that a word lends which stands before the noun; "other" and "dozens" lend none."""
    role = min(roles, key=lambda role: role.kind != "modifier")
    return None if role.kind == "person" and role.inherits == SECTORS else role.sector
