"""Articles as annotated documents: one spaCy Doc for each line of text, offsets kept into the whole text.

A newline in ``articles.text`` is always a sentence boundary (``transforms.clean`` joins wrapped lines), so the parser
sees one line at a time and never a newline token.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from transforms.resolve.datelines import dateline_of

LONGEST_LINE = 5000
"""Characters parsed at once: more is no paragraph of news, and the cost of a sentence grows with its square."""


@dataclass(frozen=True, slots=True)
class ArticleToCode:
    """What extraction needs to know of an article."""

    article_id: str
    text: str
    retrieved_at: datetime
    published_at: datetime | None = None
    raw_path: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One annotated line; ``start`` is its character offset in the article's text."""

    start: int
    doc: Doc

    def offset(self, token: Token) -> int:
        """Character offset of ``token`` in the article's text."""
        return self.start + int(token.idx)


@dataclass(frozen=True, slots=True)
class LocatedSentence:
    """A sentence with its place in the article: ``position`` counts from 0, ``line`` likewise."""

    position: int
    line_number: int
    line: Line
    span: Span

    @property
    def start_char(self) -> int:
        return self.line.start + int(self.span.start_char)

    @property
    def end_char(self) -> int:
        return self.line.start + int(self.span.end_char)


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    article: ArticleToCode
    lines: tuple[Line, ...]

    def sentences(self) -> Iterator[LocatedSentence]:
        """Every sentence in the order of the text."""
        position = 0
        for line_number, line in enumerate(self.lines):
            for span in line.doc.sents:
                yield LocatedSentence(position=position, line_number=line_number, line=line, span=span)
                position += 1


def split_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield ``(start, line)`` for each line of ``text`` that is not blank, without the article's dateline.

    A dateline is no part of the first sentence ("DAKAR, May 3 - The army said"); what stands before it in its line,
    as titles and numbers of releases do, is a line of its own.
    """
    dateline = dateline_of(text)
    start = 0
    for line in text.split("\n"):
        parts = [(0, line)]
        if dateline is not None and start <= dateline.place_start < start + len(line):
            head, body = dateline.place_start - start, dateline.end_offset - start
            parts = [(0, line[:head].rstrip()), (body, line[body:])]
        for skipped, part in parts:
            for offset, piece in _pieces(part):
                yield start + skipped + offset, piece
        start += len(line) + 1


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """Cut a line that is too long for one parse, at the end of a sentence if there is one, else between words."""
    offset = 0
    while len(line) - offset > LONGEST_LINE:
        window = line[offset : offset + LONGEST_LINE]
        cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! ")) + 1 or window.rfind(" ") or LONGEST_LINE
        cut = cut if cut > 0 else LONGEST_LINE
        yield offset, line[offset : offset + cut]
        offset += cut + (line[offset + cut : offset + cut + 1] == " ")
    if line[offset:].strip():
        yield offset, line[offset:]


def annotate(nlp: Language, articles: Iterable[ArticleToCode], *, batch_size: int = 128) -> Iterator[AnnotatedArticle]:
    """Annotate articles in order, lines of many articles sharing the model's batches.

    Memory is bounded by ``batch_size`` lines plus the article that is being put together.
    """
    contexts = (
        (line, (article, start)) for article in articles for start, line in [*split_lines(article.text), (-1, "")]
    )
    lines: list[Line] = []
    for doc, (article, start) in nlp.pipe(contexts, as_tuples=True, batch_size=batch_size):
        if start >= 0:
            lines.append(Line(start=start, doc=doc))
        else:
            # The empty line that closes each article: what was gathered is the whole of it.
            yield AnnotatedArticle(article=article, lines=tuple(lines))
            lines = []
