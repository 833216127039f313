"""What an evaluation prints and writes, from reports made by hand and a coder that is none."""

import csv
import json
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from flows import evaluate as module
from flows.console import UsageError
from flows.evaluate import Wanted, evaluate_gold
from flows.evaluation_files import COLUMNS, History, NearMissFile
from flows.evaluation_report import render_report
from flows.settings import Settings
from transforms.evaluate.mistakes import CAUSES
from transforms.evaluate.near_misses import NearMiss
from transforms.extract.coding import Coding
from transforms.extract.extractor import Examined

TEXT = "Rebels stormed Homs."
EVENT = {
    "sent_start": 0,
    "sent_end": 20,
    "trigger": {"start": 7, "end": 14, "text": "stormed"},
    "event_type": "ASSAULT",
    "status": "asserted",
}
NEAR = NearMiss("d1", 'He said: "go,\nnow".', "go", 9, 11, "aid.x", "AID", None, "object", "object: none", None)


class CodesNothing:
    version = "1-none"

    def examine(self, articles):
        return (Examined(Coding(article.article_id, (), (), (), ())) for article in articles)


@pytest.fixture
def gold(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "load_extractor", lambda *_: CodesNothing())
    path = tmp_path / "gold.jsonl"
    documents = ({"doc_id": f"d{number}", "text": TEXT, "events": [EVENT]} for number in range(6))
    path.write_text("".join(json.dumps(document) + "\n" for document in documents))
    return path


def test_a_report_has_figures_of_all_and_of_both_parts(gold):
    report = evaluate_gold(gold, Settings(), Wanted())
    assert report["event"]["missed"] == 6
    assert sum(part["documents"] for part in report["parts"].values()) == 6
    assert "mistakes" not in report
    told = render_report(report, rows=10)
    assert "6 documents" in told
    assert "macro f1 of quad classes: 0" in told


def test_a_part_is_looked_at_alone_beside_the_figures_of_both(gold):
    report = evaluate_gold(gold, Settings(), Wanted(part="A", errors=True))
    assert report["documents"] == report["parts"]["A"]["documents"] == len(report["mistakes"]) < 6
    assert "of part A" in render_report(report, rows=10)


def test_mistakes_are_counted_then_listed_up_to_a_number(gold):
    report = evaluate_gold(gold, Settings(), Wanted(errors=True))
    assert report["causes"] == {"not read": {"outside all sentences": 6}}
    told = render_report(report, rows=2)
    assert "── not read: 2 of 6 ─" in told
    assert told.count("Rebels »stormed« Homs.") == 2
    assert render_report(report, rows=0).count("Rebels »stormed« Homs.") == 6


def test_both_sides_are_laid_out_and_differences_marked(gold):
    report = evaluate_gold(gold, Settings(), Wanted(errors=True))
    side = dict.fromkeys(report["mistakes"][0]["gold"], "")
    report["mistakes"][1:] = []
    report["mistakes"][0] |= {
        "cause": "status",
        "detail": "planned for asserted",
        "rule_id": "assault.storm",
        "tried": ("aid.x: object",),
        "gold": side | {"status": "asserted", "place": "Homs"},
        "coded": side | {"status": "planned", "place": "Homs"},
    }
    told = render_report(report, rows=2)
    assert "planned for asserted  by assault.storm  in d0" in told
    assert "dropped aid.x: object" in told
    assert "  *  status  asserted  planned" in told
    assert "     place   Homs      Homs" in told


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_near_misses_are_written_with_their_columns(suffix, tmp_path):
    path = tmp_path / f"near{suffix}"
    assert NearMissFile.to(path).write([NEAR, NEAR]) == 2
    table = (
        pq.read_table(path)
        if suffix == ".parquet"
        else pyarrow.csv.read_csv(path, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True))
    )
    assert table.column("sentence").to_pylist() == [NEAR.sentence] * 2
    assert table.column_names[-3:] == ["test", "reason", "gold_event_type"]


def test_a_state_is_added_to_the_history_once(gold, tmp_path):
    path = tmp_path / "history.csv"
    for _ in range(2):
        evaluate_gold(gold, Settings(), Wanted(history=path))
    evaluate_gold(gold, Settings(), Wanted(history=path, part="B"))
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert [row["part"] for row in rows] == ["", "B"]
    assert rows[0]["extractor_version"] == "1-none"
    assert (rows[0]["event_f1"], rows[0]["event_f1_low"], rows[0]["status"]) == ("0.0", "0.0", "")


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted(near_misses=Path("near.xlsx")), r"near\.xlsx: near misses are written as \.csv or \.parquet"),
        (Wanted(near_misses=Path("no/near.csv")), "there is no folder no"),
        (Wanted(history=Path("no/history.csv")), "there is no folder no"),
        (Wanted(history=Path("other.csv")), r"other\.csv is no history of figures"),
        (Wanted(history=Path("folder.csv")), "is a folder"),
    ],
)
def test_files_that_cannot_be_written_are_told_before_anything_is_coded(wanted, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("other.csv").write_text("a,b\n1,2\n")
    Path("folder.csv").mkdir()
    with pytest.raises(UsageError, match=says):
        evaluate_gold(Path("gold.jsonl"), Settings(), wanted)


def test_the_docs_tell_every_cause_and_hold_a_history():
    docs = Path(__file__).parents[2] / "docs"
    text = (docs / "evaluation.md").read_text(encoding="utf-8")
    assert [cause for cause in CAUSES if f"| {cause} |" not in text] == []
    rows = History.read(docs / "evaluation.csv").rows
    assert rows
    assert all(set(row) == set(COLUMNS) for row in rows)
