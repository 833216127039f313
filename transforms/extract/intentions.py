"""Threats and refusals made without a word for it: by saying what one will do on a condition, or will not do.

"Said it would boycott the vote unless the judge resigned" is a THREATEN (coding manual, section 7), "said it would not
accept the envoy", "is not ready to talk" and "has no intention of resigning" a REJECT; the act itself is not coded.
"""

from spacy.tokens import Token

from transforms.extract.candidates import Candidate
from transforms.extract.entries import AdjectiveFrame, VerbFrame
from transforms.extract.syntax import INTENDING, NEGATORS, SPEAKERS, children

HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})
FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
ABLE = frozenset({"can", "ca", "could"})
GRANTING = frozenset("accept recognise recognize support endorse approve allow permit negotiate compromise".split())
"""Verbs of what one can always do if one will: "cannot accept" is a refusal, "cannot agree" a failure."""
SPEAKING = frozenset({"talk", "speak", "discuss"})
"""Verbs that without a partner tell of a comment: "would not discuss the matter"."""
WISHES = frozenset({"intention", "intent", "plan", "desire", "wish", "interest"})
TELLING_ARCS = frozenset({"ccomp", "parataxis", "ROOT", "root", "conj"})
REFUSING_ARCS = TELLING_ARCS | {"acl", "acl:relcl", "advcl"}
"""What one will not do is a refusal in a clause beside the main one too ("who will not negotiate")."""
THREAT_MODES = {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict"}
THREAT_MODES_BY_MODE = {"arrest": "arrest", "deport": "expel", "expel": "expel"}
REFUSAL_MODES = {"RETREAT": "yield", "CONCEDE": "yield", "CONSULT": "meet", "AID": "assist", "COOPERATE": "assist"}


def read_intention(candidate: Candidate) -> None:
    """Turn an act that its doer says to do on a condition into a threat, one that they will not do into a refusal."""
    event_type, mode = candidate.event_type, candidate.mode
    if _is_threat(candidate):
        candidate.event_type = "THREATEN"
        candidate.mode = THREAT_MODES_BY_MODE.get(mode or "", THREAT_MODES.get(event_type))
        candidate.found.append("said to be done on a condition")
    elif _is_refusal(candidate):
        candidate.event_type, candidate.mode = "REJECT", REFUSAL_MODES.get(event_type)
        candidate.found.append("said not to be done")


def is_intention(candidate: Candidate) -> bool:
    """True of what :func:`read_intention` has made a threat or a refusal."""
    return candidate.event_type in {"THREATEN", "REJECT"} and candidate.event_type != candidate.rule.event_type


def _is_threat(candidate: Candidate) -> bool:
    """True of a harm that its doers say they will do on a condition ("we will strike if they enter")."""
    is_harm = candidate.event_type in HARMFUL or (candidate.event_type == "REJECT" and candidate.mode == "meet")
    is_own = any(token.lower_ in SPEAKERS for token in candidate.actors)
    return is_harm and is_own and _is_told(candidate) and not _is_denied(candidate) and _has_condition(candidate.anchor)


def _is_refusal(candidate: Candidate) -> bool:
    """True of what its doers will not do, are not ready to do, or have no mind to do."""
    if candidate.event_type not in FRIENDLY:
        return False
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
    return verb.dep_ in arcs and is_meant and has_mind


def _is_supposed(verb: Token) -> bool:
    return any(child.lower_ in {"if", "unless", "whether"} for child in children(verb, "mark"))


def _has_condition(verb: Token) -> bool:
    """True of a verb with "unless", or with "if" and what somebody else does."""
    for clause in children(verb, "advcl"):
        marks = {child.lower_ for child in children(clause, "mark")}
        others = [child for child in children(clause, "nsubj", "nsubj:pass") if child.lower_ not in SPEAKERS]
        if "unless" in marks or ("if" in marks and others):
            return True
    return False
