"""Spans of days, and the choice of the one that a date expression without a year or with a weekday means."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "present", "future"]
Precision = Literal["day", "week", "month", "season", "year", "decade"]

BEGIN = r"(?<![\w-])"
"""Where an expression may begin in running text."""

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_FIRST_PARTS = frozenset(("early", "beginning", "start"))
_LAST_PARTS = frozenset(("late", "end", "close"))
_LATE_EDITION = DAY
"""How far after publication a day told in the past may lie: publication dates are UTC, events are local."""

_NO_PLAN, _JUST_GONE = timedelta(days=300), timedelta(days=60)
"""How far ahead nobody plans for a day without its year, and how near behind it then was ("set out to help, May 3")."""


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """The first and last day that an expression may mean; ``precision`` is the unit that it names."""

    start: date
    end: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    published: date | None
    tense: Tense
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a date: ``finder`` in running text, ``pattern`` for the whole of an expression."""

    finder: re.Pattern[str]
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Context], ResolvedDate | None]
    source: str


def make_form(
    body: str,
    resolve: Callable[[re.Match[str], Context], ResolvedDate | None],
    *,
    before: str = "",
    after: str = "",
) -> Form:
    """Compile a form; ``before`` and ``after`` are look-arounds that only running text needs."""
    anonymous = re.sub(r"\(\?P<\w+>", "(?:", body)
    source = rf"{BEGIN}{before}(?:{anonymous})(?![\w]){after}"
    return Form(
        re.compile(source, re.IGNORECASE), re.compile(body.replace("(?-i:", "(?:"), re.IGNORECASE), resolve, source
    )


def day_span(day: date) -> ResolvedDate:
    return ResolvedDate(day, day, "day")


def week_span(day: date) -> ResolvedDate:
    """Span the calendar week, Monday to Sunday, that holds ``day``."""
    monday = day - day.weekday() * DAY
    return ResolvedDate(monday, monday + 6 * DAY, "week")


def month_span(year: int, month: int) -> ResolvedDate:
    return ResolvedDate(date(year, month, 1), last_of_month(year, month), "month")


def year_span(year: int) -> ResolvedDate:
    return ResolvedDate(date(year, 1, 1), date(year, 12, 31), "year")


def last_of_month(year: int, month: int) -> date:
    return add_months(date(year, month, 1), 1) - DAY


def add_months(day: date, months: int) -> date:
    """Move to the first of the month that lies ``months`` away."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def make_day(year: int, month: int, day: int) -> date | None:
    """Build a date, or ``None`` where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def choose(candidates: Iterable[ResolvedDate | None], context: Context, *, strict: bool = False) -> ResolvedDate | None:
    """Choose the candidate that tense and publication date ask for: the nearest on the right side.

    ``strict`` leaves out a span that holds the publication date itself ("last Friday" on a Friday).
    """
    published = context.published
    if published is None:
        return None
    spans = [span for span in candidates if span is not None]
    past = [s for s in spans if s.start <= published and not (strict and s.end >= published)]
    future = [s for s in spans if s.end >= published and not (strict and s.start <= published)]
    if context.tense == "past":
        return max(past, key=lambda span: span.start, default=None)
    if context.tense == "future":
        return min(future, key=lambda span: span.start, default=None)
    return min(past + future, key=lambda span: _distance(span, published), default=None)


def _distance(span: ResolvedDate, published: date) -> timedelta:
    if span.start <= published <= span.end:
        return timedelta()
    return min(abs(span.start - published), abs(span.end - published))


def weekday_near(weekday: int, context: Context, *, strict: bool = False) -> ResolvedDate | None:
    """Find the nearest ``weekday`` (Monday is 0) on the side of the publication date that tense asks for."""
    if context.published is None:
        return None
    monday = context.published - context.published.weekday() * DAY
    candidates = (day_span(monday + weekday * DAY + offset * WEEK) for offset in (-2, -1, 0, 1, 2))
    return choose(candidates, context, strict=strict)


def month_near(month: int, context: Context, *, strict: bool = False) -> ResolvedDate | None:
    """Find the nearest ``month`` by tense; the month of publication itself counts for every tense."""
    if context.published is None:
        return None
    years = (context.published.year + offset for offset in (-1, 0, 1))
    return choose((month_span(year, month) for year in years), context, strict=strict)


def day_near(month: int, day: int, context: Context, weekday: int | None = None) -> ResolvedDate | None:
    """Find the year of a day and month; a weekday said with it decides where it fits one year only."""
    if context.published is None:
        return None
    reach = range(-8, 3)  # 29 February, and weekdays that fit one year in five or six
    days = [make_day(context.published.year + offset, month, day) for offset in reach]
    if weekday is not None:
        fitting = [found for found in days if found is not None and found.weekday() == weekday]
        if fitting:  # right years are years apart
            return day_span(min(fitting, key=lambda found: abs(found - context.published)))  # type: ignore[operator]
    slack = _LATE_EDITION if context.tense == "past" else timedelta()
    shifted = Context(context.published + slack, context.tense)
    spans = [day_span(found) for found in days if found]
    chosen = choose(spans, shifted)
    if chosen is not None and chosen.start - context.published > _NO_PLAN:
        past = choose(spans, Context(context.published, "past"))
        if past is not None and context.published - past.start < _JUST_GONE:
            return past
    return chosen


def part_of(span: ResolvedDate, part: str) -> ResolvedDate:
    """Narrow a span to its "early", "mid" or "late" part, keeping the unit that the text names."""
    if span.precision == "year":
        return _third_of_year(span, part)
    if span.precision == "decade":
        return _third_of_decade(span, part)
    third = (span.end - span.start + DAY).days // 3 * DAY
    if part in _FIRST_PARTS:
        return ResolvedDate(span.start, span.start + third - DAY, span.precision)
    if part in _LAST_PARTS:
        return ResolvedDate(span.end - third + DAY, span.end, span.precision)
    return ResolvedDate(span.start + third, span.end - third, span.precision)


def _third_of_year(span: ResolvedDate, part: str) -> ResolvedDate:
    first = 1 if part in _FIRST_PARTS else 9 if part in _LAST_PARTS else 5
    return ResolvedDate(date(span.start.year, first, 1), last_of_month(span.start.year, first + 3), "year")


def _third_of_decade(span: ResolvedDate, part: str) -> ResolvedDate:
    first, last = (0, 3) if part in _FIRST_PARTS else (7, 9) if part in _LAST_PARTS else (4, 6)
    return ResolvedDate(date(span.start.year + first, 1, 1), date(span.start.year + last, 12, 31), "decade")
