"""Parsed sentences written by hand, so that tests of rules need no model."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc, Span

VOCAB = spacy.blank("en").vocab

TAG_TO_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON",
    "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "AUX": "AUX",
    "IN": "ADP", "TO": "PART", "RP": "ADP", "DT": "DET", "JJ": "ADJ", "CD": "NUM", "RB": "ADV", "CC": "CCONJ",
}  # fmt: skip


def parse(rows: str) -> Span:
    """One token a line: ``word lemma tag dependency head [entity label]``, heads counted from 1, 0 for the root."""
    cells = [line.split() for line in rows.strip().splitlines()]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in cells],
        lemmas=[row[1] for row in cells],
        tags=[row[2] for row in cells],
        pos=[TAG_TO_POS.get(row[2], "PUNCT") for row in cells],
        deps=["ROOT" if row[3] == "root" else row[3] for row in cells],
        heads=[int(row[4]) - 1 if int(row[4]) else index for index, row in enumerate(cells)],
        ents=["O" if len(row) < 6 else row[5] for row in cells],
    )
    return next(iter(doc.sents))


@pytest.fixture
def parsed() -> Callable[[str], Span]:
    return parse
