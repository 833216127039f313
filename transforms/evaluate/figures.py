"""Rates and accuracies with 95 % intervals, from counts taken document by document.

Intervals are percentiles over ``RESAMPLES`` draws of as many documents as there are, with replacement: events of one
document are alike, so single events would make them too narrow. The seed is fixed; equal counts give equal intervals.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.evaluate.matching import (
    ROLES,
    Coded,
    Matched,
    any_type,
    compare_fields,
    match_parties,
    pair,
    same_quad_class,
)

RESAMPLES, SEED = 2000, 20130601
PERCENTILES = (2.5, 97.5)
DIGITS = 4
CONFIDENCE_BANDS = (0.5, 0.7, 0.8, 0.9, 0.95)
"""Where one band of confidence ends and the next begins."""

Key = tuple[str, str, str]
"""Group of figures, name in the group, and outcome: right, spurious, missed, or right, wrong."""
Tally = Counter[Key]
Draws = npt.NDArray[np.float64]
"""A figure: first as measured, then for each resample; NaN where nothing is there to be measured."""
Figures = dict[str, Any]


def tally(matched: Matched) -> Tally:
    """Count what is right and wrong in one document."""
    counts: Tally = Counter()
    for event, coded in matched.required_pairs:
        counts["by_type", event.event_type, "right"] += 1
        parties = {role: match_parties(event, coded, role) for role in ROLES}
        for role, found in parties.items():
            counts["parties", role, "right"] += found.right
            counts["parties", role, "spurious"] += len(found.spurious)
            counts["parties", role, "missed"] += len(found.missed)
        for compared in compare_fields(event, coded):
            counts["fields", compared.field, "right" if compared.is_right else "wrong"] += 1
        is_full = event.status == coded.mention.status
        is_full = is_full and not any(found.missed or found.spurious for found in parties.values())
        counts["event", "full_row", "right"] += is_full
        counts["by_confidence", _band(coded), "right"] += 1
        counts["by_confidence", _band(coded), "full_row"] += is_full
        for outcome in () if is_full else ("spurious", "missed"):
            counts["event", "full_row", outcome] += 1
    for event in matched.missed:
        counts["by_type", event.event_type, "missed"] += 1
        counts["event", "full_row", "missed"] += 1
    for coded in matched.spurious:
        counts["by_type", coded.mention.event_type, "spurious"] += 1
        counts["event", "full_row", "spurious"] += 1
        counts["by_confidence", _band(coded), "spurious"] += 1
    for (group, _, outcome), count in list(counts.items()):
        if group == "by_type":
            counts["event", "event", outcome] += count
    _tally_pairs(matched, counts)
    return counts


def _band(coded: Coded) -> str:
    """The band of a mention's confidence, named by its bounds so that names stay in order."""
    bounds = (0.0, *CONFIDENCE_BANDS, 1.0)
    band = bisect_right(CONFIDENCE_BANDS, coded.mention.confidence)
    return f"{bounds[band]:.2f}-{bounds[band + 1]:.2f}"


def _tally_pairs(matched: Matched, counts: Tally) -> None:
    """Count events found under any type, and under their quad class."""
    events, mentions = matched.events, matched.mentions
    found = pair(events, mentions, any_type)
    by_quad_class = pair(events, mentions, same_quad_class)
    for i, event in enumerate(events):
        if not event.optional:
            counts["event", "detection_any_type", "right" if i in found else "missed"] += 1
            counts["by_quad_class", event.quad_class, "right" if i in by_quad_class else "missed"] += 1
    counts["event", "detection_any_type", "spurious"] += len(mentions) - len(found)
    for j, mention in enumerate(mentions):
        if j not in by_quad_class.values():
            counts["by_quad_class", mention.quad_class, "spurious"] += 1


class Sums:
    """Counts added up over the documents, as they are and resampled."""

    def __init__(self, tallies: Sequence[Tally]) -> None:
        self._keys = {key: column for column, key in enumerate(sorted({key for one in tallies for key in one}))}
        counts = np.array([[one[key] for key in self._keys] for one in tallies], dtype=np.float64)
        counts = counts.reshape(len(tallies), len(self._keys))
        drawn = np.random.default_rng(SEED).multinomial(len(tallies), [1 / len(tallies)] * len(tallies), RESAMPLES)
        self._sums = np.vstack([counts.sum(axis=0), drawn @ counts])
        self._has_interval = len(tallies) > 1

    def names(self, group: str) -> list[str]:
        return sorted({name for of, name, _ in self._keys if of == group})

    def of(self, *key: str) -> Draws:
        column = self._keys.get((key[0], key[1], key[2]))
        return self._sums[:, column] if column is not None else np.zeros(len(self._sums))

    def rates(self, group: str, name: str) -> Figures:
        """Precision, recall and F1, each with its interval, and the counts that they are made of."""
        right, spurious, missed = (self.of(group, name, outcome) for outcome in ("right", "spurious", "missed"))
        drawn = {
            "precision": share(right, right + spurious),
            "recall": share(right, right + missed),
            "f1": share(2 * right, 2 * right + spurious + missed),
        }
        return {
            **{rate: measured(draws) or 0.0 for rate, draws in drawn.items()},
            "intervals": {rate: self.interval(draws) for rate, draws in drawn.items()},
            "right": int(right[0]),
            "spurious": int(spurious[0]),
            "missed": int(missed[0]),
        }

    def accuracy(self, name: str) -> Figures:
        """The share of right values of a field, its interval, and the counts."""
        right = self.of("fields", name, "right")
        compared = right + self.of("fields", name, "wrong")
        draws = share(right, compared)
        return {
            "accuracy": measured(draws),
            "interval": self.interval(draws),
            "right": int(right[0]),
            "compared": int(compared[0]),
        }

    def precision(self, group: str, name: str, of: str = "right") -> Figures:
        """The share of mentions coded under ``name`` that are right, or right in the whole row, and its interval."""
        draws = share(self.of(group, name, of), self.of(group, name, "right") + self.of(group, name, "spurious"))
        return {"precision": measured(draws), "interval": self.interval(draws)}

    def macro_f1(self, group: str) -> Figures:
        """The mean F1 of the classes of ``group``; in each draw of those that occur."""
        of_classes = [
            share(2 * right, 2 * right + self.of(group, name, "spurious") + self.of(group, name, "missed"))
            for name, right in ((name, self.of(group, name, "right")) for name in self.names(group))
        ]
        scores = np.array(of_classes) if of_classes else np.full((1, len(self._sums)), np.nan)
        draws = share(np.nansum(scores, axis=0), np.sum(~np.isnan(scores), axis=0))
        return {"f1": measured(draws), "interval": self.interval(draws)}

    def interval(self, draws: Draws) -> list[float] | None:
        """The 95 % interval; None where one document, or no draw with something to measure, tells none."""
        told = draws[1:][~np.isnan(draws[1:])]
        if not self._has_interval or not len(told):
            return None
        return [round(float(bound), DIGITS) for bound in np.percentile(told, PERCENTILES)]


def share(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Draws:
    """``part / whole``; NaN where ``whole`` is 0."""
    shares: Draws = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return shares


def measured(draws: Draws) -> float | None:
    return None if np.isnan(draws[0]) else round(float(draws[0]), DIGITS)


def summarise(tallies: Iterable[Tally]) -> Figures:
    """All figures of documents counted by :func:`tally`, as nested plain values."""
    counted = list(tallies)
    if not counted:
        return {"documents": 0}
    sums = Sums(counted)
    return {
        "documents": len(counted),
        **{name: sums.rates("event", name) for name in ("event", "detection_any_type", "full_row")},
        "macro_f1": {"types": sums.macro_f1("by_type"), "quad_classes": sums.macro_f1("by_quad_class")},
        "by_type": {name: sums.rates("by_type", name) for name in sums.names("by_type")},
        "by_quad_class": {name: sums.rates("by_quad_class", name) for name in sums.names("by_quad_class")},
        "by_confidence": {
            name: {
                "mentions": int(
                    (sums.of("by_confidence", name, "right") + sums.of("by_confidence", name, "spurious"))[0]
                ),
                "type": sums.precision("by_confidence", name),
                "full_row": sums.precision("by_confidence", name, "full_row"),
            }
            for name in sums.names("by_confidence")
        },
        "parties": {role: sums.rates("parties", role) for role in ROLES},
        "fields": {name: sums.accuracy(name) for name in sums.names("fields")},
    }
