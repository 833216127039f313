"""Figures from counts, and their intervals."""

import pytest

from tests.transforms.evaluate.conftest import gold_event
from transforms.evaluate.figures import summarise, tally
from transforms.evaluate.matching import Matched


@pytest.fixture
def counted(document, coding):
    def count(*mentions, participants=(), **changes):
        return tally(Matched.of(document(**changes), coding(*mentions, participants=participants)))

    return count


def test_a_right_event_with_its_fields(counted, stormed, parties):
    figures = summarise([counted(stormed(), participants=parties)])
    assert figures["documents"] == 1
    assert figures["event"]["f1"] == figures["detection_any_type"]["f1"] == 1.0
    assert figures["by_type"]["ASSAULT"]["right"] == 1
    assert figures["by_quad_class"]["material_conflict"]["f1"] == 1.0
    assert figures["parties"]["actor"]["f1"] == 1.0
    recipient = figures["parties"]["recipient"]
    assert (recipient["f1"], recipient["right"], recipient["spurious"], recipient["missed"]) == (0.0, 0, 1, 1)
    assert figures["full_row"]["right"] == 0
    accuracies = {name: field["accuracy"] for name, field in figures["fields"].items()}
    assert accuracies == {
        "status": 1.0, "date": 1.0, "place": 1.0, "attributed_to": 0.0, "counts": 0.0, "country": 1.0, "sector": 1.0,
    }  # fmt: skip


def test_another_type_counts_for_detection_and_perhaps_for_the_quad_class(counted, stormed):
    figures = summarise([counted(stormed(), events=[gold_event(event_type="COERCE")])])
    assert figures["event"]["right"] == 0
    assert figures["detection_any_type"]["right"] == 1
    assert figures["by_quad_class"]["material_conflict"]["right"] == 1
    assert figures["macro_f1"]["types"]["f1"] == 0.0
    assert figures["macro_f1"]["quad_classes"]["f1"] == 1.0


def test_macro_f1_is_the_mean_of_the_types_that_occur(counted, stormed):
    figures = summarise([counted(stormed()), counted(events=[gold_event(event_type="AID")])])
    assert figures["macro_f1"]["types"]["f1"] == 0.5


def test_mentions_are_right_or_not_by_their_confidence(counted, stormed, parties):
    right = counted(stormed(confidence=0.85), participants=parties, events=[gold_event(recipients=[])])
    sure, unsure = counted(stormed(confidence=0.8)), counted(stormed(confidence=0.39), events=[])
    bands = summarise([right, sure, unsure])["by_confidence"]
    assert list(bands) == ["0.00-0.50", "0.80-0.90"]
    assert (bands["0.00-0.50"]["mentions"], bands["0.00-0.50"]["type"]["precision"]) == (1, 0.0)
    assert (bands["0.80-0.90"]["mentions"], bands["0.80-0.90"]["type"]["precision"]) == (2, 1.0)
    assert bands["0.80-0.90"]["full_row"]["precision"] < 1.0


def test_optional_events_count_neither_way(counted, stormed):
    optional = [gold_event(optional=True)]
    for figures in (summarise([counted(stormed(), events=optional)]), summarise([counted(events=optional)])):
        assert figures["event"] == {
            "precision": 0.0, "recall": 0.0, "f1": 0.0, "right": 0, "spurious": 0, "missed": 0,
            "intervals": {"precision": None, "recall": None, "f1": None},
        }  # fmt: skip
        assert figures["detection_any_type"]["spurious"] == figures["detection_any_type"]["missed"] == 0
        assert figures["fields"] == {}


def test_intervals_hold_the_figure_and_come_back_the_same(counted, stormed):
    tallies = [counted(stormed())] * 6 + [counted()] * 6
    event = summarise(tallies)["event"]
    low, high = event["intervals"]["recall"]
    assert 0.0 < low < event["recall"] == 0.5 < high < 1.0
    assert event["intervals"]["precision"] == [1.0, 1.0]
    assert summarise(tallies)["event"] == event


def test_more_documents_make_narrower_intervals(counted, stormed):
    few, many = (summarise([counted(stormed()), counted()] * n)["event"]["intervals"]["recall"] for n in (3, 60))
    assert many[1] - many[0] < few[1] - few[0]


def test_one_document_tells_no_interval(counted, stormed):
    assert summarise([counted(stormed())])["event"]["intervals"]["f1"] is None


def test_no_documents_have_no_figures():
    assert summarise([]) == {"documents": 0}
