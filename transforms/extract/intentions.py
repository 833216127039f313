"""Threats and refusals made without a word for it: by saying what one will do on a condition, or will not do.

"Said it would boycott the vote unless the judge resigned" is a THREATEN (coding manual, section 7), "said it would not
accept the envoy" a REJECT; the act itself is not coded.
"""

from spacy.tokens import Token

from transforms.extract.candidates import Candidate
from transforms.extract.entries import VerbFrame
from transforms.extract.syntax import INTENDING, NEGATORS, SPEAKERS, children

HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})
FRIENDLY = frozenset({"AGREE", "CONSULT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
TELLING_ARCS = frozenset({"ccomp", "parataxis", "ROOT", "root", "conj"})
THREAT_MODES = {"ASSAULT": "violence", "SANCTION": "relations", "COERCE": "restrict"}
THREAT_MODES_BY_MODE = {"arrest": "arrest", "deport": "expel", "expel": "expel"}
REFUSAL_MODES = {"RETREAT": "yield", "CONCEDE": "yield", "CONSULT": "meet", "AID": "assist", "COOPERATE": "assist"}


def read_intention(candidate: Candidate) -> None:
    """Turn an act that its doer says to do on a condition into a threat, one that they will not do into a refusal."""
    if not isinstance(candidate.rule, VerbFrame) or not _is_own_intention(candidate):
        return
    verb, event_type, mode = candidate.anchor, candidate.event_type, candidate.mode
    is_denied = any(child.lower_ in NEGATORS for child in verb.children)
    is_harm = event_type in HARMFUL or (event_type == "REJECT" and mode == "meet")
    if is_harm and not is_denied and _has_condition(verb):
        candidate.event_type = "THREATEN"
        candidate.mode = THREAT_MODES_BY_MODE.get(mode or "", THREAT_MODES.get(event_type))
        candidate.found.append("said to be done on a condition")
    elif event_type in FRIENDLY and is_denied:
        candidate.event_type, candidate.mode = "REJECT", REFUSAL_MODES.get(event_type)
        candidate.found.append("said not to be done")


def is_intention(candidate: Candidate) -> bool:
    """True of what :func:`read_intention` has made a threat or a refusal."""
    return candidate.event_type in {"THREATEN", "REJECT"} and candidate.event_type != candidate.rule.event_type


def _is_own_intention(candidate: Candidate) -> bool:
    """True where the doers speak of themselves: "we will", "the group said it would"."""
    verb = candidate.anchor
    auxiliaries = {child.lower_ for child in children(verb, "aux")}
    is_told = verb.dep_ in TELLING_ARCS and bool(auxiliaries & INTENDING) and "have" not in auxiliaries
    is_own = any(token.lower_ in SPEAKERS for token in candidate.actors)
    return is_told and is_own and not children(verb, "aux:pass")


def _has_condition(verb: Token) -> bool:
    """True of a verb with "unless", or with "if" and what somebody else does."""
    for clause in children(verb, "advcl"):
        marks = {child.lower_ for child in children(clause, "mark")}
        others = [child for child in children(clause, "nsubj", "nsubj:pass") if child.lower_ not in SPEAKERS]
        if "unless" in marks or ("if" in marks and others):
            return True
    return False
