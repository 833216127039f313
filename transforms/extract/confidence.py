"""How likely it is that a sentence tells of an event of the type it was coded as, given the signs of it.

A logistic model: the weights of the signs that are there, added up, are the log odds. They were fitted on mentions
that people judged (``transforms.evaluate.calibration``); ``docs/confidence.md`` says how well they hold.
"""

import math
from collections.abc import Mapping
from functools import cache

from seeds import SeedError, read_table
from transforms.extract.evidence import Signs

TABLE = "lexicon/confidence"
ALWAYS = "always"
"""The row that holds for every mention."""
LOWEST, HIGHEST = 0.02, 0.98
"""Surer than this nothing can be that was fitted on some hundred mentions."""


@cache
def load_weights() -> Mapping[str, float]:
    """Weights by sign. Raises ``SeedError`` for a sign that stands twice or a weight that is no number."""
    weights: dict[str, float] = {}
    for row in read_table(TABLE):
        if row["sign"] in weights:
            raise SeedError(f"seeds/{TABLE}.csv: the sign {row['sign']!r} stands twice")
        try:
            weights[row["sign"]] = float(row["weight"])
        except ValueError as error:
            raise SeedError(f"seeds/{TABLE}.csv: {row['sign']!r} has no number as weight: {row['weight']!r}") from error
    return weights


def confidence(signs: Signs, weights: Mapping[str, float]) -> float:
    """The probability, from 0.02 to 0.98 in steps of 0.01. A sign without a weight says nothing."""
    log_odds = weights.get(ALWAYS, 0.0) + sum(weights.get(sign, 0.0) for sign in sorted(signs))
    return round(min(max(1 / (1 + math.exp(-log_odds)), LOWEST), HIGHEST), 2)
