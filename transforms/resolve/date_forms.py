"""All forms of dates together, and the pattern that tells where one may begin."""

import re

from transforms.resolve.date_absolute import ABSOLUTE_FORMS
from transforms.resolve.date_relative import RELATIVE_FORMS
from transforms.resolve.date_spans import Form

FORMS: tuple[Form, ...] = ABSOLUTE_FORMS + RELATIVE_FORMS
HINT = re.compile("|".join(form.source for form in FORMS), re.IGNORECASE)
LEAD = re.compile(
    r"^(?:on|in|at|by|until|till|during|of|from|since|for|before|after|around|about|over|as of|starting|throughout)\s+"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
