"""The passive: with or without its auxiliary, and the agents that its verbs have or share."""

from spacy.tokens import Token

from transforms.extract.syntax import OBLIQUES, PASSIVE_SUBJECTS, SUBJECTS, case_of, children
from transforms.extract.word_lists import word_list

NO_AGENTS = word_list("no agent")


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
    if has_subject and lends_subject(verb):
        return True
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


def lends_subject(participle: Token) -> bool:
    """True of "arrested" in "the leader, arrested on Friday, was freed": parsers hang the subject on the participle."""
    verb = participle.head
    is_inserted = participle.dep_ == "advcl" and participle.tag_ == "VBN" and 0 < participle.i < verb.i
    return is_inserted and not children(verb, *SUBJECTS, *PASSIVE_SUBJECTS) and participle.nbor(-1).text == ","


def agents(verb: Token) -> list[Token]:
    """The by-phrase of a passive verb or of an event noun."""
    return _own_agents(verb) or (_agents_further_right(verb) if verb.pos_ == "VERB" else [])


def _own_agents(verb: Token) -> list[Token]:
    return [
        child
        for child in verb.children
        if (child.dep_ == "obl:agent" or (child.dep_ in OBLIQUES and case_of(child) == "by"))
        and not (child.lower_ in NO_AGENTS and not children(child, "det"))
    ]


def _agents_further_right(verb: Token) -> list[Token]:
    """The agent that passives with one auxiliary share: "were shot, beaten and robbed by gunmen"."""
    if not is_passive(verb):
        return []
    first = verb.head if verb.dep_ == "conj" else verb
    joined = [child for child in children(first, "conj") if child.i > verb.i and not children(child, "aux", "aux:pass")]
    return next((found for child in joined if child.tag_ == "VBN" and (found := _own_agents(child))), [])
