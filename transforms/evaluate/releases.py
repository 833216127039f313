"""Press releases with date, province, killed and detained told for the whole text, read and compared.

One JSON object a line, ``conversations`` with the text from "human" and the facts, as JSON, from "gpt": ``start_date``,
``province`` (a list), ``min_killed``, ``min_captured``.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from transforms.clean import clean_text
from transforms.evaluate.gold import GoldError
from transforms.evaluate.texts import SingleText
from transforms.extract.coding import Coding
from transforms.records import EventMention, Participant
from transforms.resolve.place_names import fold, loosen

HEADING = "PRESS RELEASE TEXT:"
VAGUE = re.compile(r"\b(?:several|multiple|numerous|dozens|a number of)\b", re.IGNORECASE)
"""Words for numbers that the facts give as a guess; such a text says nothing about counts."""
FURTHER = re.compile(r"\b(?:additional|another|others?|more|further)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Release(SingleText):
    date: str
    provinces: frozenset[str]
    killed: int
    detained: int


def read_releases(path: Path) -> list[Release]:
    """Read a file of releases, texts cleaned as ingest cleans them.

    Raises ``GoldError`` that names the line which is none.
    """
    releases = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            told = {turn["from"]: turn["value"] for turn in json.loads(line)["conversations"]}
            facts = json.loads(told["gpt"])
            releases.append(
                Release(
                    text=clean_text(told["human"].removeprefix(HEADING)),
                    date=facts["start_date"],
                    provinces=frozenset(_key(name.replace("_", " ")) for name in facts["province"]),
                    killed=int(facts["min_killed"]),
                    detained=int(facts["min_captured"]),
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            raise GoldError(f"{path}, line {number} is no press release with its facts: {error!r}") from error
    return releases


def score_releases(releases: Sequence[Release], codings: Iterable[Coding]) -> dict[str, float | int | None]:
    """Shares of releases whose date, province, killed and detained are right.

    The act of a release is its first asserted use of force or arrest; the province is the one that most acts give.
    Counts are compared where the text gives no vague number, by :func:`total`.
    """
    right: Counter[str] = Counter()
    counted = 0
    for release, coding in zip(releases, codings, strict=True):
        acts = [mention for mention in coding.event_mentions if _is_act(mention)]
        dates = [str(act.date_start) for act in acts if act.date_source == "text"] or [str(a.date_start) for a in acts]
        right["date"] += dates[:1] == [release.date]
        provinces = Counter(_key(act.admin1) for act in acts if act.admin1 and act.place_source != "dateline")
        right["province"] += any(name in release.provinces for name, _ in provinces.most_common(1))
        if VAGUE.search(release.text) is None:
            counted += 1
            right["killed"] += total(acts, coding.participants, "killed") == release.killed
            right["detained"] += total(acts, coding.participants, "detained") == release.detained
    compared = {"date": len(releases), "province": len(releases), "killed": counted, "detained": counted}
    shares = {name: round(right[name] / n, 4) if n else None for name, n in compared.items()}
    return {"releases": len(releases), "counted": counted, **shares}


def total(acts: Sequence[EventMention], parties: Iterable[Participant], count: str) -> int:
    """How many people of a count the acts tell of together, tellings of the same act counted once.

    It is the sum of the sentence that tells of most. Acts that only strike others yet ("detained two additional
    suspects") are added to it, unless one act tells of both at once.
    """
    struck: dict[str, set[bool]] = {act.event_mention_id: set() for act in acts}
    for party in parties:
        if party.role == "recipient" and party.event_mention_id in struck:
            struck[party.event_mention_id].add(FURTHER.search(party.text) is not None)
    sums: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    is_told_at_once = {True, False} in struck.values()
    for act in acts:
        is_further = struck[act.event_mention_id] == {True} and not is_told_at_once
        sums[is_further][act.sentence_id] += getattr(act, count) or 0
    return sum(max(by_sentence.values(), default=0) for by_sentence in sums.values())


def _is_act(mention: EventMention) -> bool:
    return mention.status == "asserted" and mention.event_type in {"ASSAULT", "COERCE"}


def _key(name: str) -> str:
    return loosen(fold(name))
