"""Joins lines that were broken by a page width or a stray tag, since after cleaning every newline ends a sentence."""

import re
from itertools import pairwise

MAX_WIDTH = 100
"""Characters in a line beyond which text is not hard-wrapped: wires, mail and typewriters use 60 to 80."""

MIN_WRAPPED_BREAKS = 3
_RAGGED_CHARACTERS = 6
"""Real wrapping is not strict: a line counts as full if it missed the next word by up to this many characters."""

_MIN_SHARE_FULL = 0.8
_MAX_SHARE_SENTENCE_ENDS = 0.35
"""Of the line ends in wrapped news, 4 in 100 end a sentence by chance."""


_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_LIST_ITEM = re.compile(r"(?:[-–—•*·▪►]|\(?\d{1,2}[.)]|[a-z][.)])\s")
_DATE_LINE = re.compile(
    r"(?:[A-Z][a-z]+day,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4}$|\d{4}-\d\d-\d\d$"
)


def unwrap(text: str) -> str:
    """Turn a newline into a space where the line goes on in the next one.

    That is so where a line ends without sentence punctuation and the next begins with a small letter, and throughout
    a text that is hard-wrapped. Blank lines and list items stay. The number of characters changes only where a
    hyphenated word is put together again.

    Args:
        text: text without blanks around its newlines, and without more than two newlines together.
    """
    if text.count("\n") == 2 * text.count("\n\n"):  # every newline is part of a blank line
        return text
    lines = text.split("\n")
    width = _wrap_width(lines)
    pieces = [lines[0]]
    for line, following in pairwise(lines):
        pieces.append(_joint(line, following, width))
        pieces.append(following)
    return "".join(pieces)


def _joint(line: str, following: str, width: int | None) -> str:
    """Return what stands between two lines: a newline, a space, or nothing after a hyphen."""
    if not line or not following or _LIST_ITEM.match(following):
        return "\n"
    goes_on = following[0].islower() and not _SENTENCE_END.search(line) and not _DATE_LINE.match(line)
    if not goes_on and not (width is not None and _is_full(line, following, width)):
        return "\n"
    is_hyphenated = line.endswith("-") and line[-2:-1].isalpha() and following[0].islower()
    return "" if is_hyphenated else " "


def _wrap_width(lines: list[str]) -> int | None:
    """Return the width at which a text is hard-wrapped, or None where it is not.

    In wrapped text each line but a paragraph's last is so full that the next line's first word hardly fits,
    and most lines end amid a sentence.
    """
    breaks = [(line, following) for line, following in pairwise(lines) if line and following]
    if len(breaks) < MIN_WRAPPED_BREAKS:
        return None
    width = max(len(line) for line in lines if " " in line or len(line) <= MAX_WIDTH)
    if width > MAX_WIDTH:
        return None
    full = sum(_is_full(line, following, width) for line, following in breaks)
    sentence_ends = sum(_SENTENCE_END.search(line) is not None for line, _ in breaks)
    is_wrapped = full >= _MIN_SHARE_FULL * len(breaks) and sentence_ends <= _MAX_SHARE_SENTENCE_ENDS * len(breaks)
    return width if is_wrapped else None


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width - _RAGGED_CHARACTERS
