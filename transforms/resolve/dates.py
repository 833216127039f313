"""Dates in news text: finding the expressions, and resolving them against the publication date.

Every form that is understood is one row of ``date_forms.FORMS``: a pattern and a function. The same patterns find
expressions in running text and read a single one; dateparser stands behind them for what they leave.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from transforms.resolve.date_forms import FORMS, HINT, LEAD, may_hold_date
from transforms.resolve.date_spans import Context, ResolvedDate, Tense, day_span
from transforms.resolve.date_words import MONTH
from transforms.resolve.datelines import Dateline, find_dateline, find_publication_date

__all__ = [
    "DateExpression",
    "Dateline",
    "ResolvedDate",
    "Tense",
    "find_dateline",
    "find_dates",
    "find_publication_date",
    "resolve_date",
    "resolve_near",
]

_MAX_EXPRESSION = 80


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression; ``start`` and ``end`` are character offsets into the text searched, end exclusive."""

    text: str
    start: int
    end: int


def find_dates(text: str) -> list[DateExpression]:
    """Find date expressions in ``text``, in order, without overlap; the longest form wins at each place.

    A plain preposition in front ("on Friday") is not part of the span; words that change the meaning
    ("since 2013", "from 3 to 5 June", "on the 5th") are.
    """
    found: list[DateExpression] = []
    if not may_hold_date(text):
        return found
    position = 0
    while hint := HINT.search(text, position):
        start = hint.start()
        end = max(match.end() for form in FORMS if (match := form.finder.match(text, start)))
        expression = text[start:end].removesuffix("'s").removesuffix("’s")
        found.append(DateExpression(expression, start, start + len(expression)))
        position = end
    return found


def resolve_date(
    expression: str, *, published: date | None, tense: Tense, anchor: date | None = None
) -> ResolvedDate | None:
    """Resolve ``expression`` to the days that it may mean, or ``None`` where it names none.

    ``published`` is the publication date; without it only expressions that say their year resolve. ``tense`` of the
    event's clause decides the direction of weekdays, months and days without a year. ``anchor`` is the date that
    "the previous day" or "two days later" count from: the event told before; it falls back on ``published`` for
    expressions that look back.
    """
    words = " ".join(expression.replace("’", "'").split()).strip(" ,.;:()")
    context = Context(published=published, tense=tense, anchor=anchor)
    for candidate in (words, LEAD.sub("", words)):
        for form in FORMS:
            if match := form.pattern.fullmatch(candidate):
                return form.resolve(match, context)
    return _resolve_with_library(words, context)


def resolve_near(expression: str, others: Iterable[str], anchor: date | None) -> ResolvedDate | None:
    """Resolve a day or month without its year where nothing tells the publication date: by a full date near it.

    "on 4 April and again from 5 to 6 April 2016": the year is that of the other expressions of the sentence, else
    of ``anchor``, the date told before. Only expressions that name a month are read so; "Friday" needs a day to
    count from.
    """
    if not re.search(MONTH, expression):
        return None
    full = (resolve_date(other, published=None, tense="past") for other in others if other != expression)
    near = next((resolved.start for resolved in full if resolved is not None), anchor)
    return resolve_date(expression, published=near, tense="present") if near is not None else None


def _resolve_with_library(words: str, context: Context) -> ResolvedDate | None:
    """Ask dateparser, for expressions that hold a date in a form of ours among words of which we know nothing."""
    if len(words) > _MAX_EXPRESSION or not any(char.isdigit() for char in words) or not HINT.search(words):
        return None
    day = _parse_with_library(words, context.published, context.tense)
    return day_span(day) if day else None


@lru_cache(maxsize=4096)
def _parse_with_library(words: str, published: date | None, tense: Tense) -> date | None:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - half a second that most runs never need

    settings: dict[str, Any] = {"PREFER_DATES_FROM": "future" if tense == "future" else "past"}
    if published is None:
        settings |= {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    else:
        settings["RELATIVE_BASE"] = datetime.combine(published, time(12))
    parsed = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    return parsed.date_obj.date() if parsed.date_obj and parsed.period == "day" else None
