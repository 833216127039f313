"""The parties of a clause in a Universal Dependencies tree: subjects, objects and agents, own and understood."""

from spacy.tokens import Token

from transforms.extract.control import is_control
from transforms.extract.syntax import (
    OBLIQUES,
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
PAIR = 2
TAKEN_UP = frozenset({"it", "them", "him", "her"})
THEMSELVES = frozenset({"it", "they", "he", "she"})
CHARGES = frozenset({"of", "for", "from", "with", "into"})


def is_passive(verb: Token) -> bool:
    """True of a verb in the passive, with or without its auxiliary ("an attack carried out by")."""
    if any(child.dep_ in {"aux:pass", "nsubj:pass", "csubj:pass"} for child in verb.children):
        # "..., the group charged": what is said before its verb makes parsers read a passive.
        return bool(children(verb, "aux:pass")) or not children(verb, "ccomp")
    if verb.tag_ not in {"VBN", "VBD"} or any(child.dep_ == "aux" for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        # "homes were raided and computers seized": the second verb shares the auxiliary of the first.
        return verb.tag_ == "VBN" and is_passive(verb.head) and not children(verb, "obj")
    has_subject = any(child.dep_ == "nsubj" for child in verb.children)
    if verb.dep_ == "acl" and not has_subject:
        # "the boat rescued on Friday": taggers take such participles for past tenses.
        return True
    if verb.tag_ == "VBD" or has_subject:
        return _is_headline(verb) and not children(verb, "obj", "xcomp", "ccomp")
    return verb.dep_ in {"acl", "advcl", "amod", "acl:relcl", "parataxis", "ROOT", "xcomp", "dep"}


def _is_headline(verb: Token) -> bool:
    """True of the verb of a line without a final stop and without an auxiliary ("Hundreds rescued off coast")."""
    last = verb.sent[-1]
    return verb.dep_ in {"ROOT", "root"} and not last.is_punct and last.i == len(verb.doc) - 1


def own_subject(verb: Token) -> Token | None:
    """The subject among the children of ``verb``, relative pronouns replaced by what they stand for."""
    for child in verb.children:
        if (child.dep_ in SUBJECTS or child.dep_ in PASSIVE_SUBJECTS) and not child.is_space:
            return antecedent(child)
    return None


def second_subjects(verb: Token) -> list[Token]:
    """Subjects behind the first that "and" joins to it ("Mali, an ally, and the union have denied")."""
    found = children(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    joined = [child.i for child in children(verb, "cc")]
    return [
        other
        for other in found[1:]
        if any(found[0].i < place < other.i for place in joined) or _is_listed(found[0], other)
    ]


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
    if verb.dep_ == "acl" and marks & CHARGES and (noun.pos_ in {"PROPN", "PRON"} or is_charged):
        # "accused Iran of attacking", the clause hung on the accused.
        return noun
    if verb.dep_ == "acl" and marks:
        # "plans to attack", "a bid to seize": whoever owns the noun does it.
        named = [child for child in children(noun, "compound", "amod") if child.ent_type_ in OWNING]
        owner = next(iter([*children(noun, "nmod:poss"), *named]), None)
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


def agents(verb: Token) -> list[Token]:
    """The by-phrase of a passive verb or of an event noun."""
    return [
        child
        for child in verb.children
        if child.dep_ == "obl:agent" or (child.dep_ in OBLIQUES and case_of(child) == "by")
    ]


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
