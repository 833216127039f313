"""The words that dates are made of, as pieces of patterns and as numbers."""

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=1,
    )
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "thirty": 30, "forty": 40, "fifty": 50, "the": 1}
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "1st": 0, "2nd": 1, "3rd": 2, "4th": 3}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}


def _capitalised(names: tuple[str, ...]) -> str:
    return "|".join(f"{name.title()}|{name.upper()}" for name in names)


# Month and weekday names count only with a capital, so that "may" and "march" stay verbs.
MONTH = (
    rf"(?-i:{_capitalised(MONTH_NAMES)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|"
    rf"(?:JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
WEEKDAY = rf"(?-i:{_capitalised(WEEKDAY_NAMES)})"
SHORT_WEEKDAY = r"(?-i:(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
DAY_TH = rf"{DAY}(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted((w for w in NUMBERS if w != "the"), key=len, reverse=True)) + ")"
UNIT = r"(?:hour|day|night|week|weekend|fortnight|month|year|decade)s?"
DAYPART = r"(?:(?:early |late |mid-)?(?:morning|afternoon|evening|night|dawn|noon|midday)|night)"


def month_number(word: str) -> int:
    """Give the number of a month from its name or abbreviation."""
    return next(i for i, name in enumerate(MONTH_NAMES, start=1) if name[:3] == word[:3].lower())


def weekday_number(word: str) -> int:
    """Give the number of a weekday, Monday being 0."""
    return next(i for i, name in enumerate(WEEKDAY_NAMES) if name[:3] == word[:3].lower())


def number(word: str) -> int:
    """Read a small number in figures or words."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def day_number(word: str) -> int:
    """Read the day of a month: "5", "05" or "5th"."""
    return int("".join(char for char in word if char.isdigit()))
