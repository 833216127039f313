"""Named entities as one mark a word, which is faster than spaCy's transitions.

A mark is ``O`` or, for each kind of entity, ``B-``, ``I-``, ``L-`` or ``U-`` (begin, inside, last, unit). The most
probable sequence of marks that is well formed is the reading.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline.tagger import Tagger
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Config, Model, SequenceCategoricalCrossentropy

FACTORY = "dateline_recognizer"
OUTSIDE = "O"
IMPOSSIBLE = -1e9
SMALLEST = 1e-12
Scores = NDArray[Any]
Marks = NDArray[Any]

DEFAULT_MODEL = Config().from_str(
    """
    [model]
    @architectures = "spacy.Tagger.v2"

    [model.tok2vec]
    @architectures = "spacy.HashEmbedCNN.v2"
    pretrained_vectors = null
    width = 96
    depth = 4
    embed_size = 2000
    window_size = 1
    maxout_pieces = 3
    subword_features = true
    """
)["model"]


class EntityRecognizer(Tagger):  # type: ignore[misc]
    """Marks the entities of a Doc. ``labels`` are the kinds; what is learnt is one mark a word.

    Words whose mark the training text does not tell are left out of the loss.
    """

    def __init__(
        self, vocab: Vocab, model: Model[Any, Any], name: str = "ner", *, label_smoothing: float = 0.0
    ) -> None:
        super().__init__(vocab, model, name, scorer=score_entities, label_smoothing=label_smoothing)

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds of entity, in order."""
        return tuple(dict.fromkeys(mark[2:] for mark in self.marks if mark != OUTSIDE))

    @property
    def marks(self) -> tuple[str, ...]:
        """What a word can be, in the order of the scores."""
        return tuple(self.cfg["labels"])

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # noqa: ARG002 - spaCy's signature
        labels: Sequence[str] | None = None,
    ) -> None:
        """Take the kinds from ``labels`` or the examples and shape the model for them."""
        kinds = labels or sorted({entity.label_ for example in get_examples() for entity in example.reference.ents})
        for mark in (OUTSIDE, *(f"{part}-{kind}" for kind in kinds for part in "BILU")):
            self.add_label(mark)
        sample = list(islice(get_examples(), 10))
        shapes = [np.zeros((len(example.predicted), len(self.marks)), dtype="float32") for example in sample]
        self.model.initialize(X=[example.predicted for example in sample], Y=shapes)

    def add_label(self, label: str) -> int:
        """Add a mark; returns whether it is new."""
        if label in self.marks:
            return 0
        self._allow_extra_label()
        self.cfg["labels"].append(label)
        self.vocab.strings.add(label[2:] if label != OUTSIDE else label)
        return 1

    def predict(self, docs: Sequence[Doc]) -> list[Marks]:
        """The best well-formed sequence of marks of each Doc, as indices into ``marks``."""
        if not any(len(doc) for doc in docs):
            return [np.zeros(0, dtype=np.intp) for _ in docs]
        allowed, opening, closing = self._grammar()
        return [best_marks(np.asarray(scores), allowed, opening, closing) for scores in self.model.predict(docs)]

    def _grammar(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """Which mark may follow which, which may come first, which last."""
        marks = self.marks
        goes_on = [mark[0] in "BI" for mark in marks]
        allowed = [
            [(mark[0] in "IL" and mark[2:] == before[2:]) if open_ else mark[0] in "OBU" for mark in marks]
            for before, open_ in zip(marks, goes_on, strict=True)
        ]
        return np.array(allowed), np.array([mark[0] in "OBU" for mark in marks]), ~np.array(goes_on)

    def set_annotations(self, docs: Iterable[Doc], batch_tag_ids: Sequence[Marks]) -> None:
        """Set ``doc.ents`` from marks that are well formed."""
        marks = self.marks
        for doc, found in zip(docs, batch_tag_ids, strict=True):
            spans, start = [], 0
            for index in np.flatnonzero(found):
                mark = marks[found[index]]
                if mark[0] in "BU":
                    start = int(index)
                if mark[0] in "LU":
                    spans.append(Span(doc, start, int(index) + 1, label=mark[2:]))
            doc.set_ents(spans)

    def get_loss(self, examples: Iterable[Example], scores: list[Scores]) -> tuple[float, list[Scores]]:
        """Cross entropy over the words whose mark is known."""
        loss: Any = SequenceCategoricalCrossentropy(
            names=list(self.marks), normalize=False, label_smoothing=self.cfg["label_smoothing"]
        )
        known = set(self.marks)
        truths = [[mark if mark in known else None for mark in example.get_aligned_ner()] for example in examples]
        gradient, value = loss(scores, truths)
        return float(value), gradient


def best_marks(
    scores: Scores, allowed: NDArray[np.bool_], opening: NDArray[np.bool_], closing: NDArray[np.bool_]
) -> Marks:
    """The most probable well-formed sequence for ``scores`` of shape (words, marks), probabilities.

    Nearly always that is the best mark of each word. Where it is not, the words around are searched, as far as the
    nearest words that are surely outside.
    """
    found: Marks = scores.argmax(axis=1)
    if not len(found):
        return found
    broken = np.flatnonzero(~allowed[found[:-1], found[1:]]) + 1
    edges = [0] * (not opening[found[0]]) + [len(found)] * (not closing[found[-1]])
    done = 0
    for place in sorted({*broken.tolist(), *edges}):
        if place < done:
            continue
        outside = np.flatnonzero(found == 0)
        left, right = outside[outside < place], outside[outside >= place]
        first, end = (int(left[-1]) if len(left) else 0), (int(right[0]) + 1 if len(right) else len(found))
        found[first:end] = search_marks(scores[first:end], allowed, opening, closing)
        done = end
    return found


def search_marks(
    scores: Scores, allowed: NDArray[np.bool_], opening: NDArray[np.bool_], closing: NDArray[np.bool_]
) -> Marks:
    """Viterbi's search over ``scores`` (words, marks)."""
    logs = np.log(np.maximum(scores, SMALLEST))
    barred = np.where(allowed, 0.0, IMPOSSIBLE)
    best = logs[0] + np.where(opening, 0.0, IMPOSSIBLE)
    came_from = []
    for row in logs[1:]:
        paths = best[:, None] + barred
        came_from.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    path = [int((best + np.where(closing, 0.0, IMPOSSIBLE)).argmax())]
    for step in reversed(came_from):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1], dtype=np.intp)


def score_entities(examples: Iterable[Example], **_: object) -> dict[str, Any]:
    """Precision, recall and F of the entities, together and by kind; words whose mark is unknown are left out."""
    scores: dict[str, Any] = get_ner_prf(examples)
    return scores


@Language.factory(
    FACTORY,
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"model": DEFAULT_MODEL, "label_smoothing": 0.0},
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def create_recognizer(nlp: Language, name: str, model: Model[Any, Any], label_smoothing: float) -> EntityRecognizer:
    """Build the component for a pipeline's config."""
    return EntityRecognizer(nlp.vocab, model, name, label_smoothing=label_smoothing)
