"""Of re3d only trustworthy names come through."""

import json
from pathlib import Path
from typing import Any

import pytest

from transforms.annotate.training.re3d import NOT_NAMED, read_re3d

TEXT = "The Harbour Guard shelled Port Sella.\nThe militia fired a mortar."


def entity(value: str, kind: str, **changes: Any) -> dict[str, Any]:
    begin = TEXT.index(value)
    made = {"documentId": "d", "begin": begin, "end": begin + len(value), "type": kind, "value": value, "confidence": 1}
    return {**made, **changes}


def spans(tmp_path: Path, *entities: dict[str, Any]) -> list[tuple[str, str]]:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "documents.json").write_text(json.dumps({"_id": "d", "text": TEXT}) + "\n", encoding="utf-8")
    (folder / "entities.json").write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    ((text, passages),) = read_re3d(tmp_path)
    assert text == TEXT
    assert [passage.text for passage in passages] == TEXT.split("\n")
    return [(item.text[span.start : span.end], span.label) for item in passages for span in item.spans]


@pytest.mark.parametrize(
    ("value", "kind", "found"),
    [
        ("The Harbour Guard", "Organisation", ("Harbour Guard", "Organisation")),
        ("Port Sella", "Location", ("Port Sella", "Location")),
        ("The militia", "Organisation", ("militia", NOT_NAMED)),
        ("a mortar", "Weapon", ("mortar", "Weapon")),
    ],
)
def test_names(tmp_path: Path, value: str, kind: str, found: tuple[str, str]) -> None:
    assert spans(tmp_path, entity(value, kind)) == [found]


def test_doubtful_and_displaced_entities_are_left_out(tmp_path: Path) -> None:
    doubtful = entity("Port Sella", "Location", confidence=0.2)
    displaced = entity("Port Sella", "Location", begin=2, end=12)
    assert spans(tmp_path, doubtful, displaced) == []


def test_the_longer_of_two_overlapping_entities_stays(tmp_path: Path) -> None:
    assert spans(tmp_path, entity("Sella", "Person"), entity("Port Sella", "Location")) == [("Port Sella", "Location")]
