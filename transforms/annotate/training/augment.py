"""Varies gold paragraphs towards the typography of news: curly quotes, long dashes, headlines."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

CURLY = {"``": "“", "''": "”"}
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
SHORT_HEADLINE, LONG_HEADLINE = 3, 16
LINKING = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART", "PUNCT"})


@dataclass(slots=True)
class Columns:
    """A Doc's annotation as parallel lists, which can be changed and made a Doc again."""

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    pos: list[str]
    morphs: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    sent_starts: list[bool | None]
    ents: list[str | None]

    @classmethod
    def of(cls, doc: Doc) -> "Columns":
        return cls(
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            tags=[token.tag_ for token in doc],
            pos=[token.pos_ for token in doc],
            morphs=[str(token.morph) for token in doc],
            lemmas=[token.lemma_ for token in doc],
            heads=[token.head.i for token in doc],
            deps=[token.dep_ for token in doc],
            sent_starts=[token.is_sent_start for token in doc],
            ents=[_entity_tag(token.ent_iob_, token.ent_type_) for token in doc],
        )

    def cut(self, start: int, end: int) -> "Columns":
        """The words from ``start`` to ``end``; every head must lie inside."""
        names = Columns.__slots__
        part = Columns(**{name: getattr(self, name)[start:end] for name in names})
        part.heads = [head - start for head in part.heads]
        part.spaces[-1] = False
        return part

    def doc(self, like: Doc) -> Doc:
        annotated: dict[str, Any] = {
            "tags": self.tags if like.has_annotation("TAG") else None,
            "pos": self.pos if like.has_annotation("POS") else None,
            "morphs": self.morphs if like.has_annotation("MORPH") else None,
            "lemmas": self.lemmas if like.has_annotation("LEMMA") else None,
            "heads": self.heads if like.has_annotation("DEP") else None,
            "deps": self.deps if like.has_annotation("DEP") else None,
            "sent_starts": self.sent_starts if like.has_annotation("SENT_START") else None,
            "ents": self.ents if like.has_annotation("ENT_IOB") else None,
        }
        return Doc(like.vocab, words=self.words, spaces=self.spaces, **annotated)


def _entity_tag(iob: str, label: str) -> str | None:
    return {"": None, "O": "O"}.get(iob, f"{iob}-{label}")


def news_typography(columns: Columns, rng: random.Random) -> None:
    """Make straight quotes and apostrophes curly or curly ones straight, and short dashes long, in place."""
    curl = rng.random() < 0.8  # noqa: PLR2004 - most treebank text is straight, most news is curly
    dash = rng.choice(["—", "–", "--"])
    opened = False
    for index, word in enumerate(columns.words):
        if not curl:
            columns.words[index] = "".join(STRAIGHT.get(letter, letter) for letter in word)
        elif word in {'"', "``", "''"}:
            opening = columns.tags[index] == "``" if columns.tags[index] in CURLY else not opened
            columns.words[index] = "“" if opening else "”"
            opened = opening
        elif word in {"-", "--"} and columns.spaces[index] and columns.tags[index] != "HYPH":
            columns.words[index] = dash
        elif "'" in word:
            columns.words[index] = "‘" if word == "'" and columns.tags[index] == "``" else word.replace("'", "’")


def headline(columns: Columns, rng: random.Random) -> Columns:
    """One sentence of the paragraph as a headline: no final stop, and plain, capitalised or in capitals."""
    starts = [index for index, starts in enumerate(columns.sent_starts) if starts] or [0]
    ends = [*starts[1:], len(columns.words)]
    start, end = rng.choice(list(zip(starts, ends, strict=True)))
    if columns.words[end - 1] == "." and end - start > 1 and end - 1 not in columns.heads[start : end - 1]:
        end -= 1
    if not SHORT_HEADLINE <= end - start <= LONG_HEADLINE:
        return columns
    title = columns.cut(start, end)
    style = rng.random()
    if style < 0.3:  # noqa: PLR2004 - a third each, roughly
        title.words = [word.upper() for word in title.words]
    elif style < 0.7:  # noqa: PLR2004
        title.words = [
            word if pos in LINKING else word[:1].upper() + word[1:]
            for word, pos in zip(title.words, title.pos, strict=True)
        ]
    return title


def vary(doc: Doc, rng: random.Random, *, headlines: float = 0.3) -> Doc:
    """A copy of ``doc`` in news typography, in a share of cases one of its sentences as a headline.

    All annotation that ``doc`` has is kept, missing entities included. ``rng`` decides, so a seed repeats the result.
    """
    columns = Columns.of(doc)
    news_typography(columns, rng)
    if rng.random() < headlines:
        columns = headline(columns, rng)
    return columns.doc(doc)


def create_news_style(level: float, headlines: float, seed: int) -> Callable[[Language, Example], Iterator[Example]]:
    """An augmenter that varies a share ``level`` of the examples (0 to 1) and leaves the others alone."""
    rng = random.Random(seed)  # noqa: S311 - not a secret

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        if rng.random() >= level:
            yield example
            return
        reference = vary(example.reference, rng, headlines=headlines)
        yield Example(nlp.make_doc(reference.text), reference)

    return augment


registry.augmenters("dateline.news_style.v1", func=create_news_style)
