"""``dateline calibrate`` on judgements that are made up, with a coder that is none."""

from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

import seeds
from flows import calibrate as module
from flows.calibrate import calibrate_confidence
from flows.console import UsageError
from flows.settings import Settings
from transforms.evaluate.judged import SAMPLES, Judgement
from transforms.extract.confidence import TABLE

TEXTS = tuple((SAMPLES, f"text {number}") for number in range(30))


class CodesThree:
    """Finds the same three mentions in every text; the second is told at a place."""

    def extract(self, articles):
        mentions = tuple(SimpleNamespace(trigger_start=start, event_type="ASSAULT") for start in (0, 10, 20))
        signs = (frozenset({"headline"}), frozenset({"place told"}), frozenset())
        return (SimpleNamespace(event_mentions=mentions, signs=signs) for _ in articles)

    def examine(self, articles):
        assert not list(articles)
        return iter(())


@pytest.fixture
def judged(monkeypatch, tmp_path):
    """Of each text one mention is right, one wrong, and one judgement is of what is no longer coded."""
    rows = [Judgement(*text, start, "ASSAULT", is_right=start == 10) for text in TEXTS for start in (0, 10, 99)]
    monkeypatch.setattr(module, "load_extractor", lambda *_: CodesThree())
    monkeypatch.setattr(module, "read_judgements", lambda: rows)
    monkeypatch.setattr(module, "read_texts", lambda wanted, _corpora: ((text, None) for text in sorted(wanted)))
    shipped = (seeds.ROOT / f"{TABLE}.csv").read_text(encoding="utf-8")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / f"{TABLE}.csv").write_text(shipped, encoding="utf-8")
    monkeypatch.setattr(seeds, "ROOT", tmp_path)
    return tmp_path / f"{TABLE}.csv"


def test_figures_are_of_the_mentions_that_are_still_coded(judged, capsys):
    report = calibrate_confidence(None, None, Settings(), write=False, diagram=None)
    assert report.startswith("60 mentions")
    assert "60 of 90 judged mentions in 30 texts are coded today" in capsys.readouterr().err


def test_weights_are_written_and_meanings_kept(judged):
    before = {row["sign"]: row["meaning"] for row in seeds.read_csv(judged)}
    calibrate_confidence(None, None, Settings(), write=True, diagram=None)
    after = {row["sign"]: row for row in seeds.read_csv(judged)}
    assert set(after) == {"always", "headline", "place told"}
    assert float(after["place told"]["weight"]) > 0 > float(after["headline"]["weight"])
    assert all(row["meaning"] == before[sign] for sign, row in after.items())


def test_the_diagram_is_a_picture(judged, tmp_path):
    calibrate_confidence(None, None, Settings(), write=False, diagram=tmp_path / "confidence.svg")
    picture = ET.parse(tmp_path / "confidence.svg").getroot()
    assert picture.tag.endswith("svg")
    assert len(picture.findall("{*}circle")) == 2


def test_a_folder_without_the_corpora_is_told(judged, monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setattr(module, "load_extractor", lambda *_: CodesThree())
    with pytest.raises(UsageError, match="--corpora must hold"):
        calibrate_confidence(None, tmp_path / "nowhere", Settings(), write=False, diagram=None)
