"""Runs the example and counter-example of every rule of the lexicons; writes the list of those known to fail.

``python tests/transforms/extract/examples.py`` from the repository's root codes them with the shipped model and writes
``known_failures.csv`` beside this file. Run it after training a model, and read what changed before committing.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from transforms.annotate.document import ArticleToCode, annotate
from transforms.extract.entries import Rule
from transforms.extract.extractor import Extractor
from transforms.extract.lexicon import load_lexicon
from transforms.extract.readings import SentenceReading

KNOWN = Path(__file__).with_name("known_failures.csv")
HEADER = ("rule_id", "kind", "reason")
EXAMPLE, COUNTER_EXAMPLE = "example", "counter_example"


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule whose example codes no event of its type, or whose counter-example fires it."""

    rule_id: str
    kind: str
    reason: str


def failures(extractor: Extractor) -> Iterator[Failure]:
    """Every failure with its reason, in the order of the tables."""
    rules = list(load_lexicon().rules())
    examples = zip(rules, _read(extractor, (rule.example for rule in rules)), strict=True)
    for rule, sentences in examples:
        if rule.event_type not in {reading.candidate.event_type for one in sentences for reading in one.readings}:
            yield Failure(rule.rule_id, EXAMPLE, _reason(rule, sentences))
    countered = [rule for rule in rules if rule.counter_example]
    for rule, sentences in zip(countered, _read(extractor, (rule.counter_example for rule in countered)), strict=True):
        if rule.rule_id in {reading.candidate.rule.rule_id for one in sentences for reading in one.readings}:
            yield Failure(rule.rule_id, COUNTER_EXAMPLE, "fires")


def _read(extractor: Extractor, texts: Iterable[str]) -> Iterator[list[SentenceReading]]:
    moment = datetime(2024, 5, 9, tzinfo=UTC)
    articles = (ArticleToCode(str(number), text, moment) for number, text in enumerate(texts))
    for annotated in annotate(extractor.nlp, articles):
        yield list(extractor.read_annotated(annotated))


def _reason(rule: Rule, sentences: Iterable[SentenceReading]) -> str:
    reasons = [dropped.reason for one in sentences for dropped in one.dropped if dropped.rule_id == rule.rule_id]
    return reasons[0] if reasons else "word or construction not found in the parse"


def main() -> None:
    """Write ``known_failures.csv``."""
    with KNOWN.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((one.rule_id, one.kind, one.reason) for one in failures(Extractor.load()))


if __name__ == "__main__":
    main()
