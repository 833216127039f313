"""Which candidates another one tells already: nouns that repeat their verb, contents of demands, threats and promises.

Coding manual, sections 1 and 3.
"""

from spacy.tokens import Token

from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.clauses import objects
from transforms.extract.complements import is_purpose
from transforms.extract.entries import NounFrame, VerbFrame
from transforms.extract.syntax import CIRCUMSTANTIAL, ancestors, case_of, children, hyphenated_lemmas

CONTAINERS = frozenset({"REQUEST", "THREATEN", "AGREE"})
CONTENT_ARCS = frozenset({"xcomp", "ccomp", "acl", "advcl", "obj", "obl", "nmod", "conj", "acl:relcl"})
CONTENT_CASES = frozenset({"for", "of", "to", "on", "about", "with", "against", "from", "into", "over"})
"""Prepositions of what is asked for, threatened or promised; others tell when, where and why it was."""
PARTNERED = frozenset({"with", "between"})
ASKING = frozenset({"REQUEST", "AGREE"})
"""Types of nouns that name what can be refused ("request", "offer", "commitment")."""
WITHHELD = ASKING | {"CONSULT", "COOPERATE", "AID", "RETREAT", "MOBILIZE"}
"""Types of acts that nobody has done yet while they are refused ("ruled out talks"); a raid or an apology was made."""
DENYING = frozenset({"deny", "dispute", "contest", "contradict", "refute", "rebut", "disclaim", "disavow", "violate"})
"""Verbs of REJECT whose object is told as a fact, or is said to be none."""
SPEAKING_OF_ACTS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN"})
"""Types whose object is an act of its own ("condemned the raid")."""
BANNING = frozenset({"ban", "outlaw", "prohibit", "forbid"})
"""Verbs whose object is kept from being done ("banned political meetings")."""
STEM_LENGTH = 5
"""Letters that a noun and its verb must share to name the same act ("agreed", "agreement")."""


def drop_repeated_nouns(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    """Drop nouns that name again what a verb of the sentence, or a noun above them, tells."""
    kept: list[Candidate] = []
    for candidate in candidates:
        repeats = isinstance(candidate.rule, NounFrame) and next(
            (other for other in candidates if other is not candidate and _repeats(candidate, other)), None
        )
        if repeats:
            if candidate.event_type == "CONSULT":
                # "flew to Oslo for talks with the union", "ruled out talks with it": the talks say with whom.
                parties = {*repeats.actors, *repeats.recipients}
                named = [token for token in candidate.actors if case_of(token) in PARTNERED and token not in parties]
                if repeats.event_type == "CONSULT":
                    repeats.actors += named
                elif repeats.event_type == "REJECT":
                    repeats.recipients = repeats.recipients or [token for token in named if case_of(token) == "with"]
            dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, f"names {repeats.trigger.text!r} again"))
        else:
            kept.append(candidate)
    return kept


def _repeats(noun: Candidate, other: Candidate) -> bool:
    """True where ``other`` (a verb, or an earlier noun that governs it) already codes what the noun names."""
    if isinstance(other.rule, VerbFrame) and (other.event_type not in SPEAKING_OF_ACTS or other.rule.roles == "m"):
        test = other.rule.object
        arcs = {"obj"} if isinstance(noun.rule, NounFrame) and noun.rule.strength == "strong" else {"obj", "nsubj:pass"}
        is_object = noun.trigger.head == other.trigger and noun.trigger.dep_ in arcs
        # "called off its strike": the tree takes the particle for a preposition.
        is_object = is_object or (other.particle is not None and other.particle.head == noun.trigger)
        if is_object and not test.is_negated and _lemmas_of(noun) & test.words:
            # "declared a ceasefire", "lifted the curfew": verb and noun name the act together.
            return True
    if noun.event_type == "CONSULT" and noun.trigger.head == other.trigger and _is_refusal(noun, other):
        # "walked out of the talks", "ruled out talks": what is refused did not take place.
        return True
    if isinstance(other.rule, NounFrame) and other.rule.needs.is_positive and noun.trigger.head == other.trigger:
        # "a state of siege", "the suspension of aid": the two nouns name the act together.
        return bool(_lemmas_of(noun) & other.rule.needs.words)
    if noun.event_type != other.event_type:
        return False
    first, second = noun.trigger.lemma_.lower(), other.trigger.lemma_.lower()
    is_verb = not isinstance(other.rule, NounFrame)
    if is_verb and first[:STEM_LENGTH] == second[:STEM_LENGTH]:
        return True
    case = case_of(noun.trigger)
    if noun.event_type == "PROTEST" and case == "in" and noun.trigger.head in {other.trigger, other.anchor}:
        # "went on strike in protest at the arrests"
        return True
    governed = noun.trigger.head == other.trigger and noun.trigger.dep_ in {"obj", "obl", "nmod", "nsubj:pass"}
    return governed and case not in CIRCUMSTANTIAL and (is_verb or not (noun.actors or noun.recipients))


def _is_refusal(meeting: Candidate, other: Candidate) -> bool:
    is_object = meeting.trigger.dep_ in {"obj", "nsubj:pass"} and not children(meeting.trigger, "det")
    return other.mode == "meet" or (other.event_type == "REJECT" and is_object)


def _lemmas_of(candidate: Candidate) -> set[str]:
    """The lemma of the trigger, and of the whole word where it is part of one."""
    whole = candidate.hyphenated
    return {candidate.trigger.lemma_.lower(), *(hyphenated_lemmas(whole) if whole is not None else ())}


def drop_contents(
    candidates: list[Candidate], dropped: list[Dropped], *, ending: frozenset[str], proposal: frozenset[str]
) -> list[Candidate]:
    """Drop what is only demanded, threatened, promised or refused.

    ``ending`` are words of ending ("stop"), ``proposal`` those for what can be accepted or refused ("offer").
    """
    # "made a threat to attack": the clause may hang on the verb that the noun stands with.
    by_token = {candidate.anchor.i: candidate for candidate in reversed(candidates)}
    by_token |= {candidate.trigger.i: candidate for candidate in candidates}
    kept: list[Candidate] = []
    for candidate in candidates:
        container = _container(candidate, by_token, ending, proposal)
        if container is None:
            kept.append(candidate)
        else:
            dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, f"content of {container.trigger.text!r}"))
    return kept


def _container(
    candidate: Candidate, by_token: dict[int, Candidate], ending: frozenset[str], proposal: frozenset[str]
) -> Candidate | None:
    """The REQUEST, THREATEN, AGREE or REJECT event whose content the candidate is, or None."""
    # "pledged an airlift": the verb that lends the noun its actor may be the promise.
    is_lent = candidate.anchor != candidate.trigger and by_token[candidate.anchor.i].trigger == candidate.anchor
    below = candidate.trigger if is_lent else candidate.anchor
    is_clause = False
    for token in ancestors(below):
        if below.dep_ not in CONTENT_ARCS:
            return None
        above = by_token.get(token.i)
        if below.dep_ in {"obl", "nmod"} and case_of(below) not in CONTENT_CASES:
            return None
        if above is not None and above.event_type in CONTAINERS:
            # "an ultimatum to the rebels to leave": the clause hangs on who is told.
            return above if is_clause or _is_content_arc(below, above) else None
        is_refusing = above is not None and (above.event_type == "REJECT" or above.rule.lemma in BANNING)
        if above is not None and is_refusing and _is_refused(candidate, below, above, proposal):
            return above
        # "demanded the return of citizens abducted long ago": what marks them out has happened.
        is_past = below.dep_ == "acl:relcl" or (below.dep_ == "acl" and below.tag_ == "VBN")
        if is_past or (below.dep_ == "conj" and token.dep_ in {"root", "ROOT"}):
            return None
        if token.lemma_.lower() in ending or (below.dep_ == "advcl" and below.tag_ not in {"VB", "VBG"}):
            # "urged them to end the siege", "agreed to talk when the raid began": the act itself is told.
            return None
        is_clause = is_purpose(below)
        below = token
    return None


def _is_refused(candidate: Candidate, below: Token, refusal: Candidate, proposal: frozenset[str]) -> bool:
    """True of what is refused: an act ("refused to leave", "ruled out talks"), an offer, or what that asks for."""
    if below.dep_ == "xcomp":
        return is_purpose(below)
    if not isinstance(refusal.rule, VerbFrame) or refusal.rule.lemma in DENYING:
        return False
    if below.dep_ in {"obj", "nsubj:pass"}:
        is_named = below == candidate.trigger and candidate.event_type in WITHHELD
        return is_named or (below != candidate.trigger and below.lemma_.lower() in proposal)
    # "rejected an offer by the king for talks", "an appeal to disarm": the tree hangs on the verb what the noun says.
    is_said = is_purpose(below) or (below == candidate.trigger and case_of(below) == "for")
    return is_said and any(noun.lemma_.lower() in proposal for noun in objects(refusal.anchor))


def _is_content_arc(child: Token, container: Candidate) -> bool:
    if child.dep_ in {"xcomp", "ccomp"}:
        return True
    if child.dep_ == "advcl":
        return child.tag_ == "VB" or any(mark.dep_ == "mark" and mark.lower_ == "to" for mark in child.children)
    if child.dep_ == "acl":
        return child.tag_ == "VBG" or any(mark.dep_ == "mark" for mark in child.children)
    if child.dep_ in {"obj", "obl", "nmod"}:
        return child not in container.recipients and child not in container.actors
    return False
