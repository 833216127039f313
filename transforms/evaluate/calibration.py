"""Fits the weights of ``confidence`` on mentions that people judged, and measures how well they hold on other texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.evaluate.figures import CONFIDENCE_BANDS
from transforms.extract.confidence import ALWAYS
from transforms.extract.evidence import Signs

Vector = npt.NDArray[np.float64]

FOLDS = 10
PENALTIES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Of the squares of the weights; the one that predicts texts left out best is taken."""
FEWEST = 8
"""Mentions that must have a sign, and must lack it, for it to get a weight."""
STEPS = 50
SMALL = 1e-8
BINS = (0.0, *CONFIDENCE_BANDS, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention whose event type somebody judged."""

    text: str
    """Which text it stands in: mentions of one text are alike, so they are left out together."""
    signs: Signs
    is_right: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights fitted on all mentions, and what such weights predict for texts that they were not fitted on."""

    weights: Mapping[str, float]
    counts: Mapping[str, int]
    """Mentions that have the sign."""
    penalty: float
    predicted: Vector
    is_right: Vector

    def reliability(self) -> list[dict[str, Any]]:
        """For each band of predicted confidence: mentions, mean prediction, share that is right."""
        bands = []
        for low, high in pairwise(BINS):
            inside = (self.predicted >= low) & ((self.predicted < high) | (high == BINS[-1]))
            if inside.any():
                bands.append(
                    {
                        "from": low,
                        "to": high,
                        "mentions": int(inside.sum()),
                        "predicted": round(float(self.predicted[inside].mean()), 3),
                        "right": round(float(self.is_right[inside].mean()), 3),
                    }
                )
        return bands

    def figures(self) -> dict[str, float]:
        """Brier score and log loss beside those of the overall share, calibration error, area under the ROC curve."""
        share = np.full_like(self.is_right, self.is_right.mean())
        gaps = [band["mentions"] * abs(band["predicted"] - band["right"]) for band in self.reliability()]
        figures = {
            "right": float(self.is_right.mean()),
            "brier": brier(self.predicted, self.is_right),
            "brier_of_the_share": brier(share, self.is_right),
            "log_loss": log_loss(self.predicted, self.is_right),
            "log_loss_of_the_share": log_loss(share, self.is_right),
            "calibration_error": sum(gaps) / len(self.is_right),
            "area_under_curve": area_under_curve(self.predicted, self.is_right),
        }
        return {name: round(value, 4) for name, value in figures.items()}

    def thresholds(self, at: Iterable[float] = CONFIDENCE_BANDS) -> list[dict[str, float]]:
        """What a threshold buys: share of mentions kept, share of those that is right, share of right ones kept."""
        found = []
        for threshold in at:
            kept = self.predicted >= threshold
            right = self.is_right[kept]
            found.append(
                {
                    "threshold": threshold,
                    "kept": round(float(kept.mean()), 3),
                    "right": round(float(right.mean()), 3) if len(right) else float("nan"),
                    "right_ones_kept": round(float(right.sum() / self.is_right.sum()), 3),
                }
            )
        return found


def calibrate(judged: Sequence[Judged]) -> Calibration:
    """Fit on all of ``judged``, with the penalty that predicts texts left out best."""
    is_right = np.array([one.is_right for one in judged], dtype=np.float64)
    texts = sorted({one.text for one in judged})
    fold_of = {text: place % FOLDS for place, text in enumerate(np.random.default_rng(0).permutation(texts))}
    folds = np.array([fold_of[one.text] for one in judged])

    def predict_left_out(penalty: float) -> Vector:
        predicted = np.zeros(len(judged))
        for fold in set(fold_of.values()):
            others = [one for one, its in zip(judged, folds, strict=True) if its != fold]
            left_out = [one for one, its in zip(judged, folds, strict=True) if its == fold]
            predicted[folds == fold] = predict(left_out, fit(others, penalty))
        return predicted

    predictions = {penalty: predict_left_out(penalty) for penalty in PENALTIES}
    best = min(PENALTIES, key=lambda penalty: log_loss(predictions[penalty], is_right))
    weights = fit(judged, best)
    counts = {sign: sum(sign in one.signs for one in judged) for sign in weights if sign != ALWAYS}
    return Calibration(weights, counts, best, predictions[best], is_right)


def fit(judged: Sequence[Judged], penalty: float) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; the weight of what always holds is not penalised."""
    signs = sorted({sign for one in judged for sign in one.signs})
    table = np.array([[sign in one.signs for sign in signs] for one in judged], dtype=np.float64)
    told = np.minimum(table.sum(axis=0), len(table) - table.sum(axis=0)) >= FEWEST
    table = np.column_stack([np.ones(len(table)), table[:, told]])
    is_right = np.array([one.is_right for one in judged], dtype=np.float64)
    ridge = np.diag([0.0, *[penalty] * (table.shape[1] - 1)])
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        predicted = _share(table @ weights)
        slope = table.T @ (is_right - predicted) - ridge @ weights
        curvature = (table * (predicted * (1 - predicted))[:, None]).T @ table + ridge
        step = np.linalg.solve(curvature, slope)
        weights += step
        if np.abs(step).max() < SMALL:
            break
    names = [ALWAYS, *(sign for sign, is_told in zip(signs, told, strict=True) if is_told)]
    return dict(zip(names, weights.tolist(), strict=True))


def predict(judged: Iterable[Judged], weights: Mapping[str, float]) -> Vector:
    """The probability that each is right."""
    odds = [weights[ALWAYS] + sum(weights.get(sign, 0.0) for sign in one.signs) for one in judged]
    return _share(np.array(odds))


def _share(log_odds: Vector) -> Vector:
    shares: Vector = 1 / (1 + np.exp(-log_odds))
    return shares


def brier(predicted: Vector, is_right: Vector) -> float:
    """Mean square of what prediction and truth differ by: 0 is best."""
    return float(np.mean((predicted - is_right) ** 2))


def log_loss(predicted: Vector, is_right: Vector) -> float:
    """Mean negative log likelihood: 0 is best."""
    likelihood = np.where(is_right == 1, predicted, 1 - predicted)
    return float(-np.log(np.maximum(likelihood, SMALL)).mean())


def area_under_curve(predicted: Vector, is_right: Vector) -> float:
    """How often a right mention is predicted surer than a wrong one, ties counted half: 0.5 says nothing."""
    right, wrong = predicted[is_right == 1], predicted[is_right == 0]
    if not len(right) or not len(wrong):
        return float("nan")
    above = (right[:, None] > wrong).sum() + 0.5 * (right[:, None] == wrong).sum()
    return float(above / (len(right) * len(wrong)))
