"""Nouns that stand for several parties: joined by "and", a comma, or "along with"."""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.extract.syntax import NEGATORS, case_of, children

TOGETHER = frozenset({"along", "together"})
COMPANY = frozenset({*(f"{word} with" for word in TOGETHER), "as well as"})


def coordinated(token: Token) -> Iterator[Token]:
    """``token`` and the nouns coordinated with it, also behind an apposition ("Mali, an ally, and the union")."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and _is_another(child, token):
            yield from coordinated(child)
        elif child.dep_ == "appos":
            for other in children(child, "conj"):
                if other.pos_ == "PROPN" or children(other, "det"):
                    yield from coordinated(other)
    yield from _companions(token)


def _companions(noun: Token) -> Iterator[Token]:
    """Who is told of right behind ``noun`` as doing or suffering the same: "the leader, along with two fighters"."""
    for other in [*noun.children, *noun.head.children]:
        if other.i > noun.i and _is_company(other):
            between = noun.doc[noun.i + 1 : other.left_edge.i]
            if all(token.is_punct or token.lower_ in TOGETHER for token in between):
                yield from coordinated(other)


def _is_company(noun: Token) -> bool:
    case = case_of(noun)
    if case != "with":
        return case in COMPANY
    return any(word.i > 0 and word.nbor(-1).lower_ in TOGETHER for word in children(noun, "case")[:1])


def _is_another(second: Token, first: Token) -> bool:
    """True of a noun that is one more of the same, not of the country behind a town or a number behind a name."""
    if any(child.lower_ in NEGATORS for child in second.children):
        return False  # "the army, not the rebels, shelled the town"
    between = [token.text for token in second.doc[first.i : second.i]]
    if between.count("(") > between.count(")"):
        # "Ann Roe (R., Ohio) and her aide": what stands in brackets is no other.
        return False
    if second.pos_ == "NUM":
        is_of_some = any(case_of(child) == "of" for child in children(second, "nmod"))  # "and four of his aides"
        return first.pos_ == "NUM" or is_of_some or bool(children(first, "nummod"))
    is_country = first.ent_type_ == second.ent_type_ == "GPE" and not children(second, "cc", "conj")
    if is_country and second.nbor(-1).text == "," and second.i - first.i == 2:  # noqa: PLR2004 - the comma between
        return False
    return second.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"}
