"""What stands beside a phrase and says whose or who it is: appositions, possessors, and the group it is part of."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from transforms.extract.phrases import phrase
from transforms.extract.syntax import case_of

LONGEST_APPOSITION = 14
"""Words within which the comma that closes an apposition must come."""
CLAUSE_WORDS = frozenset({"who", "which", "whose", "where", "and", "but"})
DETERMINERS = frozenset({"the", "a", "an"})


def appositions(head: Token) -> Iterator[tuple[Span, Token]]:
    """Phrases that tell who the bearer of a name is, or whom a description means, each with its head.

    By the parse ("the minister, Ann Roe"), and for names by the commas too, since parsers often miss them:
    "Ann Roe, the State Department spokeswoman, said".
    """
    is_name = head.ent_type_ in {"PERSON", "ORG"}
    beside = [child for child in head.children if child.dep_ == "appos"]
    if head.dep_ == "appos":
        beside.append(head.head)
    for other in beside:
        # One of the two is the name, the other the description; two names side by side are a list.
        if is_name != (other.ent_type_ in {"PERSON", "ORG"}) and other.pos_ in {"NOUN", "PROPN"}:
            yield phrase(other), other
    if is_name:
        yield from _between_commas(head)
    elif not beside and (name := _name_between_commas(head)) is not None:
        yield phrase(name), name


def name_beside(head: Token) -> Token | None:
    """The name of the one person that a description means: "the minister, Ann Roe"; not of "four men, Ann Roe and"."""
    if head.ent_type_ == "PERSON" or head.tag_ not in {"NN", "NNP"} or "Plur" in head.morph.get("Number", []):
        return None
    return next((other for _, other in appositions(head) if other.ent_type_ == "PERSON"), None)


def _name_between_commas(head: Token) -> Token | None:
    """The name right behind a title and closed by a comma, whatever the tree says: "the premier-elect, Ann Roe,"."""
    doc, start = head.doc, head.i + 2
    is_title = head.tag_ in {"NN", "NNP"} and not head.ent_type_
    if not is_title or start >= head.sent.end or doc[start - 1].text != ",":
        return None
    name = next((entity for entity in doc.ents if entity.start == start and entity.label_ == "PERSON"), None)
    is_closed = name is not None and name.end < head.sent.end and doc[name.end].text == ","
    return name.root if name is not None and is_closed and doc[name.end + 1 : name.end + 2].text != "and" else None


def _between_commas(head: Token) -> Iterator[tuple[Span, Token]]:
    doc, end = head.doc, head.i + 1
    last = head.sent.end
    while end < last and doc[end].ent_type_ == head.ent_type_ and doc[end].ent_iob_ == "I":
        end += 1
    if end >= last or doc[end].text != ",":
        return
    start = stop = end + 1
    limit = min(last, start + LONGEST_APPOSITION)
    while stop < limit and not doc[stop].is_punct and doc[stop].lower_ not in CLAUSE_WORDS:
        if doc[stop].pos_ in {"VERB", "AUX"}:
            return
        stop += 1
    if start < last and doc[start].lower_ in DETERMINERS:
        start += 1
    if stop > start and stop < last and (doc[stop].is_punct or doc[stop].lower_ in CLAUSE_WORDS):
        span = doc[start:stop]
        yield span, span.root


def owners(head: Token) -> Iterator[Token]:
    """The possessor of what ``head`` names ("its navy"), or the group that it is a part of ("members of the group")."""
    for child in head.children:
        if child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and case_of(child) in {"of", "for"}):
            yield child
