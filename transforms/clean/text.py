"""Normalises text, once, before anything counts characters in it.

Typographic quotes and dashes are kept. Text that is clean stays as it is, to the character, so that offsets which
were counted in it elsewhere hold here too.
"""

import re
import unicodedata

from transforms.clean.unwrap import unwrap

_MAX_PASSES = 10
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters, soft hyphens, zero-width characters and marks of direction: they carry no words."""
_BLANKS = re.compile(r"[^\S\n]+")
_LOOSE_BLANKS = re.compile(r"[^\S\n ]|  | \n|\n |\n\n\n|^\s|\s$")
_AROUND_NEWLINE = re.compile(r" *\n *")
_MANY_NEWLINES = re.compile(r"\n{3,}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEEDS_MENDING = re.compile(
    "&(?:#\\d|#x[0-9a-f]|[a-z]{2,8};)|[\x1b\ufb00-\ufb06\ufffd]"
    # Letters that UTF-8 read as a one-byte encoding is full of, before a character that is no letter of any word.
    "|[\x80-\x9fÂÃâÄÅÎÏÐÑØÙàáãäåðóïіРС][^a-z\\s.,;:!?'\"()’”…-]",
    re.IGNORECASE,
)


def clean_text(text: str) -> str:
    """Bring a text into its normal form, in which a second call changes nothing.

    Mis-decoded characters and HTML entities are mended, characters composed (NFC), invisible ones removed, every
    kind of blank is a space and runs of them are one, lines have no blanks at their ends, wrapped lines are joined,
    and paragraphs stand apart by one newline or one blank line as they did.
    """
    for _ in range(_MAX_PASSES):
        cleaned = unwrap(_tidy_blanks(_normalise_characters(text)))
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
    if text.isascii() and text.isprintable():
        return _mend(text) if "&" in text else text
    if _SURROGATE.search(text):
        text = text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
    text = _LINE_BREAK.sub("\n", _mend(text))
    text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def _mend(text: str) -> str:
    """Mend mojibake, entities and ligatures; ftfy is slow, so only where there is something to mend."""
    if not _NEEDS_MENDING.search(text):
        return text
    import ftfy  # noqa: PLC0415 - rarely needed

    return str(ftfy.fix_text(text, uncurl_quotes=False, fix_character_width=False, explain=False))


def _tidy_blanks(text: str) -> str:
    if not _LOOSE_BLANKS.search(text):
        return text
    text = _AROUND_NEWLINE.sub("\n", _BLANKS.sub(" ", text))
    return _MANY_NEWLINES.sub("\n\n", text).strip()
