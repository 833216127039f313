"""Reads the entity extract of the Groningen Meaning Bank and evens out its silver labels."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from transforms.annotate.training.files import open_text
from transforms.annotate.training.tagged import TaggedSentence, entity_groups

CORPUS = "gmb"
MIN_COUNT, MIN_SHARE = 5, 0.6
# A spreadsheet wrote numbers in lakhs ("2,00,000") and day-month pairs as dates ("06-Mar") on the way.
_LAKHS = re.compile(r"^\d{1,2},\d{2},\d{3}$")
_SPREADSHEET = re.compile(r"^\d{2}-[A-Z][a-z]{2}$|^(?:TRUE|FALSE)$")


def read_gmb(path: Path) -> list[TaggedSentence]:
    """Read the CSV (latin-1: sentence, word, part of speech, tag) without repeated or damaged sentences."""
    sentences: dict[tuple[str, ...], TaggedSentence] = {}
    for rows in _rows_by_sentence(path):
        words = tuple(_mend_number(row["Word"]) for row in rows)
        if not any(_SPREADSHEET.match(word) for word in words):
            tags, parts_of_speech = (tuple(row[column] for row in rows) for column in ("Tag", "POS"))
            sentences.setdefault(words, TaggedSentence(words, tags, parts_of_speech=parts_of_speech))
    return list(sentences.values())


def _rows_by_sentence(path: Path) -> Iterator[list[dict[str, str]]]:
    rows: list[dict[str, str]] = []
    with open_text(path, encoding="latin-1") as file:
        for row in csv.DictReader(file):
            if row["Sentence #"] and rows:
                yield rows
                rows = []
            if row["Word"].strip():
                rows.append(row)
    if rows:
        yield rows


def _mend_number(word: str) -> str:
    return f"{int(word.replace(',', '')):,}" if _LAKHS.match(word) else word


def even_out(sentences: Sequence[TaggedSentence]) -> list[TaggedSentence]:
    """Give a name the label that most of its mentions have, where they are many and mostly agree.

    The annotation is automatic: "Turkey" is an organisation in a third of its mentions.
    """
    usual = usual_labels(sentences)
    return [_relabelled(sentence, usual) for sentence in sentences]


def usual_labels(sentences: Sequence[TaggedSentence]) -> dict[str, str]:
    """Map each name that has one label in most of at least ``MIN_COUNT`` mentions to that label, times left out."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for start, end, label in entity_groups(sentence.tags):
            labels[" ".join(sentence.words[start:end])][label] += 1
    usual = {}
    for name, counts in labels.items():
        label, count = counts.most_common(1)[0]
        if count >= MIN_COUNT and count >= MIN_SHARE * counts.total() and label != "tim":
            usual[name] = label
    return usual


def _relabelled(sentence: TaggedSentence, usual: dict[str, str]) -> TaggedSentence:
    tags = list(sentence.tags)
    for start, end, label in entity_groups(sentence.tags):
        label = usual.get(" ".join(sentence.words[start:end]), label)  # noqa: PLW2901
        tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return replace(sentence, tags=tuple(tags))


def demonyms(sentences: Sequence[TaggedSentence]) -> set[str]:
    """The single words that are usually ``gpe``: demonyms, and a few countries' names."""
    return {name for name, label in usual_labels(sentences).items() if label == "gpe" and " " not in name}
