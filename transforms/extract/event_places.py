"""The place of an event: named in its sentence, taken up from before, or the dateline's."""

from dataclasses import dataclass

from spacy.tokens import Token

from transforms.annotate.document import LocatedSentence
from transforms.extract.article_entities import trimmed
from transforms.extract.article_places import ArticlePlaces
from transforms.extract.candidates import Candidate
from transforms.extract.circumstances import described_places, places_of
from transforms.extract.entries import Lexicon
from transforms.extract.naming import ArticleNames
from transforms.extract.phrases import phrase
from transforms.resolve.datelines import Dateline
from transforms.resolve.places import Place

LEAD_SENTENCES = 3
"""Sentences from the top for whose events the dateline's place holds where they name none."""
SIZES = {"site": 0, "city": 1, "water": 2, "admin2": 2, "region": 3, "admin1": 3, "country": 5}
"""Order of places by size, smallest first; what is not listed comes before a country."""

_TOWN, _LAND = frozenset({"city"}), frozenset({"admin1", "admin2", "region"})
FROM_AFAR = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"})
"""Types of words and measures, which need not be where their recipients are."""
KINDS_OF_GROUND = {
    **dict.fromkeys(("city", "town", "village", "capital", "port"), _TOWN),
    **dict.fromkeys(("province", "region", "state", "governorate", "district"), _LAND),
    **dict.fromkeys(("area", "camp"), _TOWN | _LAND | {"site"}),
}
"""Nouns that may take up a place named before in the sentence, with the precisions of the places they name."""


@dataclass(frozen=True, slots=True)
class PlaceOfEvent:
    text: str
    place: Place | None
    source: str
    """ "sentence", "antecedent" (of "the town"), "sentence_before" or "dateline"."""


class EventPlaces:
    """Finds the places of one article's events, sentence by sentence in the order of the text."""

    def __init__(
        self, places: ArticlePlaces, lexicon: Lexicon, names: ArticleNames, *, dateline: Dateline | None
    ) -> None:
        self.resolve = places.resolve
        self._lexicon = lexicon
        self._names = names
        self._dateline = dateline
        self._before: PlaceOfEvent | None = None

    def end_sentence(self, named: PlaceOfEvent | None) -> None:
        """Remember the place that a sentence named last, for the sentence after it."""
        self._before = named

    def of(self, candidate: Candidate, sentence: LocatedSentence, others: list[Candidate]) -> PlaceOfEvent | None:
        """Where the act of ``candidate`` was, one of ``others`` in its sentence: named, taken up, or the dateline's."""
        named = places_of(candidate, sentence.span, others)
        if candidate.event_type in FROM_AFAR:
            # "warned Iran", "left its pact with Iran": whom words and measures are meant for is not where it happened.
            named = [place for place in named if place.head not in candidate.recipients]
        if named:
            resolved = [(self.resolve(place.span.text), place) for place in named]
            # The smallest place of those named: a town says more than its country.
            resolved.sort(key=lambda pair: (pair[1].distance, _size(pair[0])))
            place, chosen = resolved[0]
            return PlaceOfEvent(text=chosen.span.text, place=place, source="sentence")
        for head in described_places(candidate):
            span = phrase(head)
            name = self._names.name(span, head, start=sentence.line.start + int(span.start_char)).name
            where = self.resolve(name) if name else None
            if name and where is not None:
                return PlaceOfEvent(text=name, place=where, source="antecedent")
            told = self._told_before(head, sentence)
            if told is not None:
                return told
        if self._before is not None and self._takes_up_place(candidate, sentence):
            return PlaceOfEvent(self._before.text, self._before.place, "sentence_before")
        if self._dateline is not None and sentence.position < LEAD_SENTENCES:
            return PlaceOfEvent(self._dateline.place_text, self.resolve(self._dateline.place_text), "dateline")
        return None

    def _told_before(self, ground: Token, sentence: LocatedSentence) -> PlaceOfEvent | None:
        """The place named last before "the city" in its sentence, where it is of that kind and no subject."""
        precisions = KINDS_OF_GROUND.get(ground.lemma_.lower(), frozenset())
        if not any(child.lower_ in {"the", "that", "this"} for child in ground.children):
            return None
        for entity in reversed(sentence.span.ents):
            if entity.label_ in {"GPE", "LOC", "FAC"} and entity.end <= ground.i and entity.root.dep_ != "nsubj":
                place = self.resolve(trimmed(entity).text)
                if place is not None and place.precision in precisions:
                    return PlaceOfEvent(text=trimmed(entity).text, place=place, source="antecedent")
        return None

    def _takes_up_place(self, candidate: Candidate, sentence: LocatedSentence) -> bool:
        """True where the place of the sentence before still holds: more than hard words, and no other place named."""
        if self._is_verbal_conflict(candidate):
            return False
        return not any(entity.label_ in {"GPE", "LOC", "FAC"} for entity in sentence.span.ents)

    def _is_verbal_conflict(self, candidate: Candidate) -> bool:
        return self._lexicon.types[candidate.rule.event_type, None].quad_class == "verbal_conflict"


def _size(place: Place | None) -> int:
    return SIZES.get(place.precision, 4) if place is not None else 4
