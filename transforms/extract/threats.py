"""Threats made without a word of threatening: "said it would boycott the vote unless the judge resigned".

Coding manual, section 7: what somebody says they would do if others do not give way is a THREATEN, and the act itself
is not coded.
"""

from spacy.tokens import Token

from transforms.extract.candidates import Candidate
from transforms.extract.entries import VerbFrame
from transforms.extract.syntax import children

THREATENED = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})
SPEAKERS = frozenset({"i", "we", "it", "they", "he", "she"})
"""Pronouns under which a speaker tells of what they would do themselves."""
INTENDING = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "wo"})
MODES = {"ASSAULT": "violence", "PROTEST": None, "MOBILIZE": None, "SANCTION": "relations", "COERCE": "restrict"}
MODES_BY_MODE = {"arrest": "arrest", "deport": "expel", "expel": "expel"}


def read_as_threat(candidate: Candidate) -> None:
    """Turn an act that its doer says to do on a condition into the threat of it, told by the verb of saying."""
    verb = candidate.anchor
    if not isinstance(candidate.rule, VerbFrame) or not _is_threatened(candidate, verb):
        return
    candidate.mode = MODES_BY_MODE.get(candidate.mode or "", MODES.get(candidate.event_type))
    candidate.event_type = "THREATEN"
    candidate.found.append("said to be done on a condition")


def _is_threatened(candidate: Candidate, verb: Token) -> bool:
    is_harm = candidate.event_type in THREATENED or (candidate.event_type == "REJECT" and candidate.mode == "meet")
    if not is_harm or verb.dep_ not in {"ccomp", "parataxis", "ROOT", "root", "conj"}:
        return False
    # The doer speaks of themselves: "we will", "the group said it would".
    is_own = any(token.lower_ in SPEAKERS for token in candidate.actors)
    is_intended = any(child.lower_ in INTENDING for child in children(verb, "aux"))
    return is_own and is_intended and not children(verb, "aux:pass") and _has_condition(verb)


def _has_condition(verb: Token) -> bool:
    """True of a verb with "unless", or with "if" and what somebody else does."""
    for clause in children(verb, "advcl"):
        marks = {child.lower_ for child in children(clause, "mark")}
        others = [child for child in children(clause, "nsubj", "nsubj:pass") if child.lower_ not in SPEAKERS]
        if "unless" in marks or ("if" in marks and others):
            return True
    return False
