"""Lemmas by table and rule."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from transforms.annotate.lemmas import FACTORY, TABLE, learn_table, lemma_by_rule


@pytest.mark.parametrize(
    ("form", "part", "tag", "lemma"),
    [
        ("bombed", "VERB", "VBD", "bomb"),
        ("neutralised", "VERB", "VBD", "neutralise"),
        ("fought", "VERB", "VBN", "fight"),
        ("seized", "VERB", "VBN", "seize"),
        ("fleeing", "VERB", "VBG", "flee"),
        ("denies", "VERB", "VBZ", "deny"),
        ("patrolled", "VERB", "VBP", "patrol"),
        ("need", "VERB", "VBP", "need"),
        ("Women", "NOUN", "NNS", "woman"),
        ("crises", "NOUN", "NNS", "crisis"),
        ("FREE", "ADJ", "JJ", "free"),
        ("worse", "ADJ", "JJR", "bad"),
        ("Kenya", "PROPN", "NNP", "Kenya"),
        ("Islands", "PROPN", "NNPS", "Island"),
        ("ISLANDS", "PROPN", "NNPS", "ISLAND"),
        ("I", "PRON", "PRP", "I"),
        ("Their", "PRON", "PRP$", "their"),
        ("--", "PUNCT", ":", "--"),
        ("talks", "NOUN", "NNS", "talk"),
        ("talks", "VERB", "VBZ", "talk"),
        ("left", "ADJ", "JJ", "left"),
    ],
)
def test_rules(form: str, part: str, tag: str, lemma: str) -> None:
    assert lemma_by_rule(form, part, tag) == lemma


TREEBANK = [
    ("These", "DET", "DT", "this"),
    ("are", "AUX", "VBP", "be"),
    ("troops", "NOUN", "NNS", "troops"),
    ("Troops", "NOUN", "NNS", "troops"),
    ("guards", "NOUN", "NNS", "guard"),
    ("Lima", "PROPN", "NNP", "Lima"),
    ("unknown", "ADJ", "JJ", ""),
]


def doc(vocab: spacy.vocab.Vocab, rows: list[tuple[str, str, str, str]], **more: list[str]) -> Doc:
    words, pos, tags, lemmas = (list(column) for column in zip(*rows, strict=True))
    return Doc(vocab, words=words, pos=pos, tags=tags, lemmas=lemmas, **more)


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY, name="lemmatizer")
    nlp.initialize(lambda: [Example(nlp.make_doc("x"), doc(nlp.vocab, TREEBANK))])
    return nlp


def test_the_table_holds_what_no_rule_says() -> None:
    assert learn_table(doc(spacy.blank("en").vocab, TREEBANK)) == {
        "these|DET|DT": "this",
        "these|DET|": "this",
        "are|AUX|VBP": "be",
        "are|AUX|": "be",
        "troops|NOUN|NNS": "troops",
    }


def lemmas_of(nlp: Language, rows: list[tuple[str, str, str, str]], **more: list[str]) -> list[str]:
    return [token.lemma_ for token in nlp.get_pipe("lemmatizer")(doc(nlp.vocab, rows, **more))]


def test_the_table_goes_before_the_rules(nlp: Language) -> None:
    rows = [("Those", "DET", "DT", ""), ("THESE", "DET", "DT", ""), ("troops", "NOUN", "NNS", "")]
    assert lemmas_of(nlp, rows) == ["those", "this", "troops"]


def test_a_wrong_tag_of_a_closed_class_loses_no_lemma(nlp: Language) -> None:
    assert lemmas_of(nlp, [("are", "AUX", "VBZ", ""), ("these", "DET", "PDT", "")]) == ["be", "this"]


def test_a_noun_that_opens_a_sentence_is_no_name(nlp: Language) -> None:
    rows = [("Hackers", "PROPN", "NNPS", ""), ("struck", "VERB", "VBD", "")]
    assert lemmas_of(nlp, rows) == ["hacker", "strike"]
    assert lemmas_of(nlp, rows, ents=["B-ORG", "O"]) == ["Hacker", "strike"]


def test_a_saved_table_loads(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.get_pipe("lemmatizer").lookups.get_table(TABLE).get("these|DET|DT") == "this"


def test_a_slip_of_a_treebank_is_no_lemma(nlp: Language) -> None:
    nlp.get_pipe("lemmatizer").lookups.get_table(TABLE)["fled|VERB|VBD"] = "flead"
    assert lemmas_of(nlp, [("fled", "VERB", "VBD", "")]) == ["flee"]
