"""Acts that are about daily life, sport, the arts or technique and name nobody of public life.

Words of conflict and of diplomacy are used of everything: critics laud an album, peas are shelled, a chef expands his
arsenal of sauces. What the act is about tells such senses, whatever the verb or noun.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.extract.candidates import Candidate, Dropped, expand
from transforms.extract.entries import NounFrame
from transforms.extract.kinds import Kinds
from transforms.extract.syntax import OBLIQUES, antecedent, case_of, children

DAILY = ("daily",)
PASTIME = ("daily", "pastime")
WORDS = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that leave out pastimes too: states ban books and tax wine, but whoever only lauds a book is a critic."""
SELF = frozenset({"i", "me", "my", "you", "your"})
"""Pronouns that stand for no third person, who may be public."""
NO_MATTER = frozenset({"in", "at", "after", "before", "during", "until", "since", "near", "outside", "inside", "like"})
"""Prepositions of what surrounds an act."""
FACING = frozenset({"compound", "amod", "nmod:poss", "flat", "nmod:unmarked"})
"""Arcs of what says which sort of act a noun is; parsers hang the head of a compound there as well."""
PRIVATE_SECTORS = frozenset({"CIV", "BUS", "EDU", "MED", "HLH"})
PRIVATE = ("athlete", "reviewer", "private", "market", "sport", "entertainment", "daily", "pastime")
"""Word classes of who is no part of public life."""
PUBLIC = ("leader", "government", "office", "police", "combatant", "diplomat", "leg", "crowd", "troops", "prisoner")


def drop_daily(candidates: list[Candidate], dropped: list[Dropped], *, kinds: Kinds) -> list[Candidate]:
    """Drop the acts that are about things of daily life, where none of their parties is public."""
    kept: list[Candidate] = []
    for candidate in candidates:
        parties = [*candidate.actors, *candidate.recipients]
        is_unknown = any(token.pos_ == "PRON" and token.lower_ not in SELF for token in parties)
        names = PASTIME if candidate.event_type in WORDS and not is_unknown else DAILY
        matter = next(
            (token for token in _matters(candidate) if _is_common(token) and kinds.is_in(token, *names)), None
        )
        if matter is None or any(_is_public(token, kinds) for token in parties):
            kept.append(candidate)
        else:
            dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, f"daily life: {matter.text!r}"))
    return kept


def _matters(candidate: Candidate) -> Iterator[Token]:
    """What the act is about: what the noun or verb has beside it, and what its object is made of."""
    word = candidate.trigger
    if isinstance(candidate.rule, NounFrame):
        yield from _of_noun(word)
        yield from children(word, "nsubj")  # "frost is a death sentence for basil"
        return
    for child in expand(_of_verb(candidate.anchor)):
        yield child
        yield from children(child, "compound")
        yield from (inner for inner in children(child, "nmod") if case_of(inner) in {"of", "for"})


def _of_noun(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ in FACING:
            yield child
            yield from children(child, "compound", "amod")  # "a nail gun attack"
        elif (child.dep_ in OBLIQUES and case_of(child) not in NO_MATTER) or child.dep_ == "obj":
            yield from expand([antecedent(child)])


def _of_verb(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        is_beside = child.dep_ in OBLIQUES and case_of(child) not in NO_MATTER
        if is_beside or child.dep_ in {"obj", "iobj", "nsubj", "nsubj:pass"}:
            yield antecedent(child)
        elif child.dep_ == "xcomp":
            yield from (child, *children(child, "obj"))


def _is_common(token: Token) -> bool:
    return token.pos_ != "PROPN" and token.ent_type_ not in {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}


def _is_public(token: Token, kinds: Kinds) -> bool:
    """True of a body, a place or a person of public life: by name, by class of words, or by sector."""
    if any(kinds.is_in(child, *PASTIME) for child in children(token, "compound")):
        return False  # "the bake-off judge", "a scout troop"
    if kinds.is_in(token, *PUBLIC) or token.ent_type_ in {"NORP", "GPE", "ORG"}:
        return True
    if kinds.is_in(token, *PRIVATE) or token.pos_ == "PRON":
        return False
    if kinds.of(token) in {"state", "place"} or kinds.is_known(token):
        return True
    sector = kinds.sector(token)
    return sector is not None and sector not in PRIVATE_SECTORS
