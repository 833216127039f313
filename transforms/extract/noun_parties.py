"""The parties of an event noun: who does it and to whom, by its modifiers, possessors and phrases."""

from spacy.tokens import Token

from transforms.extract.arguments import DIRECTED, Arguments
from transforms.extract.clauses import objects
from transforms.extract.control import is_control
from transforms.extract.entries import ACTOR_KINDS, NounFrame
from transforms.extract.passives import agents
from transforms.extract.syntax import OBLIQUES, antecedent, case_of, children, hyphenated, phrases_with
from transforms.extract.understood import AT
from transforms.extract.word_lists import word_list

VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST"})
HELD = VIOLENT | {"CONSULT", "AGREE"}
"""Types of acts that are called by the town where they were."""
TAKING_PART = {
    "CONSULT": frozenset({"in", "during", "at", "after", "following"}),
    "AGREE": frozenset({"in", "under", "as part of", "part of"}),
    "ASSAULT": frozenset({"after", "following"}),
}
"""Prepositions of meetings, agreements and fights by which whoever acts takes part in them."""
DOMESTIC = word_list("domestic act")
WHERE = frozenset({"in", "at", "near"})
OF = frozenset({"of"})
ON = frozenset({"on"})
STRUCK = ("website", "computer", "vehicle", "building", "infrastructure", "materiel")
"""Word classes of things that an attack is directed at though nobody is named."""
UNDERGOERS = ("prisoner", "civilian")
"""Word classes of people that a noun before an act names as its object."""


class NounParties:
    """Finds the parties of event nouns."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments
        self._kinds = arguments.kinds

    def recipients(self, noun: Token, frame: NounFrame) -> list[Token]:
        """Who undergoes the act, as far as the noun and its place in the clause tell."""
        return self.targets(noun, frame) or self._undergoers(noun, frame) or self._struck(noun, frame)

    def actors(self, noun: Token, frame: NounFrame) -> list[Token]:
        """Who does it: modifiers, possessors, the agent, and phrases of the actor's prepositions."""
        found = [
            child for child in children(noun, "nmod:poss", "compound", "amod") if self._is_actor_modifier(child, frame)
        ]
        if frame.lemma in DOMESTIC:
            found = [token for token in found if token.ent_type_ not in {"NORP", "GPE"}]
        if frame.event_type == "ACCUSE":
            # "the Russia investigation", "the Benghazi hearing": what it is about.
            found = [token for token in found if token.dep_ != "compound" or token.ent_type_ not in {"GPE", "LOC"}]
        if frame.event_type in HELD:
            # "the Aleppo bombing", "the Geneva talks": where it was.
            found = [token for token in found if token.dep_ != "compound" or not self._kinds.is_town(token)]
        # "the Marc Rich inquiry": of the parts of one name the last stands for it.
        found = [token for token in found if token.dep_ != "compound" or token.nbor(1).ent_iob_ != "I"]
        # "the port, whose seizure of ships": whose it is stands before the clause.
        found = [antecedent(token) for token in found] + agents(noun) + self._blamed(noun)
        return found + [token for token in self.actors_in_phrases(noun, frame) if token not in found]

    def actors_in_phrases(self, head: Token, frame: NounFrame) -> list[Token]:
        """Who acts by the phrases of ``head``, the noun or its light verb."""
        prepositions = frame.actor_prepositions
        if frame.event_type == "MOBILIZE":
            prepositions -= OF  # "the deployment of troops": they undergo it
        if not frame.is_mutual:
            # "the invasion of the island": where "of" may name either side, it names who undergoes the act.
            prepositions -= frame.recipient_prepositions & OF
        phrases = phrases_with(head, prepositions)
        return [token for token in phrases if self._kinds.can_act(token) and not self._is_ground(token)]

    def takers(self, noun: Token, frame: NounFrame) -> list[Token]:
        """Who takes part in what they act in: "raised it in a call with Oman", "left after talks with Peru"."""
        if noun.dep_ not in {"obl", "advcl"} or case_of(noun) not in TAKING_PART.get(frame.event_type, ()):
            return []
        doers = [token for token in self._arguments.voice(noun.head).doer if self._kinds.can_act(token)]
        # "closed its embassy after clashes with the crowd": a state has not fought in person
        return [token for token in doers if frame.event_type != "ASSAULT" or self._kinds.of(token) != "state"]

    def visitors(self, noun: Token, frame: NounFrame) -> list[Token]:
        """Who is where talks are to be held: "is in Oslo for talks"."""
        is_there = noun.head.ent_type_ == "GPE" and bool(children(noun.head, "cop"))
        if frame.event_type != "CONSULT" or noun.dep_ != "obl" or case_of(noun) != "for" or not is_there:
            return []
        return [token for token in children(noun.head, "nsubj") if self._kinds.can_act(token)]

    def targets(self, token: Token, frame: NounFrame) -> list[Token]:
        """Phrases of the recipient's prepositions; a date, or where it happened, is none."""
        blamed = self._blamed(token)
        found = [phrase for phrase in phrases_with(token, frame.recipient_prepositions) if phrase not in blamed]
        if frame.event_type == "MOBILIZE":
            # "the deployment of troops to the border": who is moved undergoes it, wherever to.
            moved = [phrase for phrase in phrases_with(token, OF) if self._kinds.of(phrase) in ACTOR_KINDS]
            found = moved or found
        if not found:
            # "criticism directed at the premier"
            aimed = [child for child in children(token, "acl") if child.lemma_.lower() in DIRECTED]
            found = [phrase for clause in aimed for phrase in phrases_with(clause, AT)]
        if not found and not blamed:
            # "the delivery of food to the camp": parsers hang the phrase on the noun before it.
            inner = [child for child in token.children if child.dep_ == "nmod" and case_of(child) == "of"]
            found = [phrase for child in inner for phrase in phrases_with(child, frame.recipient_prepositions - OF)]
        return [
            phrase
            for phrase in found
            if phrase.ent_type_ != "DATE"
            and not (case_of(phrase) in WHERE and self._kinds.of(phrase) in {"place", "state", "thing"})
        ]

    def _undergoers(self, noun: Token, frame: NounFrame) -> list[Token]:
        """Those whom the noun names as its object: "prisoner exchange", "the minister's arrest", "Mosul's capture"."""
        found = [child for child in children(noun, "compound", "amod") if self._is_undergoer(child, frame)]
        # "the visit by Ann Roe": a preposition says for itself who acts
        owners = [
            child
            for child in noun.children
            if child.dep_ == "nmod:poss" or (child.ent_type_ == "PERSON" and not case_of(child))
        ]
        owners = [antecedent(owner) for owner in owners]
        # "its occupation by the militia": where somebody else is named as its doer, the owner undergoes it.
        is_done_by_others = not frame.is_mutual and any(self._kinds.of(token) in ACTOR_KINDS for token in agents(noun))
        return found + [owner for owner in owners if is_done_by_others or self._kinds.undergoes(owner, noun)]

    def _struck(self, noun: Token, frame: NounFrame) -> list[Token]:
        """What an act of violence does its harm to: "the strike engaged a convoy and destroyed two tanks"."""
        if frame.event_type != "ASSAULT" or noun.dep_ != "nsubj":
            return []
        verbs = [noun.head, *children(noun.head, "conj")]
        return [thing for verb in verbs if self._kinds.is_in(verb, "harming") for thing in objects(verb)]

    def _is_undergoer(self, token: Token, frame: NounFrame) -> bool:
        """True of a noun before the act that is its object: "civilian deaths", and of violence "the church attacks"."""
        is_site = frame.event_type in VIOLENT and token.dep_ == "compound" and not token.ent_type_
        return token.tag_ != "VBN" and self._kinds.is_in(token, *UNDERGOERS, *(STRUCK if is_site else ()))

    def _is_actor_modifier(self, token: Token, frame: NounFrame) -> bool:
        if token.dep_ == "nmod:poss":
            return self._kinds.can_act(token)
        is_described = token.pos_ in {"ADJ", "ADV", "NUM", "DET"} and not token.ent_type_
        if is_described or self._kinds.is_in(token, "attribute") or hyphenated(token) is not None:
            # "most offensives", "a military campaign", "mass-shooting inquiries": what sort of act it is, not who acts.
            return False
        if self._is_undergoer(token, frame):
            return False
        return token.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} or self._kinds.of(token) in ACTOR_KINDS

    def _is_ground(self, token: Token) -> bool:
        """True of where an act came from: "attacks from the border"."""
        return case_of(token) == "from" and self._kinds.of(token) == "place" and not token.ent_type_

    def _blamed(self, noun: Token) -> list[Token]:
        """Who is said to have done an act: "blamed the attack on the militia"."""
        if noun.dep_ not in {"obj", "nsubj:pass"} or not is_control(noun.head, "blaming"):
            return []
        return phrases_with(noun, ON) + phrases_with(noun.head, ON)


def behind_means(verb: Token, noun: Token) -> list[Token]:
    """Whom an act is against, hung on its means: "carried out strikes using drones against the militia"."""
    using = [clause for head in (verb, noun) for clause in children(head, "advcl", "acl") if clause.lemma_ == "use"]
    return [
        token for clause in using for token in clause.subtree if token.dep_ in OBLIQUES and case_of(token) == "against"
    ]
