"""Which mention answers which gold event, and which phrases are the same."""

from tests.transforms.evaluate.conftest import gold_event, span
from transforms.evaluate.matching import Matched, compare_fields, match_parties, pair, same_phrase, same_quad_class


def test_nearest_triggers_are_paired(document, stormed):
    near, far = stormed(), stormed(trigger_start=40, trigger_end=44)
    events = document().events
    assert pair(events, [far, near]) == {0: 1}
    assert pair(events, [stormed(trigger_start=46)]) == {}


def test_types_must_agree_unless_quad_classes_are_asked(document, stormed):
    events = document(events=[gold_event(event_type="COERCE")]).events
    assert pair(events, [stormed()]) == {}
    assert pair(events, [stormed()], same_quad_class) == {0: 0}


def test_phrases_are_the_same_by_their_words():
    assert same_phrase("the Syrian army", "Syrian army")
    assert same_phrase("army", "army of Syria")
    assert not same_phrase("army", "rebels")
    assert not same_phrase(None, "rebels")
    assert not same_phrase("the", "the")


def test_an_optional_event_takes_its_mention_out_of_the_counts(document, stormed, coding):
    matched = Matched.of(document(events=[gold_event(optional=True)]), coding(stormed()))
    assert (matched.missed, matched.spurious, list(matched.required_pairs)) == ([], [], [])
    unanswered = Matched.of(document(events=[gold_event(optional=True)]), coding())
    assert unanswered.missed == []


def test_a_party_is_known_by_phrase_or_name_and_only_once(document, stormed, coding, make_participant):
    he = span("army", name="Bashar al-Assad", country="SYR", sector="GOV")
    event = document(events=[gold_event(actors=[he, he])]).events[0]
    coded = Matched.of(document(), coding(stormed(), participants=(make_participant("actor", "Assad", "SYR", "GOV"),)))
    found = match_parties(event, coded.coded[0], "actor")
    assert (found.right, len(found.missed), found.spurious) == (1, 1, ())


def test_codes_are_compared_whatever_the_role(document, stormed, coding, make_participant):
    swapped = make_participant("recipient", "Rebels", "IRQ", "REB")
    matched = Matched.of(document(), coding(stormed(), participants=(swapped,)))
    (event, coded) = next(iter(matched.required_pairs))
    fields = {one.field: one for one in compare_fields(event, coded)}
    assert not fields["country"].is_right
    assert fields["country"].detail == "IRQ for SYR"
    assert fields["sector"].is_right


def test_a_date_of_publication_answers_no_gold_date(document, stormed, coding):
    matched = Matched.of(document(), coding(stormed(date_source="publication")))
    (event, coded) = next(iter(matched.required_pairs))
    assert {one.field: one.is_right for one in compare_fields(event, coded)}["date"] is False
