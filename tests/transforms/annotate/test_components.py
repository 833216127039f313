"""Components that put right what the model gets wrong: trees, entities, boundaries."""

import pytest
from spacy.tokens import Doc

from tests.transforms.annotate.trees import VOCAB, doc, tree
from transforms.annotate.boundaries import forbid_boundaries
from transforms.annotate.document import LONGEST_LINE, split_lines
from transforms.annotate.entities import trim_entities
from transforms.annotate.repairs import repair_trees


def test_a_verb_taken_for_an_adjective_gets_subject_and_object():
    repaired = repair_trees(
        doc("""
        The         DT  det   2
        services    NNS nsubj 4
        swapped     VBN amod  4
        information NN  ROOT  4
        .           .   punct 4
        """)
    )
    assert tree(repaired) == {
        "The": ("det", "services"),
        "services": ("nsubj", "swapped"),
        "swapped": ("ROOT", "swapped"),
        "information": ("obj", "swapped"),
        ".": ("punct", "swapped"),
    }
    assert (repaired[2].tag_, repaired[2].pos_) == ("VBD", "VERB")
    assert [sentence.text for sentence in repaired.sents] == ["The services swapped information ."]


def test_a_clause_inside_a_sentence_is_repaired_below_its_verb():
    repaired = repair_trees(
        doc("""
        Nurses   NNS nsubj 2
        said     VBD ROOT  2
        rebels   NNS nsubj 5
        swapped  VBN amod  5
        captives NNS obj   2
        """)
    )
    assert tree(repaired)["swapped"] == ("ccomp", "said")
    assert tree(repaired)["captives"] == ("obj", "swapped")


def test_a_whole_sentence_has_a_verb():
    rows = """
        Nurses  NNS ROOT  1
        rallied VBD acl   1
        against IN  case  5
        the     DT  det   5
        cuts    NNS obl   2
        {}
    """
    assert tree(repair_trees(doc(rows.format(". . punct 1"))))["Nurses"] == ("nsubj", "rallied")
    headline = tree(repair_trees(doc(rows.format(""))))
    assert headline["rallied"] == ("acl", "Nurses")


def test_a_number_with_over_is_an_object():
    repaired = repair_trees(
        doc("""
        Nurses   NNS nsubj  2
        rescued  VBD ROOT   2
        over     IN  case   5
        700      CD  nummod 5
        migrants NNS obl    2
        """)
    )
    assert tree(repaired)["migrants"] == ("obj", "rescued")
    assert tree(repaired)["over"] == ("advmod", "migrants")


def test_a_clause_behind_a_weekday_belongs_to_the_verb():
    repaired = repair_trees(
        doc("""
        Nurses   NNS nsubj 2
        insisted VBD ROOT  2
        Monday   NNP obj   2 B-DATE
        that     IN  mark  6
        rebels   NNS nsubj 6
        fled     VBD acl   3
        """)
    )
    assert tree(repaired)["fled"] == ("ccomp", "insisted")


@pytest.mark.parametrize("before", ["The", "These"])
def test_other_trees_stay(before):
    parsed = doc(f"""
        {before} DT  det   3
        armed    VBN amod  3
        men      NNS nsubj 4
        fled     VBD ROOT  4
        """)
    assert tree(repair_trees(parsed)) == tree(parsed)


def test_names_lose_days_and_possessives():
    parsed = doc("""
        Clark  NNP nsubj 3 B-PERSON
        Monday NNP obl   3 I-PERSON
        left   VBD ROOT  3
        Friday NNP obl   3 B-ORG
        """)
    assert [entity.text for entity in trim_entities(parsed).ents] == ["Clark"]


def test_no_sentence_starts_right_behind_a_quotation():
    parsed = Doc(VOCAB, words=["“", "No", ",", "”", "he", "said", "."])
    assert forbid_boundaries(parsed)[4].is_sent_start is False
    closed = Doc(VOCAB, words=["“", "No", ".", "”", "He"], spaces=[False, False, False, True, False])
    assert forbid_boundaries(closed)[3].is_sent_start is False


def test_a_line_that_is_too_long_is_cut_between_words() -> None:
    words = "word " * 3000
    text = "Short line.\n" + words + "end. " + "x" * 12_000
    pieces = list(split_lines(text))
    assert all(len(piece) <= LONGEST_LINE for _, piece in pieces)
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)
    assert "".join("".join(piece.split()) for _, piece in pieces) == "".join(text.split())
