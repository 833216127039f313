"""Folding of place names, so that Raqqah, Ar-Raqqa and Rakka meet."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ŋ": "n"}
    | dict.fromkeys("'’‘ʻʼʿʾ`´ˈ′\u02bb\u02be\u02bf.*", "")
    | dict.fromkeys("-‐‑–—_/,", " ")
)
_SHORT_FORMS = {"mt": "mount", "mtn": "mountain", "st": "saint", "ste": "sainte", "ft": "fort", "&": "and"}
ADMIN1_KINDS = frozenset("province state governorate region oblast prefecture republic department division".split())
_ARTICLES = frozenset("al ar as ash at an ad adh az el er es esh et ez ud ul the".split())
_SPELLINGS = (
    ("ou", "u"), ("oo", "u"), ("ei", "ai"), ("ay", "ai"), ("ey", "ai"), ("ee", "i"), ("q", "k"), ("ck", "k"),
    ("dj", "j"), ("y", "i"), ("aa", "a"), ("o", "u"), ("e", "i"),
)  # fmt: skip
_FINAL_H = re.compile(r"(?<=[a-z])(?:[ae]h|(?<![ksgtdzc])h)\b")
_DOUBLED = re.compile(r"([a-z])\1")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Fold case, diacritics, apostrophes, hyphens and short forms: "Sana'a" is "sanaa", "Mt. Sinai" "mount sinai"."""
    text = name.lower()
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    words = text.translate(_LETTERS).split()
    if len(words) > 1:
        if words[0] == "the":
            del words[0]
        if not _SHORT_FORMS.keys().isdisjoint(words):
            words = [_SHORT_FORMS.get(word, word) for word in words]
    return " ".join(words)


def loosen(folded: str) -> str:
    """Fold further what transliterations vary: articles, long vowels, q and k, doubled letters, a final h."""
    words = folded.split()
    if not _ARTICLES.isdisjoint(words):
        words = [word for word in words if word not in _ARTICLES] or words
    text = _FINAL_H.sub("a", " ".join(words))
    for spelling, replacement in _SPELLINGS:
        text = text.replace(spelling, replacement)
    return _DOUBLED.sub(r"\1", text)


def strip_kind(name: str) -> str:
    """Take the kind off an admin1's name: "Idlib Governorate" is "Idlib"; other names stay."""
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in ADMIN1_KINDS else name
