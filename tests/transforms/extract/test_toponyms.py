"""Which names of an article are places, and which are persons taken for places."""

import pytest

from transforms.extract.toponyms import mark_places

NAMED = """
    Ada     Ada     NNP nsubj 3 B-PERSON
    Aleppo  Aleppo  NNP flat  1 I-PERSON
    spoke   speak   VBD root  0
"""
ALONE = """
    {0} {0} NNP nsubj 2 B-GPE
    left    leave   VBD root  0
"""
BEHIND = """
    He     he     PRP nsubj 2
    met    meet   VBD root  0
    {word} {word} {tag} {dep} 2
    {name} {name} NNP obj   2 B-GPE
"""


@pytest.fixture
def label(parsed, article, resolvers):
    """The label of the last entity of some sentences once places are marked."""

    def read(*rows):
        annotated = article(*(parsed(each) for each in rows))
        mark_places(annotated, resolvers.gazetteer, resolvers.coder)
        return [entity.label_ for line in annotated.lines for entity in line.doc.ents][-1]

    return read


def test_somebodys_surname_is_a_person_also_where_a_town_has_it(label):
    assert label(ALONE.format("Torrington")) == "GPE"
    assert label(NAMED.replace("Aleppo", "Torrington"), ALONE.format("Torrington")) == "PERSON"


def test_a_name_behind_a_title_is_a_person(label):
    assert label(BEHIND.format(word="commander", tag="NN", dep="compound", name="Torrington")) == "PERSON"
    assert label(BEHIND.format(word="village", tag="NN", dep="compound", name="Torrington")) == "GPE"


@pytest.mark.parametrize("place", ["Syria", "Damascus"])
def test_countries_and_capitals_stay_places(label, place):
    assert label(NAMED.replace("Aleppo", place), ALONE.format(place)) == "GPE"


def test_behind_a_preposition_of_place_it_stays_one(label):
    assert (
        label(NAMED.replace("Aleppo", "Torrington"), BEHIND.format(word="in", tag="IN", dep="case", name="Torrington"))
        == "GPE"
    )


def test_the_north_belongs_to_the_name_of_its_country(parsed, article, resolvers):
    rows = """
        North  North  NNP amod  3
        Korean Korean JJ  amod  3 B-NORP
        troops troops NNS nsubj 4
        left   leave  VBD root  0
    """
    annotated = article(parsed(rows))
    mark_places(annotated, resolvers.gazetteer, resolvers.coder)
    (entity,) = annotated.lines[0].doc.ents
    assert (entity.text, entity.label_) == ("North Korean", "NORP")
