"""The vocabulary of coreference: pronouns, nouns that take up an actor, genders of names, titles, acronyms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import seeds
from transforms.resolve.phrases import fold, split_words
from transforms.resolve.word_classes import word_class

Gender = Literal["f", "m"]
PRONOUN_CLASSES = ("male pronoun", "female pronoun", "plural pronoun", "neuter pronoun", "speaker pronoun")


@dataclass(frozen=True, slots=True)
class Description:
    """What a noun such as "group" may stand for; an empty sector stands for an unknown one, no sectors for any."""

    kinds: frozenset[str]
    sectors: frozenset[str]


@cache
def descriptions() -> dict[str, Description]:
    """The nouns of ``seeds/actors/descriptions.csv`` and what they may stand for."""
    return {
        row["noun"]: Description(
            frozenset(row["kinds"].split("|")), frozenset(row["sectors"].split("|") if row["sectors"] else ())
        )
        for row in seeds.read_table("actors/descriptions")
    }


@cache
def title_words() -> frozenset[str]:
    """Words that may stand before a surname without being a part of the name: "President", "Mr", "Foreign"."""
    titles = {row["phrase"] for row in seeds.read_table("actors/roles") if row["kind"] == "person"}
    return word_class("title").union(*(phrase.lower().split() for phrase in titles))


@cache
def _genders() -> dict[str, Gender]:
    rows = seeds.read_table("actors/given_names")
    return {
        fold(name).lower(): "f" if row["gender"] == "f" else "m" for row in rows for name in row["names"].split("|")
    }


def gender_of(words: Collection[str], name: str) -> Gender | None:
    """The gender that titles in ``words`` or the given name tell, else ``None``."""
    if word_class("female word").intersection(words):
        return "f"
    if word_class("male word").intersection(words):
        return "m"
    given = split_words(name)
    return _genders().get(given[0].key) if given else None


def may_mean(pronoun: str, phrase: str, name: str) -> bool:
    """Whether a pronoun agrees with the gender that a phrase or name tells; where none is told it may."""
    gender = gender_of([word.key for word in split_words(phrase)], name)
    told = "m" if pronoun in word_class("male pronoun") else "f" if pronoun in word_class("female pronoun") else gender
    return gender in {None, told}


def initials(words: Sequence[str]) -> frozenset[str]:
    """The acronyms that a name of these words may have, with and without its small words."""
    if len(words) < 2:  # noqa: PLR2004
        return frozenset()
    every = "".join(word[0] for word in words).upper()
    main = "".join(word[0] for word in words if word not in word_class("small initial")).upper()
    return frozenset(acronym for acronym in (every, main) if len(acronym) > 1)


def is_pronoun(text: str) -> bool:
    """Whether the text is one personal pronoun."""
    return text != "US" and any(text.lower() in word_class(name) for name in PRONOUN_CLASSES)


def singular(noun: str) -> str:
    """The singular of a regular plural, of "men" and of "women"; other words stay."""
    if noun.endswith("men"):
        return noun[:-3] + "man"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun.removesuffix("s")
