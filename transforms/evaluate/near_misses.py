"""Candidate predicates that a test threw out, as rows: what a better test would have to tell apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from transforms.evaluate.gold import GoldDocument
from transforms.evaluate.misses import name_of_test
from transforms.extract.entries import Rule
from transforms.extract.extractor import Examined
from transforms.extract.lexicon import load_lexicon


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One reading that was dropped; offsets are of characters in the document's cleaned text."""

    document_id: str
    sentence: str
    trigger_text: str
    trigger_start: int
    trigger_end: int
    rule_id: str
    event_type: str
    mode: str | None
    test: str
    reason: str
    gold_event_type: str | None
    """Type of the gold event that has its trigger there; None where there is none."""


def near_misses(document: GoldDocument, examined: Examined) -> Iterator[NearMiss]:
    """Every reading of the document that a test threw out, in text order by sentence."""
    rules: dict[str, Rule] = {rule.rule_id: rule for rule in load_lexicon().rules()} if examined.readings else {}
    for read in examined.readings:
        for dropped in read.dropped:
            start = read.sentence.line.offset(dropped.trigger)
            end = start + len(dropped.trigger.text)
            at = (event for event in document.events if event.trigger.start < end and start < event.trigger.end)
            gold = next(at, None)
            rule = rules[dropped.rule_id]
            yield NearMiss(
                document_id=document.doc_id,
                sentence=document.text[read.sentence.start_char : read.sentence.end_char],
                trigger_text=dropped.trigger.text,
                trigger_start=start,
                trigger_end=end,
                rule_id=dropped.rule_id,
                event_type=rule.event_type,
                mode=rule.mode,
                test=name_of_test(dropped.reason),
                reason=dropped.reason,
                gold_event_type=gold.event_type if gold is not None else None,
            )
