"""Trains the parts of the pipeline from their configs and the prepared corpora."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training_loop
from spacy.util import load_config
from thinc.api import fix_random_seed

from transforms.annotate import tokenizer
from transforms.annotate.training import augment

CONFIGS = Path(__file__).parent
REGISTERED = (tokenizer.create_tokenizer_callback, augment.create_news_style)
NEWS_SETTINGS = {
    "training.batcher.size.start": 1000,
    "training.optimizer.learn_rate": 0.0006,
    "training.max_steps": 3000,
}
"""What the second training of the syntax changes in ``syntax.cfg``."""

Overrides = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trained:
    """Folders of the two trained parts."""

    syntax: Path
    entities: Path


def train(*, prepared: Path, output: Path, overrides: Overrides | None = None) -> Trained:
    """Train syntax and entities on the files that ``prepare`` wrote; returns the folders of the best models.

    The syntax is trained on the treebanks first, and from there on treebanks and newswire with tags only. ``overrides``
    change settings of all trainings by dotted name, as in ``{"training.max_steps": 200}``. The configs' seed makes a
    training repeatable on one machine.
    """
    changes = overrides or {}
    first = train_part(task="syntax", prepared=prepared, output=output / "syntax", overrides=changes)
    syntax = train_part(
        task="syntax",
        prepared=prepared,
        corpus="syntax-news-train",
        output=output / "syntax-news",
        start_from=first,
        overrides={**NEWS_SETTINGS, **changes},
    )
    entities = train_part(task="entities", prepared=prepared, output=output / "entities", overrides=changes)
    return Trained(syntax=syntax, entities=entities)


def train_part(
    *,
    task: str,
    prepared: Path,
    output: Path,
    corpus: str | None = None,
    start_from: Path | None = None,
    overrides: Overrides | None = None,
) -> Path:
    """Train the pipeline of ``<task>.cfg`` and return the folder of its best model, ``output/model-best``.

    ``corpus`` names the training file where it is not ``<task>-train``. ``start_from`` is a trained pipeline whose
    components are trained on in place of fresh ones.
    """
    paths = {
        "paths.train": str(prepared / f"{corpus or f'{task}-train'}.spacy"),
        "paths.dev": str(prepared / f"{task}-dev.spacy"),
    }
    settings = load_config(CONFIGS / f"{task}.cfg", overrides={**paths, **(overrides or {})}, interpolate=False)
    if start_from is not None:
        settings["components"] = {name: {"source": str(start_from)} for name in settings["nlp"]["pipeline"]}
    fix_random_seed(settings.interpolate()["training"]["seed"])
    nlp = init_nlp(settings)
    restore_tree_labels(nlp)
    output.mkdir(parents=True, exist_ok=True)
    run_training_loop(nlp, output)
    return output / "model-best"


def restore_tree_labels(nlp: Language) -> None:
    """Give a loaded lemmatiser its map from trees to labels, which spaCy 3.8 does not save.

    Without it every lemma counts as the first label, and training on unlearns the lemmas.
    """
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, EditTreeLemmatizer):
            pipe.tree2label = {tree: label for label, tree in enumerate(pipe.cfg["labels"])}
