"""The clauses that complete a verb in a Universal Dependencies tree: their forms and heads."""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.extract.syntax import INTENDING, NEGATORS, SPEAKERS, children
from transforms.extract.word_lists import word_list

OBLIGING = word_list("obliging")
NEGATED = {"that": "not", "to": "not-to"}
"""What a form is beside itself where the clause is negated."""


def complements(verb: Token) -> Iterator[tuple[str, Token]]:
    """Complements as pairs of form and head.

    Forms are "to", "not-to", "that", "whether", "not", "must", "will", "ing", "x" (a predicate), or a preposition
    with its gerund.

    A clause that a parser hung on the object ("asked the rebels to free the crew") counts as the verb's.
    """
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"}:
            yield from ((form, child) for form in _forms(child))
        elif child.dep_ == "advcl" and child.i == verb.i + 1 and child.tag_ == "VBG":
            yield "ing", child
        elif child.dep_ in {"advcl", "acl"} and child.i > verb.i and child.tag_ == "VB" and has_to(child):
            yield "to", child
        elif child.dep_ in {"obj", "iobj", "nsubj:pass"}:
            for clause in children(child, "acl"):
                if has_to(clause):
                    yield "to", clause
                yield from _gerund(clause)
        yield from _gerund(child)
    if verb.dep_ == "parataxis" and verb.i > verb.head.i and _obliges(verb.head):
        # "The army must leave, the union said."
        yield "must", verb.head


def _forms(clause: Token) -> Iterator[str]:
    """Every form that a complement clause has."""
    form = _form(clause)
    yield form
    if form in NEGATED and is_negated(clause):
        yield NEGATED[form]
    if _obliges(clause):
        yield "must"
    elif _intends(clause) and not is_negated(clause):
        yield "will"


def is_negated(clause: Token) -> bool:
    """True of a clause with "not", "never", "no longer"."""
    return any(word.lower_ in NEGATORS or _is_no_longer(word) for word in clause.children)


def _is_no_longer(adverb: Token) -> bool:
    return adverb.lower_ == "longer" and any(child.lower_ == "no" for child in adverb.children)


def _obliges(clause: Token) -> bool:
    """True of a finite clause that says what somebody must do."""
    if clause.lemma_.lower() == "have":  # "would have to leave"; what "needs to" be done is an opinion
        return any(child.dep_ == "xcomp" and has_to(child) for child in clause.children)
    return any(child.dep_ == "aux" and child.lower_ in OBLIGING for child in clause.children)


def _intends(clause: Token) -> bool:
    """True of a clause with "will" or "would", or with "could" and the like where speakers tell of themselves."""
    modals = {child.lower_ for child in clause.children if child.dep_ == "aux" and child.tag_ == "MD"}
    is_own = any(child.lower_ in SPEAKERS for child in children(clause, "nsubj"))
    return bool(modals & INTENDING) or (bool(modals) and is_own)


def _gerund(clause: Token) -> Iterator[tuple[str, Token]]:
    """ "from" with "leaving" in "prevented them from leaving"."""
    if clause.tag_ == "VBG" and clause.dep_ in {"advcl", "acl", "obl", "xcomp", "ccomp"}:
        for mark in children(clause, "mark", "case"):
            yield mark.lower_, clause


def _form(complement: Token) -> str:
    if complement.tag_ == "VBG":
        return "ing"
    if has_to(complement) or (complement.dep_ == "xcomp" and complement.tag_ == "VB"):
        return "to"
    if complement.dep_ != "ccomp":
        return "x"
    return "whether" if _asks(complement) else "that"


def _asks(clause: Token) -> bool:
    """True of an indirect question ("asked what would happen", "whether the army fired")."""
    words = [child for child in clause.children if child.i < clause.i]
    return any(
        word.tag_.startswith("W") or (word.dep_ == "mark" and word.lower_ in {"whether", "if"}) for word in words
    )


def is_purpose(clause: Token) -> bool:
    """True of a clause with "to" that says what an act is for ("a campaign to retake the town")."""
    return clause.dep_ in {"acl", "advcl", "xcomp"} and clause.tag_ == "VB" and has_to(clause)


def has_to(verb: Token) -> bool:
    """True of an infinitive with "to", also of the perfect ("to have left")."""
    return any(child.dep_ in {"mark", "aux"} and child.lower_ == "to" for child in verb.children)
