"""The teacher's network: a pretrained encoder of word pieces with a head for each layer of annotation."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, softmax
from transformers import AutoModel, AutoTokenizer

from transforms.annotate.training.teacher.items import LAYERS, MISSING, WRITINGS, Inventory, Item

ARC_WIDTH, LABEL_WIDTH, ENTITY_WIDTH = 320, 128, 192
DROPOUT = 0.2
WEIGHTS = {"head": 1.0, "dep": 1.0, "tag": 0.3, "morph": 0.3, "entity": 1.0}
"""What each layer's loss counts: the parse and the entities are what the student needs most."""


class Batch:
    """Items as padded tensors of shape (items, pieces) or (items, words)."""

    def __init__(self, items: Sequence[Item]) -> None:
        pieces, words = max(len(item.pieces) for item in items), max(map(len, items))
        self.items = items
        self.pieces, self.read, self.writings = (torch.zeros(len(items), pieces, dtype=torch.long) for _ in range(3))
        self.first = torch.zeros(len(items), words, dtype=torch.long)
        self.gold = {layer: torch.full((len(items), words), MISSING) for layer in LAYERS}
        self.lengths = torch.tensor([len(item) for item in items])
        for row, item in enumerate(items):
            self.pieces[row, : len(item.pieces)] = torch.tensor(item.pieces)
            self.writings[row, : len(item.pieces)] = torch.tensor(item.writings)
            self.read[row, : len(item.pieces)] = 1
            self.first[row, : len(item)] = torch.tensor(item.first)
            for layer, numbers in item.gold.items():
                self.gold[layer][row, : len(item)] = torch.from_numpy(numbers)


class Encoder(nn.Module):  # type: ignore[misc]
    """Reads whole paragraphs: a word's head may be any word of the paragraph, a root is its own head."""

    def __init__(self, folder: Path, inventory: Inventory) -> None:
        super().__init__()
        self.inventory = inventory
        self.pretrained = AutoModel.from_pretrained(folder)
        width = self.pretrained.config.hidden_size
        self.writing = nn.Embedding(WRITINGS, width)
        nn.init.zeros_(self.writing.weight)  # so that tuning starts from what was pretrained
        self.layer_weights = nn.Parameter(torch.zeros(self.pretrained.config.num_hidden_layers + 1))
        self.dropout = nn.Dropout(DROPOUT)
        self.arc_head, self.arc_dependent = _narrow(width, ARC_WIDTH), _narrow(width, ARC_WIDTH)
        self.label_head, self.label_dependent = _narrow(width, LABEL_WIDTH), _narrow(width, LABEL_WIDTH)
        self.arc = _small(ARC_WIDTH, ARC_WIDTH + 1)
        self.label = _small(len(inventory.dep), LABEL_WIDTH + 1, LABEL_WIDTH + 1)
        self.tag = nn.Linear(width, len(inventory.tag))
        self.morph = nn.Linear(width, len(inventory.morph))
        self.entity = nn.Sequential(_narrow(width, ENTITY_WIDTH), nn.Linear(ENTITY_WIDTH, len(inventory.entity)))

    def words(self, batch: Batch) -> Tensor:
        """One vector a word: its first piece, over a weighted mean of the encoder's layers."""
        embedded = self.pretrained.embeddings.word_embeddings(batch.pieces) + self.writing(batch.writings)
        layers = self.pretrained(
            inputs_embeds=embedded, attention_mask=batch.read, output_hidden_states=True
        ).hidden_states
        weights = softmax(self.layer_weights, dim=0)
        mixed = sum(weight * layer for weight, layer in zip(weights, layers, strict=True))
        places = batch.first.unsqueeze(-1).expand(-1, -1, mixed.size(-1))
        return self.dropout(torch.gather(mixed, 1, places))

    def arcs(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Scores of every word as head of every word: (items, dependents, heads)."""
        heads = _with_one(self.arc_head(words))
        scores = torch.einsum("bda,ah,bnh->bdn", self.arc_dependent(words), self.arc, heads)
        padding = torch.arange(words.size(1))[None] >= lengths[:, None]
        return scores.masked_fill(padding[:, None], -1e4)

    def labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of every dependency label of each word under its head: (items, words, labels)."""
        projected = self.label_head(words)
        places = heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, projected.size(-1))
        above, below = _with_one(torch.gather(projected, 1, places)), _with_one(self.label_dependent(words))
        return torch.einsum("bnd,lde,bne->bnl", below, self.label, above)

    def loss(self, batch: Batch) -> Tensor:
        """The weighted sum of the losses of the layers that the batch is annotated with."""
        words = self.words(batch)
        scores = {
            "head": lambda: self.arcs(words, batch.lengths),
            "dep": lambda: self.labels(words, batch.gold["head"]),
            "tag": lambda: self.tag(words),
            "morph": lambda: self.morph(words),
            "entity": lambda: self.entity(words),
        }
        known = {layer: gold for layer, gold in batch.gold.items() if bool((gold != MISSING).any())}
        return sum(
            WEIGHTS[layer] * cross_entropy(scores[layer]().flatten(0, 1), gold.flatten(), ignore_index=MISSING)
            for layer, gold in known.items()
        )


def _narrow(width: int, narrower: int) -> Any:  # noqa: ANN401 - torch is not there when types are checked
    return nn.Sequential(nn.Linear(width, narrower), nn.GELU(), nn.Dropout(DROPOUT))


def _small(*shape: int) -> Any:  # noqa: ANN401
    return nn.Parameter(torch.randn(*shape) * 0.02)


def _with_one(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], dim=-1)


class Splitter:
    """Splits words into pieces with the encoder's tokenizer."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder, model_max_length=10**6)

    def __call__(self, words: Sequence[str]) -> tuple[list[int], list[int | None]]:
        encoded = self._tokenizer(list(words), is_split_into_words=True)
        return encoded["input_ids"], encoded.word_ids()

    def whole_words(self) -> list[str]:
        """The pieces that are words of their own, in the order of their numbers."""
        pieces = self._tokenizer.get_vocab()
        return [piece for piece in sorted(pieces, key=pieces.__getitem__) if piece.isalpha() and len(piece) > 1]
