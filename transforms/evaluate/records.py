"""Event records over single sentences, as the Open Event Data Alliance publishes its gold standard, read and compared.

One JSON array of objects: ``text``, ``event`` (type), ``source`` and ``target`` (lists of objects with ``code``: an
alpha-3 code, or the sector of who belongs to no country). A record that only describes the file has type DOCUMENT.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transforms.clean import clean_text
from transforms.evaluate.classes import main_act
from transforms.evaluate.gold import GoldError
from transforms.evaluate.texts import SingleText
from transforms.extract.coding import Coding

OLD_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Types of the manual before, by their names in it."""
OTHER_CODES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
"""Codes that are none of ISO 3166, by the country that they mean."""
SECTORS = frozenset({"IGO", "NGO", "IMG"})
"""What stands in place of a country for who has none."""
ROLES = {"source": "actor", "target": "recipient"}


@dataclass(frozen=True, slots=True)
class EventRecord(SingleText):
    event_type: str
    codes: tuple[frozenset[str], frozenset[str]]
    """Codes of sources and of targets."""


@dataclass(frozen=True, slots=True)
class RecordFigures:
    """Shares of all records that have a mention of their type, one with the codes of both sides, and one with both.

    ``type_f1`` takes the main act of each sentence alone, as the records have one event each.
    """

    records: int
    type_f1: float | None
    event_type: float | None
    codes: float | None
    type_and_codes: float | None


def read_records(path: Path) -> list[EventRecord]:
    """Read a file of records, texts cleaned as ingest cleans them. Raises ``GoldError`` that names the record."""
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if not isinstance(listed, list):
        raise GoldError(f"{path} holds no list of event records")
    records = []
    for number, each in enumerate(listed, start=1):
        try:
            if each["event"] != "DOCUMENT":
                records.append(_record(each))
        except (KeyError, TypeError, AttributeError) as error:
            raise GoldError(f"{path}, record {number} is no event record: {error!r}") from error
    return records


def _record(told: dict[str, Any]) -> EventRecord:
    codes = []
    for side in ROLES:
        parties = told.get(side) or []
        coded = [party["code"] for party in parties] if isinstance(parties, list) else []  # a word alone has no code
        codes.append(frozenset(OTHER_CODES.get(code, code) for code in coded))
    return EventRecord(clean_text(told["text"]), OLD_TYPES.get(told["event"], told["event"]), (codes[0], codes[1]))


def score_records(records: Sequence[EventRecord], codings: Iterable[Coding]) -> RecordFigures:
    """Shares of the records that a mention in their sentence answers, by its type or its type in the PLOVER reading.

    The codes of a side are right where gold and coded parties have one in common, or neither has a code; who of a
    two-sided act is a target in the one may be an actor in the other.
    """
    right: Counter[str] = Counter()
    for record, coding in zip(records, codings, strict=True):
        mentions = coding.event_mentions
        of_type = {m.event_mention_id for m in mentions if record.event_type in {m.event_type, m.plover_type}}
        fits = {m.event_mention_id for m in mentions if _has_codes(record, coding, m.event_mention_id)}
        act = main_act(mentions)
        right["main act"] += act is not None and act.event_mention_id in of_type
        right["with a main act"] += act is not None
        right["event_type"] += bool(of_type)
        right["codes"] += bool(fits)
        right["type_and_codes"] += bool(of_type & fits)
    n = len(records)
    shares = {name: round(right[name] / n, 4) if n else None for name in ("event_type", "codes", "type_and_codes")}
    f1 = round(2 * right["main act"] / (n + right["with a main act"]), 4) if n else None
    return RecordFigures(records=n, type_f1=f1, **shares)


def _has_codes(record: EventRecord, coding: Coding, mention_id: str) -> bool:
    coded: dict[str, set[str]] = {role: set() for role in ROLES.values()}
    for party in coding.participants:
        if party.event_mention_id == mention_id:
            code = party.country_code or (party.sector if party.sector in SECTORS else None)
            coded[party.role] |= {code} if code else set()
    sources, targets = record.codes
    if not coded["recipient"] and targets:  # told as done by both
        coded["recipient"] = coded["actor"] - sources
    pairs = ((sources, coded["actor"]), (targets, coded["recipient"]))
    return all(bool(gold & found) if gold else not found for gold, found in pairs)
