"""Where, when and how many, told by short texts of our own, with the shipped model.

``stories.txt`` holds stories with the place and date of each act, ``counts.csv`` sentences with the numbers of people
killed, injured and detained that they state.
"""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seeds import MODEL
from transforms.annotate.document import ArticleToCode
from transforms.extract.extractor import Extractor
from transforms.records import EventMention

pytestmark = pytest.mark.skipif(not (MODEL / "config.cfg").exists(), reason="seeds/model holds no trained model")

PUBLISHED = datetime(2024, 5, 10, tzinfo=UTC)
COUNTS = ("killed", "injured", "detained")
NOTHING, UNASKED = "-", "?"


@dataclass(frozen=True, slots=True)
class Act:
    """What a story tells of an act: each "-" where the text says nothing, "?" where nothing is asked."""

    trigger: str
    place: str
    country: str
    date: str

    def told_by(self, mention: EventMention) -> "Act":
        """What was coded, in the words of what is asked for where they agree."""
        place = f"{mention.place_text} {mention.place_name}" if mention.place_text else NOTHING
        date = str(mention.date_start) if mention.date_source == "text" else NOTHING
        return Act(
            trigger=self.trigger,
            place=self.place if self.place in {UNASKED, *place.split(" ")} or self.place in place else place,
            country=self.country if self.country == UNASKED else mention.country_code or NOTHING,
            date=self.date if self.date == UNASKED or (date.startswith(self.date) and date != NOTHING) else date,
        )


def _rows(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _stories() -> list[tuple[str, list[Act]]]:
    blocks = "\n".join(_rows("stories.txt")).strip().split("\n\n")
    return [
        (text, [Act(*(cell.strip() for cell in line.split(" | "))) for line in acts])
        for text, *acts in (block.splitlines() for block in blocks)
    ]


@pytest.fixture(scope="module")
def coded():
    """The mentions of each text."""
    extractor = Extractor.load()

    def code(texts: list[str]) -> list[tuple[EventMention, ...]]:
        articles = [ArticleToCode(str(number), text, PUBLISHED, PUBLISHED) for number, text in enumerate(texts)]
        return [coding.event_mentions for coding in extractor.extract(articles)]

    return code


def test_each_act_of_a_story_has_its_place_and_date(coded):
    stories = _stories()
    wrong = {}
    for (text, acts), mentions in zip(stories, coded([text for text, _ in stories]), strict=True):
        by_trigger = {mention.trigger_text: mention for mention in reversed(mentions)}
        for act in acts:
            mention = by_trigger.get(act.trigger)
            told = act.told_by(mention) if mention is not None else None
            if told != act:
                wrong[text, act.trigger] = (act, told)
    assert wrong == {}


def test_the_numbers_of_a_sentence_are_counted_once(coded):
    rows = list(csv.DictReader(_rows("counts.csv")))
    wrong = {}
    for row, mentions in zip(rows, coded([row["text"] for row in rows]), strict=True):
        for count in COUNTS:
            stated = [number for mention in mentions if (number := getattr(mention, count)) is not None]
            found = str(sum(stated)) if stated else ""
            if found != row[count]:
                wrong[row["text"], count] = (row[count], found)
    assert wrong == {}
