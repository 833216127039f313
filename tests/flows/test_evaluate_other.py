"""Gold of other forms, told by name and first line, with a coder that codes nothing."""

import pytest

from flows import evaluate_other as module
from flows.evaluate_other import evaluate_other, is_other, render_figures
from flows.settings import Settings
from transforms.extract.coding import Coding


class CodesNothing:
    def extract(self, articles):
        return (Coding(article.article_id, (), (), (), ()) for article in articles)


@pytest.mark.parametrize(
    ("name", "first", "is_one"),
    [
        ("class.tsv", "They met.\t1", True),
        ("places.xml.gz", "", True),
        ("records.json", "[]", True),
        ("releases.jsonl", '{"conversations": []}', True),
        ("gold.jsonl", '{"doc_id": "d1"}', False),
        ("gone.jsonl", None, False),
    ],
)
def test_the_form_is_told_by_name_and_first_line(name, first, is_one, tmp_path):
    path = tmp_path / name
    if first is not None:
        path.write_text(first)
    assert is_other(path) is is_one


def test_classes_of_sentences_are_measured_whole_or_by_half(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "load_extractor", lambda *_: CodesNothing())
    path = tmp_path / "class.tsv"
    path.write_text("".join(f"Ruritania met Sylvania {number} times.\t{number % 5}\n" for number in range(20)))
    figures = evaluate_other(path, Settings())
    assert (figures["sentences"], figures["accuracy"]) == (20, 0.2)
    halves = [evaluate_other(path, Settings(), part=part)["sentences"] for part in ("A", "B")]
    assert sum(halves) == 20
    assert 0 not in halves
    assert "macro_f1" in render_figures(figures)
