"""Measures a pipeline on the held-out files that ``prepare`` wrote."""

import time
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Corpus

SYNTAX = ("token_acc", "tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
ENTITIES = ("ents_p", "ents_r", "ents_f")
RECOGNISER = "ner"
GOLD_TOKENS = "gold tokens and sentences"

Scores = dict[str, dict[str, Any]]


def evaluate(*, model: Path, prepared: Path) -> Scores:
    """Score the pipeline at ``model`` on every ``*-test*`` and ``*-dev-*`` file in ``prepared``.

    Returns scores by file name, as fractions of one; ``entities-*`` files give precision, recall and F also by label
    under ``ents_per_type``, ``syntax-*`` files are scored from raw text and, where they hold parses, once more on gold
    tokens and sentences.
    Labelled and unlabelled attachment leave punctuation out. ``speed`` holds words a second of one process.
    """
    nlp = spacy.load(model)
    files = sorted({*prepared.glob("*-test*.spacy"), *prepared.glob("*-dev-*.spacy")})
    if not files:
        raise ValueError(f"{prepared} holds no files to measure on; run the stage prepare first")
    scores: Scores = {}
    for path in files:
        if path.stem.startswith("syntax"):
            with nlp.select_pipes(disable=[RECOGNISER] if RECOGNISER in nlp.pipe_names else []):
                scores[path.stem] = _score(nlp, path, SYNTAX)
                if "dep_las" in scores[path.stem]:
                    scores[f"{path.stem}, {GOLD_TOKENS}"] = _score(nlp, path, SYNTAX, gold_tokens=True)
        else:
            with nlp.select_pipes(enable=[RECOGNISER]):
                scores[path.stem] = _score(nlp, path, (*ENTITIES, "ents_per_type"))
    scores["speed"] = {"words_per_second": _speed(nlp, files[0])}
    return scores


def _score(nlp: Language, path: Path, keys: tuple[str, ...], *, gold_tokens: bool = False) -> dict[str, Any]:
    examples = list(Corpus(path, gold_preproc=gold_tokens)(nlp))
    scores = nlp.evaluate(examples)
    return {key: scores[key] for key in keys if scores.get(key) is not None}


def _speed(nlp: Language, path: Path) -> int:
    texts = [example.reference.text for example in Corpus(path)(nlp)]
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return round(words / (time.perf_counter() - start))
