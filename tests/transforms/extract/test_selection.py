"""Which candidates stand beside each other: coding manual, sections 1, 3 and 7."""

import pytest

from transforms.extract.candidates import Candidate


@pytest.fixture
def select(sentence, finder, selector):
    def selected(name):
        standing, dropped = selector.select(finder.find(sentence(name))[0])
        return standing, {one.trigger.text: one.reason for one in dropped}

    return selected


def test_a_result_is_merged_into_its_act(select):
    (act,), dropped = select("result")
    assert act.trigger.text in {"fire", "opened"}
    assert [token.text for token in act.recipients][-1] == "drivers"
    assert [result.trigger.text for result in act.results] == ["wounding"]
    assert dropped["wounding"].startswith("result of")


def test_a_result_with_its_act_as_subject_is_merged(select):
    (act,), dropped = select("noun")
    assert act.trigger.text == "airstrike"
    assert "people" in {token.text for token in act.recipients}
    assert dropped["killed"] == "result of 'airstrike'"


def test_an_accident_is_no_event(sentence, selector, lexicon):
    span = sentence("accident")
    killed = Candidate(rule=lexicon.rule("assault.kill"), trigger=span[3], anchor=span[3], recipients=[span[1]])
    standing, (dropped,) = selector.select([killed])
    assert standing == []
    assert dropped.reason == "accident: 'landslide'"


def test_a_noun_does_not_repeat_its_verb(select):
    (act,), dropped = select("repeated")
    assert act.trigger.text == "attacked"
    assert dropped["attack"] == "names 'attacked' again"


def test_the_content_of_a_demand_is_not_coded(select):
    (demand,), dropped = select("content")
    assert demand.event_type == "REQUEST"
    assert dropped["withdraw"] == "content of 'demanded'"


def test_near_synonyms_are_one_event(select):
    (act,), dropped = select("conjoined")
    assert act.trigger.text == "degrade"
    assert dropped["defeat"] == "one act with 'degrade'"


def test_a_purpose_is_part_of_its_act(select):
    (act,), dropped = select("purpose")
    assert (act.event_type, act.mode) == ("ASSAULT", "crowd-control")
    assert [token.text for token in act.recipients] == ["marchers"]
    assert dropped["disperse"].startswith("purpose of")


def test_people_in_general_are_no_actor(select):
    standing, dropped = select("general")
    assert standing == []
    assert dropped["appealing"] == "people in general"


def test_what_is_refused_is_no_event_and_its_owner_is_told(select):
    (refusal,), dropped = select("rejected")
    assert [token.text for token in refusal.recipients] == ["French"]
    assert dropped["request"] == "content of 'rejected'"


def test_what_a_protest_is_for_is_part_of_it(select):
    (protest,), dropped = select("marched")
    assert protest.event_type == "PROTEST"
    assert dropped["demand"] == "purpose of 'marched'"


def test_passives_that_share_their_subject_are_one_act(select):
    (act,), dropped = select("wounded")
    assert act.trigger.text == "killed"
    assert dropped["wounded"] == "one act with 'killed'"


def test_two_nouns_that_name_one_act_are_one(select):
    (act,), dropped = select("siege")
    assert (act.event_type, act.mode) == ("COERCE", "martial-law")
    assert dropped["siege"] == "names 'state' again"


def test_kin_among_themselves_do_not_consult(select):
    standing, dropped = select("private")
    assert standing == []
    assert dropped["met"] == "private persons"


@pytest.mark.parametrize(
    ("name", "word", "act", "reason"),
    [
        ("lent", "airlift", "pledged", "content of 'pledged'"),
        ("excluded", "talks", "ruled", "names 'ruled' again"),
        ("spurned", "talks", "rejected", "content of 'rejected'"),
    ],
)
def test_what_is_only_offered_or_refused_is_no_act(select, name, word, act, reason):
    (standing,), dropped = select(name)
    assert standing.trigger.text == act
    assert dropped[word] == reason


def test_a_noun_behind_a_particle_that_the_tree_takes_for_a_preposition_repeats_its_verb(select):
    (concession,), dropped = select("called")
    assert concession.event_type == "CONCEDE"
    assert dropped["strike"] == "names 'called' again"


def test_a_bomb_explodes_though_nobody_is_named(select):
    (blast,), _ = select("bomb")
    assert (blast.event_type, blast.mode) == ("ASSAULT", "explosives")
