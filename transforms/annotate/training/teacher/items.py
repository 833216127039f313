"""Docs as what the encoder reads: word pieces, the capitals that they have lost, and the annotation as numbers."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

MISSING = -100
"""A word whose annotation is not known."""
MAX_PIECES = 500
LAYERS = ("head", "dep", "tag", "morph", "entity")
WRITINGS = 6

Numbers = NDArray[np.int64]
SplitWords = Callable[[Sequence[str]], tuple[list[int], list[int | None]]]
"""Turns words into piece ids and, for each piece, the number of its word (``None`` for marks of the encoder's own)."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The values that each layer of annotation can have; their numbers are their places."""

    dep: tuple[str, ...]
    tag: tuple[str, ...]
    morph: tuple[str, ...]
    entity: tuple[str, ...]

    @classmethod
    def of(cls, docs: Iterable[Doc]) -> "Inventory":
        """Collect the values of all ``docs``."""
        deps, tags, morphs, kinds = set(), set(), set(), set()
        for doc in docs:
            for token in doc:
                deps.add(token.dep_)
                tags.add(token.tag_)
                morphs.add(morph_of(token))
                kinds.add(token.ent_type_)
        return cls(
            dep=tuple(sorted(deps - {""})),
            tag=tuple(sorted(tags - {""})),
            morph=tuple(sorted(morphs - {""})),
            entity=("O", *(f"{part}-{kind}" for kind in sorted(kinds - {""}) for part in "BI")),
        )

    def numbers(self, layer: str) -> dict[str, int]:
        """Map each value of ``layer`` to its number."""
        return {value: number for number, value in enumerate(getattr(self, layer))}


def morph_of(token: Token) -> str:
    """Part of speech and features in one, as the morphologiser has them; empty where they are not known."""
    return f"{token.pos_}|{token.morph}" if token.pos else ""


def entity_of(token: Token) -> str:
    """The mark of a word in an entity: ``O``, ``B-GPE``, ``I-GPE``; empty where it is not known."""
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type else token.ent_iob_


@dataclass(slots=True)
class Item:
    """One Doc as numbers. ``first`` is the place of each word's first piece, ``gold`` has one array a layer."""

    pieces: list[int]
    writings: list[int]
    first: list[int]
    gold: dict[str, Numbers] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.first)


def make_item(doc: Doc, split_words: SplitWords, inventory: Inventory) -> Item | None:
    """The item of ``doc``; ``None`` for one that is too long for the encoder."""
    words = [token.text for token in doc]
    pieces, word_of_piece = split_words(words)
    if not words or len(pieces) > MAX_PIECES:
        return None
    first = [0] * len(words)  # words of which no piece is left are read at the encoder's opening mark
    for place in range(len(pieces) - 1, -1, -1):
        number = word_of_piece[place]
        if number is not None:
            first[number] = place
    writings = [0 if number is None else writing(words[number]) for number in word_of_piece]
    return Item(pieces=pieces, writings=writings, first=first, gold=_gold(doc, inventory))


def _gold(doc: Doc, inventory: Inventory) -> dict[str, Numbers]:
    values = {
        "dep": [token.dep_ for token in doc],
        "tag": [token.tag_ for token in doc],
        "morph": [morph_of(token) for token in doc],
        "entity": [entity_of(token) for token in doc],
    }
    gold = {"head": np.array([token.head.i if token.dep else MISSING for token in doc], dtype=np.int64)}
    for layer, column in values.items():
        numbers = inventory.numbers(layer)
        gold[layer] = np.array([numbers.get(value, MISSING) for value in column], dtype=np.int64)
    return gold


def writing(word: str) -> int:
    """How a word is written: the encoder reads lower case only, so its capitals are told apart here."""
    if not any(letter.isalpha() for letter in word):
        return 1 if any(letter.isdigit() for letter in word) else 2
    if word.islower():
        return 3
    if word.isupper() and len(word) > 1:
        return 4
    return 5 if word[0].isupper() else 0


def batches(items: Iterable[Item], *, pieces: int, rng: random.Random) -> Iterator[list[Item]]:
    """Batches of items of like length, at most ``pieces`` word pieces with padding, in random order."""
    made: list[list[Item]] = []
    batch: list[Item] = []
    for item in sorted(items, key=lambda item: len(item.pieces) + 12 * rng.random()):
        if batch and max(len(other.pieces) for other in (*batch, item)) * (len(batch) + 1) > pieces:
            made.append(batch)
            batch = []
        batch.append(item)
    if batch:
        made.append(batch)
    rng.shuffle(made)
    yield from made
