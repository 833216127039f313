"""Corpus labels become the model's; what a corpus does not tell stays open."""

import pytest
import spacy

from seeds import SeedError
from transforms.annotate.tokenizer import configure_tokenizer
from transforms.annotate.training.entities import Annotator
from transforms.annotate.training.labels import LABELS, Names, Passage, Span, label_table, target_of


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.load()


@pytest.fixture(scope="module")
def annotator(names: Names) -> Annotator:
    names.learn({"Ruritanian"})
    return Annotator(configure_tokenizer(spacy.blank("en")), names, frozenset({"many"}))


def passage(text: str, *entities: tuple[str, str], corpus: str = "gmb") -> Passage:
    spans = tuple(Span(text.index(name), text.index(name) + len(name), label) for name, label in entities)
    return Passage(corpus, text, spans)


def entities(annotator: Annotator, item: Passage) -> dict[str, str]:
    return {entity.text: entity.label_ for entity in annotator.doc(item).ents}


def test_names_have_labels_of_the_model(names: Names) -> None:
    assert set(names.labels.values()) | set(names.place_words.values()) <= set(LABELS)


@pytest.mark.parametrize(
    ("name", "target", "label"),
    [
        ("Lake Orsa", "PLACE", "LOC"),
        ("Orsa Airport", "PLACE", "FAC"),
        ("Orsa", "PLACE", "GPE"),
        ("Nepal", "PEOPLE", "GPE"),
        ("Ostrovian", "PEOPLE", "NORP"),
        ("The Long Film", "PEOPLE?", "-"),
        ("U.S.", "ORG", "GPE"),
        ("Western", "PERSON", "NORP"),
        ("Jordan", "PERSON", "PERSON"),
        ("Harbour Guard", "ORG", "ORG"),
        ("anything", "O", "O"),
    ],
)
def test_resolving(names: Names, name: str, target: str, label: str) -> None:
    assert names.resolve(name, target) == label


def test_every_target_is_known() -> None:
    assert label_table()["gmb", "per"] == "PERSON"
    with pytest.raises(SeedError, match="no row for the label 'plant' of gmb"):
        target_of("gmb", "plant")


def test_titles_are_no_part_of_a_name(annotator: Annotator) -> None:
    item = passage("Many heard Prime Minister Ada Brandt.", ("Prime Minister Ada Brandt", "per"))
    assert entities(annotator, item) == {"Ada Brandt": "PERSON"}


def test_a_bare_title_is_no_entity(annotator: Annotator) -> None:
    doc = annotator.doc(passage("They met President in May.", ("President", "per")))
    assert doc[2].ent_iob_ == "O"


def test_known_names_and_patterns_fill_gaps_but_not_other_entities(annotator: Annotator) -> None:
    text = "Ruritanian miners sold the Muslim Aid Fund $5 million on Monday."
    found = entities(annotator, passage(text, ("Muslim Aid Fund", "org")))
    assert found == {"Ruritanian": "NORP", "Muslim Aid Fund": "ORG", "$5 million": "MONEY", "Monday": "DATE"}


def test_unlabelled_capitals_are_open_in_silver_corpora_only(annotator: Annotator) -> None:
    text = "Many crossed Elmbridge quietly."
    silver, gold = (annotator.doc(passage(text, corpus=corpus)) for corpus in ("gmb", "uner_ewt"))
    assert [token.ent_iob_ for token in silver] == ["O", "O", "", "O", "O"]
    assert [token.ent_iob_ for token in gold] == ["O"] * 5


def test_unknown_and_misaligned_labels_leave_words_open(annotator: Annotator) -> None:
    unknown = annotator.doc(passage("The opera closed.", ("opera", "art")))
    assert [token.ent_iob_ for token in unknown] == ["O", "", "O", "O"]
    inside = annotator.doc(passage("The xylanders left.", ("xyl", "org")))
    assert inside[1].ent_iob_ == ""
