"""Acts about daily life are no events where they name nobody public."""

import pytest

CRITICS_LAUD = """
    Critics critic NNS nsubj 2
    lauded  laud   VBD root  0
    the     the    DT  det   4
    album   album  NN  obj   2
    .       .      .   punct 2
"""
PREMIER_LAUDS = CRITICS_LAUD.replace("Critics critic NNS", "Ministers minister NNS")
COMEDY = """
    The     the     DT   det      5
    court   court   NN   compound 4
    -       -       HYPH punct    2
    martial martial JJ   amod     5
    comedy  comedy  NN   nsubj    6
    began   begin   VBD  root     0
"""
LIKENED = """
    The   the   DT  det   2
    roof  roof  NN  nsubj 5
    was   be    VBD cop   5
    an    a     DT  det   5
    indictment indictment NN root 0
"""


@pytest.fixture
def standing(parsed, finder, selector):
    return lambda rows: [act.rule.event_type for act in selector.select(finder.find(parsed(rows))[0])[0]]


def test_critics_who_laud_an_album_are_no_event(standing):
    assert standing(CRITICS_LAUD) == []


def test_whoever_is_public_is_an_event_whatever_it_is_about(standing):
    assert standing(PREMIER_LAUDS) == ["SUPPORT"]


@pytest.mark.parametrize("rows", [COMEDY, LIKENED])
def test_modifiers_and_comparisons_are_no_events(standing, rows):
    assert standing(rows) == []
