"""The tuned teacher, and what it says of Docs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import torch
from spacy.tokens import Doc

from transforms.annotate.training.teacher.decode import entity_marks, sentence_heads
from transforms.annotate.training.teacher.encoder import Batch, Encoder, Splitter
from transforms.annotate.training.teacher.items import Inventory, Item, entity_of, make_item

PIECES_A_BATCH = 6000
SURELY = 0.8
"""Probability from which an entity that nobody annotated is believed."""


class Teacher:
    """A tuned encoder with its tokenizer."""

    def __init__(self, encoder: Encoder, splitter: Splitter) -> None:
        self.encoder = encoder
        self.splitter = splitter

    @classmethod
    def load(cls, path: Path, pretrained: Path) -> "Teacher":
        """Read back what ``save`` wrote, over the pretrained encoder that it was tuned from."""
        saved = torch.load(path, weights_only=True)
        encoder = Encoder(
            pretrained, Inventory(**{layer: tuple(values) for layer, values in saved["inventory"].items()})
        )
        encoder.load_state_dict(saved["weights"])
        return cls(encoder, Splitter(pretrained))

    def save(self, path: Path) -> None:
        """Write weights and inventory to the file ``path``."""
        torch.save({"weights": self.encoder.state_dict(), "inventory": asdict(self.encoder.inventory)}, path)

    def read(self, docs: Sequence[Doc]) -> Iterator[tuple[int, "Reading"]]:
        """Yield (number, reading) of each Doc that fits the encoder, Docs of like length together."""
        items = [(number, make_item(doc, self.splitter, self.encoder.inventory)) for number, doc in enumerate(docs)]
        fitting = sorted(
            ((number, item) for number, item in items if item is not None), key=lambda pair: len(pair[1].pieces)
        )
        self.encoder.eval()
        for batch in _in_size(fitting, PIECES_A_BATCH):
            with torch.no_grad():
                yield from _readings(self.encoder, batch, docs)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the teacher says of a Doc, one value a word; no heads where its sentences are not known."""

    heads: list[int] | None
    deps: list[str]
    tags: list[str]
    morphs: list[str]
    entities: list[str | None]


def _in_size(pairs: Sequence[tuple[int, Item]], pieces: int) -> Iterator[list[tuple[int, Item]]]:
    """Cut a list that is sorted by length into batches of at most ``pieces`` word pieces."""
    batch: list[tuple[int, Item]] = []
    for pair in pairs:
        if batch and len(pair[1].pieces) * (len(batch) + 1) > pieces:
            yield batch
            batch = []
        batch.append(pair)
    if batch:
        yield batch


def _readings(
    encoder: Encoder, numbered: Sequence[tuple[int, Item]], docs: Sequence[Doc]
) -> Iterator[tuple[int, Reading]]:
    batch = Batch([item for _, item in numbered])
    words = encoder.words(batch)
    arcs = encoder.arcs(words, batch.lengths).numpy()
    heads = [_heads(arcs[row], docs[number]) for row, (number, _) in enumerate(numbered)]
    chosen = torch.zeros_like(batch.first)
    for row, found in enumerate(heads):
        if found is not None:
            chosen[row, : len(found)] = torch.tensor(found)
    labels = encoder.labels(words, chosen)
    root = encoder.inventory.dep.index("ROOT")
    labels[..., root] = -torch.inf
    deps, tags, morphs = (scores.argmax(-1).tolist() for scores in (labels, encoder.tag(words), encoder.morph(words)))
    entities = torch.softmax(encoder.entity(words), dim=-1).numpy()
    for row, (number, item) in enumerate(numbered):
        size, inventory = len(item), encoder.inventory
        known = [entity_of(token) for token in docs[number]]
        yield (
            number,
            Reading(
                heads=heads[row],
                deps=[
                    "ROOT" if head == place else inventory.dep[value]
                    for place, (head, value) in enumerate(zip(heads[row] or [-1] * size, deps[row][:size], strict=True))
                ],
                tags=[inventory.tag[value] for value in tags[row][:size]],
                morphs=[inventory.morph[value] for value in morphs[row][:size]],
                entities=entity_marks(entities[row, :size], inventory.entity, known, surely=SURELY),
            ),
        )


def _heads(scores: Any, doc: Doc) -> list[int] | None:  # noqa: ANN401 - an array of torch's numbers
    """Heads in the sentences whose bounds the Doc knows; a head outside of its sentence does not count."""
    if not doc.has_annotation("SENT_START"):
        return None
    starts = [token.i for token in doc if token.is_sent_start]
    return [
        start + head
        for start, end in pairwise([*starts, len(doc)])
        for head in sentence_heads(scores[start:end, start:end])
    ]


def annotate(teacher: Teacher, docs: Sequence[Doc]) -> Iterator[Doc]:
    """Yield copies of ``docs`` in order, with parses, tags and features by the teacher where they had none.

    Entities that are known stay; the teacher fills in those that are not, where it is sure. A Doc that is too long
    for the encoder comes back as it is.
    """
    readings = dict(teacher.read(docs))
    for number, doc in enumerate(docs):
        yield _annotated(doc, readings[number]) if number in readings else doc


def _annotated(doc: Doc, reading: Reading) -> Doc:
    columns: dict[str, Any] = {}
    if doc.has_annotation("DEP"):
        columns = {
            "heads": [token.head.i for token in doc],
            "deps": [token.dep_ for token in doc],
            "tags": [token.tag_ for token in doc],
            "pos": [token.pos_ for token in doc],
            "morphs": [str(token.morph) for token in doc],
            "lemmas": [token.lemma_ for token in doc],
        }
    elif reading.heads is not None:
        columns = {
            "heads": reading.heads,
            "deps": reading.deps,
            "tags": reading.tags,
            "pos": [morph.partition("|")[0] for morph in reading.morphs],
            "morphs": [morph.partition("|")[2] for morph in reading.morphs],
        }
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc] if doc.has_annotation("SENT_START") else None,
        ents=cast("list[str]", reading.entities),
        **columns,
    )
