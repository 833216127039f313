"""Newswire gives tags and nothing else."""

import pytest
import spacy
from spacy.language import Language

from transforms.annotate.tokenizer import configure_tokenizer
from transforms.annotate.training.newswire import tag_documents, tag_passage
from transforms.annotate.training.tagged import TaggedSentence

SENTENCE = TaggedSentence(
    tuple("The car-bomb in Sella hurt two guards , officials said .".split()),
    ("O",) * 11,
    parts_of_speech=tuple("DT NN IN NNP VBD CD NNS , NNS VBD .".split()),
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return configure_tokenizer(spacy.blank("en"))


def test_trusted_tags_only(nlp: Language) -> None:
    doc = tag_passage(nlp, [SENTENCE])
    assert doc.text == "The car-bomb in Sella hurt two guards, officials said."
    tags = {token.text: token.tag_ for token in doc if token.tag_}
    assert tags == {"in": "IN", "hurt": "VBD", "two": "CD", "guards": "NNS", "officials": "NNS", "said": "VBD"}


def test_all_else_is_missing(nlp: Language) -> None:
    doc = tag_passage(nlp, [SENTENCE])
    assert not any(doc.has_annotation(layer) for layer in ("DEP", "POS", "LEMMA", "SENT_START", "ENT_IOB"))


def test_a_share_of_the_passages(nlp: Language) -> None:
    docs = list(tag_documents(nlp, [SENTENCE] * 20, together=3, every=2))
    assert [doc.text.count("Sella") for doc in docs] == [3, 3, 3, 2]
    assert len(list(tag_documents(nlp, [SENTENCE] * 20, together=3, every=2, first=1))) == 3
