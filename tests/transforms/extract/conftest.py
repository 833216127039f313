"""Parsed sentences written by hand, so that tests of rules need no model."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from transforms.annotate.document import AnnotatedArticle, ArticleToCode, Line
from transforms.extract.arguments import Arguments
from transforms.extract.coding import Resolvers
from transforms.extract.entries import Lexicon
from transforms.extract.kinds import Kinds
from transforms.extract.lexicon import load_lexicon
from transforms.extract.predicates import PredicateFinder
from transforms.extract.readings import ArticleReader
from transforms.extract.selection import Selector
from transforms.resolve.actors import ActorCoder
from transforms.resolve.places import Gazetteer

VOCAB = spacy.blank("en").vocab

TAG_TO_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON",
    "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "AUX": "AUX",
    "IN": "ADP", "TO": "PART", "RP": "ADP", "DT": "DET", "JJ": "ADJ", "CD": "NUM", "RB": "ADV", "CC": "CCONJ",
}  # fmt: skip


def parse(rows: str) -> Span:
    """One token a line: ``word lemma tag dependency head [entity label]``, heads counted from 1, 0 for the root."""
    cells = [line.split() for line in rows.strip().splitlines()]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in cells],
        spaces=["-" not in (row[0], after[0]) for row, after in zip(cells, [*cells[1:], [""]], strict=True)],
        lemmas=[row[1] for row in cells],
        tags=[row[2] for row in cells],
        pos=[TAG_TO_POS.get(row[2], "PUNCT") for row in cells],
        deps=["ROOT" if row[3] == "root" else row[3] for row in cells],
        heads=[int(row[4]) - 1 if int(row[4]) else index for index, row in enumerate(cells)],
        ents=["O" if len(row) < 6 else row[5] for row in cells],
    )
    return next(iter(doc.sents))


def _stored() -> dict[str, str]:
    blocks = Path(__file__).with_name("parses.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    return {block.split()[1]: block.split("\n", 1)[1] for block in blocks}


STORED = _stored()


def article_of(*lines: Span, published: datetime | None = None) -> AnnotatedArticle:
    """An annotated article with one parsed sentence a line."""
    start, placed = 0, []
    for line in lines:
        placed.append(Line(start=start, doc=line.doc))
        start += len(line.doc.text) + 1
    text = "\n".join(line.doc.text for line in lines)
    article = ArticleToCode("a1", text, datetime(2024, 5, 9, tzinfo=UTC), published)
    return AnnotatedArticle(article=article, lines=tuple(placed))


@pytest.fixture
def parsed() -> Callable[[str], Span]:
    return parse


@pytest.fixture
def sentence() -> Callable[[str], Span]:
    """A sentence of parses.txt by its name."""
    return lambda name: parse(STORED[name])


@pytest.fixture
def article() -> Callable[..., AnnotatedArticle]:
    """Makes an annotated article of parsed sentences, one a line."""
    return article_of


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def coder() -> ActorCoder:
    return ActorCoder.load()


@pytest.fixture(scope="session")
def kinds(coder: ActorCoder, lexicon: Lexicon) -> Kinds:
    return Kinds(coder, lexicon)


@pytest.fixture(scope="session")
def arguments(lexicon: Lexicon, kinds: Kinds) -> Arguments:
    return Arguments(lexicon, kinds)


@pytest.fixture(scope="session")
def finder(lexicon: Lexicon, kinds: Kinds) -> PredicateFinder:
    return PredicateFinder(lexicon, kinds)


@pytest.fixture(scope="session")
def selector(lexicon: Lexicon, kinds: Kinds) -> Selector:
    return Selector(lexicon, kinds)


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon, kinds: Kinds) -> ArticleReader:
    return ArticleReader(lexicon, kinds)


@pytest.fixture(scope="session")
def resolvers(coder: ActorCoder, kinds: Kinds, lexicon: Lexicon) -> Resolvers:
    return Resolvers(coder=coder, gazetteer=Gazetteer.load(), kinds=kinds, lexicon=lexicon)


@pytest.fixture
def coded(sentence, finder, selector):
    """Codes a sentence of parses.txt: its first candidate that stands, all that stand, and the sentence."""

    def first(name):
        span = sentence(name)
        standing, _ = selector.select(finder.find(span)[0])
        return standing[0], standing, span

    return first
