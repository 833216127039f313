"""Pronouns that take up a party of the clause beside theirs."""

from spacy.tokens import Token

from transforms.extract.clauses import objects, own_subject
from transforms.extract.passives import is_passive
from transforms.extract.syntax import children

TAKEN_UP = frozenset({"it", "them", "him", "her"})
THEMSELVES = frozenset({"it", "they", "he", "she"})


def speaker_of_themselves(pronoun: Token) -> Token | None:
    """Who tells of their own act: "the union" for "it" in "the union said it had met the minister"."""
    saying = pronoun.head.head
    if pronoun.lower_ not in THEMSELVES or pronoun.dep_ != "nsubj" or pronoun.head.dep_ != "ccomp":
        return None
    speaker = own_subject(saying)
    return speaker if speaker is not None and speaker.pos_ != "PRON" else None


def parallel_object(pronoun: Token) -> Token | None:
    """What the clause before acts on, for the pronoun of "stormed it and burned it", "jailed two, calling them"."""
    verb = pronoun.head
    is_second = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > verb.head.i)
    if pronoun.lower_ not in TAKEN_UP or pronoun.dep_ not in {"obj", "iobj"} or not is_second:
        return None
    before = objects(verb.head) if own_subject(verb) is None and not is_passive(verb.head) else []
    is_many = pronoun.lower_ == "them"
    return next((token for token in before if _is_many(token) == is_many), None)


def _is_many(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"} or bool(children(token, "conj"))
