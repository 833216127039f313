"""Names of GUM's linked mentions."""

import spacy

from transforms.annotate.training.conllu import TreebankSentence, Word
from transforms.annotate.training.entities import Annotator
from transforms.annotate.training.gum import linked_names, mentions, name_in
from transforms.annotate.training.labels import Names


def word(form: str, upos: str, entity: str = "") -> Word:
    xpos = "NNP" if upos == "PROPN" else ""
    return Word(form, form.lower(), upos, xpos, "", 0, "dep", space_after=True, entity=entity)


WORDS = [
    word("The", "DET", "(1-organization-new-nnnnn-cf1-2,4-coref-University_of_Lund"),
    word("University", "PROPN"),
    word("of", "ADP"),
    word("Lund", "PROPN", "(2-place-new-nnnnn-cf2-1-sgl-Lund)1)"),
    word("praised", "VERB"),
    word("it", "PRON", "(1-organization-giv:act-nnnnn-cf1-1-ana-University_of_Lund)"),
    word("and", "CCONJ"),
    word("Ms.", "PROPN", "(3-person-new-nnnnn-cf3-2-sgl"),
    word("Berg", "PROPN", "3)"),
]


def test_linked_mentions_are_read_with_their_ends() -> None:
    assert sorted(mentions(WORDS)) == [(0, 4, "organization"), (3, 4, "place"), (5, 6, "organization")]


def test_a_name_is_what_is_capitalised() -> None:
    assert name_in(WORDS, 0, 4) == (1, 4)
    assert name_in(WORDS, 5, 6) is None


def test_other_words_within_make_it_no_name() -> None:
    words = [word("Lund", "PROPN"), word("besides", "ADP"), word("Berg", "PROPN")]
    assert name_in(words, 0, 3) is None


def test_names_without_a_link_are_missing() -> None:
    nlp = spacy.blank("en")
    sentence = TreebankSentence("1", "doc", opens_paragraph=True, words=WORDS)
    doc = linked_names(nlp.vocab, [sentence], Annotator(nlp, Names(labels={"Nowhere": "GPE"}), frozenset({"the"})))
    assert [(span.text, span.label_) for span in doc.ents] == [("University of Lund", "ORG")]
    assert [token.ent_iob_ for token in doc] == ["O", "B", "I", "I", "O", "O", "O", "", ""]
