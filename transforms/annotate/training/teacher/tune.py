"""Tunes the pretrained encoder on all layers of annotation at once."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from spacy.tokens import Doc
from torch import nn

from transforms.annotate.training.teacher.encoder import Batch, Encoder, Splitter
from transforms.annotate.training.teacher.items import Inventory, Item, batches, make_item
from transforms.annotate.training.teacher.tutor import Teacher

EPOCHS = 4
TIMES = {"treebanks": 4.0, "names": 2.0, "newswire": 0.4}
"""How often the teacher reads each file; newswire seldom, for its annotation is automatic."""
PIECES_A_BATCH = 1600
WARM_UP = 0.06
LAST_RATE = 0.02
ENCODER_RATE, HEADS_RATE = 1.5e-4, 1.5e-3

Report = Callable[[int, int], None]


def tune(
    pretrained: Path,
    lessons: Mapping[str, Sequence[Doc]],
    *,
    epochs: int = EPOCHS,
    times: Mapping[str, float] = TIMES,
    seed: int,
    report: Report = lambda *_: None,
) -> Teacher:
    """Tune the encoder in the folder ``pretrained`` on the Docs of ``lessons``, each read ``times`` by its name.

    ``times`` count over all epochs together; 0.5 is half of the Docs once. The seed repeats the result on one machine.
    ``report`` is told the step and how many there are.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - not a secret
    inventory = Inventory.of(doc for docs in lessons.values() for doc in docs)
    splitter = Splitter(pretrained)
    encoder = Encoder(pretrained, inventory)
    decks = [_deck(_items(docs, splitter, inventory), times[name], rng) for name, docs in lessons.items()]
    plan = list(_plan(decks, epochs, rng))
    own, borrowed = _parameters(encoder)
    optimizer = torch.optim.AdamW([{"params": borrowed, "lr": ENCODER_RATE}, {"params": own, "lr": HEADS_RATE}])
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM_UP * len(plan)), max(LAST_RATE, 1 - step / len(plan)), 1)
    )
    encoder.train()
    for step, batch in enumerate(plan, start=1):
        optimizer.zero_grad()
        encoder.loss(Batch(batch)).backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        rate.step()
        report(step, len(plan))
    return Teacher(encoder, splitter)


def _items(docs: Iterable[Doc], splitter: Splitter, inventory: Inventory) -> list[Item]:
    items = (make_item(doc, splitter, inventory) for doc in docs)
    return [item for item in items if item is not None]


def _deck(items: list[Item], times: float, rng: random.Random) -> list[Item]:
    """``items`` as often as ``times`` says, every repetition in an order of its own."""
    whole, part = divmod(times, 1)
    sizes = [len(items)] * int(whole) + [round(part * len(items))]
    return [item for size in sizes for item in rng.sample(items, size)]


def _plan(decks: Sequence[list[Item]], epochs: int, rng: random.Random) -> Iterator[list[Item]]:
    """The batches of all epochs, among which every deck is dealt out evenly."""
    for epoch in range(epochs):
        dealt = [
            item for deck in decks for item in deck[epoch * len(deck) // epochs : (epoch + 1) * len(deck) // epochs]
        ]
        yield from batches(dealt, pieces=PIECES_A_BATCH, rng=rng)


def _parameters(encoder: Encoder) -> tuple[list[Any], list[Any]]:
    own: list[Any] = []
    borrowed: list[Any] = []
    for name, parameter in encoder.named_parameters():
        (borrowed if name.startswith("pretrained.") else own).append(parameter)
    return own, borrowed
