"""How well mentions are joined into events, against events joined by hand.

python tests/warehouse/linking/measure.py

Two figures, each with precision and recall: over pairs of mentions that are in one event, and B-cubed, the mean over
mentions of how much of their event is right (Bagga and Baldwin 1998). ``exact`` is the rule of ``exact.sql``, one event
for each day, place, first actor and first recipient.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.warehouse.linking.told import HERE, PARTS, gold, store, told
from warehouse import catalogue
from warehouse.connection import connect
from warehouse.paths import Warehouse


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(found: Mapping[str, str], right: Mapping[str, str]) -> Score:
    """Score the pairs of mentions that share an event; both map the same mentions to events."""
    both = _pairs(Counter((found[each], right[each]) for each in right))
    joined, told_of_one = _pairs(Counter(found[each] for each in right)), _pairs(Counter(right.values()))
    return Score(both / joined if joined else 1.0, both / told_of_one if told_of_one else 1.0)


def b_cubed(found: Mapping[str, str], right: Mapping[str, str]) -> Score:
    """Score each mention by the share of its event that belongs there, and of what belongs there that is in it."""
    both = Counter((found[each], right[each]) for each in right)
    of_found, of_right = Counter(found[each] for each in right), Counter(right.values())
    precision = sum(both[found[each], right[each]] / of_found[found[each]] for each in right)
    recall = sum(both[found[each], right[each]] / of_right[right[each]] for each in right)
    return Score(precision / len(right), recall / len(right))


def _pairs(sizes: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def joinings(folder: Path, part: str | None = None) -> dict[str, dict[str, str]]:
    """Join the mentions of one part, or of both, by each rule; maps mention to event. ``folder`` is made."""
    warehouse = Warehouse.create(folder)
    store(warehouse, told(part))
    catalogue.publish(warehouse)
    rules = {"exact": (HERE / "exact.sql").read_text(encoding="utf-8"), "scored": "FROM event_links"}
    with connect(warehouse) as database:
        return {
            name: dict(database.execute(f"SELECT event_mention_id, event_id FROM ({sql})").fetchall())
            for name, sql in rules.items()
        }


def main() -> None:
    for part in (*PARTS, None):
        right = gold(told(part))
        sys.stdout.write(f"{part or 'both'}: {len(right)} mentions in {len(set(right.values()))} events\n")
        with tempfile.TemporaryDirectory() as folder:
            for name, found in joinings(Path(folder) / "news", part).items():
                for figure in (pairwise, b_cubed):
                    score = figure(found, right)
                    sys.stdout.write(
                        f"  {name:<7} {figure.__name__:<9} F1 {score.f1:.3f}"
                        f"  precision {score.precision:.3f}  recall {score.recall:.3f}\n"
                    )


if __name__ == "__main__":
    main()
