"""An actor phrase taken apart: its words, its head, and the known names in it that mean themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from transforms.resolve.actor_tables import PLACE_RANK, Entry, Role
from transforms.resolve.phrases import Match, PhraseIndex, Word, split_words
from transforms.resolve.word_classes import word_class

DIVIDERS = ",;:()/"


@dataclass(frozen=True, slots=True)
class Known:
    """Words ``start`` to ``end`` (exclusive) are this entry of the tables."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class ActorPhrase:
    """One phrase with everything that coding it needs."""

    text: str
    words: Sequence[Word]
    head: int
    label: str | None
    on: date | None
    known: Sequence[Known]

    def at(self, place: int) -> Known | None:
        """The known name that covers word ``place``."""
        return next((known for known in self.known if known.start <= place < known.end), None)

    def span(self, start: int, end: int) -> str:
        """The text of words ``start`` to ``end`` (exclusive), without a possessive ending."""
        text = self.text[self.words[start].start : self.words[end - 1].end]
        return text.removesuffix("'s").removesuffix("’s")

    def head_word(self) -> Word:
        return self.words[self.head]


class PhraseReader:
    """Takes phrases apart with the index of known names and the index of role nouns."""

    def __init__(self, names: PhraseIndex[Entry], roles: PhraseIndex[Role]) -> None:
        self._names = names
        self._roles = roles

    def read(self, text: str, head: str, label: str | None, on: date | None) -> ActorPhrase | None:
        """Take a phrase apart; ``None`` where it has no word."""
        words = split_words(text)
        if not words:
            return None
        place = _head_place(words, _head_key(head))
        known = [
            Known(match.start, match.end, _abroad(words, match.start, entry))
            for match in self._names.scan(words)
            if (entry := choose(match.entries, on) or _one_of(words, match, on))
            and self._means_itself(words, match, entry, label, on)
        ]
        return ActorPhrase(text, words, place, label, on, known)

    def long_names(self, text: str) -> list[tuple[int, int]]:
        """Character offsets of organisations of more than one word, wherever they stand in the text."""
        words = split_words(text)
        return [
            (words[match.start].start, words[match.end - 1].end)
            for match in self._names.scan(words)
            if match.end - match.start > 1 and match.entries[0].kind == "organisation"
        ]

    def role_ending_at(self, words: Sequence[Word], end: int) -> Match[Role] | None:
        """The longest role noun phrase whose last word is ``words[end - 1]``."""
        return self._roles.ending_at(words, end) if end else None

    def role_at_head(self, phrase: ActorPhrase) -> Match[Role] | None:
        """The role phrase at the head, which may go on after the head word ("secretary of state")."""
        longest = self._role_after_names(phrase, self.role_ending_at(phrase.words, phrase.head + 1))
        after = phrase.words[phrase.head + 1].key if phrase.head + 1 < len(phrase.words) else ""
        for end in range(phrase.head + 3, min(phrase.head + 5, len(phrase.words) + 1)) if after in ("of", "in") else ():
            role = self._roles.ending_at(phrase.words, end)
            if role and role.start <= phrase.head:
                longest = role
        return longest if longest and longest.entries[0].kind != "modifier" else None

    def _role_after_names(self, phrase: ActorPhrase, role: Match[Role] | None) -> Match[Role] | None:
        """The role without words of a known name: "soldiers" in "Afghan National Army soldiers"."""
        known = phrase.at(role.start) if role else None
        if role is None or known is None or known.start == role.start:
            return role
        if known.end >= role.end:  # the name holds the whole role: "Security" in "UN Security Council"
            return None
        shorter = self.role_ending_at(phrase.words[known.end :], role.end - known.end)
        return Match(shorter.start + known.end, role.end, shorter.entries) if shorter else None

    def name_span(self, phrase: ActorPhrase) -> tuple[int, int]:
        """First and last (exclusive) word of the personal name around the head."""
        words, start, end = phrase.words, phrase.head, phrase.head + 1
        while start and self._continues_name(phrase, start - 1):
            start -= 1
        while start < phrase.head and not is_capitalised(words[start]) and words[start].key not in ("al", "el"):
            start += 1
        while end < len(words) and is_name_word(words[end]) and not words[end - 1].is_possessive:
            end += 1
        return start, end

    def _continues_name(self, phrase: ActorPhrase, place: int) -> bool:
        word, known = phrase.words[place], phrase.at(place)
        if not is_name_word(word) or word.is_possessive or word.key in word_class("title"):
            return False
        if self.role_ending_at(phrase.words, place + 1):
            return False
        return known is None or (known.entry.kind in ("country", "capital", "place") and known.end - known.start == 1)

    def _means_itself(
        self, words: Sequence[Word], match: Match[Entry], entry: Entry, label: str | None, on: date | None
    ) -> bool:
        """Not in "U.S.-backed", not as a part of another name, not where a nationality says another one.

        A bare surname counts only while its holder is in office: out of it, anybody may bear the name.
        """
        if is_masked(words, match.start, match.end):
            return False
        if entry.kind == "organisation" and self._is_another_nations(words, match, entry):
            return False
        if entry.kind == "person" and match.end < len(words) and words[match.end].key in word_class("namesake word"):
            return False  # the father's name
        if match.end - match.start > 1:
            return True
        if entry.kind == "person":
            in_office = on is None or entry.holds(on) or self.role_ending_at(words, match.start) is not None
            return in_office and not self._has_name_beside(words, match, label)
        if entry.kind == "organisation" and label == "PERSON":
            after = words[match.end] if match.end < len(words) else None
            # "FCO Minister Ann Roe" names an office, "Fatah Roe" a person.
            is_part_of_name = after is not None and is_capitalised(after) and not self._begins_role(words, match.end)
            return not (is_part_of_name or self._is_name(words, match.start - 1))
        return True

    def _begins_role(self, words: Sequence[Word], start: int) -> bool:
        """Whether a role noun of up to three words begins here."""
        ends = range(start + 1, min(start + 4, len(words) + 1))
        return any((role := self._roles.ending_at(words, end)) and role.start == start for end in ends)

    def _is_another_nations(self, words: Sequence[Word], match: Match[Entry], entry: Entry) -> bool:
        """ "Congress" is American, "Peruvian Congress" is not."""
        if not match.start or not self._roles.ending_at(words, match.end):
            return False
        before = self._names.ending_at(words, match.start)
        code = before.entries[0].country_code if before else None
        return code is not None and code != entry.country_code

    def _has_name_beside(self, words: Sequence[Word], match: Match[Entry], label: str | None) -> bool:
        after = words[match.end] if match.end < len(words) else None
        follows = after is not None and is_capitalised(after) and not words[match.start].is_possessive
        follows = follows and (label == "PERSON" or self._is_name(words, match.end))
        return follows or self._is_name(words, match.start - 1)

    def _is_name(self, words: Sequence[Word], place: int) -> bool:
        """Whether the word is a capitalised one that no table knows, so a part of a name."""
        if place < 0 or not is_capitalised(words[place]) or words[place].is_possessive:
            return False
        if words[place].key in word_class("title"):
            return False
        return not (self._roles.ending_at(words, place + 1) or self._names.ending_at(words, place + 1))


def choose(entries: Sequence[Entry], on: date | None) -> Entry | None:
    """The entry of the best table that holds on the day, or the latest without a day; ``None`` between two actors."""
    if len(entries) == 1:
        return entries[0]
    best = min(entry.rank for entry in entries)
    candidates = [entry for entry in entries if entry.rank == best]
    valid = [entry for entry in candidates if on and entry.holds(on)] or candidates
    if best < PLACE_RANK and len({(entry.actor_id, entry.name) for entry in valid}) > 1:
        return None
    return max(valid, key=lambda entry: entry.valid_from or date.min)


def _one_of(words: Sequence[Word], match: Match[Entry], on: date | None) -> Entry | None:
    """What is sure where a name may mean several persons of one country: that country ("President Bush")."""
    first = match.entries[0]
    if first.kind != "person" or len({entry.country_code for entry in match.entries}) > 1:
        return None
    sectors = {entry.sector for entry in match.entries if on is None or entry.holds(on)}
    name = " ".join(word.cased for word in words[match.start : match.end])
    sector = next(iter(sectors)) if len(sectors) == 1 else None
    return replace(first, actor_id=None, name=name, sector=sector, valid_from=None, valid_to=None)


def _abroad(words: Sequence[Word], start: int, entry: Entry) -> Entry:
    """ "ethnic Albanians" are a people by descent and belong to whatever country they live in."""
    is_descent = entry.kind == "demonym" and start > 0 and words[start - 1].key in word_class("descent word")
    return replace(entry, country_code=None) if is_descent else entry


def is_masked(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a name only modifies what follows ("U.S.-backed", "pro-Russian") and lends it nothing."""
    if start and words[start].is_joined and words[start - 1].key in word_class("opposed prefix"):
        return True
    if end >= len(words):
        return False
    after = words[end]
    if after.is_joined:
        is_participle = after.key in word_class("aligned word") or after.key.endswith(("ed", "ing"))
        return is_participle and not is_capitalised(after)
    return after.key in word_class("aligned word apart")


def are_coordinated(words: Sequence[Word], known: Sequence[Known]) -> bool:
    """Two names side by side: "Russian-Syrian", "Russian and Syrian"."""
    return any(words[name.start].is_joined or (name.start and words[name.start - 1].key == "and") for name in known[1:])


def is_capitalised(word: Word) -> bool:
    return word.cased[0].isupper()


def is_name_word(word: Word) -> bool:
    return is_capitalised(word) or word.key in word_class("name particle")


def skip_articles(words: Sequence[Word], place: int) -> int:
    """The first word from ``place`` on that is no article or possessive pronoun."""
    while place < len(words) and words[place].key in word_class("article"):
        place += 1
    return place


def guess_head(words: Sequence[Word]) -> int:
    """The place of the head where nobody parsed the phrase: the word before the first preposition or comma."""
    for place, word in enumerate(words):
        if place and (word.key in word_class("preposition") or word.key in DIVIDERS):
            return place - 1
    return len(words) - 1


@lru_cache(maxsize=65_536)
def _head_key(head: str) -> str:
    words = split_words(head)
    return words[-1].key if words else ""


def _head_place(words: Sequence[Word], head: str) -> int:
    return next((place for place, word in enumerate(words) if word.key == head), guess_head(words))
