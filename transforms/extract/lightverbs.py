"""Light verbs: those that lend an event noun their subject ("carried out an attack", "came under fire")."""

from collections.abc import Mapping

from spacy.tokens import Token

from transforms.extract.entries import LightVerb
from transforms.extract.syntax import RELATIVE_CLAUSES, case_of, children, particle

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
        return self._in_clause(noun)

    def _in_clause(self, noun: Token) -> tuple[Token, LightVerb] | None:
        """ "the attack carried out by rebels", "talks held in Geneva"."""
        for clause in children(noun, "acl", "acl:relcl"):
            for entry in self._entries.get(clause.lemma_.lower(), ()):
                if clause.pos_ == "VERB" and not entry.preposition and entry.particle in {"", particle(clause)}:
                    return clause, entry
        return None


def _has_particle(verb: Token, entry: LightVerb) -> bool:
    return entry.particle in {"", particle(verb)} or any(child.lower_ == entry.particle for child in verb.children)


def _stands_right(noun: Token, entry: LightVerb) -> bool:
    if entry.preposition:
        return noun.dep_ == "obl" and case_of(noun) in entry.preposition.split("|")
    return noun.dep_ != "obl" and (noun.dep_ != "nsubj" or entry.actor == "none")
