"""One cause for each mistake."""

from datetime import UTC, datetime

import pytest

from tests.transforms.evaluate.conftest import TEXT, gold_event, span
from transforms.evaluate.matching import Matched
from transforms.evaluate.misses import name_of_test
from transforms.evaluate.mistakes import CAUSES, count_causes, find_mistakes
from transforms.records import Reject


@pytest.fixture
def causes(document, coding):
    """Cause and detail of each mistake."""

    def find(examined, *mentions, participants=(), **changes):
        matched = Matched.of(document(**changes), coding(*mentions, participants=participants))
        return [(one.cause, one.detail) for one in find_mistakes(matched, examined)]

    return find


STORM = {"stormed": "storm"}


@pytest.mark.parametrize(
    ("reading", "event_type", "expected"),
    [
        ({}, "ASSAULT", ("no lexicon entry", "none for the word")),
        ({"lemmas": STORM}, "AID", ("no lexicon entry", "none of the event's type")),
        ({"lemmas": STORM}, "ASSAULT", ("not tried", "NOUN as dep")),
        (
            {"lemmas": STORM, "senses": [("stormed", "assault.storm", "object: Homs does not pass the test")]},
            "ASSAULT",
            ("sense", "object"),
        ),
        (
            {"lemmas": STORM, "senses": [("stormed", "assault.storm", "particle: wanted up, found none")]},
            "ASSAULT",
            ("no lexicon entry", "only with another particle"),
        ),
        (
            {
                "senses": [("stormed", "protest.storm", "object: Homs does not pass the test")],
                "scope": [("stormed", "assault.storm", "content of 'said'")],
            },
            "ASSAULT",
            ("scope", "content of"),
        ),
        ({"standing": [("stormed", "assault.storm")]}, "ASSAULT", ("domain gate", "sports")),
        (
            {"scope": [("failed", "assault.storm", "content of 'said'")]},
            "ASSAULT",
            ("no lexicon entry", "none for the word"),
        ),
    ],
)
def test_why_an_event_was_missed(reading, event_type, expected, *, causes, read, examined):
    found = causes(examined(read(**reading), domain="sports"), events=[gold_event(event_type=event_type)])
    assert found == [expected]


def test_a_word_that_belongs_to_an_entry_of_two_words_is_looked_up(causes, read, examined):
    # "take hostage" is in the table of constructions, under the verb.
    found = causes(examined(read(lemmas={"stormed": "hostage"})), events=[gold_event(event_type="CONSULT")])
    assert found == [("no lexicon entry", "none of the event's type")]


def test_a_rejected_document_and_a_trigger_outside_all_sentences(causes, examined):
    reject = Reject("r", None, "extract", "could not be coded", None, None, datetime(2024, 5, 9, tzinfo=UTC))
    assert causes(examined(outcome=reject)) == [("not read", "rejected: could not be coded")]
    assert causes(examined()) == [("not read", "outside all sentences")]


def test_another_type_at_the_trigger_is_one_mistake(causes, stormed, read, examined):
    assert causes(examined(read()), stormed(), events=[gold_event(event_type="COERCE")]) == [
        ("wrong type", "ASSAULT for COERCE")
    ]


def test_one_mention_answers_one_of_two_events_at_one_trigger(causes, stormed, read, examined, parties):
    found = causes(examined(read()), stormed(), participants=parties, events=[gold_event(), gold_event()])
    assert found[0] == ("coded once", "")


def test_spurious_mentions_and_optional_events(causes, stormed, read, examined):
    assert causes(examined(read()), stormed(), events=[]) == [("spurious", "ASSAULT")]
    assert causes(examined(read()), stormed(), events=[gold_event(optional=True)]) == []


def test_wrong_fields_of_a_matched_event(causes, stormed, read, examined, make_participant):
    mention = stormed(status="planned", date_source="publication", place_text="Aleppo", killed=3)
    swapped = (make_participant("recipient", "Rebels", None, "REB"), make_participant("recipient", "Homs", "SYR", None))
    assert dict(causes(examined(read()), mention, participants=swapped)) == {
        "wrong role": "actor coded as recipient",
        "status": "planned for asserted",
        "date": "none coded",
        "place": "another",
        "attributed_to": "none coded",
        "country": "none for SYR",
    }


def test_roles_missing_and_too_many(causes, stormed, read, examined, parties):
    mention = stormed(killed=3, attributed_to="army")
    assert causes(examined(read()), mention, participants=parties) == [
        ("wrong role", "recipient missing, recipient too many")
    ]


def test_a_mistake_shows_sentence_sides_rule_and_what_was_tried(document, coding, stormed, *, parties, read, examined):
    reading = read(lemmas=STORM, senses=[("stormed", "protest.storm", "object: Homs does not pass the test")])
    matched = Matched.of(document(events=[gold_event(recipients=[], actors=[span("army", sector="MIL")])]), coding())
    (missed,) = find_mistakes(matched, examined(reading))
    assert missed.sentence[missed.start : missed.end] == "stormed"
    assert missed.tried == ("protest.storm: object: Homs does not pass the test",)
    assert (missed.gold.actors, missed.gold.counts, missed.coded) == ("army [- MIL]", "killed 3", None)
    (spurious,) = find_mistakes(
        Matched.of(document(events=[]), coding(stormed(date_source="publication"), participants=parties)), examined()
    )
    assert (spurious.sentence, spurious.rule_id, spurious.gold) == (TEXT, "assault.storm", None)
    assert (spurious.coded.actors, spurious.coded.recipients) == ("Rebels [SYR REB]", "the city")
    assert spurious.coded.date == ""


def test_causes_are_counted_with_their_details(document, coding, stormed, read, examined):
    matched = Matched.of(document(events=[]), coding(stormed(), stormed(event_type="AID"), stormed()))
    assert count_causes(find_mistakes(matched, examined(read()))) == {"spurious": {"ASSAULT": 2, "AID": 1}}
    assert set(CAUSES.values()) == {"missed", "missed and spurious", "spurious", "matched"}


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("object: Homs does not pass the test", "object"),
        ("content of 'said'", "content of"),
        ("names 'attack' again", "names again"),
        ('result of "one\'s"', "result of"),
        ("accident: 'flood'", "accident"),
        ("trigger already coded by assault.storm", "trigger already coded"),
        ("nobody acts or is acted on", "nobody acts or is acted on"),
    ],
)
def test_the_test_is_told_without_the_words_that_failed_it(reason, name):
    assert name_of_test(reason) == name
