"""An evaluation as a whole: parts, rules, near misses, rejects."""

from dataclasses import astuple
from datetime import UTC, datetime

import pytest

from tests.transforms.evaluate.conftest import TEXT
from transforms.evaluate import evaluate
from transforms.evaluate.gold import PARTS
from transforms.extract.extractor import Examined
from transforms.records import Reject


class Answers:
    """Stands in for the extractor: answers every article alike."""

    def __init__(self, examined):
        self._examined = examined

    def examine(self, articles):
        return (self._examined for _ in articles)


@pytest.fixture
def documents(document):
    return [document(doc_id=f"d{number}") for number in range(8)]


def test_parts_make_up_the_whole(documents, coding, stormed, parties, read):
    answer = Examined(coding(stormed(), stormed(trigger_start=40), participants=parties), (read(),))
    evaluation = evaluate(documents, Answers(answer))
    parts = evaluation.figures_of_parts()
    assert evaluation.figures()["documents"] == len(documents)
    assert sum(parts[name]["documents"] for name in PARTS) == len(documents)
    assert sum(parts[name]["event"]["right"] for name in PARTS) == len(documents)
    assert len(evaluation.part("A").mistakes) + len(evaluation.part("B").mistakes) == len(evaluation.mistakes)
    assert evaluation.rules() == {"assault.storm": {"right": len(documents), "spurious": len(documents)}}


def test_a_rejected_document_counts_as_missed(documents):
    reject = Reject("r", None, "extract", "could not be coded", None, None, datetime(2024, 5, 9, tzinfo=UTC))
    evaluation = evaluate(documents[:1], Answers(Examined(reject)))
    assert evaluation.rejects == [reject]
    assert evaluation.figures()["event"]["missed"] == 1


def test_near_misses_are_all_that_was_dropped(documents, coding, read):
    reading = read(
        senses=[("stormed", "protest.storm", "object: Homs does not pass the test")],
        scope=[("failed", "assault.storm", "content of 'said'")],
    )
    near = evaluate(documents[:1], Answers(Examined(coding(), (reading,)))).near_misses
    reason = "object: Homs does not pass the test"
    assert astuple(near[0]) == (
        *("d0", TEXT, "stormed", 7, 14, "protest.storm", "PROTEST", near[0].mode, "object", reason, "ASSAULT"),
    )
    assert (near[1].trigger_text, near[1].test, near[1].gold_event_type) == ("failed", "content of", None)
