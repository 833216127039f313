"""Arcs that parsers hang on the wrong head, and those that look alike and are right."""

import pytest

from tests.transforms.annotate.trees import doc, tree
from transforms.annotate.repairs import repair_trees

TOLD_LAST = """
Gunmen   NNS nsubj 2
stormed  VBD ROOT  2
markets  NNS obj   2
,        ,   punct 2
killing  VBG advcl 9
six      CD  obj   5
,        ,   punct 9
police   NNS nsubj 9
said     VBD {saying} 2
.        .   punct 2
"""


def repaired(rows):
    return tree(repair_trees(doc(rows)))


@pytest.mark.parametrize("saying", ["parataxis", "advcl"])
def test_a_participle_belongs_to_what_is_told_before_it(saying):
    assert repaired(TOLD_LAST.format(saying=saying))["killing"] == ("advcl", "stormed")


def test_a_participle_that_opens_the_sentence_is_the_speakers():
    rows = """
    Speaking VBG advcl 5
    there    RB  advmod 1
    ,        ,   punct 5
    he       PRP nsubj 5
    objected VBD ROOT  5
    """
    assert repaired(rows)["Speaking"] == ("advcl", "objected")


@pytest.mark.parametrize(("role", "name"), [(("obj", 2), ("obj", 2)), (("obj", 2), ("appos", 3))])
def test_a_role_right_before_a_name_describes_it(role, name):
    rows = f"""
    Courts   NNS nsubj 2
    jailed   VBD ROOT  2
    activist NN  {role[0]} {role[1]}
    Ada      NNP {name[0]} {name[1]} B-PERSON
    Okoro    NNP flat  4 I-PERSON
    """
    found = repaired(rows)
    assert (found["activist"], found["Ada"]) == (("nmod:desc", "Ada"), ("obj", "jailed"))


def test_an_apposition_behind_a_comma_stays():
    rows = """
    Courts   NNS nsubj 2
    jailed   VBD ROOT  2
    activist NN  obj   2
    ,        ,   punct 5
    Ada      NNP appos 3 B-PERSON
    """
    assert repaired(rows)["Ada"] == ("appos", "activist")


def test_no_infinitive_is_a_past_participle():
    rows = """
    Crews     NNS nsubj 2
    sent      VBD ROOT  2
    food      NN  obj   2
    to        TO  mark  5
    besieged  VBN advcl 2
    residents NNS obj   5
    """
    found = repaired(rows)
    assert found["residents"] == ("obl", "sent")
    assert (found["besieged"], found["to"]) == (("amod", "residents"), ("case", "residents"))


def test_the_first_of_two_subjects_has_a_verb_of_its_own():
    rows = """
    Gunmen    NNS nsubj 7
    kidnapped VBN acl   1
    six       CD  nummod 4
    girls     NNS obj   2
    ,         ,   punct 1
    police    NNS nsubj 7
    said      VBD ROOT  7
    """
    found = repaired(rows)
    assert (found["Gunmen"], found["kidnapped"]) == (("nsubj", "kidnapped"), ("ccomp", "said"))
    assert found["police"] == ("nsubj", "said")


def test_a_word_with_subject_and_object_is_a_verb():
    rows = """
    Troops  NNS nsubj 2
    retook  NN  ROOT  2
    forts   NNS obj   2
    """
    word = repair_trees(doc(rows))[1]
    assert (word.tag_, word.pos_, word.dep_) == ("VBD", "VERB", "ROOT")


def test_a_second_name_is_no_part_of_the_first():
    rows = """
    envoy      NN  nmod:desc 2
    Jo         NNP nsubj 8 B-PERSON
    Vatu       NNP flat  2 I-PERSON
    and        CC  cc    5
    negotiator NN  nmod:desc 2
    Ada        NNP flat  2 B-PERSON
    Roe        NNP flat  6 I-PERSON
    met        VBD ROOT  8
    """
    found = repaired(rows)
    assert (found["Ada"], found["negotiator"], found["and"]) == (("conj", "Jo"), ("nmod:desc", "Ada"), ("cc", "Ada"))
    assert found["Vatu"] == ("flat", "Jo")


HYPHENATED = """
Ruritania NNP {arc} 2 B-GPE
test      NN  obl:unmarked 4
-         HYPH punct 2
fired     VBN ROOT 4
a         DT  det 6
missile   NN  {other} 4
"""


def test_who_stands_before_a_hyphenated_verb_is_its_subject():
    found = repaired(HYPHENATED.format(arc="compound", other="obj"))
    assert (found["Ruritania"], found["test"]) == (("nsubj", "fired"), ("compound", "fired"))


def test_a_hyphenated_verb_with_a_subject_keeps_its_arcs():
    assert repaired(HYPHENATED.format(arc="compound", other="nsubj:pass"))["Ruritania"] == ("compound", "test")


def test_a_title_and_the_name_behind_it_are_one_even_where_the_parser_lists_them():
    found = repaired("""
    Police   NNS nsubj 2
    held     VBD ROOT  2
    students NNS obj   2
    and      IN  cc    6
    House    NNP compound 6 B-ORG
    Speaker  NNP conj  3 I-ORG
    Jo       NNP conj  3 B-PERSON
    Vatu     NNP obj   2 I-PERSON
    """)
    assert found["Speaker"] == ("nmod:desc", "Jo")
    assert found["Jo"] == ("conj", "students")
    assert found["Vatu"] == ("flat", "Jo")


def test_a_name_whose_last_part_stands_in_the_clause_stays():
    found = repaired("""
    Police   NNS nsubj 2
    held     VBD ROOT  2
    Jo       NNP compound 4 B-PERSON
    Vatu     NNP obj   2 I-PERSON
    """)
    assert found["Vatu"] == ("obj", "held")


def test_a_day_before_the_subject_is_the_verbs():
    found = repaired("""
    On      IN  case  3
    Monday  NNP compound 3 B-DATE
    rebels  NNS nsubj 4
    shelled VBD ROOT  4
    towns   NNS obj   4
    """)
    assert found["Monday"] == ("obl", "shelled")
    assert found["On"] == ("case", "Monday")
    assert found["rebels"] == ("nsubj", "shelled")
