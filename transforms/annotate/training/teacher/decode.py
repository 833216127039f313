"""What the encoder's scores say: heads that form trees, entities that keep to what is known."""

from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from transforms.annotate.recognizer import search_marks

LIKELY_HEADS = 8
Scores = NDArray[np.float32]


def sentence_heads(scores: Scores) -> list[int]:
    """Heads of one sentence from ``scores`` of shape (dependents, heads), where a root is its own head.

    They are the best head of each word, or, where those form no tree with one root, the best tree under the best root.
    """
    heads = [int(head) for head in scores.argmax(axis=1)]
    return heads if is_tree(heads) else _spanning_tree(scores)


def _spanning_tree(scores: Scores) -> list[int]:
    root = int(np.diag(scores).argmax())
    graph = nx.DiGraph()
    for word in range(len(scores)):
        # The likeliest heads are enough to search; the root is always one of them, so that there is a tree.
        for head in {*np.argsort(-scores[word])[:LIKELY_HEADS].tolist(), root} - {word} if word != root else ():
            graph.add_edge(head, word, weight=float(scores[word, head]))
    heads = [root] * len(scores)
    for head, word in nx.maximum_spanning_arborescence(graph).edges:
        heads[word] = head
    return heads


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word leads to the one root."""
    if sum(head == word for word, head in enumerate(heads)) != 1:
        return False
    for word in range(len(heads)):
        place, steps = word, 0
        while heads[place] != place and steps <= len(heads):
            place, steps = heads[place], steps + 1
        if steps > len(heads):
            return False
    return True


def entity_marks(
    probabilities: Scores, inventory: Sequence[str], known: Sequence[str], *, surely: float
) -> list[str | None]:
    """Marks (``O``, ``B-GPE``, ``I-GPE``) for words: the known ones stay, the others are the best that fit them.

    ``probabilities`` has shape (words, marks) with the marks of ``inventory``; ``known`` is empty where the mark is
    not known. An entity, or a word outside of one, of which the encoder is less sure than ``surely`` stays unknown.
    """
    number = {mark: place for place, mark in enumerate(inventory)}
    likely = probabilities.copy()
    for word, mark in enumerate(known):
        if mark in number:
            likely[word] = 0.0
            likely[word, number[mark]] = 1.0
    follows = [
        [mark[0] != "I" or (before != "O" and before[2:] == mark[2:]) for mark in inventory] for before in inventory
    ]
    opening = np.array([mark[0] != "I" for mark in inventory])
    best = search_marks(likely, np.array(follows), opening, closing=np.full(len(inventory), fill_value=True))
    marks: list[str | None] = []
    start = 0
    for word, place in enumerate(best):
        mark = inventory[place]
        if mark[0] != "I":
            start = word
        marks.append(mark)
        sure = known[word] in number or probabilities[word, place] >= surely
        if not sure or (mark[0] == "I" and marks[start] is None):
            marks[start : word + 1] = [None if not known[at] else marks[at] for at in range(start, word + 1)]
    return marks
