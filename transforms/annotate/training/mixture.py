"""What a training reads: the files that it is trained on, each as often as its config says."""

from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.util import registry

from transforms.annotate.training.prepare import TRAINED_ON

Augmenter = Callable[[Language, Example], Iterator[Example]]


def create_mixture(
    path: Path, times: dict[str, int], layer: str, augmenter: Augmenter
) -> Callable[[Language], Iterator[Example]]:
    """A reader of the files ``<name>.spacy`` in the folder ``path``, ``times`` over by name.

    Docs without the annotation ``layer`` ("DEP", "ENT_IOB") are left out: nothing is learnt from them. The augmenter
    varies each repetition anew. Raises ``ValueError`` for a name that ``prepare`` does not write.
    """
    unknown = sorted(set(times) - set(TRAINED_ON))
    if unknown:
        raise ValueError(f"no file to train on is called {', '.join(unknown)}; there are {', '.join(TRAINED_ON)}")

    made: list[Example] = []

    def read(nlp: Language) -> Iterator[Example]:
        if not made:  # every component asks for all examples once before the training does
            made.extend(_examples(nlp, Path(path), times, layer, augmenter))
        return iter(made)

    return read


def _examples(
    nlp: Language, folder: Path, times: dict[str, int], layer: str, augmenter: Augmenter
) -> Iterator[Example]:
    for name, count in times.items():
        for doc in DocBin().from_disk(folder / f"{name}.spacy").get_docs(nlp.vocab):
            if doc.has_annotation(layer):
                for _ in range(count):
                    yield from augmenter(nlp, Example(nlp.make_doc(doc.text), doc))


registry.readers("dateline.mixture.v1", func=create_mixture)
