"""Precision, recall and F1 of the extractor on texts coded by hand (gold format: docs of the coding manual).

A coded mention answers a gold event where their types agree and its trigger stands in the gold event's sentence; they
are paired one to one, nearest triggers first. Fields are compared on the pairs.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from transforms.annotate.document import ArticleToCode
from transforms.clean import clean_text
from transforms.extract.coding import Coding
from transforms.ids import content_id
from transforms.records import EventMention, Participant, Reject

FILLER = frozenset({"the", "a", "an", "of", "s"})
COUNTS = ("killed", "injured", "detained")
REQUIRED = ("doc_id", "text", "events")
HALF = 0.5
NOTHING_CODED = Coding("", (), (), (), ())


class GoldError(ValueError):
    """The gold file cannot be read; the message names file, line and field."""


class Codes(Protocol):
    def extract(self, articles: Iterator[ArticleToCode]) -> Iterator[Coding | Reject]: ...


@dataclass(slots=True)
class Rates:
    """Counts of right, spurious and missed, and the rates that follow from them."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, right: int, spurious: int, missed: int) -> None:
        self.right += right
        self.spurious += spurious
        self.missed += missed

    def to_dict(self) -> dict[str, float | int]:
        precision = self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rates = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
        return {**rates, "right": self.right, "spurious": self.spurious, "missed": self.missed}


@dataclass(slots=True)
class Accuracy:
    """Share of the compared values that agree."""

    right: int = 0
    compared: int = 0

    def add(self, *, is_right: bool) -> None:
        self.right += is_right
        self.compared += 1

    def to_dict(self) -> dict[str, float | int | None]:
        share = round(self.right / self.compared, 4) if self.compared else None
        return {"accuracy": share, "right": self.right, "compared": self.compared}


@dataclass(slots=True)
class Report:
    """Figures of one evaluation; ``to_dict`` gives plain numbers for a table or for JSON."""

    documents: int = 0
    event: Rates = field(default_factory=Rates)
    detection: Rates = field(default_factory=Rates)
    by_type: dict[str, Rates] = field(default_factory=lambda: defaultdict(Rates))
    parties: dict[str, Rates] = field(default_factory=lambda: defaultdict(Rates))
    fields: dict[str, Accuracy] = field(default_factory=lambda: defaultdict(Accuracy))
    rejects: list[Reject] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Nested plain values: rates of events, detection, types and parties, accuracies of the fields."""
        return {
            "documents": self.documents,
            "event": self.event.to_dict(),
            "detection_any_type": self.detection.to_dict(),
            "by_type": {name: rates.to_dict() for name, rates in sorted(self.by_type.items())},
            "parties": {role: rates.to_dict() for role, rates in sorted(self.parties.items())},
            "fields": {name: accuracy.to_dict() for name, accuracy in sorted(self.fields.items())},
        }


def evaluate(gold_path: Path, extractor: Codes) -> Report:
    """Code the texts of ``gold_path`` and compare. Raises ``GoldError`` for a file that is not gold."""
    documents = [clean_document(document) for document in read_gold(gold_path)]
    report = Report(documents=len(documents))
    articles = (_article(document) for document in documents)
    for document, coding in zip(documents, extractor.extract(articles), strict=True):
        if isinstance(coding, Reject):
            report.rejects.append(coding)
        _compare(document, coding if isinstance(coding, Coding) else NOTHING_CODED, report)
    return report


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read a gold file, plain or gzipped: one JSON object a line with ``doc_id``, ``text`` and ``events``."""
    opener = gzip.open if path.suffix == ".gz" else open
    documents = []
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    documents.append(_document(line, f"{path}, line {number}"))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read: {error}") from error
    if not documents:
        raise GoldError(f"{path} holds no documents; it needs one JSON object a line")
    return documents


def _document(line: str, where: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(f"{where} is not JSON: {error.msg}") from error
    if not isinstance(document, dict):
        raise GoldError(f"{where} is not a JSON object")
    for name in REQUIRED:
        if name not in document:
            raise GoldError(f"{where}: field {name!r} is missing; the gold format needs {', '.join(REQUIRED)}")
    return document


def clean_document(document: dict[str, Any]) -> dict[str, Any]:
    """Clean the text as ingest does and move the offsets along.

    Cleaning changes white space only; a text whose letters it would change (mis-decoded characters) stays as it is.
    """
    text, cleaned = document["text"], clean_text(document["text"])
    before = [position for position, character in enumerate(text) if not character.isspace()]
    after = [position for position, character in enumerate(cleaned) if not character.isspace()]
    if cleaned == text or [text[i] for i in before] != [cleaned[i] for i in after]:
        return document
    moved = dict(zip(before, after, strict=True))
    ends = {i + 1: j + 1 for i, j in moved.items()}
    starts = [moved.get(i, -1) for i in range(len(text) + 1)]
    for position in range(len(text) - 1, -1, -1):
        starts[position] = starts[position] if starts[position] >= 0 else starts[position + 1]

    def move(span: dict[str, Any], first: str = "start", last: str = "end") -> dict[str, Any]:
        end = next((ends[i] for i in range(span[last], 0, -1) if i in ends), len(cleaned))
        return {**span, first: starts[span[first]], last: end}

    events = [
        {**move(event, "sent_start", "sent_end"), "trigger": move(event["trigger"])} for event in document["events"]
    ]
    return {**document, "text": cleaned, "events": events}


def _article(document: dict[str, Any]) -> ArticleToCode:
    published = document.get("published_at")
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return ArticleToCode(
        article_id=content_id("article", document.get("title") or "", document["text"]),
        text=document["text"],
        retrieved_at=moment or datetime.now(UTC),
        published_at=moment,
    )


def pair(gold: Sequence[dict[str, Any]], coded: Sequence[EventMention], *, typed: bool) -> list[tuple[int, int]]:
    """Pair gold events with coded mentions, nearest triggers first; ``typed`` asks for equal types."""
    distances = sorted(
        (abs(event["trigger"]["start"] + event["trigger"]["end"] - mention.trigger_start - mention.trigger_end), i, j)
        for i, event in enumerate(gold)
        for j, mention in enumerate(coded)
        if event["sent_start"] <= mention.trigger_start < event["sent_end"]
        and (not typed or mention.event_type == event["event_type"])
    )
    pairs: dict[int, int] = {}
    for _, i, j in distances:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def same_phrase(first: str | None, second: str | None) -> bool:
    """True where the words of the shorter phrase are in the longer, or half of all their words are shared."""
    a, b = _words(first), _words(second)
    return bool(a and b) and (a <= b or b <= a or len(a & b) / len(a | b) >= HALF)


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower())) - FILLER


def _compare(document: dict[str, Any], coding: Coding, report: Report) -> None:
    gold, coded = document["events"], coding.event_mentions
    any_type = pair(gold, coded, typed=False)
    report.detection.add(len(any_type), len(coded) - len(any_type), len(gold) - len(any_type))
    pairs = pair(gold, coded, typed=True)
    report.event.add(len(pairs), len(coded) - len(pairs), len(gold) - len(pairs))
    found, used = dict(pairs), set(dict(pairs).values())
    for i, event in enumerate(gold):
        report.by_type[event["event_type"]].add(int(i in found), 0, int(i not in found))
    for j, mention in enumerate(coded):
        report.by_type[mention.event_type].add(0, int(j not in used), 0)
    parties: dict[str, list[Participant]] = defaultdict(list)
    for participant in coding.participants:
        parties[participant.event_mention_id].append(participant)
    for i, j in pairs:
        _compare_fields(gold[i], coded[j], report.fields)
        _compare_parties(gold[i], parties[coded[j].event_mention_id], report)


def _compare_fields(event: dict[str, Any], mention: EventMention, fields: dict[str, Accuracy]) -> None:
    fields["status"].add(is_right=event["status"] == mention.status)
    if event.get("date"):
        told = str(mention.date_start or "") if mention.date_source != "publication" else ""
        fields["date"].add(is_right=told.startswith(event["date"]))
    if event.get("place"):
        fields["place"].add(is_right=same_phrase(event["place"]["text"], mention.place_text))
    if event.get("attributed_to") or mention.attributed_to:
        source = (event.get("attributed_to") or {}).get("text")
        fields["attributed_to"].add(is_right=same_phrase(source, mention.attributed_to))
    for name in COUNTS:
        if event.get(name) is not None or getattr(mention, name) is not None:
            fields["counts"].add(is_right=event.get(name) == getattr(mention, name))


def _compare_parties(event: dict[str, Any], participants: list[Participant], report: Report) -> None:
    for role in ("actor", "recipient"):
        gold, coded = event[f"{role}s"], [party for party in participants if party.role == role]
        free = Counter(range(len(coded)))
        for wanted in gold:
            match = next((j for j in free if _names_same(wanted, coded[j])), None)
            if match is not None:
                del free[match]
                report.parties[role].add(1, 0, 0)
                _compare_codes(wanted, coded[match], report.fields)
            else:
                report.parties[role].add(0, 0, 1)
        report.parties[role].add(0, len(free), 0)


def _names_same(wanted: dict[str, Any], coded: Participant) -> bool:
    return same_phrase(wanted["text"], coded.text) or same_phrase(wanted.get("name"), coded.text)


def _compare_codes(wanted: dict[str, Any], coded: Participant, fields: dict[str, Accuracy]) -> None:
    if wanted.get("country"):
        fields["country"].add(is_right=wanted["country"] == coded.country_code)
    if wanted.get("sector"):
        fields["sector"].add(is_right=wanted["sector"] == coded.sector)
