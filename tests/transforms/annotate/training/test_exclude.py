"""Texts for measuring stay out of training."""

import json
from pathlib import Path

from transforms.annotate.training.exclude import Exclusion

HELD = "The harbour of Sella was closed for a week.\nNobody knew when the ferries would sail again."
OTHER = "A bakery in the old town won the yearly prize. The baker thanked her two apprentices warmly."


def test_overlap_is_found_whatever_the_spaces(tmp_path: Path) -> None:
    path = tmp_path / "held.jsonl"
    path.write_text(json.dumps({"text": HELD}) + "\n", encoding="utf-8")
    exclusion = Exclusion.read(path)
    assert exclusion.covers(HELD.replace("\n", "  "))
    assert not exclusion.covers(OTHER)
    assert not exclusion.covers("Short.")


def test_without_a_file_nothing_is_left_out() -> None:
    assert not Exclusion.read(None).covers(HELD)
