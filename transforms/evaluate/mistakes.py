"""What was missed, coded in vain, or coded with wrong fields: each mistake with its cause, to be counted and mended."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from transforms.evaluate.gold import GoldEvent
from transforms.evaluate.matching import ROLES, Coded, Matched, compare_fields, match_parties, same_phrase
from transforms.evaluate.misses import Miss, explain_miss, is_at
from transforms.evaluate.sides import Side
from transforms.extract.extractor import Examined

CAUSES = {
    "no lexicon entry": "missed",
    "sense": "missed",
    "scope": "missed",
    "not tried": "missed",
    "domain gate": "missed",
    "coded once": "missed",
    "not read": "missed",
    "wrong type": "missed and spurious",
    "spurious": "spurious",
    "wrong role": "matched",
    "status": "matched",
    "attributed_to": "matched",
    "date": "matched",
    "place": "matched",
    "counts": "matched",
    "country": "matched",
    "sector": "matched",
}
"""What became of an event with a mistake of that cause, in the order of reports; docs/evaluation.md tells them all."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; ``start`` and ``end`` are characters of the trigger in ``sentence``."""

    cause: str
    detail: str
    document_id: str
    sentence: str
    start: int
    end: int
    gold: Side | None
    coded: Side | None
    rule_id: str | None
    tried: tuple[str, ...] = ()
    """Entries that were dropped at the trigger of a missed event, each with the reason."""


def find_mistakes(matched: Matched, examined: Examined) -> list[Mistake]:
    """Every mistake in one document: what was missed first, then what is spurious, then wrong fields."""
    return list(_Finder(matched, examined).mistakes())


class _Finder:
    def __init__(self, matched: Matched, examined: Examined) -> None:
        self._matched = matched
        self._examined = examined

    def mistakes(self) -> Iterator[Mistake]:
        spurious = self._matched.spurious
        for event in self._matched.missed:
            other = next((coded for coded in spurious if is_at(coded, event)), None)
            if other is None:
                yield self._missed(event, explain_miss(event, self._matched, self._examined))
            else:
                spurious.remove(other)
                yield self._mistake("wrong type", f"{other.mention.event_type} for {event.event_type}", event, other)
        for coded in spurious:
            yield self._mistake("spurious", coded.mention.event_type, None, coded)
        for event, coded in self._matched.required_pairs:
            for cause, details in _wrong_fields(event, coded).items():
                yield self._mistake(cause, ", ".join(details), event, coded)

    def _missed(self, event: GoldEvent, miss: Miss) -> Mistake:
        start, end = event.trigger.start, event.trigger.end
        return Mistake(
            *(miss.cause, miss.detail, self._matched.document.doc_id, *self._sentence(start, end)),
            gold=Side.of_gold(event),
            coded=None,
            rule_id=miss.rule_id,
            tried=miss.tried,
        )

    def _mistake(self, cause: str, detail: str, event: GoldEvent | None, coded: Coded) -> Mistake:
        start, end = coded.mention.trigger_start, coded.mention.trigger_end
        return Mistake(
            *(cause, detail, self._matched.document.doc_id, *self._sentence(start, end)),
            gold=Side.of_gold(event) if event is not None else None,
            coded=Side.of_coded(coded),
            rule_id=coded.mention.rule_id,
        )

    def _sentence(self, start: int, end: int) -> tuple[str, int, int]:
        """The sentence around a trigger, else its line, and where the trigger stands in it."""
        text = self._matched.document.text
        read = (one.sentence for one in self._examined.readings)
        bounds = ((one.start_char, one.end_char) for one in read if one.start_char <= start < one.end_char)
        line = (text.rfind("\n", 0, start) + 1, text.find("\n", end) if "\n" in text[end:] else len(text))
        first, last = next(bounds, line)
        return text[first:last], start - first, end - first


def _wrong_fields(event: GoldEvent, coded: Coded) -> dict[str, dict[str, None]]:
    """Details of what is wrong in a matched pair, each once, by cause."""
    wrong: dict[str, dict[str, None]] = defaultdict(dict)
    for problem in _role_problems(event, coded):
        wrong["wrong role"][problem] = None
    for compared in compare_fields(event, coded):
        if not compared.is_right:
            wrong[compared.field][compared.detail] = None
    return wrong


def _role_problems(event: GoldEvent, coded: Coded) -> Iterator[str]:
    found = {role: match_parties(event, coded, role) for role in ROLES}
    for role, other in (ROLES, ROLES[::-1]):
        for party in found[role].missed:
            is_swapped = any(same_phrase(party.text, one.text) for one in found[other].spurious)
            yield f"{role} coded as {other}" if is_swapped else f"{role} missing"
        for one in found[role].spurious:
            if not any(same_phrase(party.text, one.text) for party in found[other].missed):
                yield f"{role} too many"


def count_causes(mistakes: Iterable[Mistake]) -> dict[str, dict[str, int]]:
    """How many mistakes have each cause, and under it each detail, most frequent first."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for mistake in mistakes:
        counted[mistake.cause][mistake.detail] += 1
    return {cause: dict(counted[cause].most_common()) for cause in CAUSES if cause in counted}
