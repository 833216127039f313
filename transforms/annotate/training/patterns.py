"""Dates and amounts of money in English text, found by form: the corpora hardly annotate them."""

import re
from collections.abc import Iterator

from transforms.annotate.training.labels import Span

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_PLAIN_MONTH = "(?:January|February|April|June|July|August|September|October|November|December)"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART = "(?:early |late |mid-)?"
_YEAR = r"(?:19|20)\d\d\b(?![-–,.]\d)"
_NUMBER = r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|few|a few|a couple of|many)"
_UNIT = "(?:day|week|month|year|decade|hour|minute)s?"
_LED_IN = "(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Aa]fter|[Bb]efore|[Ff]rom|[Dd]uring|of|to|between|and)"

# Where a pattern has a group, the group is the date and the rest its required surroundings. Earlier patterns win.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_WEEKDAY},? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?![:%,]\d)(?:,? (?:19|20)\d\d\b)?",
        rf"\b(?:{_WEEKDAY},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?![a-z])(?:,? (?:19|20)\d\d\b)?",
        rf"\b{_PART}{_MONTH}(?: of)?,? (?:19|20)\d\d\b",
        rf"\b(?:[Ll]ast |[Nn]ext |[Tt]his )?{_PART}{_PLAIN_MONTH}\b",
        rf"\b{_LED_IN} ({_PART}(?:March|May))\b",
        r"\b((?:[Ll]ast|[Nn]ext|[Tt]his) (?:March|May))\b",
        rf"\b(?:[Ll]ast |[Nn]ext |[Tt]his )?{_WEEKDAY}\b",
        r"\b\d{4}-\d\d-\d\d\b",
        r"\b\d{1,2}/\d{1,2}/(?:\d\d)?\d\d\b",
        rf"\b{_LED_IN} ({_PART}{_YEAR})",
        r"\b(?:the )?(?:early |late |mid-)?(?:19|20)\d0s\b",
        rf"\b{_NUMBER} {_UNIT} (?:ago|earlier|later)\b",
        rf"\b(?:[Tt]he |[Tt]his )?(?:[Pp]ast|[Ll]ast|[Nn]ext|coming|previous|recent) (?:{_NUMBER} )?{_UNIT}\b",
        r"\b(?:[Ee]arlier |[Ll]ater )?[Tt]his (?:week(?:end)?|month|year|spring|summer|autumn|winter)\b",
        r"\b(?:[Ll]ast|[Nn]ext) (?:weekend|spring|summer|autumn|winter|night)\b",
        r"\b(?:[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight)\b",
    )
)
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_SCALE = "(?:hundred|thousand|million|billion|trillion|m|bn|k)"
_CURRENCY = (
    "(?:U\\.S\\. |US )?(?:dollars?|euros?|pounds?|cents|rupees?|yen|yuan|rubles?|roubles?|rials?|dinars?|pesos?)"
)
_MONEY = (
    re.compile(rf"(?:US|C|A|HK)?[$€£¥] ?{_AMOUNT}(?:[ -]?{_SCALE}\b)?"),
    re.compile(rf"\b{_AMOUNT}(?: {_SCALE})? {_CURRENCY}\b"),
)
_PATTERNS = (*(("MONEY", pattern) for pattern in _MONEY), *(("DATE", pattern) for pattern in _DATES))


def find_patterns(text: str) -> Iterator[Span]:
    """Yield dates and amounts of money as spans of label ``DATE`` and ``MONEY`` that do not overlap."""
    taken: list[Span] = []
    for label, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span(pattern.groups), label)
            if not any(span.start < other.end and other.start < span.end for other in taken):
                taken.append(span)
                yield span
