"""One evaluation: all documents coded once, then figures, mistakes and near misses of any part of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from transforms.annotate.document import ArticleToCode
from transforms.evaluate.figures import Figures, Tally, summarise, tally
from transforms.evaluate.gold import PARTS, GoldDocument
from transforms.evaluate.matching import Matched
from transforms.evaluate.mistakes import Mistake, find_mistakes
from transforms.evaluate.near_misses import NearMiss, near_misses
from transforms.extract.coding import Coding
from transforms.extract.extractor import Examined
from transforms.records import Reject

NOTHING_CODED = Coding("", (), (), (), ())


class Examines(Protocol):
    def examine(self, articles: Iterable[ArticleToCode]) -> Iterator[Examined]: ...


@dataclass(frozen=True, slots=True)
class EvaluatedDocument:
    """What became of one document."""

    document: GoldDocument
    tally: Tally
    mistakes: list[Mistake]
    near_misses: list[NearMiss]
    rules: list[tuple[str, bool]]
    """Rule of each mention, and whether it answers a gold event."""
    reject: Reject | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every document evaluated, in the order of the gold file."""

    documents: list[EvaluatedDocument] = field(default_factory=list)

    def part(self, name: str | None) -> "Evaluation":
        """The documents of part "A" or "B"; all for None."""
        return Evaluation([one for one in self.documents if name in (None, one.document.part)])

    def figures(self) -> Figures:
        """Rates, accuracies and macro F1 with their 95 % intervals, as nested plain values."""
        return summarise(one.tally for one in self.documents)

    def figures_of_parts(self) -> dict[str, Figures]:
        """The figures of part A and of part B."""
        return {name: self.part(name).figures() for name in PARTS}

    @property
    def mistakes(self) -> list[Mistake]:
        return [mistake for one in self.documents for mistake in one.mistakes]

    @property
    def near_misses(self) -> list[NearMiss]:
        return [near for one in self.documents for near in one.near_misses]

    @property
    def rejects(self) -> list[Reject]:
        return [one.reject for one in self.documents if one.reject is not None]

    def rules(self) -> dict[str, dict[str, int]]:
        """For each rule that coded something how often it was right and spurious, most spurious first."""
        counts: dict[str, dict[str, int]] = {}
        for rule_id, is_right in (rule for one in self.documents for rule in one.rules):
            counts.setdefault(rule_id, {"right": 0, "spurious": 0})["right" if is_right else "spurious"] += 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1]["spurious"], item[0])))


def evaluate(documents: Sequence[GoldDocument], extractor: Examines) -> Evaluation:
    """Code the texts of ``documents`` and compare; one that cannot be coded counts as missed throughout."""
    examined = extractor.examine(document.to_code() for document in documents)
    return Evaluation([_evaluate(document, one) for document, one in zip(documents, examined, strict=True)])


def _evaluate(document: GoldDocument, examined: Examined) -> EvaluatedDocument:
    reject = examined.outcome if isinstance(examined.outcome, Reject) else None
    matched = Matched.of(document, NOTHING_CODED if isinstance(examined.outcome, Reject) else examined.outcome)
    answering = set(matched.pairs.values())
    return EvaluatedDocument(
        document=document,
        tally=tally(matched),
        mistakes=find_mistakes(matched, examined),
        near_misses=list(near_misses(document, examined)),
        rules=[(coded.mention.rule_id, j in answering) for j, coded in enumerate(matched.coded)],
        reject=reject,
    )
