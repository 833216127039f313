"""Sentence boundaries that the parser may not set: a quotation and the verb of saying behind it are one sentence."""

from spacy.language import Language
from spacy.tokens import Doc

CLOSING = frozenset({"”", '"', "''", "’"})
COMPONENT = "dateline_boundaries"


@Language.component(COMPONENT)
def forbid_boundaries(doc: Doc) -> Doc:
    """Keep the parser from starting a sentence right after a quotation that ends in a comma (`...,” Putin said.`)."""
    for token in doc[2:]:
        before = doc[token.i - 1]
        if before.text in CLOSING and doc[token.i - 2].text == ",":
            token.is_sent_start = False
        elif token.text in CLOSING and before.text in {",", ".", "!", "?"} and before.whitespace_ == "":
            # The closing mark belongs to the sentence that it ends.
            token.is_sent_start = False
    return doc
