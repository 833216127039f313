"""All forms of dates together, and the pattern that tells where one may begin."""

import re

from transforms.resolve.date_absolute import ABSOLUTE_FORMS
from transforms.resolve.date_relative import RELATIVE_FORMS
from transforms.resolve.date_spans import BEGIN, Form
from transforms.resolve.date_words import MONTH_NAMES

FORMS: tuple[Form, ...] = ABSOLUTE_FORMS + RELATIVE_FORMS
HINT = re.compile(rf"{BEGIN}(?=\w)(?:{'|'.join(form.source.removeprefix(BEGIN) for form in FORMS)})", re.IGNORECASE)
_WORDS = (
    "day", "night", "morning", "evening", "afternoon", "week", "month", "year", "decade", "hours", "tomorrow",
    "fortnight", "spring", "summer", "autumn", "fall", "winter"
)  # fmt: skip
_MONTHS = tuple(form for name in MONTH_NAMES for form in (name[:3].title(), name[:3].upper()))
_DIGITS = re.compile(r"\d{4}|\d(?:st|nd|rd|th)\b|9/11|\d0'?s\b")


def may_hold_date(text: str) -> bool:
    """Tell whether any word of a date stands in ``text``: a quick look before the slow one."""
    lowered = text.lower()
    return (
        any(word in lowered for word in _WORDS)
        or any(month in text for month in _MONTHS)
        or _DIGITS.search(text) is not None
    )


LEAD = re.compile(
    r"^(?:on|in|at|by|until|till|during|of|from|since|for|before|after|around|about|over|as of|starting|throughout)\s+"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
