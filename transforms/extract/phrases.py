"""Noun phrases as the coding manual wants them: no leading determiner, no relative clause, no apposition."""

from spacy.tokens import Span, Token

from transforms.extract.control import is_control
from transforms.extract.syntax import OBLIQUES
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
OF = frozenset({"of"})
FOR = frozenset({"for"})
OF_PHRASES = frozenset({"of", "for"})
OUTSIDE = frozenset({"nsubj", "nsubj:pass", "cop", "aux", "case"})
"""Arcs of what stands before a noun phrase: the subject of a predicate, and prepositions ("are still in villages")."""


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
    is_joint = is_joint or (token.dep_ == "case" and token.lower_ in OF_PHRASES)  # of the name behind a role
    return token.lower_ in LEADING_WORDS or token.is_punct or is_joint or token.ent_type_ == "DATE"


def _is_beside(child: Token, token: Token) -> bool:
    """True of adverbs of the sentence ("clearly the army"), and of what says more behind ("fighters loyal to him")."""
    is_behind = child.i > token.i
    is_of_sentence = child.tag_ == "WRB" or child.lower_.endswith("ly")
    return (child.dep_ in {"amod", "advmod"} and is_behind) or (child.dep_ == "advmod" and is_of_sentence)


def _edges(token: Token, start: int, end: int) -> tuple[int, int]:
    for child in [*_premodifiers(token), *token.rights]:
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


def _premodifiers(token: Token) -> list[Token]:
    """Children on the left, behind what stands before the phrase ("Sadly those who attacked us were miners")."""
    before = list(token.lefts)
    outside = [place for place, child in enumerate(before) if child.dep_ in OUTSIDE]
    return before[outside[-1] + 1 :] if outside else before


def _is_charge(noun: Token, accused: Token) -> bool:
    """True of a bare noun that says what somebody is accused of: "accused the minister of fraud"."""
    if not _opens_with(noun, OF):
        return False
    is_accused = accused.dep_ in {"obj", "nsubj:pass"} and is_control(accused.head, "accusing of")
    is_bare = noun.tag_ in {"NN", "NNS"} and not any(child.dep_ in {"det", "nmod:poss"} for child in noun.children)
    contents = [child for child in accused.head.rights if child.dep_ in {*OBLIQUES, "advcl"}]
    return is_accused and is_bare and not any(_opens_with(child, OF) for child in contents)


def _is_titled(name: Token, title: Token) -> bool:
    """True of a name right behind its title, without a comma ("Secretary of State Ann Roe")."""
    is_name = name.dep_ == "appos" and name.ent_type_ == "PERSON"
    return is_name and not any(token.is_punct for token in name.doc[title.i : name.i])


def _is_of_phrase(token: Token, head: Token) -> bool:
    if token.dep_ not in {"nmod", "nmod:unmarked"} or token.ent_type_ in {"DATE", "TIME"}:
        return False
    if not token.ent_type_ and (head.ent_type_ == "PERSON" or _is_charge(token, head)):
        # "accused Ann Roe of treason": the content, though the parser hung it on the name.
        return False
    if _opens_with(token, FOR) and not token.ent_type_ and any(child.dep_ == "det" for child in token.lefts):
        # "thanked the nurses for the help" is no ministry for the environment.
        return bool(head.ent_type_)
    return _opens_with(token, OF_PHRASES)


def _opens_with(token: Token, prepositions: frozenset[str]) -> bool:
    return any(child.dep_ in {"case", "mark"} and child.lower_ in prepositions for child in token.lefts)
