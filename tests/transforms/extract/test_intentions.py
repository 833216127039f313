"""Threats and refusals told by what somebody says to do or not to do: coding manual, section 7."""

import pytest


@pytest.fixture
def read(article, reader, sentence):
    def first(name):
        (one,) = reader.read(article(sentence(name)))
        return one.readings[0]

    return first


def test_an_act_on_a_condition_is_a_threat(read):
    reading = read("threatened")
    assert (reading.candidate.event_type, reading.status.value) == ("THREATEN", "asserted")
    assert reading.candidate.rule.rule_id == "reject.boycott_meeting"
    assert [token.text for token in reading.candidate.actors] == ["it"]


def test_what_one_will_not_do_is_a_refusal(read):
    reading = read("unwilling")
    assert (reading.candidate.event_type, reading.candidate.mode) == ("REJECT", "yield")
    assert reading.status.value == "asserted"


def test_what_others_will_do_is_no_threat_of_theirs(read):
    reading = read("supposed")
    assert reading.candidate.event_type == "RETREAT"
    assert reading.status.value == "hypothetical"


@pytest.mark.parametrize(("name", "mode"), [("unready", "meet"), ("unwished", "yield")])
def test_what_one_is_not_ready_or_does_not_mean_to_do_is_a_refusal(read, name, mode):
    reading = read(name)
    assert (reading.candidate.event_type, reading.candidate.mode) == ("REJECT", mode)
    assert reading.status.value == "asserted"
