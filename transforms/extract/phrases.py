"""Noun phrases as the coding manual wants them: no leading determiner, no relative clause, no apposition."""

from spacy.tokens import Span, Token

from transforms.extract.word_lists import word_list

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
LEADING_WORDS = word_list("leading word")
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
    is_joint = token.dep_ == "cc" or token.lower_ in {"and", "or", "but"}
    return token.lower_ in LEADING_WORDS or token.is_punct or is_joint or token.ent_type_ == "DATE"


def _is_beside(child: Token, token: Token) -> bool:
    """True of adverbs behind or of asking, and of adjectives behind that say more ("fighters loyal to the general")."""
    is_behind = child.i > token.i
    return (child.dep_ in {"amod", "advmod"} and is_behind) or (child.dep_ == "advmod" and child.tag_ == "WRB")


def _edges(token: Token, start: int, end: int) -> tuple[int, int]:
    for child in token.children:
        if child.dep_ in INSIDE and not _is_beside(child, token):
            child_start, child_end = child.left_edge.i, child.right_edge.i + 1
            if child.i > token.i:
                # Name parts to the right may carry clauses that a parser hung on them.
                child_start, child_end = _edges(child, child.i, child.i + 1)
        elif child.i > token.i and (_is_of_phrase(child, token) or _is_titled(child, token)):
            child_start, child_end = _edges(child, child.i, child.i + 1)
        else:
            continue
        if child_start <= end + 3:
            start, end = min(start, child_start), max(end, child_end)
    return start, end


def _is_titled(name: Token, title: Token) -> bool:
    """True of a name right behind its title, without a comma ("Secretary of State Ann Roe")."""
    is_name = name.dep_ == "appos" and name.ent_type_ == "PERSON"
    return is_name and not any(token.is_punct for token in name.doc[title.i : name.i])


def _is_of_phrase(token: Token, head: Token) -> bool:
    if token.dep_ not in {"nmod", "nmod:unmarked"}:
        return False
    if head.ent_type_ == "PERSON" and not token.ent_type_:
        # "accused Ann Roe of treason": the content, though the parser hung it on the name.
        return False
    return any(child.dep_ == "case" and child.lower_ in OF_PHRASES and child.i < token.i for child in token.children)
