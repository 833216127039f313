import pytest

from transforms.extract.candidates import Candidate
from transforms.extract.lexicon import load_lexicon
from transforms.extract.status import StatusReader

PLAIN = """
    Rebels   rebel   NNS  nsubj  2
    stormed  storm   VBD  root   0
    Aleppo   Aleppo  NNP  obj    2  B-GPE
"""
NEGATED = """
    Rebels   rebel   NNS  nsubj  4
    did      do      AUX  aux    4
    not      not     RB   advmod 4
    storm    storm   VB   root   0
    Aleppo   Aleppo  NNP  obj    4  B-GPE
"""
FUTURE = """
    Rebels   rebel   NNS  nsubj  3
    will     will    MD   aux    3
    storm    storm   VB   root   0
    Aleppo   Aleppo  NNP  obj    3  B-GPE
"""
POSSIBLE = """
    Rebels   rebel   NNS  nsubj  3
    could    could   MD   aux    3
    storm    storm   VB   root   0
    Aleppo   Aleppo  NNP  obj    3  B-GPE
"""
CONDITIONAL = """
    If       if      IN   mark   3
    rebels   rebel   NNS  nsubj  3
    storm    storm   VBP  advcl  6
    Aleppo   Aleppo  NNP  obj    3  B-GPE
    thousands thousand NNS nsubj 6
    flee     flee    VBP  root   0
"""
GERUND = """
    Storming storm   VBG  csubj  4
    Aleppo   Aleppo  NNP  obj    1  B-GPE
    would    would   MD   aux    4
    cost     cost    VB   root   0
    lives    life    NNS  obj    4
"""
LISTED = """
    Rebels   rebel   NNS  nsubj  3
    must     must    MD   aux    3
    regroup  regroup VB   root   0
    and      and     CC   cc     5
    storm    storm   VBP  conj   3
    Aleppo   Aleppo  NNP  obj    5  B-GPE
"""
INTENDED = """
    Rebels   rebel   NNS  nsubj  2
    planned  plan    VBD  root   0
    to       to      TO   mark   4
    storm    storm   VB   xcomp  2
    Aleppo   Aleppo  NNP  obj    4  B-GPE
"""
FAILED = """
    Rebels   rebel   NNS  nsubj  2
    failed   fail    VBD  root   0
    to       to      TO   mark   4
    storm    storm   VB   xcomp  2
    Aleppo   Aleppo  NNP  obj    4  B-GPE
"""
NOT_FAILED = """
    Rebels   rebel   NNS  nsubj  4
    did      do      AUX  aux    4
    not      not     RB   advmod 4
    fail     fail    VB   root   0
    to       to      TO   mark   6
    storm    storm   VB   xcomp  4
    Aleppo   Aleppo  NNP  obj    6  B-GPE
"""
BEGUN = """
    Rebels   rebel   NNS  nsubj  2
    began    begin   VBD  root   0
    to       to      TO   mark   4
    storm    storm   VB   xcomp  2
    Aleppo   Aleppo  NNP  obj    4  B-GPE
"""
COORDINATED = """
    Rebels   rebel   NNS  nsubj  3
    will     will    MD   aux    3
    march    march   VB   root   0
    and      and     CC   cc     5
    storm    storm   VB   conj   3
    Aleppo   Aleppo  NNP  obj    5  B-GPE
"""
REPORTED = """
    Rebels   rebel   NNS  nsubj  2
    said     say     VBD  root   0
    they     they    PRP  nsubj  5
    would    would   MD   aux    5
    storm    storm   VB   ccomp  2
    Aleppo   Aleppo  NNP  obj    5  B-GPE
"""


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (PLAIN, "asserted"),
        (NEGATED, "negated"),
        (FUTURE, "planned"),
        (POSSIBLE, "hypothetical"),
        (CONDITIONAL, "hypothetical"),
        (INTENDED, "planned"),
        (FAILED, "negated"),
        (NOT_FAILED, "asserted"),
        (BEGUN, "asserted"),
        (COORDINATED, "planned"),
        (REPORTED, "planned"),
        (GERUND, "hypothetical"),
        (LISTED, "hypothetical"),
    ],
    ids=(
        "plain negated future possible conditional intended failed not_failed begun coordinated reported gerund listed"
    ).split(),
)
def test_status_of_storm(parsed, rows, status):
    sentence = parsed(rows)
    lexicon = load_lexicon()
    trigger = next(token for token in sentence if token.lemma_ == "storm")
    candidate = Candidate(rule=lexicon.verbs["storm"][0], trigger=trigger, anchor=trigger)
    assert StatusReader(lexicon).read(candidate).value == status


@pytest.mark.parametrize(
    ("name", "trigger", "expected"),
    [
        ("gathered", "protest", ("asserted", ())),
        ("unset", "set", ("negated", ("no",))),
        ("supposed", "withdraw", ("hypothetical", ("if",))),
        ("ordered", "raid", ("asserted", ())),
    ],
)
def test_the_reach_of_cues(sentence, finder, name, trigger, expected):
    candidates = {one.trigger.text: one for one in finder.find(sentence(name))[0]}
    found = StatusReader(load_lexicon()).read(candidates[trigger])
    assert (found.value, found.cues) == expected
