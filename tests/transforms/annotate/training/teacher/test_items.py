"""Docs become what the encoder reads."""

import random
from collections.abc import Sequence

import pytest
import spacy
from spacy.tokens import Doc

from transforms.annotate.training.teacher.items import MISSING, Inventory, Item, batches, make_item, writing


def letters(words: Sequence[str]) -> tuple[list[int], list[int | None]]:
    """One piece a letter between two marks of the encoder's own; a word of dashes has none."""
    numbers = [number for number, word in enumerate(words) for letter in word if letter != "-"]
    return list(range(len(numbers) + 2)), [None, *numbers, None]


@pytest.fixture
def doc() -> Doc:
    return Doc(
        spacy.blank("en").vocab,
        words=["Lima", "-", "fell"],
        tags=["NNP", "", "VBD"],
        pos=["PROPN", "", "VERB"],
        morphs=["Number=Sing", "", ""],
        heads=[2, 2, 2],
        deps=["nsubj", "punct", "ROOT"],
        ents=["B-GPE", None, "O"],
    )


def test_an_inventory_has_every_value_once(doc: Doc) -> None:
    inventory = Inventory.of([doc, doc])
    assert inventory.dep == ("ROOT", "nsubj", "punct")
    assert inventory.tag == ("NNP", "VBD")
    assert inventory.morph == ("PROPN|Number=Sing", "VERB|")
    assert inventory.entity == ("O", "B-GPE", "I-GPE")


def test_an_item_knows_each_words_first_piece_and_annotation(doc: Doc) -> None:
    item = make_item(doc, letters, Inventory.of([doc]))
    assert item is not None
    assert len(item) == 3
    assert item.first == [1, 0, 5]  # no piece is left of the dash
    assert item.writings == [0, 5, 5, 5, 5, 3, 3, 3, 3, 0]
    assert item.gold["head"].tolist() == [2, 2, 2]
    assert item.gold["dep"].tolist() == [1, 2, 0]
    assert item.gold["tag"].tolist() == [0, MISSING, 1]
    assert item.gold["entity"].tolist() == [1, MISSING, 0]


def test_what_is_too_long_is_no_item() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["x" * 600])
    assert make_item(doc, letters, Inventory.of([doc])) is None


@pytest.mark.parametrize(
    ("word", "kind"), [("rebels", 3), ("Lima", 5), ("UN", 4), ("A", 5), ("1990s", 3), ("12", 1), ("—", 2), ("iPad", 0)]
)
def test_writings(word: str, kind: int) -> None:
    assert writing(word) == kind


def test_batches_hold_all_items_and_keep_their_size() -> None:
    items = [Item(pieces=[0] * size, writings=[0] * size, first=[0]) for size in (5, 9, 40, 3, 7, 30, 41)]
    made = list(batches(items, pieces=80, rng=random.Random(1)))
    assert sorted(len(item.pieces) for batch in made for item in batch) == [3, 5, 7, 9, 30, 40, 41]
    assert all(max(len(item.pieces) for item in batch) * len(batch) <= 80 for batch in made)
