"""Whom a possessive pronoun means by grammar: the subject of its own clause, before any other name around."""

from spacy.tokens import Token

from transforms.extract.clauses import own_subject, subject
from transforms.extract.entries import ACTOR_KINDS
from transforms.extract.kinds import Kinds
from transforms.extract.syntax import ancestors
from transforms.resolve.word_classes import word_class

BODIES = frozenset({"GPE", "ORG"})


def bound(owner: Token, head: Token, kinds: Kinds) -> Token:
    """The subject that a possessive pronoun before ``head`` takes up; ``owner`` itself where there is none.

    In "Ann said the premier sacked his minister" the minister is the premier's.
    """
    if owner.pos_ != "PRON" or owner.lower_ in word_class("speaker pronoun"):
        return owner
    doer = _doer_around(head)
    if doer is None or doer == head or doer.i > owner.i or doer.pos_ not in {"NOUN", "PROPN"}:
        return owner
    return doer if _agrees(owner.lower_, doer, kinds) else owner


def _doer_around(head: Token) -> Token | None:
    """The subject of the nearest predicate above a noun; "the ministry and its head" has its owner beside it."""
    if head.dep_ == "conj":
        return None
    for token in ancestors(head):
        if token.pos_ == "VERB":
            return subject(token)
        found = own_subject(token)
        if found is not None:
            return found
    return None


def _agrees(pronoun: str, doer: Token, kinds: Kinds) -> bool:
    """Whether a pronoun may take up a noun: "their" several people, "its" a state or body, "his" one person."""
    is_plural = "Plur" in doer.morph.get("Number", []) and doer.ent_type_ != "GPE"
    if pronoun in word_class("plural pronoun"):
        return is_plural and kinds.of(doer) in ACTOR_KINDS
    if pronoun in word_class("neuter pronoun"):
        return doer.ent_type_ in BODIES
    return not is_plural and (doer.ent_type_ == "PERSON" or kinds.of(doer) == "person")
