"""Plain text: one article a file, its first line being the title where a blank line follows."""

from collections.abc import Iterator

from transforms.read.decode import UndecodableError, decode
from transforms.read.source import Source
from transforms.records import RawArticle, Reject

MAX_TITLE_WORDS = 25
"""A longer first line is the first paragraph of an article without title."""


def read_text(source: Source) -> Iterator[RawArticle | Reject]:
    """Read a text file."""
    data = source.whole()
    try:
        content = decode(data)
    except UndecodableError:
        yield source.reject("not text", "the file holds binary data; save the article as UTF-8 text")
        return
    title, text = split_title(content)
    yield RawArticle(
        text=text,
        location=source.location,
        retrieved_at=source.retrieved_at,
        payload=data,
        payload_suffix=".txt",
        title=title,
        url=source.location if source.location.startswith(("http://", "https://")) else None,
    )


def split_title(content: str) -> tuple[str | None, str]:
    """Split off the title: a short first line with a blank line and more text after it."""
    lines = content.strip().splitlines()
    if len(lines) > 2 and not lines[1].strip() and len(lines[0].split()) <= MAX_TITLE_WORDS:  # noqa: PLR2004
        return lines[0].strip(), "\n".join(lines[2:])
    return None, content
