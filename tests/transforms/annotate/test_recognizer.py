"""The entity recogniser: well-formed sequences, learning from partly annotated text, loading."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from transforms.annotate.recognizer import FACTORY, best_marks, search_marks

MARKS = ("O", "B-GPE", "I-GPE", "L-GPE", "U-GPE")
OPENING = np.array([True, True, False, False, True])
CLOSING = np.array([True, False, False, True, True])
ALLOWED = np.array([OPENING, [False, False, True, True, False], [False, False, True, True, False], OPENING, OPENING])

TAUGHT = [
    ("Guards left Lima .", ["O", "O", "B-GPE", "O"]),
    ("Anna Holm saw Lima .", ["B-PERSON", "I-PERSON", "O", "B-GPE", "O"]),
    ("Nobody saw Anna Holm .", ["O", "O", "B-PERSON", "I-PERSON", "O"]),
    ("Guards saw nobody .", ["O", "O", "O", "O"]),
]


def example(nlp: Language, text: str, ents: list[str | None]) -> Example:
    words = text.split()
    return Example(Doc(nlp.vocab, words=words), Doc(nlp.vocab, words=words, ents=ents))


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY, name="ner")
    examples = [example(nlp, text, ents) for text, ents in TAUGHT]
    nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples)
    return nlp


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in doc.ents]


def test_it_learns_names_of_one_word_and_of_more(nlp: Language) -> None:
    assert entities(nlp("Anna Holm saw Lima .")) == [("Anna Holm", "PERSON"), ("Lima", "GPE")]
    assert entities(nlp("")) == []


def test_its_labels_are_the_kinds(nlp: Language) -> None:
    assert nlp.pipe_labels["ner"] == ["GPE", "PERSON"]


def test_a_saved_pipeline_loads_by_plain_spacy(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert entities(spacy.load(tmp_path)("Guards left Lima .")) == [("Lima", "GPE")]


def test_scores_are_those_of_entities(nlp: Language) -> None:
    scores = nlp.evaluate([example(nlp, text, ents) for text, ents in TAUGHT])
    assert scores["ents_f"] == 1.0
    assert set(scores["ents_per_type"]) == {"GPE", "PERSON"}


def test_words_that_nobody_annotated_teach_nothing(nlp: Language) -> None:
    pipe = nlp.get_pipe("ner")
    unknown = example(nlp, "Guards left Lima .", [None, None, None, None])
    scores, _ = pipe.model.begin_update([unknown.predicted])
    loss, gradient = pipe.get_loss([unknown], scores)
    assert loss == 0.0
    assert not gradient[0].any()


def is_well_formed(marks: np.ndarray) -> bool:
    return bool(OPENING[marks[0]] and CLOSING[marks[-1]] and ALLOWED[marks[:-1], marks[1:]].all())


@given(st.lists(st.lists(st.floats(0.01, 1.0), min_size=5, max_size=5), min_size=1, max_size=12))
def test_sequences_are_well_formed(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype="float32")
    assert is_well_formed(best_marks(scores, ALLOWED, OPENING, CLOSING))
    assert is_well_formed(search_marks(scores, ALLOWED, OPENING, CLOSING))


def test_a_sequence_that_is_well_formed_stays() -> None:
    scores = np.full((3, 5), 0.1, dtype="float32")
    scores[[0, 1, 2], [1, 3, 0]] = 0.6
    assert best_marks(scores, ALLOWED, OPENING, CLOSING).tolist() == [1, 3, 0]


def test_a_broken_sequence_is_searched_as_far_as_it_is_broken() -> None:
    # "inside" after "outside": the likelier repair is a name of one word
    scores = np.array([[0.9, 0.0, 0.0, 0.0, 0.1], [0.1, 0.05, 0.5, 0.05, 0.3], [0.9, 0.0, 0.0, 0.1, 0.0]])
    assert best_marks(scores, ALLOWED, OPENING, CLOSING).tolist() == [0, 4, 0]
