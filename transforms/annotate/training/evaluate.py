"""Measures a pipeline on the held-out files that ``prepare`` wrote."""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Corpus, Example

SYNTAX = ("token_acc", "tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
ENTITIES = ("ents_p", "ents_r", "ents_f")
RECOGNISER = "ner"
GOLD_TOKENS = "gold tokens and sentences"
PUBLISHED_LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
"""The model's labels as Universal NER has them, which knows no others."""

Scores = dict[str, dict[str, Any]]


def evaluate(*, model: Path, prepared: Path) -> Scores:
    """Score the pipeline at ``model`` on every ``*-test*`` and ``*-dev-*`` file in ``prepared``.

    Returns scores by file name, as fractions of one; ``entities-*`` files give precision, recall and F also by label
    under ``ents_per_type``, ``syntax-*`` files are scored from raw text and, where they hold parses, once more on gold
    tokens and sentences. Labelled and unlabelled attachment leave punctuation out. ``speed`` holds words a second of
    one process.
    """
    nlp = spacy.load(model)
    files = sorted({*prepared.glob("*-test*.spacy"), *prepared.glob("*-dev-*.spacy")})
    if not files:
        raise ValueError(f"{prepared} holds no files to measure on; run the stage prepare first")
    scores: Scores = {}
    for path in files:
        if path.stem.startswith("syntax"):
            scores[path.stem] = _score(nlp, Corpus(path)(nlp), SYNTAX)
            if "dep_las" in scores[path.stem]:
                examples = Corpus(path, gold_preproc=True)(nlp)
                scores[f"{path.stem}, {GOLD_TOKENS}"] = _score(nlp, examples, SYNTAX)
        else:
            with nlp.select_pipes(enable=[RECOGNISER]):
                scores[path.stem] = _score_entities(nlp, list(Corpus(path)(nlp)))
    scores["speed"] = {"words_per_second": _speed(nlp, files[0])}
    return scores


def _score(nlp: Language, examples: Iterable[Example], keys: tuple[str, ...]) -> dict[str, Any]:
    return _chosen(nlp.evaluate(examples), keys)


def _chosen(scores: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: scores[key] for key in keys if scores.get(key) is not None}


def _score_entities(nlp: Language, examples: list[Example]) -> dict[str, Any]:
    """Scores on raw text; gold with the labels of Universal NER is compared in those labels, on its own words."""
    keys = (*ENTITIES, "ents_per_type")
    gold = {entity.label_ for example in examples for entity in example.reference.ents}
    if not gold <= {*PUBLISHED_LABELS.values(), "OTH"}:
        return _score(nlp, examples, keys)
    compared = []
    for example in examples:
        reference = example.reference
        words, spaces = [token.text for token in reference], [bool(token.whitespace_) for token in reference]
        predicted = nlp(Doc(nlp.vocab, words=words, spaces=spaces))
        predicted.ents = _published(predicted, PUBLISHED_LABELS)
        reference.ents = _published(reference, {label: label for label in PUBLISHED_LABELS.values()})
        compared.append(Example(predicted, reference))
    return _chosen(nlp.get_pipe(RECOGNISER).scorer(compared), keys)  # type: ignore[attr-defined]


def _published(doc: Doc, labels: dict[str, str]) -> list[Span]:
    return [
        Span(doc, entity.start, entity.end, label=labels[entity.label_])
        for entity in doc.ents
        if entity.label_ in labels
    ]


def _speed(nlp: Language, path: Path) -> int:
    texts = [example.reference.text for example in Corpus(path)(nlp)]
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return round(words / (time.perf_counter() - start))
