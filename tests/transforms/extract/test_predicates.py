"""Which words of a sentence are found as events, with which rule, actors and recipients."""

import pytest

from transforms.extract.binding import bound
from transforms.extract.candidates import expand, words
from transforms.extract.entries import ArgumentTest
from transforms.extract.lexicon_rows import parse_test
from transforms.extract.phrases import phrase

CODED = [
    # sentence, type, mode of the rule, trigger, actors, recipients
    ("active", "ASSAULT", None, "stormed", ["Rebels"], ["villages"]),
    ("passive", "ASSAULT", "destroy", "destroyed", ["rebels"], ["depot"]),
    ("relative", "ASSAULT", None, "captured", ["rebels"], ["town"]),
    ("conjoined", "ASSAULT", None, "degrade", ["Troops"], ["militia"]),
    ("light", "ASSAULT", None, "attack", ["army"], ["base"]),
    ("clause", "ASSAULT", None, "attack", ["rebels"], []),
    ("recipient", "ASSAULT", None, "attack", ["militia"], ["convoy"]),
    ("construction", "ASSAULT", "abduct", "hostage", ["Gunmen"], ["farmers"]),
    ("copular", "CONSULT", None, "talks", ["ministers", "rebels"], []),
    ("noun", "ASSAULT", "aerial", "airstrike", ["Turkish"], ["village", "people"]),
    ("of", "ASSAULT", "heavy-weapons", "shelling", ["army"], ["town"]),
    ("adjective", "AGREE", None, "ready", ["bloc"], ["refugees"]),
    ("asked", "REQUEST", None, "asked", ["president"], ["rebels"]),
    ("urged", "REQUEST", None, "urged", ["council"], ["premier"]),
    ("met", "CONSULT", None, "met", ["president", "king"], []),
    ("fell", "ASSAULT", None, "fell", ["rebels"], ["town"]),
    ("denied", "REJECT", None, "denied", ["premier"], []),
    ("ceasefire", "CONCEDE", None, "declared", ["rebels"], []),
    ("withdrew", "REJECT", "meet", "walked", ["militia"], []),
    ("deployed", "MOBILIZE", "troops", "deployed", [], ["Troops"]),
    ("undergone", "COERCE", "arrest", "arrest", [], ["minister"]),
    ("site", "ASSAULT", None, "attacks", [], ["church"]),
    ("town", "ASSAULT", "explosives", "bombing", [], []),
    ("enemy", "ASSAULT", None, "war", ["Their"], ["militia"]),
    ("harming", "ASSAULT", "aerial", "strikes", [], ["convoy", "tanks"]),
    ("discussed", "CONSULT", None, "met", ["president", "king"], []),
    ("flew", "CONSULT", None, "meet", ["president", "king"], []),
]


@pytest.fixture
def select(sentence, finder, selector):
    return lambda name: selector.select(finder.find(sentence(name))[0])[0]


@pytest.mark.parametrize(("name", "event_type", "mode", "trigger", "actors", "recipients"), CODED)
def test_predicates_and_their_parties(select, *, name, event_type, mode, trigger, actors, recipients):
    standing = select(name)
    found = [candidate for candidate in standing if candidate.event_type == event_type]
    assert [candidate.trigger.text for candidate in found] == [trigger]
    assert [token.text for token in found[0].actors] == actors
    assert [token.text for token in found[0].recipients] == recipients
    assert found[0].mode == mode
    assert found[0].found


@pytest.mark.parametrize("name", ["idiom", "thing", "weak", "title"])
def test_what_is_no_event_is_dropped_with_a_reason(name, sentence, finder, selector):
    candidates, dropped = finder.find(sentence(name))
    standing, later = selector.select(candidates)
    assert [candidate for candidate in standing if candidate.event_type in {"ASSAULT", "AGREE", "CONSULT"}] == []
    assert name == "title" or all(one.reason for one in [*dropped, *later])


def test_an_idiom_is_named(parsed, finder):
    rows = """
        The    the    DT det   2
        guns   gun    NNS nsubj 3
        made   make   VBD root  0
        a      a      DT det   5
        killing killing NN obj  3
        of     of     IN case  7
        rebels rebel  NNS nmod 5
    """
    _, dropped = finder.find(parsed(rows))
    assert "idiom: make a killing" in {one.reason for one in dropped}


def test_hyphenated_words_are_looked_up_whole(sentence, finder):
    (candidate,) = [found for found in finder.find(sentence("ceasefire"))[0] if found.trigger.text == "fire"]
    assert candidate.hyphenated.text == "cease-fire"


def test_tests_of_arguments(kinds, lexicon, sentence):
    def passes(cell, tokens):
        return kinds.passes(parse_test(cell, lexicon.classes, rule_id="test.rule"), tokens)

    tokens = {token.text: token for token in sentence("active")}
    rebels, aleppo, villages = tokens["Rebels"], tokens["Aleppo"], tokens["villages"]
    assert passes("", [])
    assert passes("none", [])
    assert not passes("none", [rebels])
    assert passes("none|rebel", [rebels])
    assert passes("none|rebel", [])
    assert not passes("rebel", [])
    assert passes("any", [villages])
    assert not passes("any", [])
    assert passes("!none", [villages])
    assert not passes("!none", [])
    assert not passes("!rebel", [rebels])
    assert passes("!rebel", [villages])
    assert passes("actor", [rebels])
    assert passes("place", [aleppo])
    assert passes("@territory", [villages])
    assert not passes("named", [rebels])


def test_pronouns_pass_tests_of_kinds_only(kinds, parsed):
    he, _, them = parsed("He he PRP nsubj 2\nstruck strike VBD root 0\nthem they PRP obj 2")
    person, thing = ArgumentTest(kinds=frozenset({"person"})), ArgumentTest(kinds=frozenset({"thing"}))
    word = ArgumentTest(words=frozenset({"rebel"}))
    assert kinds.passes(person, [he])
    assert not kinds.passes(thing, [he])
    assert kinds.passes(thing, [them])
    assert not kinds.passes(word, [he])
    assert not kinds.passes(word, [them])


def test_kinds_of_words(kinds, parsed):
    rows = """
        Dozens   dozen    NNS nsubj 4
        of       of       IN  case  3
        nurses   nurse    NNS nmod  1
        paid     pay      VBD root  0
        five     five     CD  nummod 6
        percent  percent  NN  obj   4
    """
    dozens, _, _, _, _, percent = parsed(rows)
    assert kinds.of(dozens) in {"person", "group"}
    assert kinds.of(percent) == "thing"
    assert kinds.can_act(dozens)
    assert not kinds.can_act(percent)


def test_the_owner_of_a_thing_stands_for_it(arguments, sentence):
    decision = sentence("owner")[1]
    assert [token.text for token in arguments.acting([decision])] == ["court"]
    assert arguments.acting([]) == []


def test_coordinated_parties_are_several_and_years_nobody(parsed):
    rows = """
        Rebels   rebel   NNS nsubj 4
        and      and     CC  cc    3
        soldiers soldier NNS conj  1
        fled     flee    VBD root  0
        2014     2014    CD  obl   4
    """
    span = parsed(rows)
    assert words(expand([span[0], span[4]])) == "Rebels, soldiers"
    assert words([]) == "none"


def test_the_second_side_of_between_is_found_where_the_parser_cut_it_off(sentence, finder):
    (talks,) = finder.find(sentence("between"))[0]
    assert [token.text for token in talks.actors] == ["rebels", "army"]


def test_whoever_insisted_goes_on_speaking(sentence, finder):
    candidates = {one.trigger.text: one for one in finder.find(sentence("resumed"))[0]}
    assert [token.text for token in candidates["saying"].actors] == ["premier"]


def test_a_figure_is_no_act(sentence, finder):
    assert "arrests" not in {one.trigger.text for one in finder.find(sentence("counted"))[0]}


def test_a_seat_behind_a_name_is_nobody(sentence, finder):
    (backing,) = finder.find(sentence("seat"))[0]
    assert [token.text for token in backing.actors] == ["Adam"]


def test_a_title_keeps_its_name(sentence, finder):
    candidates = {one.trigger.text: one for one in finder.find(sentence("titled"))[0]}
    actors = [phrase(token).text for token in candidates["met"].actors]
    assert actors == ["Secretary of State Ann Roe", "king"]


def test_of_two_objects_the_one_that_the_frame_asks_for_is_the_trigger(sentence, finder):
    (threat,) = [one for one in finder.find(sentence("ultimatum"))[0] if one.event_type == "THREATEN"][:1]
    assert threat.trigger.text == "ultimatum"
    assert [token.text for token in threat.recipients] == ["rebels"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("notion", "a notion: no article, nobody does it, nobody undergoes it"),
        ("journeyed", "light verb whose subject cannot act"),
    ],
)
def test_a_noun_that_names_no_event_here(sentence, finder, name, reason):
    found, dropped = finder.find(sentence(name))
    assert found == []
    assert reason in {one.reason for one in dropped}


def test_what_somebody_has_to_do_is_asked_of_them(coded):
    request, _, _ = coded("obliged")
    assert (request.event_type, [token.text for token in request.recipients]) == ("REQUEST", ["militia"])


def test_a_filler_may_be_who_is_willing(coded):
    offer, _, _ = coded("filler")
    assert (offer.event_type, [token.text for token in offer.actors]) == ("AGREE", ["it"])


ASKED = """
    The       the       DT  det    2
    union     union     NN  nsubj  3
    demanded  demand    VBD root   0
    that      that      IN  mark   7
    the       the       DT  det    6
    ministry  ministry  NN  {0}    7
    {1}       {2}       {3} ccomp  3
"""
REJECTED = """
    The       the       DT  det    2
    party     party     NN  nsubj  3
    rejected  reject    VBD root   0
    an        a         DT  det    5
    {0}       {0}       NN  obj    3
    {1}       {1}       IN  case   7
    Chad      Chad      NNP nmod   5 B-GPE
"""
HALTED = """
    Norway    Norway    NNP nsubj  2 B-GPE
    halted    halt      VBD root   0
    aid       aid       NN  obj    2
    to        to        IN  case   5
    Chad      Chad      NNP nmod   3 B-GPE
"""
ON_STRIKE = """
    Nurses    nurse     NNS nsubj  2
    rallied   rally     VBD root   0
    to        to        TO  mark   4
    {0}       {0}       VB  advcl  2
    the       the       DT  det    6
    ministry  ministry  NN  nmod:poss 8
    's        's        POS case   6
    plan      plan      NN  obj    4
"""


def recipients_of(finder, sentence):
    candidates, _ = finder.find(sentence)
    return {candidate.trigger.text: [token.text for token in candidate.recipients] for candidate in candidates}


def test_who_is_to_act_is_asked_and_what_is_to_be_done_is_not(parsed, finder):
    active = parsed(ASKED.format("nsubj", "pay", "pay", "VB"))
    passive = parsed(ASKED.format("nsubj:pass", "closed", "close", "VBN"))
    assert recipients_of(finder, active)["demanded"] == ["ministry"]
    assert recipients_of(finder, passive)["demanded"] == []


def test_an_offer_is_rejected_of_whom_it_comes_from_and_not_of_what_it_is(parsed, finder):
    assert recipients_of(finder, parsed(REJECTED.format("offer", "from")))["rejected"] == ["Chad"]
    assert recipients_of(finder, parsed(REJECTED.format("invasion", "of")))["rejected"] == []


def test_who_loses_aid_is_the_recipient_of_a_sanction(parsed, finder):
    assert recipients_of(finder, parsed(HALTED))["halted"] == ["Chad"]


def test_a_protest_is_against_whom_its_aim_tells(parsed, arguments):
    for aim, against in (("denounce", ["ministry"]), ("hear", [])):
        rallied = parsed(ON_STRIKE.format(aim))[1]
        assert [token.text for token in arguments.understood.protested(rallied)] == against


HIS = """
    The       the       DT  det    2
    premier   premier   NN  nsubj  3
    sacked    sack      VBD root   0
    {0}       {0}       PRP$ nmod:poss 5
    minister  minister  NN  obj    3
"""


def test_his_is_the_subject_of_the_clause_and_their_is_not(kinds, parsed):
    for pronoun, meant in (("his", "premier"), ("their", "their"), ("my", "my")):
        sentence = parsed(HIS.format(pronoun))
        assert bound(sentence[3], sentence[4], kinds).text == meant
