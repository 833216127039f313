"""Light verbs: those that lend an event noun their subject ("carried out an attack", "came under fire")."""

from collections.abc import Mapping

from spacy.tokens import Token

from transforms.extract.entries import LightVerb
from transforms.extract.syntax import NEGATORS, RELATIVE_CLAUSES, case_of, children, particle

DENYING = NEGATORS | {"nobody", "none", "no"}
ARGUMENTS = frozenset({"obj", "nsubj:pass", "obl", "nsubj", "obl:agent"})


class LightVerbs:
    def __init__(self, entries: Mapping[str, tuple[LightVerb, ...]]) -> None:
        self._entries = entries

    def of(self, noun: Token) -> tuple[Token, LightVerb] | None:
        """The light verb of ``noun`` above it or in a clause that modifies it, or None."""
        verb = noun.head
        if noun.dep_ == "conj":
            noun, verb = noun.head, noun.head.head
        if noun.dep_ in ARGUMENTS and noun.dep_ not in RELATIVE_CLAUSES and verb.pos_ in {"VERB", "AUX"}:
            for entry in self._entries.get(verb.lemma_.lower(), ()):
                if _has_particle(verb, entry) and _stands_right(noun, entry):
                    return verb, entry
        return self._beside_fixed_noun(noun) or self._in_clause(noun)

    def _beside_fixed_noun(self, noun: Token) -> tuple[Token, LightVerb] | None:
        """ "claimed responsibility for the attack"; an attack that nobody claims was made all the same."""
        fixed, verb = noun.head, noun.head.head
        if noun.dep_ not in {"nmod", "obl"} or fixed.dep_ != "obj" or _is_denied(verb):
            return None
        for entry in self._entries.get(verb.lemma_.lower(), ()):
            if entry.particle == fixed.lower_ and case_of(noun) in entry.preposition.split("|"):
                return verb, entry
        return None

    def _in_clause(self, noun: Token) -> tuple[Token, LightVerb] | None:
        """ "The raid carried out by rebels", "talks held in Oslo", "the raid for which they claimed responsibility"."""
        for clause in children(noun, "acl", "acl:relcl"):
            for entry in self._entries.get(clause.lemma_.lower(), ()):
                if _takes_up(clause, entry) and not _is_denied(clause):
                    return clause, entry
                if clause.pos_ == "VERB" and not entry.preposition and entry.particle in {"", particle(clause)}:
                    return clause, entry
        return None


def _takes_up(clause: Token, entry: LightVerb) -> bool:
    """True of a relative clause with the fixed noun of ``entry`` and "which" in its phrase."""
    has_noun = any(child.lower_ == entry.particle for child in children(clause, "obj"))
    taken = [child for child in children(clause, "obl") if child.lower_ == "which"]
    return has_noun and any(case_of(child) in entry.preposition.split("|") for child in taken)


def _is_denied(verb: Token) -> bool:
    """True of "has not claimed", "nobody claimed", "no group claimed"."""
    subjects = children(verb, "nsubj")
    words = [*verb.children, *subjects, *(child for subject in subjects for child in subject.children)]
    return any(word.lower_ in DENYING for word in words)


def _has_particle(verb: Token, entry: LightVerb) -> bool:
    return entry.particle in {"", particle(verb)} or any(child.lower_ == entry.particle for child in verb.children)


def _stands_right(noun: Token, entry: LightVerb) -> bool:
    if entry.preposition:
        return noun.dep_ == "obl" and case_of(noun) in entry.preposition.split("|")
    return noun.dep_ != "obl" and (noun.dep_ != "nsubj" or entry.actor == "none")
