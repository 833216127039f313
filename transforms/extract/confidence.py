"""A first score of how far a row can be trusted, from what was found of it; not calibrated against coded texts yet."""

from transforms.extract.entries import ACTOR_KINDS, Construction, NounFrame, VerbFrame
from transforms.extract.kinds import Kinds
from transforms.extract.readings import Reading

BASE = 0.45
PER_PARTY = 0.15
NARROW_RULE = 0.1
"""Added for a construction, or for a frame that tests its particle, preposition, complement or arguments."""
WEAK_NOUN = -0.1
UNSURE_STATUS = -0.05
LOWEST, HIGHEST = 0.05, 0.95
NARROW = 2


def confidence(reading: Reading, kinds: Kinds, *, in_gated_domain: bool) -> float:
    """Score one reading between 0.05 and 0.95, rounded to two digits."""
    candidate, rule = reading.candidate, reading.candidate.rule
    score = BASE
    score += PER_PARTY * any(kinds.of(token) in ACTOR_KINDS | {"place"} for token in candidate.actors)
    score += PER_PARTY * any(kinds.of(token) in ACTOR_KINDS | {"place"} for token in candidate.recipients)
    if isinstance(rule, Construction) or (isinstance(rule, VerbFrame) and rule.specificity >= NARROW):
        score += NARROW_RULE
    elif isinstance(rule, NounFrame) and rule.strength != "strong":
        score += WEAK_NOUN
    score += UNSURE_STATUS * (reading.status.value != "asserted")
    score *= 0.6 if in_gated_domain else 1.0
    return round(min(max(score, LOWEST), HIGHEST), 2)
