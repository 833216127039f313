"""Forms that count from the publication date, or from a date told before."""

import re
from datetime import date, timedelta

from transforms.resolve import date_words as words
from transforms.resolve.date_spans import (
    DAY,
    WEEK,
    Context,
    Form,
    Precision,
    ResolvedDate,
    Tense,
    add_months,
    day_span,
    last_of_month,
    make_day,
    make_form,
    month_span,
    part_of,
    week_span,
    weekday_near,
    year_span,
)
from transforms.resolve.date_words import DAYPART, NUMBER, UNIT, WEEKDAY, weekday_number

_VAGUE = (
    r"(?:(?:the )?(?:past|last|next|coming|previous|first) )?(?:several|a few|few|some|many|recent|couple of)|"
    r"(?:the )?(?:coming|previous|past|last|next)"
)
_NOT_A_DAY = r"(?<!Good )(?<!Black )(?<!Bloody )(?<!Easter )(?<!Palm )"
_NO_PAPER = r"(?! (?:Times|Telegraph|Mail|Mirror|Express|Herald|Tribune|Night Live|School)\b)"
_OFFSETS = {"yesterday": -1, "last night": -1, "overnight": -1, "tomorrow": 1}
_DECADE = 10
_SATURDAY = 5


def _near_day(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "today", "yesterday", "tomorrow", "tonight", "this morning", "overnight"."""
    if context.published is None:
        return None
    said = match.group().lower()
    offset = next((value for word, value in _OFFSETS.items() if word in said), 0)
    if said.startswith("the day "):
        offset *= 2
    day = context.published + offset * DAY
    return ResolvedDate(day, day + DAY, "day") if "overnight" in said else day_span(day)


def _weekday(match: re.Match[str], context: Context) -> ResolvedDate | None:
    which = (match["which"] or "").lower()
    weekday = weekday_number(match["weekday"])
    if which in {"last", "past"}:
        return weekday_near(weekday, Context(context.published, "past"), strict=True)
    if which in {"next", "coming"}:
        return weekday_near(weekday, Context(context.published, "future"), strict=True)
    return weekday_near(weekday, context)


def _weekday_of_week(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "Friday last week", "Monday of next week"."""
    if context.published is None:
        return None
    offset = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    week = week_span(context.published + offset * WEEK)
    return day_span(week.start + weekday_number(match["weekday"]) * DAY)


def _weekday_range(match: re.Match[str], context: Context) -> ResolvedDate | None:
    last = weekday_near(weekday_number(match["last"]), context)
    if last is None:
        return None
    gap = (last.start.weekday() - weekday_number(match["first"])) % 7
    return ResolvedDate(last.start - gap * DAY, last.end, "day")


def _weekend(match: re.Match[str], context: Context) -> ResolvedDate | None:
    which = (match["which"] or "").lower()
    if context.published is None:
        return None
    tense: Tense = {"last": "past", "past": "past", "next": "future", "coming": "future"}.get(which, context.tense)  # type: ignore[assignment]
    saturday = weekday_near(_SATURDAY, Context(context.published, tense), strict=which in {"last", "next"})
    return ResolvedDate(saturday.start, saturday.start + DAY, "day") if saturday else None


def _calendar_unit(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "last week", "earlier this month", "late last year", "next month"."""
    published = context.published
    if published is None:
        return None
    unit = match["unit"].lower()
    offset = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "the": 0}[
        match["which"].lower()
    ]
    part = (match["part"] or "").lower().split(" ")[0]
    span = _unit_span(published, unit, offset)
    if part == "earlier":
        return ResolvedDate(span.start, max(min(span.end, published), span.start), span.precision)
    if part == "later":
        return ResolvedDate(min(max(span.start, published), span.end), span.end, span.precision)
    named = re.search(r"early|late|end|beginning|start|mid", match["part"] or "", re.IGNORECASE)
    return part_of(span, named.group().lower()) if named else span


def _unit_span(day: date, unit: str, offset: int) -> ResolvedDate:
    if unit == "week":
        return week_span(day + offset * WEEK)
    if unit == "month":
        first = add_months(day, offset)
        return month_span(first.year, first.month)
    if unit == "year":
        return year_span(day.year + offset)
    first_year = day.year // _DECADE * _DECADE + offset * _DECADE
    return ResolvedDate(date(first_year, 1, 1), date(first_year + 9, 12, 31), "decade")


def _shift(day: date, count: int, unit: str) -> ResolvedDate:
    """Move ``count`` units away; the answer is as precise as the unit."""
    if unit == "hour":
        return day_span(day + timedelta(hours=count if abs(count) >= 24 else 0))  # noqa: PLR2004 - hours in a day
    if unit in {"day", "night"}:
        return day_span(day + count * DAY)
    if unit in {"week", "weekend", "fortnight"}:
        moved = day + count * (2 if unit == "fortnight" else 1) * WEEK
        return ResolvedDate(moved, moved + 6 * DAY, "week")
    if unit == "month":
        moved = add_months(day, count)
        return month_span(moved.year, moved.month)
    return year_span(day.year + count * (_DECADE if unit == "decade" else 1))


def _group(match: re.Match[str], name: str) -> str | None:
    """Give the text of a group that this form may lack, or have at a second place (as ``name_2``)."""
    groups = match.groupdict()
    return groups.get(name) or groups.get(f"{name}_2")


def _unit(match: re.Match[str]) -> str:
    return (_group(match, "unit") or "").lower().removesuffix("s")


def _ago(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "two weeks ago", "a year ago"."""
    if context.published is None:
        return None
    return _shift(context.published, -_counted(match), _unit(match))


def _earlier(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "two days earlier", "the previous day", from the event told before."""
    base = context.anchor or context.published
    return _shift(base, -_counted(match), _unit(match)) if base else None


def _later(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "two days later", "the next day": only where the event told before has a date."""
    return _shift(context.anchor, _counted(match), _unit(match)) if context.anchor else None


def _counted(match: re.Match[str]) -> int:
    found = _group(match, "number")
    return words.number(found) if found else 1


def _same_day(_match: re.Match[str], context: Context) -> ResolvedDate | None:
    base = context.anchor or context.published
    return day_span(base) if base else None


def _in_future(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "in two weeks", which with a past tense says how long something took."""
    if context.published is None or (context.tense != "future" and "from now" not in match.group().lower()):
        return None
    return _shift(context.published, _counted(match), _unit(match))


def _past_units(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "in the past 24 hours", "over the last three months", "the next two weeks"."""
    published, unit, count = context.published, _unit(match), _counted(match)
    if published is None or (match["number"] is None and match["unit"].lower().endswith("s")):
        return None
    ahead = match["which"].lower() in {"next", "coming"}
    sign = 1 if ahead else -1
    moved = _moved(published, sign * count, unit)
    precision: Precision = {"hour": "day", "day": "day", "night": "day", "week": "week", "month": "month"}.get(
        unit, "year"
    )  # type: ignore[assignment]
    return ResolvedDate(min(moved, published), max(moved, published), precision)


def _moved(day: date, count: int, unit: str) -> date:
    if unit == "hour":
        return day + timedelta(days=-(-abs(count) // 24)) * (1 if count > 0 else -1)
    if unit in {"day", "night"}:
        return day + count * DAY
    if unit in {"week", "weekend", "fortnight"}:
        return day + count * (2 if unit == "fortnight" else 1) * WEEK
    first = add_months(day, count * {"month": 1, "year": 12, "decade": 120}[unit])
    return min(first + (day.day - 1) * DAY, last_of_month(first.year, first.month))


def _day_of_month(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "on the 5th" to the nearest fifth of a month by tense."""
    if context.published is None:
        return None
    day = words.day_number(match["day"])
    firsts = (add_months(context.published, offset) for offset in range(-2, 3))
    days = [found for first in firsts if (found := make_day(first.year, first.month, day))]
    if context.tense == "future":
        return day_span(min(found for found in days if found >= context.published))
    return day_span(max(found for found in days if found <= context.published))


def _vague(_match: re.Match[str], _context: Context) -> None:
    """Leave "several days ago" and "in recent weeks" open: they name no date."""


_PART = (
    r"(?:(?P<part>earlier|later|early|late|mid|(?:at |by )?the (?:end|beginning|start|middle) of)"
    r"[ -](?:in )?)"
)
_WEEKDAY_LEAD = (
    rf"(?:(?:the )?(?:{DAYPART}|early hours) (?:of |on )|overnight (?:on )?|(?:early|late|earlier|later) (?:on )?)?"
)
_ENDS_DAY_OF_MONTH = r"(?=\s*(?:[,.;:)]|$|(?:of (?:this|last|the) month|and|to|in|that|when|after|before|by)\b))"

RELATIVE_FORMS: tuple[Form, ...] = (
    # yesterday morning; overnight
    make_form(
        rf"(?:(?:early|late|earlier|later) )?(?:(?:the day (?:before|after) )?(?:yesterday|tomorrow)|today|tonight|"
        rf"overnight|last night)(?: (?:early|late))?(?: {DAYPART})?",
        _near_day,
    ),
    make_form(
        r"(?:(?:early|late|earlier|later) )?(?:this (?:morning|afternoon|evening)|in the early hours of today)",
        _near_day,
    ),
    # Friday; last Friday; late Thursday night; the early hours of Sunday
    make_form(
        rf"{_WEEKDAY_LEAD}(?:(?:the )?(?P<which>last|next|this|past|coming) )?(?P<weekday>{WEEKDAY})"
        rf"(?:'s|’s)?(?: (?:early |late )?{DAYPART})?",
        _weekday,
        before=_NOT_A_DAY,
        after=_NO_PAPER,
    ),
    # Friday last week
    make_form(
        rf"(?:(?:early|late) )?(?P<weekday>{WEEKDAY})(?: {DAYPART})?,? (?:of )?(?P<which>last|this|next) week",
        _weekday_of_week,
    ),
    make_form(rf"(?P<which>last|next|this) week,? on (?P<weekday>{WEEKDAY})", _weekday_of_week),
    # from Monday to Wednesday; the night between Thursday and Friday
    make_form(
        rf"(?:from |between |the night (?:of|between) )?(?P<first>{WEEKDAY})\s*(?:-|–|to|through|until|and)\s*"
        rf"(?P<last>{WEEKDAY})",
        _weekday_range,
        before=r"(?=from |between |the |\w+\s*(?:-|–|to |through ))",
    ),
    make_form(
        r"(?:(?:the|over the) )?(?:(?P<which>last|past|this|next|coming) )?weekend",
        _weekend,
        before=r"(?=last|past|this|next|the |over )",
    ),
    # last week; earlier this month; the end of the year
    make_form(
        rf"{_PART}?(?P<which>last|this|next|(?<=the )previous|(?<=the )coming|(?<=the )current|(?<= of )the) "
        rf"(?P<unit>week|month|year|decade)",
        _calendar_unit,
    ),
    make_form(r"(?P<part>earlier|later) in (?P<which>the) (?P<unit>week|month|year)", _calendar_unit),
    make_form(rf"(?P<number>{NUMBER})(?: and a half)? (?P<unit>{UNIT}) ago(?: today)?", _ago),
    make_form(rf"(?P<number>{NUMBER}) (?P<unit>{UNIT}) (?:earlier|before|previously)", _earlier),
    make_form(
        r"(?:on )?the (?:previous|preceding) (?P<unit>day|night|week|month|year)|"
        r"the (?P<unit_2>day|night|week) (?:before|earlier)",
        _earlier,
    ),
    make_form(rf"(?P<number>{NUMBER}) (?P<unit>{UNIT}) (?:later|afterwards|after(?=[,.;]|$))", _later),
    make_form(r"(?:on )?the (?:next|following) (?P<unit>day|night|week|month|year)", _later),
    make_form(r"(?:(?:earlier|later) )?(?:on )?(?:the )?(?:same|that) day|(?:earlier|later) in the day", _same_day),
    make_form(
        rf"(?:in|within) (?P<number>{NUMBER}) (?P<unit>{UNIT})(?:['’]s? time)?|"
        rf"(?P<number_2>{NUMBER}) (?P<unit_2>{UNIT}) from now",
        _in_future,
    ),
    # in the past 24 hours
    make_form(
        rf"(?:(?:in|over|during|within|for) )?(?:the )?(?P<which>past|last|previous|next|coming) "
        rf"(?:(?P<number>{NUMBER}) )?(?P<unit>{UNIT})",
        _past_units,
        before=r"(?=(?:\w+ )?the |(?:past|last|previous|next|coming) \w+ )",
    ),
    # on the 5th
    make_form(
        r"(?:on )?the (?P<day>(?:3[01]|[12]?\d)(?:st|nd|rd|th))",
        _day_of_month,
        before=r"(?=on )",
        after=_ENDS_DAY_OF_MONTH,
    ),
    make_form(
        rf"(?:(?:in|over|during|within|for) )?(?:{_VAGUE}) (?:hours|days|weeks|months|years|decades)"
        r"(?: (?:ago|earlier|later))?|(?:hours|days|weeks|months|years) ago",
        _vague,
    ),
)
