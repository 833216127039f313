"""What a name is called: the tables that turn each corpus's entity labels into the model's."""

import re
from dataclasses import dataclass, field
from functools import cache

import pycountry

from seeds import SeedError, read_table

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "MONEY", "EVENT", "WEAPON")
UNKNOWN = "-"
PLACE, PEOPLE, PEOPLE_ONLY, OUTSIDE = "PLACE", "PEOPLE", "PEOPLE?", "O"
TARGETS = frozenset({*LABELS, PLACE, PEOPLE, PEOPLE_ONLY, OUTSIDE, UNKNOWN})


@dataclass(frozen=True, slots=True)
class Span:
    """An entity as character offsets into its passage, end exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text of one corpus with its entities, which do not overlap.

    ``sentence_starts`` are character offsets, none where the corpus does not tell them.
    """

    corpus: str
    text: str
    spans: tuple[Span, ...] = ()
    sentence_starts: tuple[int, ...] = ()


@cache
def label_table() -> dict[tuple[str, str], str]:
    """Map (corpus, label) to a target, as ``seeds/training/entity_labels.csv`` says; unknown targets are refused."""
    table = {(row["corpus"], row["label"]): row["target"] for row in read_table("training/entity_labels")}
    for (corpus, label), target in table.items():
        if target not in TARGETS:
            raise SeedError(f"training/entity_labels.csv: {corpus} {label} has target {target!r}, which is no label")
    return table


def target_of(corpus: str, label: str) -> str:
    """The target of a corpus label; raises ``SeedError`` for a label that the table does not have."""
    try:
        return label_table()[corpus, label]
    except KeyError:
        raise SeedError(f"training/entity_labels.csv has no row for the label {label!r} of {corpus}; add one") from None


@dataclass(slots=True)
class Names:
    """Knowledge about single names: overriding labels, words that tell places apart, titles."""

    labels: dict[str, str] = field(default_factory=dict)
    place_words: dict[str, str] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)

    @classmethod
    def load(cls) -> "Names":
        """Read ``seeds/training/entity_names.csv`` and add the names of countries."""
        names = cls()
        for country in pycountry.countries:
            names.labels[getattr(country, "common_name", country.name).split(",")[0]] = "GPE"
        for row in read_table("training/entity_names"):
            match row["kind"]:
                case "name":
                    names.labels[row["text"]] = row["label"]
                case "place_word":
                    names.place_words[row["text"]] = row["label"]
                case "title":
                    names.titles.add(row["text"])
                case kind:
                    raise SeedError(f"training/entity_names.csv: unknown kind {kind!r} of {row['text']!r}")
        return names

    def learn(self, demonyms: set[str]) -> None:
        """Take demonyms that a corpus is sure of; names that are known already stay as they are."""
        for demonym in demonyms:
            self.labels.setdefault(demonym, "NORP")

    def place(self, name: str) -> str:
        """GPE, LOC or FAC by the words of a place's name; without a telling word it is a GPE."""
        found = (self.place_words[word] for word in reversed(name.split()) if word in self.place_words)
        return self.labels.get(name) or next(found, "GPE")

    def resolve(self, name: str, target: str) -> str:
        """The label of ``name`` whose corpus label has ``target``: a label of the model, ``O`` or unknown."""
        if target in {OUTSIDE, UNKNOWN, "EVENT", "WEAPON"}:
            return target
        known = self.labels.get(name)
        if target == "PERSON":  # "Western" is no person, but people are called Jordan
            return "NORP" if known == "NORP" else target
        if known:
            return known
        if target == PLACE:
            return self.place(name)
        if target == PEOPLE:
            return "NORP"
        return UNKNOWN if target == PEOPLE_ONLY else target

    def without_title(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Take titles off the front of a person's name at ``text[start:end]``; empty if nothing is left."""
        for word in re.finditer(r"\S+", text[start:end]):
            if word.group() not in self.titles:
                return start + word.start(), end
        return end, end
