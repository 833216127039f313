"""Who the parties of an article are: by appositions, possessors, towns, and names that a parser cut apart."""

from datetime import UTC, datetime

import pytest

from transforms.extract.coding import ArticleCoder

PUBLISHED = datetime(2024, 5, 9, tzinfo=UTC)


@pytest.fixture
def parties(parsed, article, reader, resolvers):
    def coded(*sentences):
        annotated = article(*(parsed(rows) for rows in sentences), published=PUBLISHED)
        coding = ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader)
        return {party.text: (party.name, party.country_code, party.sector) for party in coding.participants}

    return coded


NAMED_AND_TOLD = """
    Ada     Ada     NNP nsubj 9 B-PERSON
    Quill   Quill   NNP flat  1 I-PERSON
    ,       ,       ,   punct 7
    the     the     DT  det   7
    Peruvian Peruvian JJ amod 7
    fisheries fishery NNS compound 7
    minister minister NN appos 1
    ,       ,       ,   punct 1
    condemned condemn VBD root 0
    the     the     DT  det   11
    raid    raid    NN  obj   9
"""
SURNAME = """
    Quill   Quill   NNP nsubj 2 B-PERSON
    urged   urge    VBD root  0
    Chad    Chad    NNP obj   2 B-GPE
    to      to      TO  mark  5
    resign  resign  VB  xcomp 2
"""


def test_an_apposition_tells_whose_minister_a_name_is(parties):
    found = parties(NAMED_AND_TOLD, SURNAME)
    assert found["Ada Quill"] == ("Ada Quill", "PER", "GOV")
    assert found["Quill"] == ("Ada Quill", "PER", "GOV")


TOGETHER = """
    Jo      Jo      NNP nsubj 6 B-PERSON
    Vatu    Vatu    NNP flat  1 I-PERSON
    and     and     CC  cc    4
    Ada     Ada     NNP conj  1 B-PERSON
    Quill   Quill   NNP flat  4 I-PERSON
    met     meet    VBD root  0
"""


def test_the_second_of_two_persons_is_remembered_too(parties):
    assert parties(TOGETHER, SURNAME)["Quill"][0] == "Ada Quill"


def test_an_apposition_that_the_parser_missed_is_read_between_the_commas(parties):
    rows = NAMED_AND_TOLD.replace("appos 1", "dep 9").replace("punct 1\n", "punct 9\n")
    assert parties(rows)["Ada Quill"] == ("Ada Quill", "PER", "GOV")


def test_a_possessor_that_refers_back_lends_its_country(parties):
    first = """
        Chad    Chad    NNP nsubj 2 B-GPE
        praised praise  VBD root  0
        France  France  NNP obj   2 B-GPE
    """
    second = """
        Its     its     PRP$ nmod:poss 2
        navy    navy    NN  nsubj 3
        attacked attack VBD root  0
        pirates pirate  NNS obj   3
    """
    assert parties(first, second)["navy"] == (None, "TCD", "MIL")


def test_a_town_as_recipient_belongs_to_its_country(parties):
    rows = """
        Rebels  rebel   NNS nsubj 2
        shelled shell   VBD root  0
        Aleppo  Aleppo  NNP obj   2 B-GPE
    """
    assert parties(rows)["Aleppo"][1] == "SYR"


def test_people_of_a_town_belong_to_its_country_and_soldiers_do_not(parties):
    rows = """
        Soldiers soldier NNS nsubj 2
        killed  kill    VBD root  0
        three   three   CD  nummod 4
        farmers farmer  NNS obj   2
        in      in      IN  case  6
        Aleppo  Aleppo  NNP obl   2 B-GPE
    """
    found = parties(rows)
    assert (found["Soldiers"][1], found["three farmers"][1]) == (None, "SYR")


def test_a_name_that_the_parser_cut_apart_is_read_whole(parties):
    rows = """
        Troops  troops  NNS nsubj 2
        attacked attack VBD root  0
        Islamic Islamic NNP amod  4 B-ORG
        State   State   NNP obj   2 I-ORG
        of      of      IN  case  6
        Iraq    Iraq    NNP obl   2 B-GPE
        and     and     CC  cc    8
        Syria   Syria   NNP conj  6 B-GPE
    """
    assert parties(rows)["Islamic State of Iraq and Syria"] == ("Islamic State", None, "IMG")


ABOUT_CHAD = """
    Chad    Chad    NNP nsubj 2 B-GPE
    praised praise  VBD root  0
    Chad    Chad    NNP obj   2 B-GPE
"""
POLICE_KILLED = """
    The     the     DT  det   2
    police  police  NNS nsubj 3
    killed  kill    VBD root  0
    foreign foreign JJ  amod  5
    farmers farmer  NNS obj   3
"""


def test_police_without_a_country_are_of_the_one_that_the_article_is_about(parties):
    found = parties(ABOUT_CHAD, ABOUT_CHAD, POLICE_KILLED)
    assert (found["police"][1], found["foreign farmers"][1]) == ("TCD", None)


def test_police_are_of_no_country_in_an_article_about_two(parties):
    about_france = ABOUT_CHAD.replace("Chad", "France")
    assert parties(ABOUT_CHAD, about_france, POLICE_KILLED)["police"][1] is None


def test_whom_police_arrest_is_of_their_country(parties):
    rows = """
        Chadian Chadian JJ  amod  2 B-NORP
        police  police  NNS nsubj 3
        killed  kill    VBD root  0
        two     two     CD  nummod 5
        farmers farmer  NNS obj   3
    """
    assert parties(rows)["two farmers"][1] == "TCD"


def test_who_is_from_the_ranks_of_others_is_of_their_country(parties):
    rows = """
        Doctors  doctor   NNS nsubj 5
        from     from     IN  case  4
        Canadian Canadian JJ  amod  4 B-NORP
        groups   group    NNS nmod  1
        killed   kill     VBD root  0
        farmers  farmer   NNS obj   5
    """
    assert parties(rows)["Doctors"][1] == "CAN"
