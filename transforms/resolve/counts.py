"""Counts of people in a noun phrase: numerals, number words, "a soldier", "a dozen".

Bounds count as the number that they bound ("at least 90" is 90, "between 10 and 15" is 10), vague quantities
("several", "dozens") are no count, and neither are ages, years, shares and sums of money.
"""

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ONE = {"a", "an", "another"}
_VAGUE = set(
    "several dozens scores hundreds thousands millions many some few most numerous countless handful number lot lots "
    "group groups crowd crowds series range majority minority fraction third quarter half part percent per cent % "
    "various multiple tens convoy team unit set list host string batch wave mob gang couples".split()
)
_NEXT_ONE = (["second"], ["third"], ["fourth"], ["fifth"])
"""Behind "a" and with nothing behind them these are one person more ("killed two and wounded a third")."""
_OWNERS = {"his", "her", "their", "its", "my", "our", "your"}
_YEAR_OF_PEOPLE = re.compile(
    r"people|persons?|others|civilians?|\w*men|women|children|soldiers|troops|fighters|militants|rebels|refugees|"
    r"migrants|prisoners|protesters|demonstrators|families|dead|wounded|injured|killed|detainees|victims|inmates"
)
_AGE = re.compile(
    r"\b(?:\d+|[a-z]+(?:-[a-z]+)?)[- ](?:year|month|week|day)s?[- ]olds?\b|"
    r"\b(?:aged?|ages)\s+\d+(?:(?:,\s*|,?\s+(?:and|to|or)\s+)\d+)*|,\s*\d{1,2}\s*(?:,|$)"
)
_NOT_A_COUNT = re.compile(
    r"[$€£]\s*\d[\d.,]*(?:\s*(?:thousand|million|billion|m|bn|k)\b)?|"
    r"\b\d[\d.,]*\s*(?:%|percent\b|per cent\b|percentage\b)|\b\d+(?:st|nd|rd|th)\b|"
    r"\b\d[\d.,]*\s*-?(?:mm|cm|km|kg|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|tonn?es?|tons?|"
    r"kilogram(?:me)?s?|hectares?|hours?|minutes?|days?|weeks?|months?|years?)\b(?!-old)"
)
_SUBSET = re.compile(
    r",?\s*\b(?:including|among them|amongst them|of whom|of them|most of|many of|some of|half of|who|which|that|from|"
    r"in|near|at|with|during|after|when|while|belonging)\b"
)
_CONJUNCTION = re.compile(r"\s*,(?!\d{3}\b)\s*(?:and\s+|as well as\s+)?|\s+and\s+|\s+as well as\s+|\s+plus\s+")
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|[a-z]+(?:['’][a-z]+)?|%")
_RANGE = re.compile(r"(?:between\s+)?\b([\w,]+)\s*(?:-|–|—|\s(?:to|and|or)\s)\s*([\w,]+)\b")
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


def parse_count(phrase: str, *, names_person: bool = False) -> int | None:
    """Tell how many people or things ``phrase`` states, or ``None`` where it gives no number.

    ``phrase`` is a noun phrase with its determiner ("a soldier", "at least 90", "the leader and four others").
    ``names_person`` says that it names one person ("Amina Yusuf"), which counts 1 where no number is given.
    """
    text = phrase.lower().replace("‑", "-")
    has_age = bool(_AGE.search(text))
    text = _NOT_A_COUNT.sub(" % ", _AGE.sub(" ", text))
    cut = _SUBSET.search(text)
    if cut and _SUBSET.sub("", text[: cut.start()]).strip():
        text = text[: cut.start()]
    text = _lower_bound(text)
    conjuncts = [part for part in _CONJUNCTION.split(text) if part.strip()]
    counts = [_count_conjunct(part) for part in conjuncts]
    if len(counts) > 1 and counts[-1] is not None and counts[-1] > 0:
        return _sum_conjuncts(conjuncts, counts)
    if counts and counts[0] is not None:
        return counts[0]
    if names_person or (has_age and not phrase.rstrip().endswith("s")):
        return 1
    return None


def _lower_bound(text: str) -> str:
    """Replace "between 10 and 15", "10 to 15" and "10-15" by the lower number."""

    def lower(match: re.Match[str]) -> str:
        first, second = (_number_of(_TOKEN.findall(word)) for word in match.groups())
        if first is None or second is None or first >= second:
            return match.group()
        spelt = "between" in match.group() or " and " not in match.group()
        return match.group(1) if spelt else match.group()

    return text if re.search(r"\b[a-z]+-[a-z]+\b", text) and "between" not in text else _RANGE.sub(lower, text)


def _sum_conjuncts(conjuncts: list[str], counts: list[int | None]) -> int | None:
    total = 0
    for part, count in zip(conjuncts, counts, strict=True):
        if count is None and _is_vague(part):
            return None
        total += 1 if count is None else count
    return total


def _is_vague(part: str) -> bool:
    words = _TOKEN.findall(part)
    return not words or bool(_VAGUE.intersection(words)) or words[-1].endswith("s")


def _count_conjunct(part: str) -> int | None:
    words = _TOKEN.findall(part.replace("-", " "))
    if not words:
        return None
    if words[0] in {"no", "nobody", "none"}:
        return 0
    start = next((position for position in range(len(words)) if _starts_number(words, position)), None)
    if start is not None:
        return _count_from(words, start)
    if "both" in words or "couple" in words or "pair" in words:
        return 2
    if words[0] in _OWNERS and not words[-1].endswith("s") and words[-1] not in {"people", "men", "women", "children"}:
        return 1
    return None


def _count_from(words: list[str], position: int) -> int | None:
    """Count by the number that starts at ``position``, unless it is a year, vague or a share."""
    run = _number_run(words, position)
    before, following = words[max(0, position - 1) : position], words[position + 1 :]
    if _is_year(words, position) or (run[0] in _SCALES and {"few", "several", "many", "some"}.intersection(before)):
        return None
    if words[position] in _ONE and len(run) == 1:
        if following in _NEXT_ONE:
            return 1
        return None if _VAGUE.intersection(following) else _after_collective(words, position)
    if words[position] == "one" and {"third", "quarter", "half"}.intersection(following[:1]):
        return None
    return _number_of(run)


def _after_collective(words: list[str], position: int) -> int | None:
    """ "a family of five" is five, "a total of 25" is 25, "a pair of guards" is two, "a soldier" is one."""
    rest = words[position + 1 :]
    if not rest or rest[-1] == "%":
        return None
    if rest[0] in {"couple", "pair"}:
        return 2
    if "of" in rest[:-1]:
        later = _number_of(_number_run(rest, rest.index("of") + 1))
        if later is not None:
            return later
        if rest[rest.index("of") + 1].endswith("s"):
            return None
    return 1


def _starts_number(words: list[str], position: int) -> bool:
    word = words[position]
    if word in _ONE:
        return position == 0 or words[position - 1] not in {"of", "half", "such", "many"}
    if word == "half":
        return words[position + 1 : position + 3] == ["a", "dozen"]
    return word in _UNITS or word in _TENS or word in {"dozen", "hundred"} or bool(_NUMERAL.fullmatch(word))


def _is_year(words: list[str], position: int) -> bool:
    word = words[position]
    if not (word.isdigit() and 1900 <= int(word) < 2100):  # noqa: PLR2004 - years that news tell of
        return False
    following = words[position + 1 : position + 2]
    return len(words) > 1 and not (following and _YEAR_OF_PEOPLE.fullmatch(following[0]))


def _number_run(words: list[str], position: int) -> list[str]:
    """Collect the words of the number that starts at ``position``."""
    run: list[str] = []
    for index in range(position, len(words)):
        word = words[index]
        is_link = word == "and" and run and run[-1] in _SCALES and words[index + 1 : index + 2] != []
        is_article = word in {"a", "an", "another", "half"} and len(run) < 2  # noqa: PLR2004 - "half a dozen"
        if not (
            word in _UNITS or word in _TENS or word in _SCALES or _NUMERAL.fullmatch(word) or is_link or is_article
        ):
            break
        run.append(word)
    return run


def _number_of(run: list[str]) -> int | None:
    """Evaluate number words: ["two", "hundred", "five"] is 205, ["half", "a", "dozen"] is 6, ["1.5", "million"]."""
    total, current, seen = 0.0, 0.0, False
    for word in run:
        if word in _SCALES:
            scale = _SCALES[word]
            current = (current or 1) * scale
            if scale >= _SCALES["thousand"]:
                total, current = total + current, 0.0
            seen = True
        elif word == "half":
            current, seen = 0.5, True
        elif word in _ONE or word == "and":
            continue
        else:
            value = _UNITS.get(word, _TENS.get(word))
            if value is None and not _NUMERAL.fullmatch(word):
                return None
            current += float(word.replace(",", "")) if value is None else value
            seen = True
    return round(total + current) if seen else None
