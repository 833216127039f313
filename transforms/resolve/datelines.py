"""Datelines ("KABUL, Afghanistan (AP) -") and dates at the head of an article."""

import re
from dataclasses import dataclass, replace
from datetime import date

from transforms.resolve.date_absolute import ABSOLUTE_FORMS
from transforms.resolve.date_spans import Context, last_of_month
from transforms.resolve.date_words import DAY_TH, MONTH, SHORT_WEEKDAY, WEEKDAY, YEAR

_HEAD_LENGTH = 1500
_HEAD_LINES = 12
_DATELINE_LINES = 3
"""Lines from the top, blank ones aside, in which a dateline may stand."""
_DATED_LINES = 6
"""The same for a dateline with a date: a press release has its office, number and terms above it."""
_HEADER_LENGTH = 300
"""Characters of a line in which a dated dateline may follow a title and the number of a release."""
_NOT_PLACES = frozenset(
    "BREAKING EXCLUSIVE UPDATE UPDATED ANALYSIS OPINION EDITORIAL WATCH VIDEO PHOTOS EXPLAINER FACTBOX NEWS LIVE "
    "CORRECTED CORRECTION FEATURE COMMENTARY PROFILE TIMELINE INTERVIEW ADVISORY REUTERS AFP AP CNN BBC NEW NOTE "
    "READ MORE URGENT ALERT DEVELOPING THE A AN IN AT ON BY FROM FOR IMMEDIATE PRESS STATEMENT".split()
)
_OF_DATES = re.compile(rf"(?:{WEEKDAY}|{SHORT_WEEKDAY}|{MONTH})[,.]?", re.IGNORECASE)
"""What opens a line that is a date ("Monday, June 20, 2016") and no place."""
_OPENERS = frozenset({"THE", "NEW"})
_OF_RELEASES = frozenset({"RELEASE", "PDF"})
"""Words in the head of a press release that no name of a place holds."""
_CAPITALS = "A-Z\u00c0-\u00de"
_UPPER = (
    rf"(?-i:(?:S[Tt]\.?(?= )|A[lLdDsS]-[{_CAPITALS}'’\-]+|[{_CAPITALS}]['’]?[{_CAPITALS}][{_CAPITALS}'’.\-]*)"
    rf"(?:[ \-][{_CAPITALS}'’.\-]{{2,}}){{0,3}})"
)
_TITLE = rf"(?-i:[{_CAPITALS}][\w'’.\-]+(?: (?:[{_CAPITALS}][\w'’\-]+|de|el|al|la|of|and)){{0,3}})"
_DATE = (
    rf"(?:(?:{WEEKDAY}|{SHORT_WEEKDAY}),? )?"
    rf"(?:{MONTH} {DAY_TH}(?:,? {YEAR})?|{DAY_TH}(?: |-){MONTH}(?:,? |-)?(?:{YEAR})?|{YEAR}-\d\d-\d\d)"
)
_AGENCY = r"(?:\((?-i:[A-Z0-9])[^()\n]{1,60}\)|/[^/\n]{2,40}/)"
_DASH = r"\s*(?:--+|—|–|-(?=\s|$))"
_DATELINE = re.compile(
    rf"\s*(?P<place>(?:(?P<upper>{_UPPER})|(?P<title>{_TITLE}))(?:, (?!{MONTH}\b)(?:{_UPPER}|{_TITLE})){{0,2}})"
    rf"(?:\s*/\s*(?:{_UPPER})(?:, {_TITLE})?)*"
    rf"(?:[,.]? (?P<date>{_DATE})\.?)?,?"
    rf"(?:\s*(?P<agency>{_AGENCY}))?(?:,? (?P<date_after>{_DATE}))?"
    rf"(?P<separator>{_DASH}|\s*:(?=\s|$)|\s*$|(?<=\))(?=\s+(?-i:[{_CAPITALS}\"“])))\s*",
    re.IGNORECASE,
)
_INSIDE_LINE = re.compile(rf"(?<=\s)(?=[{_CAPITALS}]{{2}})")
"""Where a dateline may begin behind a title and the number of a release."""
_DATE_LINE = re.compile(
    rf"(?:(?:first |last )?(?:published|posted|updated|modified|date|issued|release date|created)(?: on| at)?\s*:?\s*|"
    rf"[^\n]{{0,40}}(?:[|•·]| [-–—] )\s*)?(?P<date>(?:(?:{WEEKDAY}|{SHORT_WEEKDAY}),? )?(?:{MONTH} {DAY_TH},? {YEAR}|"
    rf"{DAY_TH}[ -](?:of )?{MONTH},?[ -]{YEAR}|{YEAR}-\d\d-\d\d))"
    r"(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?:,?\s*(?:at |[-–|•·] ?)?\d{1,2}[:.]\d\d.{0,25})?\s*(?:[|•·\-–][^\n]{0,40})?",
    re.IGNORECASE,
)
_TITLE_DATE = re.compile(
    rf"(?P<date>{MONTH} {DAY_TH}(?:,? {YEAR})?):\s|"
    rf".{{0,80}}\b(?:updates?|reports?|summary|briefing|bulletin|digest|statement|round-?up|release),? "
    rf"(?:(?:for|of|on) )?(?P<date_after>{MONTH} {DAY_TH},? {YEAR})$",
    re.IGNORECASE,
)
"""A title that dates what is told below it: "June 20: Operations in the north", "Evening update, June 20, 2016"."""
_IN_PARENTHESES = re.compile(
    rf"\((?:[^()\n]{{0,30}}[,;:] ?)?(?P<date>{_DATE})(?:[,;] ?[^()\n]{{0,30}})?\)", re.IGNORECASE
)


_FULL_DATE = re.compile(rf"(?:{MONTH} {DAY_TH},? {YEAR}|{DAY_TH} {MONTH},? {YEAR})", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])\b")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, and perhaps when, a story was filed; offsets count characters of the paragraph given."""

    place_text: str
    place_start: int
    date: date | None
    end_offset: int
    """Where the story's own text begins."""
    is_sure: bool
    """Named with a date or an agency, which no heading has."""
    is_dated: bool = False
    """Says a day, though its year may not be known."""


def find_dateline(paragraph: str, *, published: date | None = None) -> Dateline | None:
    """Find the dateline at the start of an article's first paragraph, or ``None``.

    A date without a year takes the one nearest to ``published`` and is ``None`` without it.
    """
    match = _DATELINE.match(paragraph)
    if match is None or _is_no_place(match["place"].split(",")[0].split()):
        return None
    said = match["date"] or match["date_after"]
    if not said and match["agency"]:
        inside = _IN_PARENTHESES.search(match["agency"])
        said = inside["date"] if inside else None
    is_sure = bool(said or match["agency"])
    if not is_sure and (match["title"] or match["separator"].strip() in {":", ""}):
        return None
    if not match["separator"].strip() and not said:
        return None  # a heading such as "SYRIA (UN)"
    if match["title"] and match.end("separator") < match.end() < len(paragraph) and not match["separator"].strip():
        return None  # "Amina Yusuf (May 3, 1951) was"
    day = _day_of(said, Context(published, "past")) if said else None
    place = match["place"]
    if place.count(".") == 1:
        place = place.rstrip(".")
    return Dateline(place, match.start("place"), day, match.end(), is_sure, is_dated=bool(said))


def dateline_of(text: str, *, published: date | None = None) -> Dateline | None:
    """Find the dateline of an article, its offsets counted in ``text``, or ``None``.

    It opens the text, or stands below or behind a title and a line such as the number of a release. A day without
    its year is dated by ``published``, else by what stands above it.
    """
    start, seen = 0, 0
    for line in text.split("\n"):
        if line.strip():
            found = _dateline_in(line, text[:start], published)
            if found is not None and (seen == 0 or found.is_sure) and (seen < _DATELINE_LINES or found.is_dated):
                return replace(found, place_start=start + found.place_start, end_offset=start + found.end_offset)
            seen += 1
            if seen == _DATED_LINES:
                return None
        start += len(line) + 1
    return None


def _dateline_in(line: str, above: str, published: date | None) -> Dateline | None:
    """The dateline that opens ``line``, or one with a date inside its first characters."""
    opening = find_dateline(line, published=published or _dated_by(above))
    if opening is not None:
        return opening
    for place in _INSIDE_LINE.finditer(line[:_HEADER_LENGTH]):
        start = place.start()
        found = find_dateline(line[start:], published=published or _dated_by(above + line[:start]))
        if found is not None and found.is_dated and found.place_text[:2].isupper():
            return replace(found, place_start=start + found.place_start, end_offset=start + found.end_offset)
    return None


def _dated_by(heading: str) -> date | None:
    """The day of a full date in what stands above a dateline, or the last of a month ("Release 2010-10-27")."""
    if full := _FULL_DATE.search(heading):
        return _day_of(full.group(), Context(None, "past"))
    month = _MONTH_OF_YEAR.search(heading)
    return last_of_month(int(month[1]), int(month[2])) if month else None


def _is_no_place(words: list[str]) -> bool:
    """True of a heading such as UPDATE or NEWS, and of a date; "THE HAGUE" and "NEW DELHI" are places of two words."""
    if _OF_DATES.fullmatch(words[0]):
        return True
    if not _OF_RELEASES.isdisjoint(word.upper() for word in words):
        return True
    if len(words) > 1 and words[0].upper() in _OPENERS:
        return words[1].upper() in _NOT_PLACES
    return words[0].upper() in _NOT_PLACES


def find_publication_date(head_of_text: str) -> date | None:
    """Find a full date that dates the article: a line of its own near the top, one in its dateline or first title."""
    lines = head_of_text[:_HEAD_LENGTH].splitlines()[:_HEAD_LINES]
    nowhere = Context(None, "past")
    for line in lines:
        stripped = line.strip()
        if match := _DATE_LINE.fullmatch(stripped):
            return _day_of(match["date"], nowhere)
        dateline = find_dateline(stripped)
        if dateline and dateline.date:
            return dateline.date
    title = _TITLE_DATE.match(lines[0].strip()) if lines else None
    if title is None:
        return None
    return _day_of(title["date"] or title["date_after"], Context(_dated_by(head_of_text[:_HEAD_LENGTH]), "past"))


def _day_of(said: str, context: Context) -> date | None:
    for form in ABSOLUTE_FORMS:
        if match := form.pattern.fullmatch(said.strip()):
            resolved = form.resolve(match, context)
            return resolved.start if resolved else None
    return None
