"""Trains the parts of the pipeline from their configs and the prepared corpora."""

from pathlib import Path
from typing import Any

from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training_loop
from spacy.util import load_config
from thinc.api import NumpyOps, fix_random_seed, set_current_ops

from transforms.annotate import lemmas, recognizer, tokenizer
from transforms.annotate.training import augment, mixture, steps
from transforms.annotate.training.steps import LOG

CONFIGS = Path(__file__).parent
PARTS = ("syntax", "entities")
REGISTERED = (tokenizer, lemmas, recognizer, augment, mixture, steps)
"""Modules whose import makes known what the configs name."""
VECTORS = "vectors"
"""Folder of the word vectors that the teacher leaves beside the texts."""
EMBEDDINGS = {"syntax": "components.tok2vec.model.embed", "entities": "components.ner.model.tok2vec.embed"}

Overrides = dict[str, Any]


def train_part(
    part: str,
    *,
    texts: Path,
    prepared: Path,
    output: Path,
    vectors: Path | None = None,
    overrides: Overrides | None = None,
) -> Path:
    """Train the pipeline of ``<part>.cfg``; returns the folder of its best model, ``output/model-best``.

    ``texts`` is the folder with the files of ``prepare.TRAINED_ON``, ``prepared`` the one with ``<part>-dev``, on which
    the best step is chosen, ``vectors`` a pipeline with word vectors. ``overrides`` change settings by dotted name, as
    in ``{"training.max_steps": 200}``. The config's seed repeats a training on one machine.
    """
    output.mkdir(parents=True, exist_ok=True)
    paths = {
        "paths.train": str(texts),
        "paths.log": str(output / LOG),
        "paths.dev": str(prepared / f"{part}-dev.spacy"),
        "paths.vectors": None if vectors is None else str(vectors),
        f"{EMBEDDINGS[part]}.include_static_vectors": vectors is not None,
    }
    settings = load_config(CONFIGS / f"{part}.cfg", overrides={**paths, **(overrides or {})}, interpolate=False)
    set_current_ops(NumpyOps(use_blis=False))  # numpy's matrices are half as fast again as those of thinc's own library
    fix_random_seed(settings.interpolate()["training"]["seed"])
    nlp = init_nlp(settings)
    run_training_loop(nlp, output)
    return output / "model-best"


def most_steps(part: str, overrides: Overrides) -> int:
    """How many steps the training of ``part`` takes."""
    return int(load_config(CONFIGS / f"{part}.cfg", overrides=overrides, interpolate=False)["training"]["max_steps"])
