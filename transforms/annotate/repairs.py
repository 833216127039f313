"""Trees put right where the parser read a clause as a noun phrase ("The services swapped information").

A past form between a noun and the noun that heads the sentence is the verb of the two, and a whole sentence needs one.
Arcs that went wrong between words that are what they seem are moved by ``arc_repairs``. The repairs look at the tree
alone and leave everything else as it is.
"""

from typing import Any

from spacy.attrs import DEP, HEAD, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from transforms.annotate.arc_repairs import Changes, move_arcs

COMPONENT = "dateline_repairs"
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
CLAUSE_ARCS = frozenset({"ROOT", "root", "ccomp", "parataxis", "advcl"})
PREDICATE_PARTS = frozenset({"cop", "aux", "case"})
OWN_MODIFIERS = frozenset({"det", "nummod", "amod"})
CLAUSE_PARTS = frozenset({"punct", "conj", "parataxis", "advcl", "advmod", "obl", "cc", "mark"})
SUBJECT, OBJECT = frozenset({"nsubj"}), frozenset({"obj"})
STOPS = frozenset(".!?")


@Language.component(COMPONENT)
def repair_trees(doc: Doc) -> Doc:
    """Give each hidden verb of ``doc`` the place of the noun that was taken for the head of its clause."""
    changes: Changes = {}
    verbs: list[Token] = []
    for token in doc:
        moved = move_arcs(token)
        if moved or token.pos_ not in NOMINAL or _has(token, PREDICATE_PARTS):
            changes |= moved
            continue
        verb = _between(token, changes) or _after(token, changes) or _itself(token)
        if verb is not None:
            verbs.append(verb)
    return _changed(doc, changes, verbs) if changes or verbs else doc


def _has(token: Token, arcs: frozenset[str]) -> bool:
    return any(child.dep_ in arcs for child in token.children)


def _is_past(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBN"} or (token.tag_ == "JJ" and token.lower_.endswith("ed"))


def _between(head: Token, changes: Changes) -> Token | None:
    """ "services [swapped] information": what stands before the verb is its subject, what stands behind its object.

    ``head`` is the one of the two nouns that the parser took for the head of the clause.
    """
    verb = _hidden_verb(head)
    if verb is None:
        return None
    thing, doer = verb.head, _noun_before(verb)
    if doer is None or (doer.head not in {thing, verb} and doer != head):
        return None
    is_clause = head.dep_ in CLAUSE_ARCS
    is_noun_of_its_own = doer == head or doer.tag_ == "NNS" or verb.tag_ == "VBD" or _has(doer, OWN_MODIFIERS)
    if doer.dep_ != "nsubj" and not (is_clause and is_noun_of_its_own):
        return None
    place = _place_of(head, verb)
    for child in [*head.children, *thing.children]:
        if child.i < doer.i:
            changes[child.i] = (verb.i if child.dep_ in CLAUSE_PARTS else doer.i, child.dep_)
        elif child.i > thing.i and child.dep_ in CLAUSE_PARTS:
            changes[child.i] = (verb.i, child.dep_)
    changes |= {verb.i: place, doer.i: (verb.i, "nsubj"), thing.i: (verb.i, "obj")}
    return verb


def _hidden_verb(head: Token) -> Token | None:
    """A past form taken for a modifier of ``head``, or of a noun right behind it."""
    for child in head.children:
        if child.i < head.i and child.dep_ in {"amod", "compound"} and _is_past(child) and child.i > child.sent.start:
            return child
        if child.i > head.i and child.dep_ in {"nmod", "obj", "dep", "appos"}:
            verb = head.nbor(1)
            if verb.head == child and verb.dep_ in {"amod", "compound", "case"} and _is_past(verb):
                return verb
    return None


def _itself(noun: Token) -> Token | None:
    """ "The army [retook] the town.": a word with subject and object is a verb, and stands where it should."""
    return noun if noun.pos_ == "NOUN" and _has(noun, SUBJECT) and _has(noun, OBJECT) else None


def _noun_before(verb: Token) -> Token | None:
    """The noun right before ``verb``, an adverb between them apart."""
    doer = verb.nbor(-1)
    if doer.pos_ == "ADV" and doer.i > doer.sent.start:
        doer = doer.nbor(-1)
    return doer if doer.pos_ in NOMINAL or (doer.pos_ == "ADJ" and verb.tag_ == "VBD") else None


def _after(noun: Token, changes: Changes) -> Token | None:
    """ "Nurses [rallied] against the cuts.": a sentence with its stop, whose only verb was hung on its noun."""
    sentence: Span = noun.sent
    if noun.dep_ not in {"ROOT", "root"} or sentence[-1].text not in STOPS:
        return None
    verb = next(
        (child for child in noun.children if child.dep_ == "acl" and child.i > noun.i and _is_past(child)), None
    )
    if verb is None or _has(verb, frozenset({"mark", "nsubj", "aux", "aux:pass", "obl:agent"})):
        return None
    if any(token.tag_ in {"VBZ", "VBP", "MD"} for token in sentence) or sentence[verb.i - sentence.start - 1].is_punct:
        return None
    changes[verb.i] = _place_of(noun, verb)
    changes[noun.i] = (verb.i, "nsubj")
    for child in noun.children:
        if child.i > verb.i and child.dep_ in CLAUSE_PARTS:
            changes[child.i] = (verb.i, child.dep_)
    return verb


def _place_of(noun: Token, verb: Token) -> tuple[int, str]:
    if noun.head == noun:
        return verb.i, noun.dep_
    return noun.head.i, noun.dep_ if noun.dep_ in CLAUSE_ARCS | {"conj"} else "ccomp"


def _is_tree(doc: Doc, changes: Changes) -> bool:
    """True where every word still reaches a root: two repairs at once may hang two words on each other."""
    heads = [changes[token.i][0] if token.i in changes else token.head.i for token in doc]
    for start in changes:
        place, steps = start, 0
        while heads[place] != place:
            place, steps = heads[place], steps + 1
            if steps > len(heads):
                return False
    return True


def _changed(doc: Doc, changes: Changes, verbs: list[Token]) -> Doc:
    if not _is_tree(doc, changes):
        return doc
    array: Any = doc.to_array([HEAD, DEP, TAG, POS])
    strings = doc.vocab.strings
    for index, (head, arc) in changes.items():
        array[index, 0] = (head - index) % 2**64
        array[index, 1] = strings.add(arc)
    for verb in verbs:
        array[verb.i, 2], array[verb.i, 3] = strings.add("VBD"), strings["VERB"]
    return doc.from_array([HEAD, DEP, TAG, POS], array)
