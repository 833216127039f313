"""Varies gold paragraphs towards news: typography, headlines, datelines, bullets, line breaks, missing stops."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from seeds import read_table

CURLY = {"``": "“", "''": "”"}
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
SHORT_HEADLINE, LONG_HEADLINE = 3, 16
LINKING = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART", "PUNCT"})
BULLETS = ("•", "*", "-", "–", "·", "▪")
MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
DATELINES, BULLET_LINES, UNFINISHED, BROKEN = 0.08, 0.05, 0.08, 0.15
"""Shares of the varied paragraphs that get a dateline, a bullet, line breaks, or lose their final stop."""


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

    def put_before(self, rows: "list[Row]", *, is_sentence: bool) -> None:
        """Put words before the first one, as a sentence of their own or as parts of the first sentence, in place.

        Heads of ``rows`` count from their first; in the first sentence they all hang on its root.
        """
        root = next((place for place, head in enumerate(self.heads) if head == place), 0)
        shift = len(rows)
        heads = [row.head if is_sentence else root + shift for row in rows]
        if not is_sentence:
            self.sent_starts[0] = False
        self.words[:0] = [row.word for row in rows]
        self.spaces[:0] = [row.space for row in rows]
        self.tags[:0] = [row.tag for row in rows]
        self.pos[:0] = [row.pos for row in rows]
        self.morphs[:0] = ["" for _ in rows]
        self.lemmas[:0] = ["" for _ in rows]
        self.heads = heads + [head + shift for head in self.heads]
        self.deps[:0] = [row.dep for row in rows]
        self.sent_starts[:0] = [place == 0 for place in range(shift)]
        self.ents[:0] = [row.ent for row in rows]

    def insert(self, place: int, row: "Row") -> None:
        """Put a word of the sentence before at ``place``, in place; its head is counted from the paragraph's start."""
        self.heads = [head + (head >= place) for head in self.heads]
        values = {
            "words": row.word,
            "spaces": row.space,
            "tags": row.tag,
            "pos": row.pos,
            "morphs": "",
            "lemmas": row.word,
            "heads": row.head,
            "deps": row.dep,
            "sent_starts": False,
            "ents": row.ent,
        }
        for name, value in values.items():
            getattr(self, name).insert(place, value)

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


@dataclass(frozen=True, slots=True)
class Row:
    """One word to be put before a paragraph."""

    word: str
    tag: str
    pos: str
    dep: str
    head: int = 0
    ent: str | None = "O"
    space: bool = True


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


@cache
def dateline_table() -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Cities with their countries, and agencies, of ``seeds/training/datelines.csv``."""
    rows = read_table("training/datelines")
    cities = tuple((row["text"], row["country"]) for row in rows if row["kind"] == "city")
    return cities, tuple(row["text"] for row in rows if row["kind"] == "agency")


def dateline(rng: random.Random) -> list[Row]:
    """A dateline as the treebanks parse it: a sentence of its own, the city its root."""
    cities, agencies = dateline_table()
    city, country = rng.choice(cities)
    rows = [Row(city.upper() if rng.random() < 0.8 else city, "NNP", "PROPN", "ROOT", ent="B-GPE")]  # noqa: PLR2004
    if rng.random() < 0.4:  # noqa: PLR2004
        rows += _after_comma(rows, _name(country, "appos", "GPE", first=len(rows) + 1))
    if rng.random() < 0.4:  # noqa: PLR2004
        month = Row(rng.choice(MONTHS), "NNP", "PROPN", "list", ent="B-DATE")
        day = Row(str(rng.randint(1, 30)), "CD", "NUM", "nummod", head=len(rows) + 1, ent="I-DATE")
        rows += _after_comma(rows, [month, day])
    if rng.random() < 0.6:  # noqa: PLR2004
        agency = len(rows) + 1
        rows += [
            Row("(", "-LRB-", "PUNCT", "punct", head=agency, space=False),
            Row(rng.choice(agencies), "NNP", "PROPN", "list", ent="B-ORG", space=False),
            Row(")", "-RRB-", "PUNCT", "punct", head=agency),
        ]
    return [*rows, Row(rng.choice(["-", "--", "–", "—"]), ":", "PUNCT", "punct")]


def _after_comma(rows: list[Row], more: list[Row]) -> list[Row]:
    rows[-1] = replace(rows[-1], space=False)
    return [Row(",", ",", "PUNCT", "punct", head=len(rows) + 1), *more]


def _name(name: str, dep: str, label: str, *, first: int) -> list[Row]:
    """A name of one or more words, the later ones hanging on the last."""
    words = name.split()
    last = first + len(words) - 1
    marks = [f"B-{label}", *[f"I-{label}"] * (len(words) - 1)]
    parts = [
        Row(word, "NNP", "PROPN", "compound", head=last, ent=mark) for word, mark in zip(words, marks, strict=True)
    ]
    return [*parts[:-1], replace(parts[-1], dep=dep, head=0)]


def news_layout(columns: Columns, rng: random.Random) -> None:
    """Give some paragraphs a dateline or a bullet, and take the final stop from some, in place."""
    lot = rng.random()
    if lot < DATELINES:
        columns.put_before(dateline(rng), is_sentence=True)
    elif lot < DATELINES + BULLET_LINES:
        columns.put_before([Row(rng.choice(BULLETS), "NFP", "PUNCT", "punct")], is_sentence=False)
    elif lot < DATELINES + BULLET_LINES + UNFINISHED:
        _drop_final_stop(columns)
    elif lot < DATELINES + BULLET_LINES + UNFINISHED + BROKEN:
        break_lines(columns, rng)


def break_lines(columns: Columns, rng: random.Random) -> None:
    """Put line breaks between some sentences, in place: whoever uses the model may give it a text of many lines."""
    starts = [place for place, opens in enumerate(columns.sent_starts) if opens and place > 0 and rng.random() < 0.5]  # noqa: PLR2004
    for start in reversed(starts):
        columns.spaces[start - 1] = False
        columns.insert(start, Row(rng.choice(["\n", "\n\n"]), "_SP", "SPACE", "dep", head=start - 1, space=False))


def _drop_final_stop(columns: Columns) -> None:
    last = len(columns.words) - 1
    if last > 0 and columns.words[last] == "." and last not in columns.heads[:last]:
        for name in Columns.__slots__:
            getattr(columns, name).pop()
        columns.spaces[-1] = False


def vary(doc: Doc, rng: random.Random, *, headlines: float = 0.3) -> Doc:
    """A copy of ``doc`` in news typography and layout, in a share of cases one of its sentences as a headline.

    All annotation that ``doc`` has is kept, missing entities included. ``rng`` decides, so a seed repeats the result.
    """
    columns = Columns.of(doc)
    news_typography(columns, rng)
    if rng.random() < headlines:
        columns = headline(columns, rng)
    else:
        news_layout(columns, rng)
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
