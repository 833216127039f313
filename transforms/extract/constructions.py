"""Verbs that name an act only together with one particular noun ("took hostage", "were in control of")."""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.extract.arguments import Arguments
from transforms.extract.candidates import Candidate, Dropped, words
from transforms.extract.clauses import objects
from transforms.extract.entries import Construction
from transforms.extract.passives import agents, is_passive
from transforms.extract.syntax import children, phrases_with

NOUN_ARCS = frozenset({"obj", "nsubj:pass", "obl", "xcomp", "advmod", "compound:prt", "nsubj", "advcl"})
BY = frozenset({"by", "from"})


class ConstructionMatcher:
    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments
        self._kinds = arguments.kinds

    def match(self, verb: Token, rules: tuple[Construction, ...]) -> Iterator[Candidate | Dropped]:
        """The first of ``rules`` whose noun stands with ``verb``; a noun with a copula is its own verb."""
        for rule in rules:
            noun = _noun_of(verb, rule)
            if noun is None:
                continue
            found = self._candidate(verb, noun, rule)
            if isinstance(found, Candidate):
                yield found
                return
            yield Dropped(noun, rule.rule_id, found)

    def _candidate(self, verb: Token, noun: Token, rule: Construction) -> Candidate | str:
        voice = self._arguments.voice(verb)
        acting = [token for token in voice.doer if self._kinds.can_act(token)]
        targets = [
            *phrases_with(noun, rule.prepositions),
            *phrases_with(verb, rule.prepositions),
            *(token for token in voice.undergoer if token != noun and self._kinds.of(token) != "thing"),
        ]
        if not self._kinds.passes(rule.subject, voice.doer):
            return f"subject: {words(voice.doer)} does not pass the test"
        if not self._kinds.passes(rule.target, targets):
            return f"target: {words(targets)} does not pass the test"
        if rule.actor == "recipient":
            targets, acting = voice.doer or voice.undergoer, agents(verb) + phrases_with(noun, BY)
        elif voice.doer and not acting and rule.actor != "none":
            return f"subject: {words(voice.doer)} cannot act"
        elif rule.actor == "mutual":
            targets, acting = [], acting + [token for token in targets if self._kinds.can_act(token)]
        candidate = Candidate(rule=rule, trigger=noun, anchor=verb, found=[f"{verb.text!r} with {noun.text!r}"])
        candidate.actors = self._kinds.parties(acting) if rule.actor != "none" else []
        candidate.recipients = self._arguments.recipients(rule.event_type, list(dict.fromkeys(targets)))
        candidate.describe_parties()
        return candidate


def _noun_of(verb: Token, rule: Construction) -> Token | None:
    if rule.particle:
        near = {token.lower_ for child in verb.children for token in (child, *child.children)}
        if not near.issuperset(rule.particle.split()):
            return None
    *before, last = rule.noun.split()
    if verb.pos_ == "NOUN":
        # "were in control of": the noun is the predicate and "be" its copula.
        nouns = [verb]
    else:
        nouns = [child for child in verb.children if child.dep_ in NOUN_ARCS]
        nouns = [child for child in nouns if child.dep_ != "nsubj" or is_passive(verb)]
        nouns += [phrase for child in objects(verb) for phrase in children(child, "nmod", "xcomp", "acl")]
    for noun in nouns:
        modifiers = {child.lemma_.lower() for child in noun.children}
        # "go to the White House": a part of a name is not the noun.
        is_name = noun.ent_iob_ == "I" and noun.pos_ == "PROPN"
        if last in {noun.lemma_.lower(), noun.lower_} and modifiers.issuperset(before) and not is_name:
            return noun
    return None
