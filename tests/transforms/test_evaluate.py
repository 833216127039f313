"""Figures of the evaluation on texts of our own, and clear errors for files that are not gold."""

import gzip
import json

import pytest

from transforms.evaluate import GoldError, clean_document, evaluate, pair, read_gold, same_phrase
from transforms.extract.coding import Coding
from transforms.records import Reject

TEXT = "Rebels stormed Homs on Friday, the army said. Talks failed."


def span(text, word, **more):
    start = text.index(word)
    return {"start": start, "end": start + len(word), "text": word, **more}


def gold_event(**changes):
    return {
        "sent_start": 0,
        "sent_end": 45,
        "trigger": span(TEXT, "stormed"),
        "event_type": "ASSAULT",
        "mode": None,
        "status": "asserted",
        "actors": [span(TEXT, "Rebels", name=None, country="SYR", sector="REB")],
        "recipients": [span(TEXT, "Homs", name=None, country="SYR", sector="")],
        "place": span(TEXT, "Homs"),
        "date": "2024-05-03",
        "attributed_to": span(TEXT, "army"),
        "killed": 3,
        "injured": None,
        "detained": None,
        **changes,
    }


def document(**changes):
    return {
        "doc_id": "d1",
        "title": None,
        "published_at": "2024-05-09",
        "text": TEXT,
        "events": [gold_event()],
        **changes,
    }


class Coded:
    """Answers every article with the same mention and parties."""

    def __init__(self, mention, participants):
        self._coding = Coding("a1", (), (), (mention,), participants)

    def extract(self, articles):
        return (self._coding for _ in articles)


class Refuses:
    def extract(self, articles):
        for article in articles:
            yield Reject("r1", article.article_id, "extract", "could not be coded", "x", None, article.retrieved_at)


@pytest.fixture
def gold(tmp_path):
    def write(*lines):
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return path

    return write


@pytest.fixture
def coded(make_mention, make_participant):
    start = TEXT.index("stormed")
    mention = make_mention(trigger_start=start, trigger_end=start + 7)
    parties = (make_participant("actor", "Rebels", "SYR", "REB"), make_participant("recipient", "the city", None, None))
    return Coded(mention, parties)


def test_a_right_event_with_its_fields(gold, coded):
    figures = evaluate(gold(document()), coded).to_dict()
    assert figures["documents"] == 1
    assert figures["event"]["f1"] == figures["detection_any_type"]["f1"] == 1.0
    assert figures["by_type"]["ASSAULT"]["right"] == 1
    assert figures["parties"]["actor"]["f1"] == 1.0
    assert figures["parties"]["recipient"] == {
        "precision": 0.0, "recall": 0.0, "f1": 0.0, "right": 0, "spurious": 1, "missed": 1,
    }  # fmt: skip
    accuracies = {name: field["accuracy"] for name, field in figures["fields"].items()}
    assert accuracies == {
        "status": 1.0, "date": 1.0, "place": 1.0, "attributed_to": 0.0, "counts": 0.0, "country": 1.0, "sector": 1.0,
    }  # fmt: skip


def test_another_type_counts_for_detection_only(gold, coded):
    figures = evaluate(gold(document(events=[gold_event(event_type="CONSULT")])), coded).to_dict()
    assert figures["event"]["right"] == 0
    assert figures["detection_any_type"]["right"] == 1


def test_a_rejected_document_counts_as_missed(gold):
    report = evaluate(gold(document()), Refuses())
    assert len(report.rejects) == 1
    assert report.to_dict()["event"]["missed"] == 1


def test_nearest_triggers_are_paired(make_mention):
    near, far = make_mention(trigger_start=8, trigger_end=15), make_mention(trigger_start=40, trigger_end=44)
    assert pair([gold_event()], [far, near], typed=True) == [(0, 1)]
    assert pair([gold_event(event_type="AID")], [near], typed=True) == []


def test_phrases_are_the_same_by_their_words():
    assert same_phrase("the Syrian army", "Syrian army")
    assert same_phrase("army", "army of Syria")
    assert not same_phrase("army", "rebels")
    assert not same_phrase(None, "rebels")


def test_offsets_move_along_when_a_text_is_cleaned():
    text = TEXT.replace("Rebels stormed", "Rebels  stormed")
    raw = document(text=text, events=[gold_event(trigger=span(text, "stormed"), sent_end=46)])
    cleaned = clean_document(raw)
    trigger = cleaned["events"][0]["trigger"]
    assert cleaned["text"] == TEXT
    assert cleaned["text"][trigger["start"] : trigger["end"]] == "stormed"


def test_gzipped_gold_and_blank_lines(tmp_path):
    path = tmp_path / "gold.jsonl.gz"
    with gzip.open(path, "wt") as lines:
        lines.write(json.dumps(document()) + "\n\n")
    assert [one["doc_id"] for one in read_gold(path)] == ["d1"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{"], "line 1 is not JSON"),
        ([json.dumps([1])], "line 1 is not a JSON object"),
        ([json.dumps({"doc_id": "d1", "text": "x"})], "field 'events' is missing"),
        ([""], "holds no documents"),
    ],
)
def test_a_bad_file_is_named_with_line_and_field(lines, message, gold):
    with pytest.raises(GoldError, match=message):
        read_gold(gold(*lines))


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(GoldError, match=r"gold\.jsonl cannot be read"):
        read_gold(tmp_path / "gold.jsonl")
