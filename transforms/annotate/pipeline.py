"""Loads the language pipeline that the extraction reads with."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from seeds import MODEL
from transforms.annotate import boundaries, entities, repairs

UNIVERSAL_LABELS = {"nsubj", "obj", "obl", "nsubj:pass"}


class ModelError(ValueError):
    """The language model is absent, broken, or labels its parses otherwise than Universal Dependencies."""


@lru_cache(maxsize=4)
def load_pipeline(model: Path | str | None = None) -> Language:
    """Load the spaCy pipeline at a path or of an installed package's name; ``None`` is the shipped ``seeds/model``.

    The pipeline must parse with Universal Dependencies labels and find entities. Raises ``ModelError`` saying
    what is missing and what to do. Repeated calls return the same object.
    """
    name = MODEL if model is None else model
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"cannot load the language model {str(name)!r}: {str(error).splitlines()[0]} "
            "Give the folder of a spaCy pipeline, or leave the setting out to use the one that comes with Dateline."
        ) from error
    _require_universal_dependencies(nlp, str(name))
    nlp.add_pipe(boundaries.COMPONENT, before="parser")
    # Lemmas follow tags and names, so what corrects those goes before them.
    place: dict[str, Any] = {"before": "lemmatizer"} if nlp.pipe_names[-1] == "lemmatizer" else {"last": True}
    nlp.add_pipe(entities.COMPONENT, **place)
    nlp.add_pipe(repairs.COMPONENT, **place)
    return nlp


def _require_universal_dependencies(nlp: Language, name: str) -> None:
    for pipe in ("parser", "ner"):
        if pipe not in nlp.pipe_names:
            raise ModelError(
                f"the language model {name!r} has no {pipe!r}; it has {', '.join(nlp.pipe_names) or 'none'}"
            )
    missing = UNIVERSAL_LABELS - set(nlp.pipe_labels["parser"])
    if missing:
        raise ModelError(
            f"the language model {name!r} does not parse with Universal Dependencies: its parser lacks "
            f"{', '.join(sorted(missing))}. Choose a pipeline trained on a UD treebank."
        )
