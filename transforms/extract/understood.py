"""Whom words and measures concern that name nobody: who is asked, whose proposal or doing it is, who gets it."""

from spacy.tokens import Token

from transforms.extract.clauses import objects, own_subject
from transforms.extract.complements import complements
from transforms.extract.entries import ACTOR_KINDS, Lexicon
from transforms.extract.kinds import Kinds
from transforms.extract.passives import is_passive
from transforms.extract.syntax import case_of, children, phrases_with
from transforms.extract.word_lists import word_list

IN = frozenset({"in"})
AT = frozenset({"at", "against", "toward", "towards"})
AIM_ARCS = ("advcl", "acl", "xcomp", "conj")
AIMED = frozenset({"for", "against", "at"})
BEHIND = frozenset({"of", "by", "from", "against"})
"""Prepositions that lead from what a protest is about to whom it is against ("reforms from", "the removal of")."""
MAKING = word_list("making verb")
MEETING = frozenset({"with", "by"})
TOWARDS = frozenset({"to", "with", "against"})
CONCERNING = frozenset({"with", "to", "for", "against", "on", "from"})
CONDITIONS = word_list("condition")
BETWEEN = frozenset({"between"})
TO = frozenset({"to"})


class Understood:
    """Finds the recipients that the words beside an act imply."""

    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._lexicon = lexicon
        self._kinds = kinds

    def asked(self, head: Token) -> list[Token]:
        """Of whom something is demanded: who is to act in the clause ("demanded that the army withdraw")."""
        clauses = [clause for form, clause in complements(head) if form in {"that", "must"}]
        with_whom = [phrase for thing in objects(head) for phrase in phrases_with(thing, MEETING)]
        frames = [frame for thing in objects(head) for frame in self._lexicon.nouns.get(thing.lemma_.lower(), ())]
        is_own_word = any(frame.event_type == "REQUEST" for frame in frames)  # "issued orders from Chad"
        return (
            self._acting_in(clauses)
            or ([] if is_own_word else self.uttering(head))
            or [token for token in with_whom if self._kinds.of(token) in ACTOR_KINDS]
        )

    def _acting_in(self, clauses: list[Token]) -> list[Token]:
        """Who does what the clauses tell of; a pronoun may be anybody."""
        found = [own_subject(clause) for clause in clauses if not is_passive(clause)]
        subjects = [token for token in found if token is not None and token.pos_ != "PRON"]
        return [token for token in subjects if self._kinds.of(token) in ACTOR_KINDS]

    def uttering(self, head: Token) -> list[Token]:
        """Whose the objects of a verb are: who made the proposal that is rejected, welcomed or denounced.

        "Denounced as a crime Chad's raid": an object that comes late is taken for what it is likened to.
        """
        things = objects(head) or phrases_with(head, frozenset({"as"}))
        return [owner for thing in things if (owner := self._whose(thing)) is not None]

    def complained_of(self, verb: Token) -> list[Token]:
        """Whose act people complain of: "complained to the UN over Chad's raids"."""
        things = phrases_with(verb, frozenset({"about", "over", "of"}))
        return [owner for thing in things if (owner := self._whose(thing)) is not None]

    def _whose(self, thing: Token) -> Token | None:
        """The possessor of a thing, or who made it; "the closure of schools" is none of the schools' doing."""
        owner = self._kinds.owner(thing) if self._kinds.of(thing) == "thing" else None
        return None if owner is not None and case_of(owner) == "of" else owner

    def protested(self, head: Token) -> list[Token]:
        """Against whom people protest, as the aim of their protest tells: "on strike to demand that Chad pay"."""
        aims = [clause for clause in children(head, *AIM_ARCS) if self._kinds.is_in(clause, "protest_aim")]
        things = [thing for aim in aims for thing in (*objects(aim), *phrases_with(aim, AIMED))]
        for against in phrases_with(head, IN):
            if against.lemma_.lower() == "protest":
                things += phrases_with(against, AIMED | {"of", "over"})
        asked = [token for aim in aims for token in self.asked(aim)]
        found = [token for thing in things for token in self._behind(thing)]
        return list(dict.fromkeys([*asked, *found]))

    def behind_cause(self, *heads: Token) -> list[Token]:
        """Whose doing a protest is against: "riots against Israeli policies", "violations by the army"."""
        things = [thing for head in dict.fromkeys(heads) for thing in phrases_with(head, AT)]
        found = [owner for thing in things if (owner := self._whose(thing)) is not None and owner.pos_ != "PRON"]
        by = [token for thing in things for token in phrases_with(thing, frozenset({"by"}))]
        defied = [token for head in heads for token in phrases_with(head, IN) if token.lemma_.lower() == "defiance"]
        of = [token for defiance in defied for token in phrases_with(defiance, frozenset({"of"}))]
        return [token for token in (*found, *by, *of) if self._kinds.of(token) in ACTOR_KINDS]

    def _behind(self, thing: Token) -> list[Token]:
        """The party that a thing protested against is, whose it is, or from whom it is demanded."""
        if self._kinds.of(thing) in ACTOR_KINDS:
            return [thing]
        owner = self._whose(thing)
        if owner is not None:
            return [owner]
        return [token for token in phrases_with(thing, BEHIND) if self._kinds.of(token) in ACTOR_KINDS]

    def touched(self, head: Token) -> list[Token]:
        """Whom the object of a verb concerns: "halted aid to Serbia", "cut ties with Qatar", "cut supplies to"."""
        beside = phrases_with(head, TOWARDS)
        things = [self._kinds.measured(thing) or thing for thing in objects(head)]
        found = [*beside, *(phrase for thing in things for phrase in phrases_with(thing, CONCERNING))]
        return [token for token in found if self._kinds.of(token) in ACTOR_KINDS | {"place"}]

    def concerned(self, head: Token, event_type: str) -> list[Token]:
        """Whom a promise or a threat concerns: those its clause acts on ("vowed to help the miners")."""
        for form, clause in complements(head):
            if form == "x" and (found := self.concerned(clause, event_type)):
                return found
            if form not in {"to", "ing"} or clause.lemma_.lower() in MAKING:
                continue
            things = [thing for thing in objects(clause) if not self._is_moved(thing)]
            around = phrases_with(clause, CONCERNING)
            # "offered to hand over to Chad two of its citizens": what is moved concerns whoever gets it
            nearest = (around, things) if clause.lemma_.lower() in word_list("moving verb") else (things, around)
            for tokens in (*nearest, self._beneath(clause), self._owning(clause)):
                found = [token for token in tokens if self._may_be_concerned(token, event_type)]
                if found:
                    return found
            if event_type == "THREATEN" and (found := self._acting_in(_conditions(head) + _conditions(clause))):
                return found
            if found := self.concerned(clause, event_type):  # "willing to send arms to help defend Chad"
                return found
        return [owner for thing in phrases_with(head, TO) if (owner := self._whose(thing)) is not None]

    def _owning(self, clause: Token) -> list[Token]:
        """Whose the things are that a clause acts on: "refused to allow UN planes to land"; not "its" own."""
        owners = [owner for thing in objects(clause) if (owner := self._whose(thing)) is not None]
        return [owner for owner in owners if owner.pos_ != "PRON"]

    def _beneath(self, clause: Token) -> list[Token]:
        """Those whom the things that a clause acts on concern ("break off relations with", "arms against")."""
        around = phrases_with(clause, CONCERNING)
        things = [self._kinds.measured(thing) or thing for thing in objects(clause)]
        leading = CONCERNING | BETWEEN
        found = [*around, *(phrase for thing in (*things, *around) for phrase in phrases_with(thing, leading))]
        return [owner if (owner := self._whose(token)) is not None else token for token in found]

    def _is_moved(self, thing: Token) -> bool:
        """True of forces that somebody sends, lends or withdraws: a promise is made to those who get them."""
        is_counted = self._kinds.is_in(self._kinds.measured(thing) or thing, "combatant", "troops")
        return is_counted and thing.head.lemma_.lower() in word_list("moving verb")

    def _may_be_concerned(self, token: Token, event_type: str) -> bool:
        """True of people, states, named bodies and threatened places; "embassies" to be opened are content."""
        kind = self._kinds.of(token)
        if kind == "place" and (event_type == "THREATEN" or _is_left(token)):
            return True
        return token.lower_ == "you" or kind in {"person", "group", "state"} or bool(kind and token.ent_type_ == "ORG")


def _is_left(place: Token) -> bool:
    """True of the country that forces are to leave: "willing to withdraw its troops from Chad"."""
    is_moved_from = case_of(place) == "from" and place.head.lemma_.lower() in word_list("moving verb")
    return is_moved_from and place.ent_type_ == "GPE"


def _conditions(verb: Token) -> list[Token]:
    """The clauses on which an act depends: "will strike unless the ministry pays"."""
    return [
        clause
        for clause in verb.subtree  # parsers hang it on any verb of the threat
        if clause.dep_ == "advcl" and any(mark.lower_ in CONDITIONS for mark in children(clause, "mark"))
    ]
