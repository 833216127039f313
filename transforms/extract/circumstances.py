"""Where an event happened, as far as its sentence says."""

from collections.abc import Container
from dataclasses import dataclass

from spacy.tokens import Span, Token

from transforms.extract.candidates import Candidate
from transforms.extract.phrases import phrase
from transforms.extract.syntax import TREE_HEIGHT, ancestors, case_of, tree_distance
from transforms.extract.toponyms import PLACE_LABELS
from transforms.extract.word_lists import word_list

LOCATIVE = frozenset(
    "in at near on outside around off along inside across within from into to of over toward towards through under "
    "throughout between beside by".split()
)
WAYS = frozenset({"from", "to", "into", "toward", "towards"})
DIRECTIONS = frozenset(
    "northern southern eastern western central north south east west northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower".split()
)
GROUNDS = frozenset(
    "city town village capital province region district state governorate area part north south east west coast shore "
    "border frontier waters water territory soil airspace outskirts suburb countryside island port camp centre center "
    "edge streets street sky skies gate gates bank banks side neighborhood neighbourhood quarter half entrance".split()
)
"""Nouns of ground: of a country or town they are a place ("the town of Azaz", "off the Indonesian coast")."""
EDGES = frozenset({"coast", "shore", "border", "waters", "territory", "soil", "airspace"})
"""Nouns of ground that an adjective of nationality makes a place ("the Indonesian coast")."""
ROADS = frozenset({"road", "highway", "route", "line", "crossing", "railway", "strait"})
"""Nouns of what lies between two places."""
OCCASIONS = frozenset({"in", "at", "during", "amid"})
"""Prepositions of the occasion on which an act is done."""
NEARBY = 6
"""Arcs between an event and a place phrase beyond which the place is of another clause."""


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place named in a sentence; ``distance`` counts the arcs to the event."""

    span: Span
    head: Token
    distance: int


def places_of(candidate: Candidate, sentence: Span, others: list[Candidate]) -> list[PlacePhrase]:
    """Places named for this event, nearest first: phrases with a locative preposition, then a place as recipient."""
    found: list[PlacePhrase] = []
    # "a truce brokered by Oman": who acts anywhere in the sentence is not where something happened.
    taken = {token.i for other in [candidate, *others] for token in other.actors}
    where = _antecedent_of_where(candidate.anchor)
    for entity in sentence.ents:
        head, is_ground = entity.root, False
        if entity.label_ == "NORP" and head.dep_ == "amod" and head.head.lemma_.lower() in EDGES:
            # "off the Indonesian coast": the adjective names the country whose coast it is.
            head, is_ground = head.head, True
        if (entity.label_ not in PLACE_LABELS and not is_ground) or head.i in taken:
            continue
        distance = 0 if head == where else _distance(candidate, head, others)
        if distance is not None:
            span = phrase(head) if is_ground else _with_direction(entity)
            found.append(PlacePhrase(span, head, distance))
    return sorted(found, key=lambda place: (place.distance, place.head.i))


def _distance(candidate: Candidate, head: Token, others: list[Candidate]) -> int | None:
    """Arcs from the event to a place, or None where the phrase is none of place or stands nearer to another event."""
    is_recipient = head in candidate.recipients or _names_ground(head, candidate.recipients)
    if not is_recipient and (not _is_locative(candidate, head) or _is_where_it_is_told(candidate, head)):
        return None
    distance = min(tree_distance(candidate.trigger, head), tree_distance(candidate.anchor, head))
    if distance > NEARBY:
        return None
    nearer = [other for other in others if other is not candidate and tree_distance(other.trigger, head) < distance]
    if any(other.trigger in set(ancestors(head)) for other in nearer):
        return None
    return distance + (1 if is_recipient else 0)


def _names_ground(name: Token, recipients: Container[Token]) -> bool:
    """True of the name beside a noun of ground that undergoes the act: "shelled the provincial capital Goma"."""
    is_beside = name.dep_ in {"appos", "nmod:desc", "flat"} and name.head in recipients
    return is_beside and name.head.lemma_.lower() in GROUNDS


def _is_where_it_is_told(candidate: Candidate, head: Token) -> bool:
    """True of a place in the clause that the act is the content of: "said in Geneva that rebels had shelled the town".

    The place of a subject counts on: police in a town tell of what was done there.
    """
    verb = candidate.anchor
    for token in [verb, *ancestors(verb)]:
        if token.dep_ == "ccomp":
            verb = token
            break
    else:
        return False
    place = head
    while place.head not in {place, verb.head}:
        if place == verb:
            return False
        place = place.head
    is_of_speaker = place.dep_ in {"nsubj", "nsubj:pass"} and case_of(head) != "from"
    return place.head == verb.head and place != verb and not is_of_speaker


def lent_places(candidate: Candidate, sentence: Span, others: list[Candidate]) -> list[PlacePhrase]:
    """Places named for an act that the event is one with: its occasion, or what the same subject did in one breath.

    "killed two during a raid in Homs"; "attacked a village in Borno, killing ten and abducting five".
    """
    lenders = (other for other in others if other is not candidate and _is_one_with(candidate.anchor, other.anchor))
    return next((found for other in lenders if (found := places_of(other, sentence, others))), [])


def _is_one_with(anchor: Token, other: Token) -> bool:
    if other.pos_ == "NOUN":
        return other.head == anchor and other.dep_ == "obl" and case_of(other) in OCCASIONS
    has_time = any(child.dep_ == "mark" for child in anchor.children)  # "after signing"
    is_participle = anchor.dep_ == "advcl" and anchor.tag_ == "VBG" and anchor.head == other and not has_time
    return is_participle or closes_with(other, anchor) or closes_with(anchor, other)


def closes_with(anchor: Token, verb: Token) -> bool:
    """True where ``verb`` is told on with the subject of ``anchor``: "killed two and detained one on Friday"."""
    for _ in range(TREE_HEIGHT):  # "captured one, wounded two and detained three on Friday"
        has_subject = any(child.dep_ in {"nsubj", "nsubj:pass", "aux"} for child in verb.children)
        if verb.dep_ != "conj" or verb.tag_ != anchor.tag_ or has_subject:
            return False
        if verb.head == anchor:
            return True
        verb = verb.head
    return False


def story_place(sentence: Span) -> Span | None:
    """The place of a sentence's main clause in the past, event or not: "A patrol searched houses in Homs on Friday"."""
    for entity in sentence.ents:
        is_near = entity.label_ in PLACE_LABELS and tree_distance(sentence.root, entity.root) <= NEARBY
        if is_near and _stands_in_place(entity.root, {sentence.root}):
            return _with_direction(entity)
    return None


def _antecedent_of_where(anchor: Token) -> Token | None:
    """The place that "where" takes up for the clause of ``anchor``: "in Oslo, where the two met".

    It is the word before, whatever parsers hang the clause on.
    """
    for token in [anchor, *ancestors(anchor)]:
        where = next((child for child in token.children if child.lower_ == "where" and child.i > 0), None)
        if where is not None:
            before = where.nbor(-1)
            before = before.nbor(-1) if before.is_punct and before.i > 0 else before
            return next((entity.root for entity in where.sent.ents if entity.start <= before.i < entity.end), None)
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"conj", "xcomp"}:
            return None
    return None


def described_places(candidate: Candidate) -> list[Token]:
    """Nouns of ground without a name around the event ("shelled the town", "in the area"), which may refer back."""
    parts = [child for token in candidate.recipients for child in token.children if case_of(child) == "of"]
    around = [*candidate.recipients, *parts, *candidate.trigger.children, *candidate.anchor.children]
    return [
        token
        for token in around
        if token.pos_ == "NOUN"
        and token.lemma_.lower() in GROUNDS
        and (
            token in candidate.recipients
            or token.dep_ == "nmod:poss"  # "the city's seizure"
            or case_of(token).split(" ")[0] in LOCATIVE
        )
    ]


def _is_locative(candidate: Candidate, head: Token) -> bool:
    if head.dep_ == "compound" and head.head == candidate.trigger:
        # "the Aleppo bombing"
        return head not in candidate.actors
    return _stands_in_place(head, {candidate.trigger, candidate.anchor})


def _stands_in_place(head: Token, acts: Container[Token]) -> bool:
    """True of a name in a phrase that says where, with a preposition of place or as "of" one of ``acts``."""
    token = head
    for _ in range(TREE_HEIGHT):
        case = case_of(token)
        if case == "of":
            # "the liberation of Mosul", "the town of Mosul"; "the people of Mosul" tells no place.
            return token.head in acts or token.head.lemma_.lower() in GROUNDS
        if case == "by" and (token.dep_ == "obl:agent" or head.ent_type_ == "GPE"):
            # "launched by Iran"; "by the river" tells a place.
            return False
        if case == "between" and token.head.lemma_.lower() not in GROUNDS | ROADS:
            return False  # "tensions between Oman and Yemen"
        if case in WAYS and token.head.pos_ == "VERB" and token.head not in acts:
            # "intercepted a boat carrying grain from Odesa": the way of something else.
            return False
        if case == "to" and token.head.pos_ == "NOUN" and token.head not in acts:
            # "the visit focused on support to Syria"; "sent a force to Iraq" tells where.
            is_moved = token.head.dep_ in {"obj", "nsubj:pass"} and token.head.head in acts
            return is_moved or _is_way(token.head)
        if case:
            return (case.split()[0] in LOCATIVE and not case.endswith("with")) or case.split()[-1] in {"of", "in"}
        if token.dep_ not in {"compound", "flat", "appos", "conj", "nmod:poss", "nmod:desc"} or token.head == token:
            return False
        token = token.head
    return False


def _is_way(noun: Token) -> bool:
    """True of ground, roads and journeys, which lead to places: "the road to Mosul"."""
    return noun.lemma_.lower() in GROUNDS | ROADS | word_list("journey noun")


def _with_direction(entity: Span) -> Span:
    """ "northern Syria" rather than "Syria"."""
    start = int(entity.start)
    doc = entity.doc
    if start > entity.sent.start and doc[start - 1].lower_ in DIRECTIONS:
        start -= 1
    if doc[start].lower_ == "the" and start < entity.end - 1:
        start += 1
    return doc[start : entity.end]
