"""Who stands where around a verb, noun or adjective: doer and undergoer whatever the voice, phrases, complements."""

from dataclasses import dataclass

from spacy.tokens import Token

from transforms.extract.clauses import objects, second_subjects, shared_objects, subject
from transforms.extract.complements import complements, is_negated, is_purpose
from transforms.extract.entries import ACTOR_KINDS, ComplementTest, Lexicon
from transforms.extract.kinds import Kinds
from transforms.extract.passives import agents, is_passive
from transforms.extract.syntax import OBLIQUES, PASSIVE_SUBJECTS, SUBJECTS, case_of, children, phrases_with
from transforms.extract.understood import AT, Understood
from transforms.extract.word_lists import word_list

THING_RECIPIENT_TYPES = frozenset({"ASSAULT", "COERCE", "RETREAT", "PROTEST"})
"""Types whose recipient may be a thing ("destroyed the bridge"); elsewhere a thing is content."""
ACTING_THINGS = ("weapon", "document", "communication")
"""Word classes of things that act for somebody: the subject is left out, the act stands."""


DIRECTED = word_list("directed")
IN = frozenset({"in"})
FROM = frozenset({"from"})
SITE = frozenset({"at", "in", "near"})
TAKING = frozenset({"ASSAULT", "COERCE"})
WITHIN = frozenset({"in", "of", "through", "across", "at", "around", "outside", "near", "over", "throughout"})
"""Prepositions that tell where a protest was; "against" and others tell against whom."""
ENDED = frozenset({"to", "of"})
ISSUING = word_list("announcing verb")
"""Verbs whose subject acts through their object ("issued a statement demanding", "fired rockets destroying")."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who does it and who undergoes it."""

    is_passive: bool
    doer: list[Token]
    undergoer: list[Token]
    shared: list[Token]
    """Objects of a coordinated verb further right, which this one may share ("degrade and defeat the group")."""


class Arguments:
    """Finds the arguments of a predicate and asks their kinds."""

    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._lexicon = lexicon
        self.kinds = kinds
        self.understood = Understood(lexicon, kinds)

    def voice(self, verb: Token) -> Voice:
        """Doer and undergoer of ``verb``."""
        understood = subject(verb)
        subjects = [] if understood is None else [understood, *second_subjects(verb)]
        if understood is not None and understood.head != verb and understood.dep_ in {*SUBJECTS, *PASSIVE_SUBJECTS}:
            subjects += second_subjects(understood.head)
        if is_passive(verb):
            return Voice(is_passive=True, doer=agents(verb) or self._agents_beside(verb), undergoer=subjects, shared=[])
        subjects = subjects or self._announced(verb)
        undergoer = [token for token in objects(verb) if not self._is_time(token)]
        return Voice(is_passive=False, doer=subjects, undergoer=undergoer, shared=shared_objects(verb))

    def _agents_beside(self, verb: Token) -> list[Token]:
        """The agent of a passive that parsers hang on the phrase before it: "driven out of the town by the army"."""
        beside = [child for child in children(verb, *OBLIQUES) if not self._is_act(child)]
        return [agent for child in beside for agent in agents(child) if self.kinds.can_act(agent)]

    def _announced(self, verb: Token) -> list[Token]:
        """Who does what a headline announces: "Minister to visit Oslo"."""
        head = verb.head
        is_announced = verb.dep_ == "acl" and is_purpose(verb) and head.dep_ in {"root", "ROOT"}
        is_headline = not head.sent[-1].is_punct and head.left_edge.i == head.sent.start
        return [head] if is_announced and is_headline and self.kinds.of(head) in ACTOR_KINDS else []

    def _is_act(self, token: Token) -> bool:
        return token.lemma_.lower() in self._lexicon.nouns

    def _is_time(self, token: Token) -> bool:
        """True of "overnight" or "Friday", which parsers take for objects."""
        return token.ent_type_ in {"DATE", "TIME"} or self.kinds.is_in(token, "adverbial_time")

    def prepositional(self, verb: Token, prepositions: frozenset[str]) -> list[Token]:
        """Heads of phrases with one of ``prepositions`` under the verb, else under its object."""
        if not prepositions:
            return []
        found = phrases_with(verb, prepositions)
        if not found:
            # Parsers hang the phrase on the object as often as on the verb.
            given = objects(verb)
            given += [counted for thing in given if (counted := self.kinds.measured(thing)) is not None]
            if any(token.is_currency for thing in given for token in (thing, *thing.children)):
                # "gave $2 million in aid to the camp": on what the money is.
                given = [
                    *given,
                    *phrases_with(verb, IN),
                    *(what for thing in given for what in phrases_with(thing, IN)),
                ]
            found = [phrase for child in given for phrase in phrases_with(child, prepositions)]
        if not found and not objects(verb) and shared_objects(verb):
            # "donated and delivered medicine to the clinic"
            found = [phrase for other in children(verb, "conj") for phrase in self.prepositional(other, prepositions)]
        return found or self._aimed_at(verb)

    def _aimed_at(self, verb: Token) -> list[Token]:
        """ "Fired shells aimed at the port": whom the object is said to be for."""
        aimed = [clause for child in objects(verb) for clause in children(child, "acl")]
        return [token for clause in aimed if clause.lemma_.lower() in DIRECTED for token in phrases_with(clause, AT)]

    def fits_complement(self, head: Token, wanted: ComplementTest) -> bool:
        """True where the clause, predicate or phrase that ``wanted`` asks for (or bars) is (not) there."""
        if not wanted.forms:
            return True
        heads = [
            complement
            for form, complement in complements(head)
            # "pledged not to attack" is no pledge to attack.
            if form in wanted.forms and not (form == "to" and wanted.head.is_positive and is_negated(complement))
        ]
        heads += phrases_with(head, wanted.forms)
        # "blamed them for the raid on the port": what stands inside another phrase is not held against the verb.
        around = () if wanted.is_negated else OBLIQUES
        for child in children(head, "obj", "iobj", "nsubj:pass", *around):
            heads += phrases_with(child, wanted.forms)
        fits = bool(heads) and self.kinds.passes(wanted.head, heads)
        return fits != wanted.is_negated

    def acting(self, doer: list[Token]) -> list[Token] | None:
        """Those of the doers who can act, or who stands behind them; None where the doer is a mere thing."""
        acting = [token for token in doer if self.kinds.can_act(token)]
        if not doer or acting:
            return acting
        owners = [owner for token in doer if (owner := self.kinds.owner(token) or _issuer(token)) is not None]
        return owners if owners or any(self._acts_for_somebody(token) for token in doer) else None

    def _acts_for_somebody(self, token: Token) -> bool:
        return self._is_act(token) or self.kinds.is_in(token, *ACTING_THINGS)

    def recipients(self, event_type: str, heads: list[Token]) -> list[Token]:
        """The recipients among ``heads``: content is none, and the owner of a thing stands for it."""
        kept: list[Token] = []
        for token in self.kinds.parties(heads):
            kind = self.kinds.of(token)
            is_where = event_type == "PROTEST" and kind in {"place", "state"} and case_of(token) in WITHIN
            # "marched against the reform", "struck over pay"
            is_cause = event_type == "PROTEST" and kind == "thing" and bool(case_of(token))
            if is_where or is_cause or self.kinds.is_in(token, "time"):
                continue
            owner = self.kinds.owner(self._ended(token)) if kind == "thing" else None
            # "marched against Chad's decision": the protest is directed at Chad.
            is_policy = owner is not None and (owner.dep_ == "nmod:poss" or self.kinds.is_in(token, "policy"))
            is_policy = is_policy and owner is not None and owner.pos_ != "PRON"  # "protested at her death"
            is_content = event_type not in THING_RECIPIENT_TYPES or (event_type == "PROTEST" and is_policy)
            if kind == "thing" and (is_content or self._is_act(token)):
                # "delivered American arms": whose goods they are is not who gets them.
                is_origin = event_type == "AID" and owner is not None and owner.dep_ in {"amod", "compound"}
                kept += [owner] if owner is not None and not is_origin else []
            else:
                kept.append(token)
        return self._without_sites(kept)

    def _without_sites(self, recipients: list[Token]) -> list[Token]:
        """Without the ground where others were struck: "fired on the marchers at the border"."""
        grounds = [
            token for token in recipients if case_of(token) in SITE and self.kinds.of(token) in {"place", "thing"}
        ]
        return [token for token in recipients if token not in grounds] or recipients

    def robbed(self, verb: Token, event_type: str, taken: list[Token]) -> list[Token]:
        """Who loses ground or goods: "retook the town from the militia", "seized rifles from the guards"."""
        if event_type not in TAKING or any(self.kinds.of(token) not in {"place", "state", "thing"} for token in taken):
            return []
        owners = self.kinds.parties(self.prepositional(verb, FROM)) if taken else []
        return [token for token in owners if self.kinds.of(token) in {"person", "group", "organisation"}]

    def _ended(self, token: Token) -> Token:
        """What is to end: "attacks" of "an end to the attacks"; any other token is itself."""
        if not self.kinds.is_in(token, "ending"):
            return token
        return next(iter(phrases_with(token, ENDED)), token)


def _issuer(thing: Token) -> Token | None:
    """Who issues a thing that speaks for them."""
    verb = thing.head
    return subject(verb) if thing.dep_ == "obj" and verb.lemma_.lower() in ISSUING else None
