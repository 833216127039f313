"""Publication times as sources write them: to UTC, with the precision that was written."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime
from functools import lru_cache

EARLIEST_YEAR, LATEST_YEAR = 1800, 2100
"""Years outside are placeholders or slips."""

_LANGUAGES = ["en", "fr", "es", "de", "pt", "it", "ru", "ar"]
"""Of month names; all languages of dateparser would cost 4 s once and 40 ms a date."""

_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_COMPACT = re.compile(r"(\d{8})T?(\d{6})Z?")
_ISO_START = re.compile(r"\d{4}-?\d\d-?\d\d(?:$|[T ])|\d{4}-W\d\d")
_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?")
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2,8}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T,]+(\d{1,2}):(\d\d)(?::(\d\d))?)?")
_SECONDS = re.compile(r"\d:\d\d:\d\d")
_MINUTES = re.compile(r"\d:\d\d|\d ?[ap]\.?m\b", re.IGNORECASE)
_HAS_OFFSET = re.compile(r"(?:Z|[+-]\d\d:?\d\d|[A-Z]{3,4})$")
_MILLISECONDS_FROM = 10**11
_YEAR_DIGITS, _SHORT_YEAR_DIGITS, _MONTHS = 4, 2, 12
_CENTURY_TURN = 70


@dataclass(frozen=True, slots=True)
class PublicationTime:
    """An aware time in UTC and how finely it was written: second, minute, day, month or year."""

    at: datetime
    precision: str


@lru_cache(maxsize=4096)
def parse_publication_time(written: str) -> PublicationTime | None:
    """Read a publication time.

    Understood are ISO 8601, RFC 2822, seconds or milliseconds since 1970, ``20240131T235959Z``, numbers such as
    ``31/01/2024``, and dates in words in eight languages. A time without zone is UTC. Midnight without
    zone is a mere day, since tables write days so. Where day and month cannot be told apart (``03/04/2024``), and for
    relative words, the answer is None: a guess would put events on wrong days.

    Returns:
        The time, or None where it cannot be read for certain.
    """
    text = " ".join(written.split())
    for parse in _PARSERS:
        try:
            found = parse(text)
        except (ValueError, OverflowError, OSError):
            continue
        if found is not None:
            return found if EARLIEST_YEAR <= found.at.year <= LATEST_YEAR else None
    return None


def _epoch(text: str) -> PublicationTime | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text)
    return PublicationTime(
        datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds, UTC), "second"
    )


def _compact(text: str) -> PublicationTime | None:
    match = _COMPACT.fullmatch(text)
    return _result(datetime.strptime(match[1] + match[2] + "+0000", "%Y%m%d%H%M%S%z"), "second") if match else None


def _iso(text: str) -> PublicationTime | None:
    return _result(datetime.fromisoformat(text), _precision(text)) if _ISO_START.match(text) else None


def _year_month(text: str) -> PublicationTime | None:
    match = _YEAR_MONTH.fullmatch(text)
    if not match:
        return None
    return _result(datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC), "month" if match[2] else "year")


def _rfc_2822(text: str) -> PublicationTime | None:
    return _result(parsedate_to_datetime(text), _precision(text)) if _RFC_2822.match(text) else None


def _numeric(text: str) -> PublicationTime | None:
    match = _NUMERIC.fullmatch(text)
    if not match:
        return None
    first, separator, second, last = match[1], match[2], match[3], match[4]
    if len(first) == _YEAR_DIGITS:
        year, month, day = int(first), int(second), int(last)
    else:
        year = _full_year(last)
        day, month = _day_and_month(int(first), int(second), is_day_first=separator == ".")
    hour, minute, seconds = (int(part or 0) for part in match.group(5, 6, 7))
    return _result(datetime(year, month, day, hour, minute, seconds, tzinfo=UTC), _precision(text))


def _full_year(digits: str) -> int:
    if len(digits) == _YEAR_DIGITS:
        return int(digits)
    if len(digits) != _SHORT_YEAR_DIGITS:
        raise ValueError("a year has two or four digits")
    return int(digits) + (1900 if int(digits) >= _CENTURY_TURN else 2000)


def _day_and_month(first: int, second: int, *, is_day_first: bool) -> tuple[int, int]:
    """Tell day from month, by the separator (a full stop means day first) or by which can be no month."""
    if is_day_first or first > _MONTHS or first == second:
        return first, second
    if second > _MONTHS:
        return second, first
    raise ValueError("day and month cannot be told apart")


def _words(text: str) -> PublicationTime | None:
    if not re.search(r"\d{4}", text) or (text.isascii() and not re.search(r"[A-Za-z]{3}", text)):
        return None
    import dateparser  # noqa: PLC0415 - slow to import, rarely needed

    settings = {"REQUIRE_PARTS": ["year", "month", "day"], "PARSERS": ["absolute-time"], "TIMEZONE": "UTC"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # dateparser's own, about Python's strptime
        found = dateparser.parse(text, languages=_LANGUAGES, settings=settings)
    return None if found is None else _result(found, _precision(text))


_PARSERS: tuple[Callable[[str], PublicationTime | None], ...] = (
    _compact,
    _epoch,
    _iso,
    _year_month,
    _rfc_2822,
    _numeric,
    _words,
)


def _result(at: datetime, precision: str) -> PublicationTime:
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return PublicationTime(at, precision)


def _precision(text: str) -> str:
    """Tell how finely a time was written; see :func:`parse_publication_time` for midnight."""
    time_written = re.search(r"(\d\d?):(\d\d)(?::(\d\d))?", text)
    is_midnight = time_written is not None and time(0) == _clock(time_written) and not _HAS_OFFSET.search(text)
    if is_midnight:
        return "day"
    if _SECONDS.search(text) or re.search(r"T\d{6}", text):
        return "second"
    return "minute" if _MINUTES.search(text) else "day"


def _clock(match: re.Match[str]) -> time:
    return time(int(match[1]) % 24, int(match[2]), int(match[3] or 0))
