"""Reads re3d: documents with entities by character offset, of which only names are wanted."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transforms.annotate.training.labels import Passage, Span

CORPUS = "re3d"
MIN_CONFIDENCE = 0.5
LEADING = ("the ", "The ", "a ", "A ", "an ", "An ")
LINKING = frozenset({"of", "the", "and", "for", "in", "to", "on", "de", "al", "bin", "ibn", "-"})
DEEDS = ("strike", "strikes", "attack", "attacks", "bombardment", "airstrike", "airstrikes")
NOT_NAMED = "NotNamed"
"""Label of a span whose head is no name: its words are not known to be outside an entity."""


def read_re3d(folder: Path) -> Iterator[tuple[str, list[Passage]]]:
    """Yield (text, passages) of each document; a passage is a line of the text with its entities.

    Left out are entities of low confidence or whose offsets do not give their text; a description without a name keeps
    the label ``NotNamed``.
    """
    for source in sorted(path.parent for path in folder.glob("*/documents.json")):
        entities: dict[str, list[dict[str, Any]]] = {}
        for entity in _records(source / "entities.json"):
            entities.setdefault(entity["documentId"], []).append(entity)
        for document in _records(source / "documents.json"):
            text = document["text"]
            yield text, list(_passages(text, _spans(text, entities.get(document["_id"], []))))


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _spans(text: str, entities: list[dict[str, Any]]) -> list[Span]:
    """Trustworthy spans without overlap, longest first."""
    chosen: list[Span] = []
    for entity in sorted(entities, key=lambda entity: (entity["begin"] - entity["end"], entity["begin"])):
        start, end, value = entity["begin"], entity["end"], entity["value"]
        if entity["confidence"] < MIN_CONFIDENCE or text[start:end] != value or not value.strip():
            continue
        if any(start < other.end and other.start < end for other in chosen):
            continue
        offset = next((len(word) for word in LEADING if value.startswith(word)), 0)
        chosen.append(Span(start + offset, end, _label(entity["type"], value[offset:])))
    return chosen


def _label(kind: str, value: str) -> str:
    words = value.split()
    if kind in {"Weapon", "MilitaryPlatform"}:
        return NOT_NAMED if words[-1].lower() in DEEDS else kind
    if kind in {"Person", "Organisation", "Location"}:
        named = words[0][0].isupper() and words[-1][0].isupper() and len(value) > 1
        return kind if named and all(word[0].isupper() or word in LINKING for word in words) else NOT_NAMED
    return kind


def _passages(text: str, spans: list[Span]) -> Iterator[Passage]:
    start = 0
    for line in text.split("\n"):
        inside = [
            Span(span.start - start, span.end - start, span.label)
            for span in sorted(spans, key=lambda span: span.start)
            if start <= span.start and span.end <= start + len(line)
        ]
        if line.strip():
            yield Passage(CORPUS, line, tuple(inside))
        start += len(line) + 1
