"""Trains one pipeline from its config and prepared corpora."""

from pathlib import Path
from typing import Any

from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training_loop
from spacy.util import load_config
from thinc.api import fix_random_seed

from transforms.annotate import tokenizer
from transforms.annotate.training import augment

CONFIGS = Path(__file__).parent
REGISTERED = (tokenizer.create_tokenizer_callback, augment.create_news_style)


def train(
    *,
    config: Path,
    train_corpus: Path,
    dev_corpus: Path,
    output: Path,
    start_from: Path | None = None,
    overrides: dict[str, Any] | None = None,
) -> Path:
    """Train the pipeline of ``config`` and return the folder of its best model, ``output/model-best``.

    ``train_corpus`` and ``dev_corpus`` are the ``.spacy`` files that ``prepare`` wrote. ``start_from`` is a trained
    pipeline whose components are trained on instead of fresh ones. ``overrides`` change settings by dotted name, as in ``{"training.max_steps": 200}``. The config's seed makes a training repeatable on one machine.
    """
    paths = {"paths.train": str(train_corpus), "paths.dev": str(dev_corpus)}
    settings = load_config(config, overrides={**paths, **(overrides or {})}, interpolate=False)
    if start_from is not None:
        settings["components"] = {name: {"source": str(start_from)} for name in settings["nlp"]["pipeline"]}
    fix_random_seed(settings.interpolate()["training"]["seed"])
    nlp = init_nlp(settings)
    output.mkdir(parents=True, exist_ok=True)
    run_training_loop(nlp, output)
    return output / "model-best"
