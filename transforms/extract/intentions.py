"""Threats and refusals made without a word for it: by saying what one will do on a condition, or will not do.

"Said it would boycott the vote unless the judge resigned" is a THREATEN (coding manual, section 7), "said it would not
accept the envoy" a REJECT; the act itself is not coded.
"""

from collections.abc import Mapping

from transforms.extract.candidates import Candidate
from transforms.extract.entries import Intention, VerbFrame
from transforms.extract.syntax import INTENDING, NEGATORS, SPEAKERS, children
from transforms.extract.word_lists import word_list

OWN = frozenset({"i", "we"})
OTHERS = frozenset({"it", "they", "he", "she"})
"""Who speaks of "we" means somebody else by these."""
PERMITTING = word_list("permitting verb")
TELLING_ARCS = frozenset({"ccomp", "parataxis", "ROOT", "root", "conj"})
Intentions = Mapping[tuple[str, str | None, str], Intention]


def read_intention(candidate: Candidate, intentions: Intentions) -> None:
    """Turn an act that its doer says to do on a condition into a threat, one that they will not do into a refusal."""
    if not isinstance(candidate.rule, VerbFrame) or not _is_own_intention(candidate):
        return
    is_denied = any(child.lower_ in NEGATORS for child in candidate.anchor.children)
    if not is_denied and not _has_condition(candidate):
        return
    case = "denial" if is_denied else "condition"
    keys = ((candidate.event_type, mode, case) for mode in (candidate.mode, None))
    found = next((intentions[key] for key in keys if key in intentions), None)
    if found is not None:
        candidate.event_type, candidate.mode = found.event_type, found.mode
        candidate.found.append("said not to be done" if is_denied else "said to be done on a condition")


def is_intention(candidate: Candidate) -> bool:
    """True of what :func:`read_intention` has made a threat or a refusal."""
    return candidate.event_type in {"THREATEN", "REJECT"} and candidate.event_type != candidate.rule.event_type


def _is_own_intention(candidate: Candidate) -> bool:
    """True where the doers speak of themselves: "we will", "the group said it would"; or of what only they can do."""
    verb = candidate.anchor
    auxiliaries = {child.lower_ for child in children(verb, "aux")}
    # A finite clause that no word makes one of time or reason is what is said, whatever its arc.
    is_main = verb.dep_ in TELLING_ARCS or (verb.dep_ == "advcl" and not children(verb, "mark"))
    is_told = is_main and bool(auxiliaries & INTENDING) and "have" not in auxiliaries
    is_own = verb.lemma_.lower() in PERMITTING or any(token.lower_ in SPEAKERS for token in candidate.actors)
    return is_told and is_own and not children(verb, "aux:pass")


def _has_condition(candidate: Candidate) -> bool:
    """True of an act with "unless", or with "if" and what somebody else does."""
    own = SPEAKERS - OTHERS if any(token.lower_ in OWN for token in candidate.actors) else SPEAKERS
    for clause in children(candidate.anchor, "advcl"):
        marks = {child.lower_ for child in children(clause, "mark")}
        others = [child for child in children(clause, "nsubj", "nsubj:pass") if child.lower_ not in own]
        if "unless" in marks or ("if" in marks and others):
            return True
    return False
