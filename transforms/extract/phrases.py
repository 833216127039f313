"""Noun phrases as the coding manual wants them: no leading determiner, no relative clause, no apposition."""

from spacy.tokens import Span, Token

INSIDE = frozenset(
    {
        "compound",
        "flat",
        "flat:name",
        "flat:foreign",
        "amod",
        "nummod",
        "nmod:poss",
        "advmod",
        "det",
        "goeswith",
        "fixed",
        "nmod:desc",
        "compound:prt",
    }
)
LEADING_WORDS = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "'s",
        "’s",
        "’",
    }
)
OF_PHRASES = frozenset({"of", "for"})


def phrase(head: Token) -> Span:
    """The span of the noun phrase under ``head``: its premodifiers, name parts, and "of" or "for" phrases.

    Leading determiners and possessive pronouns are left out; what follows a comma is left out.
    """
    start, end = _edges(head, head.i, head.i + 1)
    doc = head.doc
    while start < head.i and _is_no_opener(doc[start]):
        start += 1
    while end - 1 > head.i and doc[end - 1].is_punct:
        end -= 1
    return doc[start:end]


def _is_no_opener(token: Token) -> bool:
    """True of a determiner, a mark, or a date that a missing comma has drawn in ("In late May rebels attacked")."""
    return token.lower_ in LEADING_WORDS or token.is_punct or token.ent_type_ == "DATE"


def _edges(token: Token, start: int, end: int) -> tuple[int, int]:
    for child in token.children:
        if child.dep_ in INSIDE and not (child.dep_ == "advmod" and (child.i > token.i or child.tag_ == "WRB")):
            child_start, child_end = child.left_edge.i, child.right_edge.i + 1
            if child.i > token.i:
                # Name parts to the right may carry clauses that a parser hung on them.
                child_start, child_end = _edges(child, child.i, child.i + 1)
        elif child.dep_ in {"nmod", "nmod:unmarked"} and child.i > token.i and _is_of_phrase(child, token):
            child_start, child_end = _edges(child, child.i, child.i + 1)
        else:
            continue
        if child_start <= end + 3:
            start, end = min(start, child_start), max(end, child_end)
    return start, end


def _is_of_phrase(token: Token, head: Token) -> bool:
    if head.ent_type_ == "PERSON" and not token.ent_type_:
        # "accused Ann Roe of treason": the content, though the parser hung it on the name.
        return False
    return any(child.dep_ == "case" and child.lower_ in OF_PHRASES and child.i < token.i for child in token.children)
