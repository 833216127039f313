"""All forms of dates together, and the pattern that tells where one may begin."""

import re

from transforms.resolve.date_absolute import ABSOLUTE_FORMS
from transforms.resolve.date_relative import RELATIVE_FORMS
from transforms.resolve.date_spans import Form

FORMS: tuple[Form, ...] = ABSOLUTE_FORMS + RELATIVE_FORMS
HINT = re.compile("|".join(form.source for form in FORMS), re.IGNORECASE)
WORDS = re.compile(
    r"\d{4}|\d(?:st|nd|rd|th)\b|\d-|9/11|\d0'?s\b|(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|"
    r"JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)|day|night|morning|evening|afternoon|week|month|year|decade|"
    r"hours|fortnight|tomorrow|spring|summer|autumn|fall|winter|\d[/.]\d",
    re.IGNORECASE,
)
"""Some such word stands in every expression: a quick look before the slow one."""
LEAD = re.compile(
    r"^(?:on|in|at|by|until|till|during|of|from|since|for|before|after|around|about|over|as of|starting|throughout)\s+"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
