"""What kind of thing a token names: person, group, state, organisation, place or thing.

Frames test kinds, and roles are only given to phrases whose kind can act.
"""

from collections.abc import Iterable

from spacy.tokens import Span, Token

from transforms.extract.candidates import expand
from transforms.extract.entries import ACTOR_KINDS, ArgumentTest, Lexicon
from transforms.extract.passives import agents
from transforms.extract.phrases import phrase
from transforms.extract.pronouns import speaker_of_themselves
from transforms.extract.syntax import TREE_HEIGHT, case_of, children, hyphenated, hyphenated_lemmas
from transforms.extract.word_lists import word_list
from transforms.resolve.actors import ActorCoder

ENTITY_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
PERSONAL_PRONOUNS = frozenset("i you he she me him her who whom himself herself".split())
PERSONAL = PERSONAL_PRONOUNS | {"we", "they", "it", "us", "them", "themselves", "ourselves"}
THINGS = frozenset("what that this which something anything everything nothing".split())
"""Pronouns that stand for no person; relative ones have been replaced by what they stand for."""
IMPERSONAL = frozenset({"they", "them", "it"})
"""Personal pronouns that may stand for things and places as well."""
DOERS = frozenset({"state", "organisation", "group"})
"""Kinds whose act it is also where a noun tells what is done to somebody ("Iran's arrests", "the army's killing")."""
MANNED = ("troops", "vehicle", "aircraft")
"""Word classes of things that act through whoever mans them ("coalition aircraft", "a convoy")."""
NOBODY = word_list("nobody")
BY = frozenset({"by"})
MAKERS = frozenset({"of", "by", "from"})
UTTERERS = frozenset({"by", "from"})
UTTERED = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "THREATEN"})
"""Types of acts that are words: "an offer from Chad" is Chad's, "the withdrawal from Chad" is not."""
COUNTED_OPENERS = word_list("counted opener")


class Kinds:
    """Kinds of tokens, remembered for the sentences of one article."""

    def __init__(self, coder: ActorCoder, lexicon: Lexicon) -> None:
        self._coder = coder
        self._lexicon = lexicon

    def of(self, token: Token) -> str | None:
        """The kind of the phrase under ``token``, or None where nothing is known ("it", an unknown name)."""
        cached: dict[int, str | None] = token.doc.user_data.setdefault("kinds", {})
        if token.i not in cached:
            cached[token.i] = self._find(token)
        return cached[token.i]

    def _find(self, token: Token) -> str | None:
        measured = self.measured(token)
        if measured is not None:
            return self.of(measured)
        if any(child.is_currency for child in token.children) or token.is_currency:
            return "thing"
        if token.pos_ == "PRON":
            if token.lower_ in THINGS:
                return "thing"
            is_people = token.lower_ in {"those", "these"} and bool(children(token, "acl:relcl", "acl"))
            return "person" if token.lower_ in PERSONAL_PRONOUNS or is_people else None
        kind = self._coder.kind(phrase(token).text, head=token.text, label=token.ent_type_ or None)
        is_act = token.lemma_.lower() in self._lexicon.nouns and token.pos_ == "NOUN" and not token.ent_type_
        if is_act and not self.is_in(token, "polity"):
            return "thing"
        if kind is not None:
            return kind
        if token.ent_type_ in ENTITY_KINDS:
            return ENTITY_KINDS[token.ent_type_]
        if token.pos_ == "NUM" or token.lower_ in COUNTED_OPENERS:
            # "killed 13", "wounded dozens": counted victims; a sum or a measure has a unit as its head.
            is_sum = any(child.lower_ in {"%", "percent"} for child in token.children)
            is_sum = is_sum or (token.i > 0 and token.nbor(-1).is_currency)
            return "thing" if is_sum else "group"
        if token.pos_ == "PROPN":
            return None
        return "thing"

    def measured(self, token: Token) -> Token | None:
        """What a partitive counts or measures: "protesters" of "hundreds of thousands of protesters"."""
        found = None
        for _ in range(TREE_HEIGHT):
            inner = self._counted(found or token)
            if inner is None:
                break
            found = inner
        return found

    def _counted(self, token: Token) -> Token | None:
        if not self.is_in(token, "partitive", "currency") and token.tag_ != "CD":
            return None
        return next((child for child in token.children if child.dep_ == "nmod" and case_of(child) == "of"), None)

    def parties(self, heads: Iterable[Token]) -> list[Token]:
        """The heads with all that is coordinated with them, also inside partitives ("dozens of miners and nurses")."""
        found = expand(heads)
        for token in list(found):
            counted = self.measured(token)
            if counted is not None:
                found += [other for other in expand([counted])[1:] if other not in found]
        return [token for token in found if not self._ends_name(token, found)]

    def long_name(self, token: Token) -> Span | None:
        """The known name of several words that ``token`` is inside of, which parsers may cut apart, or None."""
        doc = token.doc
        if "long_names" not in doc.user_data:
            ranges = self._coder.long_names(doc.text)
            spans = [span for place in ranges if (span := doc.char_span(*place)) is not None]
            doc.user_data["long_names"] = [span[:-1] if span[-1].tag_ == "POS" else span for span in spans]
        names: list[Span] = doc.user_data["long_names"]
        return next((name for name in names if name.start <= token.i < name.end), None)

    def _ends_name(self, token: Token, others: list[Token]) -> bool:
        """True of "Levant" or "Levant fighters" behind "Islamic State of Iraq and the", which are no second party."""
        parts = [token, *children(token, "compound")] if token.dep_ == "conj" else []
        names = [name for part in parts if (name := self.long_name(part)) is not None]
        return any(name.start <= other.i < min(token.i, name.end) for name in names for other in others)

    def is_in(self, token: Token, *names: str) -> bool:
        """True of a token whose lemma, or that of the role before a name, is in one of those word classes."""
        lemmas = [word.lemma_.lower() for word in (token, *children(token, "nmod:desc"))]
        return any(lemma in self._lexicon.classes.get(name, ()) for name in names for lemma in lemmas)

    def is_known(self, token: Token) -> bool:
        """True of a person whom the tables of actors know, by name or by office."""
        code = self._coder.code(phrase(token).text, head=token.text, label=token.ent_type_ or None)
        return token.ent_type_ == "PERSON" and bool(code.actor_id or code.sector)

    def sector(self, token: Token) -> str | None:
        """The sector that the tables of actors give the phrase under ``token``."""
        return self._coder.code(phrase(token).text, head=token.text, label=token.ent_type_ or None).sector

    def is_town(self, token: Token) -> bool:
        """True of a place name that is no country's: a town, capitals among them, or a region."""
        return self.of(token) == "place" or (token.ent_type_ == "GPE" and self._coder.is_capital(phrase(token).text))

    def can_act(self, token: Token) -> bool:
        """True of what can be an actor: an actor kind, a manned thing, a place for its government, an unknown name."""
        kind = self.of(token)
        if kind == "thing":
            return self.is_in(token, *MANNED)
        if kind == "place":
            return (
                token.ent_type_ in {"GPE", ""}
                or self._coder.kind(phrase(token).text, head=token.text, label="GPE") == "state"
            )
        return kind is None or kind in ACTOR_KINDS

    def passes(self, test: ArgumentTest, arguments: list[Token]) -> bool:
        """True where the arguments (or their absence) satisfy the test."""
        if test.is_empty:
            return True
        if test.is_none or not arguments:
            return not arguments and test.allows_none
        if test.needs_any and not (test.kinds or test.words or test.is_named):
            return True
        others = [inner for argument in arguments if (inner := self.measured(argument)) is not None]
        others += [speaker for argument in arguments if (speaker := speaker_of_themselves(argument)) is not None]
        return any(self._fits(test, argument) for argument in [*arguments, *others]) != test.is_negated

    def _fits(self, test: ArgumentTest, argument: Token) -> bool:
        words = {argument.lower_}
        for word in (argument, *children(argument, "nmod:desc")):  # "the spy Ana Roe" is a spy
            words.add(word.lemma_.lower())
            words.update(f"{part.lemma_.lower()} {word.lemma_.lower()}" for part in children(word, "compound", "amod"))
        if argument.is_currency or any(child.is_currency for child in argument.children):
            words.add("money")
        whole = hyphenated(argument)
        words.update(hyphenated_lemmas(whole) if whole is not None else ())
        if words & test.words or (test.is_named and argument.ent_type_ == "PERSON"):
            return True
        if test.needs_any:
            return True
        if argument.pos_ == "PRON" and argument.lower_ in PERSONAL:
            # "They struck the depot": who they are is not known here and is not held against them.
            possible = {"place", "thing", *ACTOR_KINDS} if argument.lower_ in IMPERSONAL else {"person", "group"}
            possible |= ACTOR_KINDS if argument.lower_ in {"we", "us"} else set()
            return not test.is_negated and (test.is_named or bool(test.kinds & possible))
        kind = self.of(argument)
        if kind is None:
            # An unknown name or pronoun passes where a kind is asked for and is not held against where it is barred.
            return bool(test.kinds) and not test.is_negated
        if kind in test.kinds:
            return True
        if kind == "state" and argument.ent_type_ == "GPE":
            return "place" in test.kinds  # "left Ruritania"
        return kind == "place" and "state" in test.kinds and self.can_act(argument)

    def undergoes(self, owner: Token, noun: Token) -> bool:
        """True where the act of ``noun`` is done to its possessor ("the minister's arrest")."""
        return self.is_in(noun, "undergone") and self.of(owner) not in DOERS

    def owner(self, token: Token) -> Token | None:
        """Who stands behind a thing: its possessor or maker ("the UN's report", "the decision of the court")."""
        # "the capture of the town" is none of the town's doing.
        frames = self._lexicon.nouns.get(token.lemma_.lower(), ())
        cases = MAKERS if not frames else UTTERERS if any(f.event_type in UTTERED for f in frames) else BY
        for child in token.children:
            if child.dep_ == "nmod:poss" and self.undergoes(child, token):
                continue  # "condemned the minister's arrest"
            if child.dep_ == "compound" and self.of(child) == "place":
                continue  # "condemned the Aleppo bombing"
            is_owner = child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and case_of(child) in cases)
            # "the Israeli raids"
            is_owner = is_owner or (child.dep_ in {"amod", "compound"} and child.ent_type_ in {"NORP", "GPE", "ORG"})
            if is_owner and self.of(child) in ACTOR_KINDS | {"place"}:
                return child
        # "crimes committed by the militia"
        doers = [agent for clause in children(token, "acl") for agent in agents(clause)]
        return next((agent for agent in doers if self.of(agent) in ACTOR_KINDS), None)


def is_nobody(token: Token) -> bool:
    """True of "nobody" and "no one"; "none of the men" says of whom."""
    is_no_one = token.lower_ == "one" and any(child.lower_ == "no" for child in children(token, "det"))
    return (token.lower_ in NOBODY or is_no_one) and not children(token, "nmod")
