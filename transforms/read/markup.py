"""HTML in the text of feeds and records: removed, with its blocks as paragraphs."""

import re
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|strong|em|b|i|li|ul|ol|h[1-6]|img|figure|blockquote|table|td)\b[^<>]*>", re.IGNORECASE
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre"
    "|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_SKIPPED = frozenset(("script", "style", "template", "noscript", "svg", "figcaption"))


def has_markup(text: str) -> bool:
    """Whether a text holds HTML tags, and not only a ``<`` of its own."""
    return "<" in text and _TAG.search(text) is not None


def strip_markup(html: str) -> str:
    """Return the text of a piece of HTML: a blank line between blocks, ``<br>`` as a newline, entities resolved."""
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(parser.pieces)).strip()


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._skipped = 0

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over ``<![if ...]>`` and the like, at most of which the standard library raises ``AssertionError``."""
        del report
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "br":
            self.pieces.append("\n")
        elif _BLOCK.fullmatch(tag):
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif _BLOCK.fullmatch(tag):
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            # A newline inside HTML text is a space; only tags break lines.
            self.pieces.append(re.sub(r"\s+", " ", data))
