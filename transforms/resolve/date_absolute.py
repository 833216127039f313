"""Forms that name a day, month, year, season or decade of the calendar, with or without its year."""

import re
from datetime import date, timedelta

from transforms.resolve import date_words as words
from transforms.resolve.date_spans import (
    DAY,
    Context,
    Form,
    ResolvedDate,
    Tense,
    choose,
    day_near,
    day_span,
    last_of_month,
    make_day,
    make_form,
    month_near,
    month_span,
    part_of,
    year_span,
)
from transforms.resolve.date_words import DAY_TH, DAYPART, MONTH, SHORT_WEEKDAY, WEEKDAY, YEAR, day_number, month_number

_PART = r"(?P<part>early|mid|late|(?:the )?(?:beginning|start|end|close|middle) of)"
_DASH = r"\s*(?:-|–|—|to|through|until|till|and)\s*"
_PREPOSED = "|".join(
    rf"(?<=\b{word} )"
    for word in "in since until till by of during from before after between late early mid last and through to".split()
)
_NO_NOUN = (
    r"(?!,\d)(?!\s+(?:people|persons|troops|soldiers|fighters|men|women|hours|miles|km|metres|meters|GMT|others)\b)"
)


def _get(match: re.Match[str], name: str) -> str | None:
    """Give the text of a group that this form may lack, or have at a second place (as ``name_2``)."""
    groups = match.groupdict()
    return groups.get(name) or groups.get(f"{name}_2")


def _absolute_day(match: re.Match[str], context: Context) -> ResolvedDate | None:
    month, day = month_number(match["month"]), day_number(match["day"])
    weekday = words.weekday_number(match["weekday"]) if match["weekday"] else None
    if year := _get(match, "year"):
        found = make_day(int(year), month, day)
        return day_span(found) if found else None
    return day_near(month, day, context, weekday)


def _numeric_day(match: re.Match[str], _context: Context) -> ResolvedDate | None:
    found = make_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return day_span(found) if found else None


def _slash_day(match: re.Match[str], _context: Context) -> ResolvedDate | None:
    """Read 25/06/2017 and 06/25/2017; where both orders are possible it names no day."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    found = {make_day(year, first, second), make_day(year, second, first)} - {None}
    return day_span(found.pop() or date.min) if len(found) == 1 else None


def _eleventh_of_september(_match: re.Match[str], _context: Context) -> ResolvedDate:
    return day_span(date(2001, 9, 11))


def _day_range(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "3 to 5 June 2017", "June 3-5" and "June 30 - July 2"."""
    first_month = month_number(match["first"] or match["last"])
    last_month = month_number(match["last"] or match["first"])
    if match["year"]:
        year = int(match["year"])
        end = make_day(year, last_month, day_number(match["day2"]))
    else:
        found = day_near(last_month, day_number(match["day2"]), context)
        end = found.start if found else None
    if end is None:
        return None
    start = make_day(end.year - (first_month > last_month), first_month, day_number(match["day"]))
    return ResolvedDate(start, end, "day") if start and start <= end else None


def _month_year(match: re.Match[str], _context: Context) -> ResolvedDate:
    return _narrow(month_span(int(match["year"]), month_number(match["month"])), match)


def _narrow(span: ResolvedDate, match: re.Match[str]) -> ResolvedDate:
    """Narrow ``span`` where the expression says "early", "the end of" or the like."""
    part = _get(match, "part")
    if not part:
        return span
    found = re.search(r"early|beginning|start|late|end|close", part, re.IGNORECASE)
    return part_of(span, found.group().lower() if found else "mid")


def _month(match: re.Match[str], context: Context) -> ResolvedDate | None:
    span = month_near(month_number(match["month"]), context)
    return _narrow(span, match) if span else None


def _month_of_year(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "April last year", "June this year", "last April"."""
    month = month_number(_get(match, "month") or "")
    which = (match["which"] or match["year"]).lower()
    if context.published is None:
        return None
    if match["year"]:
        offset = {"last": -1, "this": 0, "next": 1}[which]
        return month_span(context.published.year + offset, month)
    if which == "this":
        return month_span(context.published.year, month)
    return month_near(month, Context(context.published, "past" if which == "last" else "future"), strict=True)


def _month_range(match: re.Match[str], context: Context) -> ResolvedDate | None:
    first, last = month_number(match["first"]), month_number(match["last"])
    if year := _get(match, "year"):
        end_year = int(year)
    else:
        found = month_near(last, context)
        if found is None:
            return None
        end_year = found.start.year
    start = date(end_year - (first > last), first, 1)
    return ResolvedDate(start, last_of_month(end_year, last), "month")


def _year(match: re.Match[str], _context: Context) -> ResolvedDate:
    return _narrow(year_span(int(match["year"])), match)


def _year_range(match: re.Match[str], _context: Context) -> ResolvedDate | None:
    first, tail = match["year"], match["year2"]
    last = int(first[: -len(tail)] + tail)
    return ResolvedDate(date(int(first), 1, 1), date(last, 12, 31), "year") if last >= int(first) else None


def _decade(match: re.Match[str], _context: Context) -> ResolvedDate:
    digits = match["decade"]
    first = int(digits) if len(digits) > 2 else (1900 if digits > "20" else 2000) + int(digits)  # noqa: PLR2004
    span = ResolvedDate(date(first, 1, 1), date(first + 9, 12, 31), "decade")
    return _narrow(span, match)


def _season(match: re.Match[str], context: Context) -> ResolvedDate | None:
    first, last = words.SEASONS[match["season"].lower()]
    which = (match["which"] or "").lower()

    def span(year: int) -> ResolvedDate:
        return ResolvedDate(date(year, first, 1), last_of_month(year + (last > 12), (last - 1) % 12 + 1), "season")  # noqa: PLR2004

    if match["year"]:
        return span(int(match["year"]))
    if context.published is None:
        return None
    if which == "this":
        return span(context.published.year)
    tense: Tense = {"last": "past", "next": "future"}.get(which, context.tense)  # type: ignore[assignment]
    around = (span(context.published.year + offset) for offset in (-1, 0, 1))
    return choose(around, Context(context.published, tense), strict=bool(which))


def _fraction_of_period(match: re.Match[str], context: Context) -> ResolvedDate | None:
    """Resolve "the first week of June", "the second half of 2013", "the third quarter of 2015"."""
    year = _get(match, "year")
    if match["month"]:
        month = month_number(match["month"])
        whole = month_span(int(year), month) if year else month_near(month, context)
    else:
        whole = year_span(int(year or 0))
    if whole is None:
        return None
    index = words.ORDINALS.get(match["ordinal"].lower(), -1)
    if match["unit"].lower() == "week":
        start = whole.end - 6 * DAY if index < 0 else whole.start + index * 7 * DAY
        return ResolvedDate(start, min(start + 6 * DAY, whole.end), "week")
    parts = {"half": 2, "quarter": 4}[match["unit"].lower()]
    length = (whole.end - whole.start + DAY).days
    bounds = [whole.start + timedelta(days=length * part // parts) for part in range(parts + 1)]
    index = parts - 1 if index < 0 else min(index, parts - 1)
    return ResolvedDate(bounds[index], bounds[index + 1] - DAY, whole.precision)


_WEEKDAY_FIRST = rf"(?:(?:(?:this|last|next) )?(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY}),?\s+)?"
_DAYPART_FIRST = rf"(?:(?:the |early |late )?(?:{DAYPART}\s+(?:of\s+)?)?)"
_THEN_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})(?!\s*(?:people|troops|soldiers)))?"
_NAMED_MONTH = rf"(?P<month>{MONTH})"
_FIRST_MONTH = rf"(?P<first>{MONTH})"
_LAST_MONTH = rf"(?P<last>{MONTH})"
_THIS_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>last|this|next) year)"

ABSOLUTE_FORMS: tuple[Form, ...] = (
    # from 3 to 5 June 2017; 3-5 June; between 30 June and 2 July
    make_form(
        rf"(?:(?:from|between)\s+)?(?P<day>{DAY_TH})(?:\s+{_FIRST_MONTH})?{_DASH}"
        rf"(?P<day2>{DAY_TH})\s+(?:of\s+)?{_LAST_MONTH}{_THEN_YEAR}",
        _day_range,
    ),
    # June 3-5, 2017; June 30 to July 2
    make_form(
        rf"(?:(?:from|between)\s+)?{_FIRST_MONTH}\s+(?P<day>{DAY_TH}){_DASH}"
        rf"(?:{_LAST_MONTH}\s+)?(?P<day2>{DAY_TH})(?!:){_THEN_YEAR}",
        _day_range,
    ),
    # Friday, June 3, 2017; Sept. 19; the morning of June 3
    make_form(
        rf"{_DAYPART_FIRST}{_WEEKDAY_FIRST}{_NAMED_MONTH}\s+(?:the\s+)?(?P<day>{DAY_TH})(?![\d:]|,\d){_THEN_YEAR}",
        _absolute_day,
    ),
    # 3 June 2017; Friday 3 June; the 3rd of June
    make_form(
        rf"{_DAYPART_FIRST}{_WEEKDAY_FIRST}(?:the\s+)?(?P<day>{DAY_TH})(?:\s+|-)(?:of\s+)?{_NAMED_MONTH}"
        rf"(?:-(?P<year_2>{YEAR})|{_THEN_YEAR})",
        _absolute_day,
    ),
    make_form(rf"(?P<year>{YEAR})(?P<s>[-/.])(?P<month>0\d|1[012])[-/.](?P<day>[0-3]\d)(?:T[\d:.]+Z?)?", _numeric_day),
    make_form(rf"(?P<first>\d\d?)[/.](?P<second>\d\d?)[/.](?P<year>{YEAR})", _slash_day),
    make_form(r"9/11", _eleventh_of_september),
    # the first week of June; the second half of 2013
    make_form(
        rf"(?:the )?(?P<ordinal>first|second|third|fourth|last|final) (?P<unit>week|half|quarter) of "
        rf"(?:{_NAMED_MONTH}(?:,?\s+(?P<year>{YEAR}))?|(?P<year_2>{YEAR}))",
        _fraction_of_period,
    ),
    # from March to June 2015
    make_form(
        rf"(?:from|between)\s+{_FIRST_MONTH}{_DASH}{_LAST_MONTH}(?:,?\s+(?P<year>{YEAR}))?(?!\s+\d)", _month_range
    ),
    make_form(rf"{_FIRST_MONTH}{_DASH}{_LAST_MONTH},?\s+(?P<year>{YEAR})", _month_range),
    # late June 2017; June 2017; June of 2017
    make_form(rf"(?:{_PART}[ -])?{_NAMED_MONTH},?\s+(?:of\s+)?(?P<year>{YEAR})", _month_year),
    # April last year; last April
    make_form(rf"(?:(?P<which>last|next|this) {_NAMED_MONTH}|(?P<month_2>{MONTH}){_THIS_YEAR})", _month_of_year),
    # early June
    make_form(rf"{_PART}[ -]{_NAMED_MONTH}(?!\s+\d)", _month),
    # in April, since May
    make_form(
        rf"(?:(?:in|since|during)\s+)?{_NAMED_MONTH}",
        _month,
        before=rf"(?:(?=(?:in|since|during)\s)|{_PREPOSED})",
        after=r"(?!\s+\d|\s+(?-i:[A-Z][a-z]))",
    ),
    # between 2011 and 2013; 2011-13
    make_form(rf"(?:(?:from|between)\s+)(?P<year>{YEAR}){_DASH}(?P<year2>{YEAR}|\d\d)(?![,.]?\d)", _year_range),
    make_form(rf"(?P<year>{YEAR})\s*[-–—]\s*(?P<year2>{YEAR}|\d\d)(?![,.\-/]?\d)", _year_range),
    # late 2015; the end of 2013; mid-2013
    make_form(rf"{_PART}[ -](?P<year>{YEAR})", _year),
    make_form(rf"(?:since|in|during)\s+(?P<year>{YEAR})", _year, after=_NO_NOUN),
    make_form(
        rf"(?P<year>{YEAR})", _year, before=rf"(?:{_PREPOSED}|(?<=\()|(?<=\bthe )|(?<='s )|(?<=’s ))", after=_NO_NOUN
    ),
    make_form(
        r"(?:the )?(?:(?P<part>early|mid|late)[ -])?(?P<decade>(?:19|20)\d0|[2-9]0)'?s",
        _decade,
        before=r"(?=the |early|mid|late|\d{4})",
    ),
    make_form(
        r"(?:the )?(?:(?:early|mid|late) )?(?:(?P<which>last|this|next) )?(?P<season>spring|summer|autumn|fall|winter)"
        rf"(?: (?:of )?(?P<year>{YEAR}))?",
        _season,
        before=rf"(?=(?:last|this|next) |(?:the )?(?:(?:early|mid|late) )?\w+ (?:of )?{YEAR})",
    ),
)
