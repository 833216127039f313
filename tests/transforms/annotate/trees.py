"""Trees written down in rows: word, tag, arc, number of the head, entity."""

import spacy
from spacy.tokens import Doc

VOCAB = spacy.blank("en").vocab
POS = {
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "VBD": "VERB",
    "VBN": "VERB",
    "VB": "VERB",
    "IN": "ADP",
    "DT": "DET",
}


def doc(rows):
    cells = [line.split() for line in rows.strip().splitlines()]
    return Doc(
        VOCAB,
        words=[row[0] for row in cells],
        tags=[row[1] for row in cells],
        pos=[POS.get(row[1], "PUNCT" if row[1] == "." else "X") for row in cells],
        deps=[row[2] for row in cells],
        heads=[int(row[3]) - 1 for row in cells],
        ents=["O" if len(row) < 5 else row[4] for row in cells],
    )


def tree(parsed):
    return {token.text: (token.dep_, token.head.text) for token in parsed}
