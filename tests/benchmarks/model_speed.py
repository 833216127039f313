"""Words a second of a language model beside spaCy's default CNN pipeline, on the same texts, in one process each.

    python tests/benchmarks/model_speed.py WORK ARTICLES.jsonl.gz [--model seeds/model] [--words 100000] [--rounds 5]

WORK is the folder that ``dateline train`` works in: the default pipeline (``spacy init config``: tagger, morphologizer,
trainable lemmatizer, parser and entity recogniser over one embedding) is trained on its treebanks for some steps and
kept there. Its speed does not depend on how well it is trained. Rounds alternate, the median of each model counts.
Prints one JSON object with seconds by component too.
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train

from transforms.annotate.training import augment, mixture
from transforms.read import read_path
from transforms.records import RawArticle

REGISTERED = (augment, mixture)
PIPES = ["tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"]


def default_pipeline(work: Path, steps: int) -> Path:
    """Train spaCy's default pipeline on the treebanks in ``work`` unless that is done."""
    output = work / f"default-{steps}"
    if not (output / "model-last").is_dir():
        config = init_config(lang="en", pipeline=PIPES, optimize="efficiency", gpu=False)
        config["corpora"]["train"] = {
            "@readers": "dateline.mixture.v1",
            "path": str(work / "prepared"),
            "layer": "ENT_IOB",
            "times": {"treebanks": 1},
            "augmenter": {"@augmenters": "dateline.news_style.v1", "level": 0.0, "headlines": 0.0, "seed": 1},
        }
        config["corpora"]["dev"]["path"] = str(work / "prepared" / "syntax-dev.spacy")
        config["training"].update(max_steps=steps, eval_frequency=steps, patience=0)
        config["initialize"]["before_init"] = {"@callbacks": "dateline.tokenizer.v1"}
        output.mkdir(parents=True, exist_ok=True)
        train(init_nlp(config), output)
    return output / "model-last"


def read_lines(path: Path, words: int) -> list[str]:
    """Lines of articles, as the pipeline gets them, until there are so many words."""
    lines: list[str] = []
    count = 0
    for raw in read_path(path):
        if isinstance(raw, RawArticle):
            for line in filter(None, map(str.strip, raw.text.split("\n"))):
                lines.append(line)
                count += len(line.split())
                if count >= words:
                    return lines
    return lines


def seconds_by_pipe(nlp: Language, lines: list[str]) -> dict[str, float]:
    start = time.perf_counter()
    docs = list(nlp.tokenizer.pipe(lines))
    seconds = {"tokenizer": time.perf_counter() - start}
    for name, pipe in nlp.pipeline:
        start = time.perf_counter()
        docs = list(pipe.pipe(docs, batch_size=nlp.batch_size))
        seconds[name] = time.perf_counter() - start
    return {name: round(value, 2) for name, value in seconds.items()}


def measure(models: dict[str, Path], lines: list[str], rounds: int) -> dict[str, Any]:
    pipelines = {name: spacy.load(path) for name, path in models.items()}
    taken: dict[str, list[float]] = {name: [] for name in models}
    words = {name: sum(map(len, nlp.tokenizer.pipe(lines))) for name, nlp in pipelines.items()}
    for nlp in pipelines.values():
        list(nlp.pipe(lines[:100]))
    for _ in range(rounds):
        for name, nlp in pipelines.items():
            start = time.perf_counter()
            for _doc in nlp.pipe(lines, batch_size=256):
                pass
            taken[name].append(time.perf_counter() - start)
    speeds = {name: round(words[name] / statistics.median(seconds)) for name, seconds in taken.items()}
    return {
        "words_per_second": speeds,
        "ratio": round(speeds["model"] / speeds["default"], 3),
        "seconds_by_pipe": {name: seconds_by_pipe(nlp, lines) for name, nlp in pipelines.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--model", type=Path, default=Path("seeds/model"))
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=300)
    given = parser.parse_args()
    models = {"default": default_pipeline(given.work, given.steps), "model": given.model}
    print(json.dumps(measure(models, read_lines(given.articles, given.words), given.rounds), indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
