"""Arcs moved where the parser hung a word on the wrong head: names beside roles, participles, objects, clauses."""

from collections.abc import Callable
from itertools import takewhile

from spacy.tokens import Token

APPROXIMATE = frozenset({"over", "around", "about", "under", "above"})
CORE_ARCS = frozenset({"obj", "iobj", "nsubj", "nsubj:pass"})
PAIR = 2
PART_ARCS = frozenset({"compound", "obl:unmarked", "nsubj", "nmod", "obl", "nmod:unmarked"})
"""Arcs by which a tree may hang the first part of a hyphenated verb, and who stands before it."""
PARTS_OF_TIME = frozenset("early late last this mid morning afternoon evening night noon midnight dawn dusk".split())
"""Words beside a day that entities leave out."""
Changes = dict[int, tuple[int, str]]
"""New head and arc by token index."""


def move_arcs(token: Token) -> Changes:
    """The arcs that change with the first repair that ``token`` asks for; empty where none does."""
    return next((changes for repair in REPAIRS if (changes := repair(token))), {})


def _count(noun: Token) -> Changes:
    if noun.dep_ != "obl" or not _is_counted_object(noun):
        return {}
    counting = {child.i: (noun.i, "advmod") for child in noun.children if child.dep_ == "case"}
    return {noun.i: (noun.head.i, "obj"), **counting}


def _is_counted_object(noun: Token) -> bool:
    """ "rescued over 700 migrants": the word before a number counts, where its verb has no other object."""
    case = next((child for child in noun.children if child.dep_ == "case"), None)
    if case is None or case.lower_ not in APPROXIMATE or case.nbor(1).tag_ != "CD":
        return False
    is_bare = not any(child.dep_ in {"obj", "aux:pass"} for child in noun.head.children)
    return noun.head.pos_ == "VERB" and noun.i > noun.head.i and is_bare and case.i == noun.head.i + 1


def _count_of_harmed(number: Token) -> Changes:
    """ "six died and 20 injured": a number before the verb that is joined to another is its subject."""
    verb = number.head
    is_harmed = number.tag_ == "CD" and number.dep_ == "nummod" and verb.pos_ == "VERB" and verb.dep_ == "conj"
    return {number.i: (verb.i, "nsubj:pass")} if is_harmed and verb.tag_ == "VBN" and number.i < verb.i else {}


def _clause_on_day(day: Token) -> Changes:
    """ "insisted Monday that": what follows the day is said by the verb."""
    if day.ent_type_ != "DATE" or day.head.pos_ != "VERB":
        return {}
    return {child.i: (day.head.i, "ccomp") for child in day.children if _is_that_clause(child)}


def _is_that_clause(clause: Token) -> bool:
    is_clause = clause.dep_ in {"acl", "acl:relcl", "ccomp"} and clause.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}
    return is_clause and any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _date_before_subject(noun: Token) -> Changes:
    """ "On Monday rebels shelled the port.": a subject has no preposition, so the day before it is the verb's."""
    case = next((child for child in noun.children if child.dep_ == "case" and child.i < noun.i), None)
    first = case.nbor(1) if case is not None else noun.sent[0]
    days = list(takewhile(_is_time, noun.doc[first.i : noun.i]))
    if not days or _is_time(noun) or not _is_subject_behind(noun, has_case=case is not None):
        return {}
    if case is None and len(days) == 1:
        return {}  # "Friday prayers"
    last = days[-1]
    changes: Changes = {day.i: (last.i, day.dep_) for day in days[:-1] if day.head == noun}
    changes |= {noun.i: (noun.head.i, "nsubj")} if noun.dep_ == "obl" else {}
    changes |= {case.i: (last.i, "case")} if case is not None else {}
    if last.head == noun:
        return changes | {last.i: (noun.head.i, "obl")}
    # "On May 3 rebels": the month hangs on the day, or the other way round.
    top = next((day for day in days if day.head == noun), None)
    return changes | {top.i: (noun.head.i, "obl"), **({case.i: (top.i, "case")} if case else {})} if top else {}


def _is_time(token: Token) -> bool:
    return token.ent_type_ == "DATE" or token.lower_ in PARTS_OF_TIME


def _is_subject_behind(noun: Token, *, has_case: bool) -> bool:
    """True of the subject of the verb behind it; with a preposition of a day parsers take it for a circumstance."""
    if noun.dep_ in {"nsubj", "nsubj:pass"}:
        return True
    verb = noun.head
    is_before = has_case and noun.dep_ == "obl" and noun.i < verb.i and verb.pos_ == "VERB"
    return is_before and not any(child.dep_ in {"nsubj", "nsubj:pass", "expl"} for child in verb.children)


def _participle_before_saying(participle: Token) -> Changes:
    told = _told_before(participle) if participle.tag_ == "VBG" else None
    return {participle.i: (told.i, "advcl")} if told is not None else {}


def _told_before(participle: Token) -> Token | None:
    """ "Gunmen stormed a market, [killing] six, an official said.": what the participle belongs to is told before it.

    The verb of saying at the end has a subject of its own, and the participle stands before that.
    """
    saying = participle.head
    speaker = next((child for child in saying.children if child.dep_ == "nsubj"), None)
    if participle.dep_ != "advcl" or speaker is None or not participle.i < speaker.i < saying.i:
        return None
    clauses = [saying.head, *(child for child in saying.children if child.dep_ in {"ccomp", "parataxis"})]
    told = [clause for clause in clauses if clause.pos_ == "VERB" and clause.i < participle.i]
    return max(told, key=lambda clause: clause.i, default=None)


def _role_of_name(name: Token) -> Changes:
    """The name takes the place of the role, which describes it, and what follows the two belongs to the name."""
    role = _role_before(name) if name.ent_type_ == "PERSON" else None
    if role is None:
        return {}
    changes: Changes = {role.i: (name.i, "nmod:desc")}
    if name.head == role:
        changes[name.i] = (role.head.i if role.head != role else name.i, role.dep_)
        changes |= {child.i: (name.i, child.dep_) for child in role.children if child.i > name.i}
    return changes


def _preposition_of_role(word: Token) -> Changes:
    """ "signed by the envoy Jo Vatu": preposition and conjunction belong to the name, not to the role before it."""
    role = word.head
    is_before = word.dep_ in {"case", "cc"} and role.dep_ == "nmod:desc" and word.i < role.i < role.head.i
    return {word.i: (role.head.i, word.dep_)} if is_before else {}


def _role_before(name: Token) -> Token | None:
    """ "sentenced [activist] Ada Okoro", "Fiji's [president] Jo Vatu": who somebody is, right before the name.

    Parsers take the two for two objects or subjects, or the name for an apposition, which would follow a comma.
    """
    before = name.i - 1
    if name.pos_ != "PROPN" or before < name.sent.start:
        return None
    role = name.doc[before]
    is_twice = name.dep_ in CORE_ARCS and role.dep_ in CORE_ARCS and role.head == name.head
    is_beside = name.dep_ == "appos" and name.head == role
    if role.pos_ == "NOUN" and not role.ent_type_ and (is_twice or is_beside):
        return role
    # "criticised the party and House [Speaker] Jo Vatu": nothing is listed twice without a word or mark between.
    is_listed = name.dep_ == role.dep_ == "conj" and role.head == name.head and role.ent_type_ in {"ORG", ""}
    return role if is_listed and name.ent_iob_ == "B" and role.pos_ in {"NOUN", "PROPN"} else None


def _office_of_name(of: Token) -> Changes:
    """ "Secretary [of] State Ann Roe": the office goes on behind the preposition, and the name stands beside it."""
    title = of.head
    if of.lower_ != "of" or of.dep_ != "case" or of.i != title.i + 1 or of.i + 1 >= of.sent.end:
        return {}
    office = of.nbor(1)
    name = next((child for child in title.children if child.ent_type_ == "PERSON" and child.i > office.i), None)
    if name is None or office.ent_type_ == "PERSON" or not office.text[0].isupper():
        return {}
    return {of.i: (office.i, "case"), office.i: (title.i, "nmod"), name.i: (title.i, "appos")}


def _second_name(name: Token) -> Changes:
    """ "the envoy Jo Vatu and the negotiator Ada Roe": a name of its own behind "and" is no part of the first."""
    first = name.head
    if name.dep_ != "flat" or name.ent_type_ != "PERSON" or name.ent_iob_ != "B" or name.i < first.i:
        return {}
    joining = next((token.i for token in name.doc[first.i : name.i] if token.dep_ == "cc"), None)
    if joining is None:
        return {}
    roles = {child.i: (name.i, child.dep_) for child in first.children if joining < child.i < name.i}
    return {name.i: (first.i, "conj"), joining: (name.i, "cc"), **roles}


def _part_of_name(part: Token) -> Changes:
    """ "slammed Jo Vatu": of the parts of a person's name only the first has a place in the clause."""
    if part.ent_type_ != "PERSON" or part.ent_iob_ != "I":
        return {}
    first = part
    while first.ent_iob_ == "I" and first.i > part.sent.start:
        first = first.nbor(-1)
    is_split = part.head.i < first.i and not part.is_ancestor(first)
    return {part.i: (first.i, "flat")} if is_split else {}


def _participle_behind_to(participle: Token) -> Changes:
    """ "delivered food to besieged residents": no infinitive follows this "to", which is a preposition."""
    if participle.tag_ != "VBN" or participle.dep_ not in {"advcl", "xcomp", "acl"}:
        return {}
    mark = next((child for child in participle.children if child.dep_ == "mark" and child.lower_ == "to"), None)
    noun = next((child for child in participle.children if child.dep_ == "obj"), None)
    if mark is None or noun is None or mark.i != participle.i - 1 or noun.left_edge.i != participle.i + 1:
        return {}
    return {participle.i: (noun.i, "amod"), noun.i: (participle.head.i, "obl"), mark.i: (noun.i, "case")}


def _first_of_two_subjects(noun: Token) -> Changes:
    verb = _verb_of_first_subject(noun)
    if verb is None:
        return {}
    behind = {child.i: (verb.i, child.dep_) for child in noun.children if child.i > verb.i}
    return {verb.i: (noun.head.i, "ccomp"), noun.i: (verb.i, "nsubj"), **behind}


def _verb_of_first_subject(noun: Token) -> Token | None:
    """ "Gunmen [kidnapped] six girls, police said.": of two subjects the first has a verb of its own."""
    saying = noun.head
    subjects = [child for child in saying.children if child.dep_ == "nsubj"]
    if noun.dep_ != "nsubj" or len(subjects) != PAIR or subjects[0] != noun or not subjects[1].i < saying.i:
        return None
    verb = next((child for child in noun.children if child.dep_ == "acl" and child.tag_ in {"VBN", "VBD"}), None)
    is_parted = subjects[1].left_edge.i > 0 and subjects[1].left_edge.nbor(-1).is_punct
    return verb if verb is not None and is_parted and verb.i == noun.i + 1 else None


def _subject_of_hyphenated(part: Token) -> Changes:
    """ "Ruritania test-fired a missile": who stands before the first part of the verb is its subject."""
    verb = part.head
    if verb.pos_ != "VERB" or verb.i != part.i + PAIR or part.nbor(1).text != "-" or part.dep_ not in PART_ARCS:
        return {}
    before = next((child for child in part.children if child.i == part.i - 1 and child.dep_ in PART_ARCS), None)
    has_own = any(child.dep_ in {"nsubj", "nsubj:pass", "aux", "aux:pass"} for child in verb.children)
    if before is None or has_own or verb.tag_ not in {"VBD", "VBN"}:
        return {}
    return {before.i: (verb.i, "nsubj"), part.i: (verb.i, "compound")}


REPAIRS: tuple[Callable[[Token], Changes], ...] = (
    _count,
    _count_of_harmed,
    _clause_on_day,
    _date_before_subject,
    _participle_before_saying,
    _role_of_name,
    _preposition_of_role,
    _office_of_name,
    _second_name,
    _part_of_name,
    _participle_behind_to,
    _first_of_two_subjects,
    _subject_of_hyphenated,
)
