"""Threats and refusals made without a word for it: by saying what one will do on a condition, or will not do.

"Said it would boycott the vote unless the judge resigned" is a THREATEN (coding manual, section 7), "said it would not
accept the envoy", "is not ready to talk" and "has no intention of resigning" a REJECT; the act itself is not coded.
"""

from collections.abc import Mapping

from spacy.tokens import Token

from transforms.extract.candidates import Candidate
from transforms.extract.entries import AdjectiveFrame, Intention, VerbFrame
from transforms.extract.syntax import INTENDING, NEGATORS, SPEAKERS, children
from transforms.extract.word_lists import word_list

OWN = frozenset({"i", "we"})
OTHERS = frozenset({"it", "they", "he", "she"})
"""Who speaks of "we" means somebody else by these."""
ABLE = frozenset({"can", "ca", "could"})
GRANTING = word_list("granting verb")
"""Verbs of what one can always do if one will: "cannot accept" is a refusal, "cannot agree" a failure."""
SPEAKING = word_list("commenting verb")
"""Verbs that without a partner tell of a comment: "would not discuss the matter"."""
WISHES = word_list("wish")
TELLING_ARCS = frozenset({"ccomp", "parataxis", "ROOT", "root", "conj"})
REFUSING_ARCS = TELLING_ARCS | {"acl", "acl:relcl", "advcl"}
"""What one will not do is a refusal in a clause beside the main one too ("who will not negotiate")."""
Intentions = Mapping[tuple[str, str | None, str], Intention]


def read_intention(candidate: Candidate, intentions: Intentions) -> None:
    """Turn an act that its doer says to do on a condition into a threat, one that they will not do into a refusal."""
    is_refused = _is_refused(candidate)
    if not is_refused and not _is_conditional(candidate):
        return
    case = "denial" if is_refused else "condition"
    keys = ((candidate.event_type, mode, case) for mode in (candidate.mode, None))
    found = next((intentions[key] for key in keys if key in intentions), None)
    if found is not None:
        candidate.event_type, candidate.mode = found.event_type, found.mode
        candidate.found.append("said not to be done" if is_refused else "said to be done on a condition")


def is_intention(candidate: Candidate) -> bool:
    """True of what :func:`read_intention` has made a threat or a refusal."""
    return candidate.event_type in {"THREATEN", "REJECT"} and candidate.event_type != candidate.rule.event_type


def _is_conditional(candidate: Candidate) -> bool:
    """True of what its doers say they will do on a condition ("we will strike if they enter")."""
    is_own = any(token.lower_ in SPEAKERS for token in candidate.actors)
    return is_own and _is_told(candidate) and not _is_denied(candidate) and _has_condition(candidate)


def _is_refused(candidate: Candidate) -> bool:
    """True of what its doers will not do, are not ready to do, or have no mind to do."""
    if isinstance(candidate.rule, AdjectiveFrame):
        return candidate.event_type == "AGREE" and _is_denied(candidate) and not _is_supposed(candidate.anchor)
    verb = candidate.anchor
    is_comment = verb.lemma_.lower() in SPEAKING and len(candidate.actors) == 1
    if not isinstance(candidate.rule, VerbFrame) or is_comment:
        return False
    is_unwished = verb.dep_ in {"acl", "advcl"} and verb.head.lemma_.lower() in WISHES
    if is_unwished and any(child.lower_ == "no" for child in verb.head.children):
        return True
    granted = INTENDING | ABLE if verb.lemma_.lower() in GRANTING else INTENDING
    is_meant = _is_told(candidate, auxiliaries=granted, arcs=REFUSING_ARCS)
    return bool(candidate.actors) and _is_denied(candidate) and is_meant and not _is_supposed(verb)


def _is_denied(candidate: Candidate) -> bool:
    return any(child.lower_ in NEGATORS for child in candidate.anchor.children)


def _is_told(
    candidate: Candidate, *, auxiliaries: frozenset[str] = INTENDING, arcs: frozenset[str] = TELLING_ARCS
) -> bool:
    """True of a verb in the active whose clause tells what somebody means to do."""
    verb = candidate.anchor
    found = {child.lower_ for child in children(verb, "aux")}
    is_meant = bool(found & auxiliaries) and "have" not in found
    has_mind = isinstance(candidate.rule, VerbFrame) and not children(verb, "aux:pass")
    # A finite clause that no word makes one of time or reason is what is said, whatever its arc.
    is_said = verb.dep_ in arcs or (verb.dep_ == "advcl" and not children(verb, "mark"))
    return is_said and is_meant and has_mind


def _is_supposed(verb: Token) -> bool:
    return any(child.lower_ in {"if", "unless", "whether"} for child in children(verb, "mark"))


def _has_condition(candidate: Candidate) -> bool:
    """True of an act with "unless", or with "if" and what somebody else does."""
    own = SPEAKERS - OTHERS if any(token.lower_ in OWN for token in candidate.actors) else SPEAKERS
    for clause in children(candidate.anchor, "advcl"):
        marks = {child.lower_ for child in children(clause, "mark")}
        others = [child for child in children(clause, "nsubj", "nsubj:pass") if child.lower_ not in own]
        if "unless" in marks or ("if" in marks and others):
            return True
    return False
