"""How an act stands in its sentence for what is said of it: scopes of cues, reports, questions, tense, conditions."""

from spacy.tokens import Token

from transforms.extract.candidates import Candidate
from transforms.extract.clauses import own_subject
from transforms.extract.complements import is_purpose
from transforms.extract.syntax import CIRCUMSTANTIAL, ancestors, case_of, children
from transforms.extract.word_lists import word_list

ALONE = word_list("alone")
CONDITIONS = word_list("condition")
JOURNEYS = word_list("journey verb")
REPORTS = word_list("report noun")


def own_scope(token: Token, cue: Token) -> str:
    """What a cue below ``token`` governs: the noun, the phrase, the gerund ("without firing") or the clause."""
    if cue.dep_ in {"det", "case"}:
        return "noun" if cue.dep_ == "det" else "object"
    return "ing" if cue.dep_ == "mark" and token.tag_ == "VBG" else "clause"


def scope_of(token: Token) -> str | None:
    """How ``token`` depends on its head, in the terms of the table; None where no scope reaches it."""
    if token.dep_ in {"xcomp", "ccomp", "csubj", "csubj:pass", "advcl", "acl"}:
        if token.tag_ == "VBG":
            return "ing"
        has_to = any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in token.children)
        if has_to or (token.dep_ == "xcomp" and token.tag_ == "VB"):
            return "to"
        is_open = token.dep_ == "advcl" or (token.dep_ == "acl" and not has_that(token))
        return None if is_open else "that"
    if token.dep_ in {"obl", "nmod"} and case_of(token) in CIRCUMSTANTIAL:
        return None
    if token.dep_ in {"obj", "obl", "nmod", "nsubj:pass", "obl:agent", "iobj"}:
        return "object"
    return "subject" if token.dep_ == "nsubj" else None


def stands_below(token: Token, words: tuple[str, ...]) -> bool:
    below = {
        word
        for child in token.children
        for word in (
            child.lower_,
            *case_of(child).split(),
            *(mark.lower_ for mark in child.children if mark.dep_ in {"mark", "case"}),
        )
    }
    return all(word in below for word in words)


def has_that(clause: Token) -> bool:
    return any(child.lower_ == "that" for child in children(clause, "mark"))


def is_report(clause: Token, noun: Token) -> bool:
    """True of what a report says ("denied claims that the army had left"): what holds for the report holds for it."""
    return clause.dep_ == "acl" and has_that(clause) and noun.lemma_.lower() in REPORTS


def own_parts(verb: Token) -> list[Token]:
    """Subject and object of a verb ("no deadline was set"); a noun has none."""
    return children(verb, "nsubj", "nsubj:pass", "obj") if verb.pos_ == "VERB" else []


def is_journey(verb: Token, candidate: Candidate) -> bool:
    """True of a meeting that somebody went to: "flew to meet the king"."""
    return candidate.event_type == "CONSULT" and is_purpose(verb) and verb.head.lemma_.lower() in JOURNEYS


def is_asked(verb: Token) -> bool:
    """True of "did the army attack the village?": a question that yes or no answers leaves it open."""
    sentence = verb.sent
    if sentence[-1].text != "?":
        return False
    main = sentence.root
    if main == verb.head and main.i == sentence.start and main.lemma_ in {"do", "have", "be"}:
        return True  # "Had the army left?": parsers take the auxiliary for the verb
    openers = [child for child in children(verb, "aux", "aux:pass", "cop") if child.i < verb.i]
    subjects = children(verb, "nsubj", "nsubj:pass")
    is_turned = bool(openers and subjects) and openers[0].i < subjects[0].left_edge.i
    return is_turned and not any(child.tag_.startswith("W") for child in verb.children if child.i < openers[0].i)


def is_ranked(noun: Token) -> bool:
    """True of a noun counted off or alone of its kind: what follows tells what it did."""
    return any("Ord" in child.morph.get("NumType", []) or child.lower_ in ALONE for child in noun.children)


def is_finite(token: Token) -> bool:
    """True of a verb with a tense of its own ("have slaughtered", "slaughtered")."""
    has_tense = any(child.dep_ == "aux" and child.tag_ in {"VBP", "VBZ", "VBD", "MD"} for child in token.children)
    # A present without a subject of its own looks like the infinitive that it mostly is ("must disarm and comply").
    is_present = token.tag_ == "VBP" and (token.lower_ != token.lemma_.lower() or own_subject(token) is not None)
    return has_tense or is_present or token.tag_ in {"VBD", "VBZ"}


def is_past(verb: Token) -> bool:
    auxiliaries = [child.tag_ for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    return "VBD" in auxiliaries or (verb.tag_ == "VBD" and not auxiliaries)


def has_own_frame(token: Token) -> bool:
    return any(child.dep_ in {"aux", "nsubj", "nsubj:pass"} for child in token.children)


def has_condition(verb: Token) -> bool:
    clauses = [
        verb,
        *(child for child in verb.children if child.dep_ == "advcl"),
        *(a for a in ancestors(verb) if a.dep_ == "advcl"),
    ]
    return any(child.dep_ == "mark" and child.lower_ in CONDITIONS for clause in clauses for child in clause.children)
