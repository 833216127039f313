"""Splitting of a phrase into folded words, and an index that finds the longest known name in it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

WORD = re.compile(
    r"""(?:[^\W\d_]\.)+[^\W\d_](?![\w.])        # U.S
    | (?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?   # U.S.
    | \d[\d.,]*\d                             # 1,300
    | [^\W_]+(?:['’][^\W_]+)*['’]?            # Turkey's, rebels'
    | & | [,;:()/]""",
    re.VERBOSE,
)
SPECIAL_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
)
HYPHENS = "-‐‑–"
APOSTROPHES = str.maketrans("", "", "'’.")


class Word(NamedTuple):
    """One word of a phrase: ``key`` is folded to lower case, ``cased`` keeps the case."""

    key: str
    cased: str
    is_joined: bool
    """A hyphen stands between the word and the one before."""
    is_possessive: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Words ``start`` to ``end`` (exclusive) are a known name with these entries."""

    start: int
    end: int
    entries: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class _Name(Generic[T]):
    """One name of the index with the entries that it has in each of its ways of writing capitals."""

    keys: tuple[str, ...]
    forms: list[tuple[tuple[str, ...], tuple[T, ...]]]


def fold(text: str) -> str:
    """Remove diacritics: "Türkiye" becomes "Turkiye"."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(SPECIAL_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def split_words(phrase: str) -> list[Word]:
    """Split a phrase into words and punctuation marks that divide it; "Turkey's" is "Turkey" and possessive."""
    words: list[Word] = []
    end = 0
    for found in WORD.finditer(phrase):
        start = found.start()
        joined = start == end + 1 and start > 1 and phrase[start - 1] in HYPHENS
        end = found.end()
        text, possessive = found[0], False
        if not text.isalnum() and end - start > 1:
            text, possessive = _strip_marks(text)
        text = fold(text)
        words.append(Word(text.lower(), text, joined, possessive, start, end))
    return words


def _strip_marks(text: str) -> tuple[str, bool]:
    """A word without apostrophes and dots, and whether it ended in a possessive one."""
    if text[-1] in "'’":
        return text.translate(APOSTROPHES) or text, True
    if text[-1] in "sS" and text[-2] in "'’":
        return text[:-2].translate(APOSTROPHES) or text, True
    return text.translate(APOSTROPHES) or text, False


class PhraseIndex(Generic[T]):
    """Names by their first word, the longest first."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        grouped: dict[tuple[str, ...], dict[tuple[str, ...], list[T]]] = {}
        for name, entry in names:
            words = split_words(name)
            if words:
                keys = tuple(word.key for word in words)
                cased = tuple(word.cased for word in words)
                grouped.setdefault(keys, {}).setdefault(cased, []).append(entry)
        self._by_first: dict[str, list[_Name[T]]] = {}
        self._by_last: dict[str, list[_Name[T]]] = {}
        for keys, forms in sorted(grouped.items(), key=lambda item: -len(item[0])):
            item = _Name(keys, [(cased, tuple(entries)) for cased, entries in forms.items()])
            self._by_first.setdefault(keys[0], []).append(item)
            self._by_last.setdefault(keys[-1], []).append(item)

    def scan(self, words: Sequence[Word]) -> list[Match[T]]:
        """Find known names from left to right, the longest at each place, without overlap."""
        matches: list[Match[T]] = []
        position = 0
        keys = tuple([word.key for word in words])
        while position < len(words):
            match = self._longest(words, keys, position) if keys[position] in self._by_first else None
            if match:
                matches.append(match)
                position = match.end
            else:
                position += 1
        return matches

    def ending_at(self, words: Sequence[Word], end: int) -> Match[T] | None:
        """The longest known name whose last word is ``words[end - 1]``."""
        names = self._by_last.get(words[end - 1].key)
        if names is None:
            return None
        keys = tuple([word.key for word in words[:end]])
        for name in names:
            start = end - len(name.keys)
            if start >= 0 and keys[start:end] == name.keys:
                entries = _entries_in_case(words[start:end], name)
                if entries:
                    return Match(start, end, entries)
        return None

    def _longest(self, words: Sequence[Word], keys: tuple[str, ...], start: int) -> Match[T] | None:
        for name in self._by_first.get(keys[start], ()):
            end = start + len(name.keys)
            if keys[start:end] == name.keys:
                entries = _entries_in_case(words[start:end], name)
                if entries:
                    return Match(start, end, entries)
        return None


def _entries_in_case(words: Sequence[Word], name: _Name[T]) -> tuple[T, ...]:
    found: list[T] = []
    for cased, entries in name.forms:
        if all(_fits_case(word.cased, part) for word, part in zip(words, cased, strict=True)):
            found.extend(entries)
    return tuple(found)


def _fits_case(written: str, name: str) -> bool:
    """A name in small letters fits any case, "China" only a capital, "US" only capitals ("us" is a pronoun)."""
    if written == name or name.islower() or not name[0].isalpha():
        return True
    return written[0].isupper() and not (name.isupper() and len(name) > 1)
