"""Gold files: what is read, how offsets move with cleaning, and clear errors for files that are not gold."""

import gzip
import json

import pytest

from tests.transforms.evaluate.conftest import TEXT, gold_event, gold_line, span
from transforms.evaluate.gold import PARTS, GoldError, read_gold


@pytest.fixture
def written(tmp_path):
    def write(*lines):
        path = tmp_path / "gold.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return path

    return write


@pytest.mark.parametrize(
    ("raw", "trigger"),
    [
        (TEXT.replace("Rebels stormed", "Rebels  stormed"), "stormed"),
        (TEXT.replace("Rebels", "\u200eRebels\u200e"), "stormed"),
        (TEXT.replace("Homs", "“Homs…”").replace("…", "\u200b…"), "Friday"),
    ],
)
def test_offsets_move_along_when_a_text_is_cleaned(raw, trigger, written):
    event = gold_event() | {"trigger": span(trigger, raw), "sent_end": raw.index(" Talks")}
    (document,) = read_gold(written(gold_line(text=raw, events=[event])))
    moved = document.events[0]
    assert len(document.text) < len(raw)
    assert document.text[moved.trigger.start : moved.trigger.end] == trigger
    assert document.text[moved.sent_start : moved.sent_end].endswith("said.")


def test_gzipped_gold_and_blank_lines(tmp_path):
    path = tmp_path / "gold.jsonl.gz"
    with gzip.open(path, "wt") as lines:
        lines.write(json.dumps(gold_line()) + "\n\n")
    assert [one.doc_id for one in read_gold(path)] == ["d1"]


def test_what_annotators_add_and_leave_out_does_no_harm(written):
    event = {name: gold_event()[name] for name in ("sent_start", "sent_end", "trigger", "event_type", "status")}
    (document,) = read_gold(
        written({"doc_id": "d1", "text": TEXT, "events": [event | {"annotator": 2}], "licence": ""})
    )
    assert document.events[0].actors == ()
    assert not document.events[0].optional
    assert document.to_code().published_at is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is not JSON"),
        ([1], "line 2 is not a JSON object"),
        ({"doc_id": "d2", "text": "x"}, "line 2: field 'events' is missing"),
        (gold_line(), "'d1' stands twice"),
        (gold_line(doc_id="d2", published_at="soon"), "field 'published_at': "),
        (gold_line(doc_id="d2", events=[gold_event(event_type="FIGHT")]), r"field 'events\.0\.event_type': 'FIGHT' is"),
        (gold_line(doc_id="d2", events=[gold_event(killed="many")]), r"field 'events\.0\.killed': "),
        (gold_line(doc_id="d2", events=[gold_event(status="told")]), r"field 'events\.0\.status': "),
        (
            gold_line(doc_id="d2", events=[gold_event() | {"trigger": span("Homs") | {"text": "storm"}}]),
            "does not stand",
        ),
        (gold_line(doc_id="d2", events=[gold_event("Talks")]), "not between sent_start and sent_end"),
    ],
)
def test_a_bad_file_is_named_with_line_and_field(line, message, written):
    with pytest.raises(GoldError, match=message) as raised:
        read_gold(written(gold_line(), line))
    assert "\n" not in str(raised.value)


def test_an_absent_and_an_empty_file_are_named(tmp_path, written):
    with pytest.raises(GoldError, match=r"gold\.jsonl cannot be read"):
        read_gold(tmp_path / "gold.jsonl")
    with pytest.raises(GoldError, match="holds no documents"):
        read_gold(written(""))


def test_a_document_stays_in_its_part(document):
    parts = [document(doc_id=f"d{number}").part for number in range(40)]
    assert set(parts) == set(PARTS)
    assert parts == [document(doc_id=f"d{number}", text=TEXT + " More.").part for number in range(40)]
