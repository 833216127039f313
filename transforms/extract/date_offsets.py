"""How long before or after another act an act was: "resigned on Friday, two days after the army attacked"."""

import re
from dataclasses import dataclass
from datetime import timedelta

from spacy.tokens import Token

from transforms.extract.syntax import OBLIQUES
from transforms.resolve.counts import parse_count
from transforms.resolve.dates import ResolvedDate

DAYS = {"day": 1, "week": 7}
"""Units that tell a day when they are counted from one; months and years tell no day."""
DISTANCE = re.compile(r"(?P<number>[\w-]+) (?P<unit>day|week|month|year)s? (?P<side>after|before)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offset:
    """The distance of an act from the one that it is told beside; ``days`` is None where it tells no day."""

    text: str
    beside: Token
    """The word above, whose act has the date that is counted from."""
    days: int | None

    def applied_to(self, told: ResolvedDate) -> ResolvedDate | None:
        """The day of the act, where the other's day is ``told``."""
        if self.days is None or told.precision != "day":
            return None
        day = told.start + timedelta(days=self.days)
        return ResolvedDate(day, day, "day")


def offset_of(act: Token) -> Offset | None:
    """The distance told before the clause or phrase of ``act``; None where none is told."""
    opener = next((child for child in act.children if child.lower_ in {"after", "before"} and child.i < act.i), None)
    if opener is None or act.dep_ not in {"advcl", *OBLIQUES} or opener.i < act.sent.start + 2:
        return None
    match = DISTANCE.fullmatch(act.doc[opener.i - 2 : opener.i + 1].text)
    number = parse_count(match["number"], names_person=True) if match is not None else None
    if match is None or number is None:
        return None
    days = DAYS.get(match["unit"].lower())
    # What the act lies before comes later: "a day before the vote" tells that the vote is a day ahead.
    sign = -1 if match["side"].lower() == "after" else 1
    return Offset(match.group(), act.head, sign * number * days if days is not None else None)
