"""Place names that the recogniser took for something else or missed, groups that it took for places, inner names.

What is a place is told by the gazetteer and by the words around: "in X", "X, Texas", or the same name elsewhere in the
article. A name that nothing speaks for stays what the recogniser says.
"""

from collections.abc import Iterator, Set

from spacy.tokens import Doc, Span, Token

from transforms.annotate.document import AnnotatedArticle
from transforms.extract.syntax import case_of
from transforms.extract.word_lists import word_list
from transforms.resolve.actors import ActorCoder
from transforms.resolve.place import Place
from transforms.resolve.places import Gazetteer

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
DOUBTFUL = frozenset({"PERSON", "ORG", "NORP", "MISC", "EVENT", "PRODUCT", "WORK_OF_ART"})
BEFORE_PLACES = word_list("before a place")
DIVISIONS = frozenset({"country", "admin1", "region", "water"})
WELL_KNOWN = 15_000
"""Inhabitants of a town that an organisation may be named after without more."""
GIVEN_NAMES = word_list("given name")
"""Countries that people are called after: the recogniser is not overruled there."""
NO_PLACES = word_list("no place before a body")
WAYS = frozenset({"from", "into", "to", "toward", "towards", "through"})
LONGEST_NAME = 4
"""Words of the longest place name looked for."""
HALVES = word_list("half")
LINKS = frozenset({"of", "for"})
KINDS = word_list("kind of place")
"""Before "of" these tell that a place follows."""
GROUND_WORDS = word_list("ground")
"""Last words of names that are of ground or of works on it."""


def mark_places(annotated: AnnotatedArticle, gazetteer: Gazetteer, coder: ActorCoder) -> None:
    """Give the label GPE to names of places in ``annotated``, PERSON and ORG to persons and groups taken for places.

    Changes the entities of its lines in place.
    """
    surnames = {
        entity[-1].text
        for line in annotated.lines
        for entity in line.doc.ents
        if entity.label_ == "PERSON" and len(entity) > 1
    }
    for line in annotated.lines:
        whole = [_with_half(entity, coder) for entity in line.doc.ents]
        line.doc.ents = [_as_person(entity, surnames, gazetteer, coder) for entity in whole]
    named = {
        entity.text for line in annotated.lines for entity in line.doc.ents if entity.label_ == "GPE" and entity.text
    }
    for line in annotated.lines:
        entities = [_read(entity, named, gazetteer, coder) for entity in line.doc.ents]
        missed = list(_missed(line.doc, gazetteer))
        if missed or entities != list(line.doc.ents):
            line.doc.ents = sorted([*entities, *missed], key=lambda entity: int(entity.start))


def _with_half(entity: Span, coder: ActorCoder) -> Span:
    """The entity with the word before it that makes it another country's: "North Korean" for "Korean"."""
    start, doc = int(entity.start), entity.doc
    if entity.label_ not in {"GPE", "NORP"} or start == 0 or doc[start - 1].text not in HALVES:
        return entity
    half = Span(doc, start - 1, entity.end, label=entity.label_)
    codes = [coder.code(span.text, head=span.root.text, label=span.label_).country_code for span in (half, entity)]
    is_free = not doc[start - 1].ent_type_
    return half if is_free and codes[0] is not None and codes[0] != codes[1] else entity


def _as_person(entity: Span, surnames: Set[str], gazetteer: Gazetteer, coder: ActorCoder) -> Span:
    """The entity as a person where it stands behind a title or is somebody's surname: "the leader Brennan".

    Countries, divisions and what stands behind a preposition of place stay places.
    """
    if entity.label_ != "GPE" or _follows(entity) or _has_container(entity, gazetteer):
        return entity
    start, doc = int(entity.start), entity.doc
    title = doc[start - 1] if start > 0 and doc[start - 1].sent == entity.sent else None
    has_title = (
        title is not None and title.tag_ in {"NN", "NNP"} and coder.kind(title.text, head=title.text) == "person"
    )
    if not has_title and (len(entity) > 1 or entity.text not in surnames):
        return entity
    place = gazetteer.resolve_whole(entity.text)
    is_sure = place is not None and (place.precision in DIVISIONS or place.is_capital or place.is_curated)
    return entity if is_sure else Span(doc, entity.start, entity.end, label="PERSON")


def _read(entity: Span, named: set[str], gazetteer: Gazetteer, coder: ActorCoder) -> Span:
    """The entity with the label of a place where it is one, and of an organisation where that is known."""
    if entity.label_ in PLACE_LABELS and _is_group(entity, gazetteer, coder):
        return Span(entity.doc, entity.start, entity.end, label="ORG")
    if entity.label_ not in DOUBTFUL:
        return entity
    if _is_ground(entity):
        return Span(entity.doc, entity.start, entity.end, label="FAC")
    is_place = _is_place(entity, named, gazetteer)
    return Span(entity.doc, entity.start, entity.end, label="GPE") if is_place else entity


def _is_group(entity: Span, gazetteer: Gazetteer, coder: ActorCoder) -> bool:
    """True of an organisation of the tables that no place is called after ("seized from al-Shabaab")."""
    code = coder.code(entity.text, head=entity.root.text, label="ORG")
    is_body = bool(code.actor_id) and code.actor_id != code.country_code and code.sector not in {None, "GOV"}
    return is_body and gazetteer.resolve_whole(entity.text) is None


def _is_ground(entity: Span) -> bool:
    """True of "Tiyas Military Airfield": the last word says what it is, a point of the compass behind it apart."""
    words = [token.lower_ for token in entity]
    if words[-1] in {"north", "south", "east", "west"}:
        words.pop()
    return len(words) > 1 and words[-1] in GROUND_WORDS


def _is_place(entity: Span, named: set[str], gazetteer: Gazetteer) -> bool:
    if not entity.text[0].isupper():
        return False
    if entity.text in named or _follows(entity) or _has_container(entity, gazetteer):
        return gazetteer.resolve_whole(entity.text) is not None
    if entity.label_ == "PERSON" and len(entity) == 1:
        return _is_country(entity, gazetteer) or _is_town_acted_on(entity, gazetteer)
    place = gazetteer.resolve_whole(entity.text)
    return place is not None and place.precision in DIVISIONS and (place.is_curated or len(entity) > 1)


def _is_country(name: Span, gazetteer: Gazetteer) -> bool:
    """True of a country's name that nobody bears ("Finland said")."""
    place = gazetteer.resolve_whole(name.text) if name.text not in GIVEN_NAMES else None
    return place is not None and place.precision == "country"


def _is_town_acted_on(name: Span, gazetteer: Gazetteer) -> bool:
    """True of a town's name where only ground can stand: "shelled Kharkiv", "withdrew from Avdiivka"."""
    root = name.root
    is_struck = root.dep_ == "obj" and root.head.lemma_.lower() in word_list("verb on ground")
    is_left = case_of(root) in WAYS and root.head.lemma_.lower() in word_list("verb of way")
    if not (is_struck or is_left):
        return False
    place = gazetteer.resolve_whole(name.text)
    return place is not None and (place.population >= WELL_KNOWN or place.is_curated)


def _follows(span: Span) -> bool:
    """True behind a preposition of place: "in Torrington", but not "in Clinton's"."""
    start, end, doc = int(span.start), int(span.end), span.doc
    if start == 0:
        return False
    is_named_kind = doc[start - 1].lower_ == "of" and start > 1 and doc[start - 2].lower_ in KINDS
    if not is_named_kind and doc[start - 1].lower_ not in BEFORE_PLACES:
        return False
    return end == len(doc) or not (doc[end].tag_ == "POS" or doc[end].pos_ == "PROPN")


def _has_container(span: Span, gazetteer: Gazetteer) -> bool:
    """True before the division or country that the place lies in: "Torrington, Conn."."""
    end, doc = int(span.end), span.doc
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    container = _division_at(doc, end + 1, gazetteer)
    return container is not None and gazetteer.lies_within(span.text, container[1])


def _division_at(doc: Doc, start: int, gazetteer: Gazetteer) -> tuple[Span, Place] | None:
    """The country or first-level division that is named from ``start`` on."""
    for end in range(min(start + 3, len(doc)), start, -1):
        if not doc[start].text[0].isupper():
            return None
        place = gazetteer.resolve_whole(doc[start:end].text)
        if place is not None and place.precision in {"country", "admin1"}:
            return doc[start:end], place
    return None


def _missed(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """Names outside of all entities: behind a preposition of place, and the container behind a place."""
    for token in doc:
        if token.ent_type_ or token.i == 0 or not token.text[0].isupper():
            continue
        before = token.nbor(-1)
        if before.text == "," and token.i > 1 and token.nbor(-2).ent_type_ == "GPE":
            found = _division_at(doc, token.i, gazetteer)
            if found is not None and not any(part.ent_type_ for part in found[0]):
                yield Span(doc, token.i, found[0].end, label="GPE")
        elif before.lower_ in BEFORE_PLACES and token.pos_ == "PROPN":
            end = token.i + 1
            while end < len(doc) and doc[end].pos_ == "PROPN" and not doc[end].ent_type_:
                end += 1
            span = Span(doc, token.i, end, label="GPE")
            is_free = end == len(doc) or not (doc[end].ent_type_ or doc[end].tag_ == "POS")
            if is_free and gazetteer.resolve_whole(span.text) is not None:
                yield span


def inner_places(entity: Span, named: set[str], gazetteer: Gazetteer) -> Iterator[Span]:
    """Places inside the name of an organisation or site: "Athens Police Department", "Bank of Canada".

    ``named`` are the names of places that the article has told so far.
    """
    doc, start, end = entity.doc, int(entity.start), int(entity.end)
    if end - start < 2:  # noqa: PLR2004 - a name beside the place's
        return
    first = start + (doc[start].lower_ == "the")
    for last in range(min(first + LONGEST_NAME - 1, end - 1), first, -1):
        if _names_after(doc[first:last], named, gazetteer):
            yield doc[first:last]
            break
    for token in doc[first + 1 : end - 1]:
        if token.lower_ in LINKS and _names_after(doc[token.i + 1 : end], named, gazetteer):
            yield doc[token.i + 1 : end]
            break


def _names_after(span: Span, named: set[str], gazetteer: Gazetteer) -> bool:
    text = span.text
    if not text[0].isupper() or _is_word(span[0]):
        return False
    if text in named:
        return True
    place = gazetteer.resolve_whole(text)
    if place is None:
        return False
    return place.precision in DIVISIONS | {"admin2"} or place.population >= WELL_KNOWN


def _is_word(token: Token) -> bool:
    return token.lower_ in NO_PLACES and len(token.doc) > 1
