"""The parties of a clause in a Universal Dependencies tree: subjects and objects, own and understood."""

from spacy.tokens import Token

from transforms.extract.control import is_control
from transforms.extract.passives import agents, is_passive, lends_subject
from transforms.extract.syntax import (
    PASSIVE_SUBJECTS,
    RELATIVE_CLAUSES,
    SUBJECTS,
    TREE_HEIGHT,
    antecedent,
    case_of,
    children,
)
from transforms.extract.word_lists import word_list

ROUNDING = word_list("rounding")
OWNING = frozenset({"GPE", "NORP", "ORG", "PERSON"})
"""Entities that own the noun behind them ("U.S. efforts to help")."""
SPOKEN_OF_OTHERS = word_list("noun of others' acts")
PAIR = 2
CHARGES = frozenset({"of", "for", "from", "with", "into"})


def own_subject(verb: Token) -> Token | None:
    """The subject among the children of ``verb``, relative pronouns replaced by what they stand for."""
    lenders = [clause for clause in children(verb, "advcl") if lends_subject(clause)]
    for child in [child for token in (verb, *lenders) for child in token.children]:
        if (child.dep_ in SUBJECTS or child.dep_ in PASSIVE_SUBJECTS) and not child.is_space:
            return antecedent(child)
    return None


def second_subjects(verb: Token) -> list[Token]:
    """Subjects behind the first that "and" joins to it ("Mali, an ally, and the union have denied")."""
    found = children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    joined = [child.i for child in children(verb, "cc")]
    others = [
        other
        for other in found[1:]
        if any(found[0].i < place < other.i for place in joined) or _is_listed(found[0], other)
    ]
    return [*(_listed_before(verb, found[0]) if found else ()), *others]


def _listed_before(verb: Token, last: Token) -> list[Token]:
    """ "Norway, Iceland, Peru resume talks": parsers address the first names of a headline's list."""
    addressed = children(verb, "vocative")
    if not addressed:
        return []
    names = [token for token in verb.doc[addressed[0].left_edge.i : last.i] if not token.is_punct]
    is_list = last.ent_type_ in OWNING and all(token.ent_type_ in OWNING for token in names)
    heads = [token for token in names if token.dep_ in {"vocative", "appos", "conj", "list"}]
    return heads if is_list and all(token.nbor(1).text == "," for token in heads) else []


def _is_listed(first: Token, other: Token) -> bool:
    """ "Norway, Iceland resume talks": in headlines a comma joins two names."""
    is_named = first.ent_type_ in OWNING and other.ent_type_ in OWNING
    return is_named and other.left_edge.i == first.i + PAIR and first.nbor(1).text == ","


def subject(verb: Token) -> Token | None:
    """The understood subject of ``verb``: its own, or one inherited by coordination, control or modification."""
    verb = _speech_gone_on_with(verb)
    for _ in range(TREE_HEIGHT):
        found = own_subject(verb)
        if found is not None:
            return found
        head = verb.head
        if head == verb:
            return None
        if verb.dep_ in {"acl", "acl:relcl", "amod"} and head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            return _subject_of_modifier(verb, head)
        controller = _controller(verb)
        if controller is not None or not _inherits(verb):
            return controller
        verb = head
    return None


def _controller(verb: Token) -> Token | None:
    """Who does what an infinitive or gerund says, where the governing verb names them as its object or in a phrase."""
    head = verb.head
    if verb.dep_ == "xcomp":
        named = next(iter(children(head, "obj", "iobj")), None)
        return antecedent(named) if named is not None and head.pos_ == "VERB" else None
    if _is_charge(verb):
        # "accused Iran of attacking", "thanked Cuba for sending": the one spoken of does it.
        return own_subject(head) if is_passive(head) else next(iter(objects(head)), None)
    return _asked(verb)


def _inherits(verb: Token) -> bool:
    """True of a clause whose subject, where it has none of its own, is that of its governor."""
    is_open = verb.dep_ in {"xcomp", "conj", "advcl", "parataxis"} or _is_charge(verb)
    return is_open or (verb.dep_ == "ccomp" and _is_bare_clause(verb))


def _speech_gone_on_with(verb: Token) -> Token:
    """The verb whose speaker goes on speaking in a participle; any other verb is itself.

    In "insisted that the army did not fire, saying ..." parsers hang the participle into what was insisted.
    """
    told = verb.head
    is_participle = verb.dep_ == "advcl" and verb.tag_ == "VBG" and is_control(verb, "saying")
    is_apart = verb.i > told.i and verb.nbor(-1).text == "," and own_subject(verb) is None
    return told.head if is_participle and is_apart and told.dep_ == "ccomp" and told.head.i < verb.i else verb


def _is_charge(verb: Token) -> bool:
    """True of a gerund that says what the object of its governor is accused of, thanked for or kept from."""
    return (
        verb.dep_ in {"advcl", "obl"}
        and verb.tag_ == "VBG"
        and any(child.dep_ in {"mark", "case"} and child.lower_ in CHARGES for child in verb.children)
    )


def _asked(verb: Token) -> Token | None:
    """Who is asked to do what an infinitive says, where they stand in a phrase."""
    if verb.dep_ not in {"advcl", "ccomp"} or verb.tag_ != "VB":
        return None
    phrases = children(verb.head, "obl")
    return next((phrase for phrase in phrases if is_control(verb.head, f"asking {case_of(phrase)}")), None)


def _subject_of_modifier(verb: Token, noun: Token) -> Token | None:
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    is_charged = noun.dep_ in {"obj", "iobj", "nsubj:pass"} and is_control(noun.head, "charging")
    if verb.dep_ == "acl" and marks & CHARGES and noun.dep_ == "obl:agent" and is_control(noun.head, "charging"):
        # "were accused by the state of killing", the clause hung on the accuser.
        return own_subject(noun.head)
    if verb.dep_ == "acl" and marks & CHARGES and (noun.pos_ in {"PROPN", "PRON"} or is_charged):
        # "accused Iran of attacking", the clause hung on the accused.
        return noun
    if "of" in marks and noun.lemma_.lower() in SPOKEN_OF_OTHERS:
        return None
    if verb.dep_ == "acl" and marks:
        # "plans to attack", "a bid by rebels to seize": whoever owns the noun does it.
        named = [child for child in children(noun, "compound", "amod") if child.ent_type_ in OWNING]
        maker = [noun] if noun.dep_ == "nmod" and case_of(noun) == "by" else agents(noun)
        owner = next(iter([*children(noun, "nmod:poss"), *maker, *named]), None)
        if owner is not None:
            return owner
        for _ in range(TREE_HEIGHT):  # "the third phase of the effort to isolate"
            if noun.dep_ != "nmod" or case_of(noun) != "of":
                break
            noun = noun.head
        if noun.dep_ in {"obj", "nsubj:pass", "obl", "xcomp"} and noun.head != noun:
            return subject(noun.head) if not is_control(noun.head, "opposing") else None
        return None
    return noun


def _is_bare_clause(verb: Token) -> bool:
    """True of an infinitive or gerund that a parser labelled ccomp although it has no subject of its own."""
    return verb.tag_ in {"VB", "VBG"} and not any(
        child.dep_ == "mark" and child.lower_ != "to" for child in verb.children
    )


def objects(verb: Token) -> list[Token]:
    """Direct objects of an active verb; the antecedent where a relative clause leaves the object out."""
    named = children(verb, "obj", "iobj")
    if len(named) == PAIR and is_control(verb, "naming"):
        # "designated the group a terrorist organisation": the second says what the first is called.
        named = named[:1]
    if is_control(verb, "answering"):
        named = [child for child in named if child.lower_ != "which"]
    found = [antecedent(child) for child in named] or _rounded(verb)
    if not found:
        # "welcomed the premier": a noun with its article is no predicate.
        nouns = [child for child in children(verb, "xcomp") if child.pos_ == "NOUN" and children(child, "det")]
        found = [noun for noun in nouns if not children(noun, "cop", "case", "mark")]
    if found or verb.dep_ not in RELATIVE_CLAUSES:
        return found
    subject_ = own_subject(verb)
    # "the town that rebels captured": the clause has a subject of its own, so the noun before it is the object.
    if subject_ is not None and subject_ != verb.head and not is_passive(verb):
        is_answer = is_control(verb, "answering") and any(child.lower_ == "which" for child in verb.children)
        return [] if is_answer else [verb.head]
    return found


def _rounded(verb: Token) -> list[Token]:
    """ "spent over 100 million": a number with a word of rounding, which parsers take for a preposition."""
    phrases = [child for child in children(verb, "obl") if case_of(child) in ROUNDING and child.i > verb.i]
    return [child for child in phrases if child.pos_ == "NUM" or child.is_currency or children(child, "nummod")][:1]


def shared_objects(verb: Token) -> list[Token]:
    """The object of the last of coordinated verbs, where nothing but their coordination stands between them."""
    if is_passive(verb) or children(verb, "obj", "iobj", "xcomp", "ccomp"):
        return []
    for last in children(verb, "conj"):
        between = verb.doc[verb.i + 1 : last.i]
        is_bare = all(token.pos_ in {"CCONJ", "PUNCT", "ADV"} or token.dep_ == "conj" for token in between)
        if last.pos_ == "VERB" and is_bare and last.tag_ == verb.tag_:
            return children(last, "obj") or shared_objects(last)
    return []
