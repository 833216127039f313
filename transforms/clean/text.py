"""Normalises text, once, before anything counts characters in it.

Typographic quotes and dashes are kept. Text that is clean stays as it is, to the character, so that offsets which
were counted in it elsewhere hold here too.
"""

import re
import unicodedata

from transforms.clean.furniture import remove_furniture
from transforms.clean.unwrap import unwrap

_MAX_PASSES = 10
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters, soft hyphens, zero-width characters and marks of direction: they carry no words."""
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" *\n *")
_MANY_NEWLINES = re.compile(r"\n{3,}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = frozenset(map(chr, range(32, 127))) | frozenset("\n‘’“”–—…•")
"""Characters that need no attention; nearly all English text has no others."""
_OTHER_BLANKS = frozenset("\t\xa0\u1680\u202f\u205f\u3000") | frozenset(map(chr, range(0x2000, 0x200B)))
_LOOSE_BLANKS = ("  ", " \n", "\n ", "\n\n\n")
_LEADS = "ÂÃâÄÅÎÏÐÑØÙàáãäåðóïіРС"
"""Letters that UTF-8 read as a one-byte encoding is full of."""
_MENDABLE = frozenset(_LEADS) | frozenset(map(chr, [0x1B, 0xFFFD, *range(0x80, 0xA0), *range(0xFB00, 0xFB07)]))
_NEEDS_MENDING = re.compile(
    "&(?:#\\d|#[xX][0-9a-fA-F]|[a-zA-Z]{2,8};)|[\x1b\ufb00-\ufb06\ufffd]"
    # A lead before a character that follows it in no word.
    f"|[\x80-\x9f{_LEADS}][^a-zA-Z\\s.,;:!?'\"()’”…-]"
)


def clean_text(text: str) -> str:
    """Bring a text into its normal form, in which a second call changes nothing.

    Mis-decoded characters and HTML entities are mended, characters composed (NFC), invisible ones removed, every
    kind of blank is a space and runs of them are one, lines have no blanks at their ends, labels and players of web
    pages are gone, wrapped lines are joined, and paragraphs stand apart by one newline or one blank line as they did.
    """
    for _ in range(_MAX_PASSES):
        cleaned = unwrap(remove_furniture(_tidy_blanks(_normalise_characters(text))))
        if cleaned == text:
            break
        text = cleaned
    return text


def clean_line(text: str | None) -> str | None:
    """Normalise a title, name or other one-line field; None where nothing is left."""
    if not text:
        return None
    return " ".join(clean_text(text).split()) or None


def _normalise_characters(text: str) -> str:
    unusual = set(text) - _PLAIN
    if "&" in text or not unusual.isdisjoint(_MENDABLE):
        text = _mend(text)
    if not unusual:
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
    text = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def _mend(text: str) -> str:
    """Mend mojibake, entities and ligatures; ftfy is slow, so only where there is something to mend."""
    if not _NEEDS_MENDING.search(text):
        return text
    import ftfy  # noqa: PLC0415 - rarely needed

    return str(ftfy.fix_text(text, uncurl_quotes=False, fix_character_width=False, explain=False))


def _tidy_blanks(text: str) -> str:
    """Make runs of blanks one space, and take them off line ends; plain tests first, since most text is tidy."""
    if set(text).isdisjoint(_OTHER_BLANKS) and not any(loose in text for loose in _LOOSE_BLANKS):
        return text.strip()
    text = _AROUND_NEWLINE.sub("\n", _BLANKS.sub(" ", text))
    return _MANY_NEWLINES.sub("\n\n", text).strip()
