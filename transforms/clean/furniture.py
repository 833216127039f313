"""Takes the furniture of web pages out of their text: players, galleries, credits, and labels glued to sentences.

Their words ("Hide Caption 3 of 14 Photos: ...") run into the sentences beside them, and a headline under a player is
told twice. What a label labels stays, as a paragraph of its own.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

SIGNS = (
    "Hide Caption",
    "Replay More Videos",
    "Media playback",
    "Media caption",
    "Image copyright",
    "Image caption",
    "Story highlights",
    "Story Highlights",
    "(Photo: ",
)
"""One of these stands in every text that has any furniture."""
_BREAK = "\n\n"
_REPLACED = (
    (re.compile(r"JUST WATCHED [^\n]{1,200}? Replay More Videos \.\.\. MUST WATCH [^\n]{1,200}? \d\d:\d\d"), _BREAK),
    (
        re.compile(r"Media playback is unsupported on your device(?: Media caption)?|(?<!\S)Media caption(?= [A-Z])"),
        _BREAK,
    ),
    (re.compile(r"Image copyright [^\n]{1,60}? Image caption(?= )|(?<!\S)Image caption(?= [A-Z])"), _BREAK),
    (re.compile(r"(?<!\S)Story [Hh]ighlights(?= [A-Z])"), _BREAK),
    (re.compile(r"\(Photo: [^()\n]{1,80}\)"), _BREAK),
)
_GALLERY = re.compile(r"(?:Hide Caption \d+ of \d+ ?)?Photos: (?:Photos: )?|Hide Caption \d+ of \d+")
_SPACES_AT_BREAK = re.compile(r" *\n(?: *\n)+ *")


def remove_furniture(text: str) -> str:
    """Return ``text`` without what belongs to the page; a text without furniture comes back as it is."""
    if not any(sign in text for sign in SIGNS):
        return text
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    if "Hide Caption" in text:
        text = "\n".join(_BREAK.join(_captions(line)) for line in text.split("\n"))
    return _SPACES_AT_BREAK.sub(_BREAK, text).strip()


def _captions(line: str) -> Iterator[str]:
    """The captions of a gallery that stands in one line, each without the gallery's title before it."""
    if "Hide Caption" not in line:
        yield line
        return
    first, *others = _GALLERY.split(line)
    titled = [other for other in others if other.strip()]
    title = _title(titled) if len(titled) > 1 else ""
    yield first
    yield from (caption.removeprefix(title).removeprefix(title).lstrip(" –") for caption in titled)


def _title(captions: list[str]) -> str:
    """The words that all captions begin with."""
    words = zip(*(caption.split(" ") for caption in captions), strict=False)
    return "".join(f"{same[0]} " for same in takewhile(lambda each: len(set(each)) == 1, words))
