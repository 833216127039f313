"""The place of an event: named in its sentence, taken up from before, or the dateline's."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from transforms.annotate.document import LocatedSentence
from transforms.extract.article_entities import trimmed
from transforms.extract.article_places import ArticlePlaces
from transforms.extract.candidates import Candidate
from transforms.extract.circumstances import PlacePhrase, described_places, lent_places, places_of, story_place
from transforms.extract.entries import Lexicon
from transforms.extract.event_dates import is_narrated
from transforms.extract.naming import ArticleNames
from transforms.extract.phrases import phrase
from transforms.extract.syntax import ancestors
from transforms.extract.word_lists import word_list
from transforms.resolve.datelines import Dateline
from transforms.resolve.place import Place

LEAD_SENTENCES = 3
"""Sentences behind the dateline for whose events its place holds where they name none."""
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
    is_lent: bool = False
    """Named for another act of the sentence that the event is one with."""

    @property
    def name(self) -> str | None:
        """The name of the place in the gazetteer, where it has one."""
        return self.place.name if self.place is not None else None


class EventPlaces:
    """Finds the places of one article's events, sentence by sentence in the order of the text."""

    def __init__(
        self,
        places: ArticlePlaces,
        lexicon: Lexicon,
        names: ArticleNames,
        *,
        dateline: Dateline | None,
        sentence_starts: Sequence[int],
    ) -> None:
        self.resolve = places.resolve
        self._lexicon = lexicon
        self._names = names
        self._dateline = dateline
        self._lead_end = LEAD_SENTENCES + (bisect_left(sentence_starts, dateline.end_offset) if dateline else 0)
        self._before: PlaceOfEvent | None = None
        self._story: PlaceOfEvent | None = None

    def end_sentence(self, named: PlaceOfEvent | None, sentence: LocatedSentence, speeches: Collection[Token]) -> None:
        """Remember the place that a sentence's events named last, else that of its story, for the sentence after it.

        ``speeches`` are its verbs of saying: where something is said is not where it was done.
        """
        self._before, self._story = named, None
        if named is None and is_narrated(sentence.span.root) and sentence.span.root not in speeches:
            place = story_place(sentence.span)
            self._story = PlaceOfEvent(place.text, self.resolve(place.text), "sentence") if place is not None else None

    def of(
        self, candidate: Candidate, sentence: LocatedSentence, others: list[Candidate], source: Span | None
    ) -> PlaceOfEvent | None:
        """Where the act of ``candidate`` was, one of ``others`` in its sentence: named, taken up, or the dateline's.

        ``source`` is who told of it; who tells of what they do themselves were there.
        """
        is_deed = self._is_deed(candidate)
        source = source if source is None or source.root not in candidate.actors else None
        own = [place for place in places_of(candidate, sentence.span, others) if not _tells_from_afar(source, place)]
        if not is_deed:  # "criticised China" was not in China
            own = [place for place in own if place.head not in candidate.recipients]
        deeds = [other for other in others if self._is_deed(other)] if is_deed else []
        lent = () if own else lent_places(candidate, sentence.span, deeds)
        named = own or [place for place in lent if not _tells_from_afar(source, place)]
        if candidate.event_type in FROM_AFAR:
            # "warned Iran", "left its pact with Iran": whom words and measures are meant for is not where it happened.
            named = [place for place in named if place.head not in candidate.recipients]
        if named:
            resolved = [(self.resolve(place.span.text), place) for place in named]
            # The smallest place of those named: a town says more than its country.
            resolved.sort(key=lambda pair: (pair[1].distance, _size(pair[0])))
            place, chosen = resolved[0]
            return PlaceOfEvent(text=chosen.span.text, place=place, source="sentence", is_lent=not own)
        for head in described_places(candidate):
            span = phrase(head)
            name = self._names.name(span, head, start=sentence.line.start + int(span.start_char)).name
            where = self.resolve(name) if name else None
            if name and where is not None:
                return PlaceOfEvent(text=name, place=where, source="antecedent")
            told = self._told_before(head, sentence)
            if told is not None:
                return told
        before = self._before or (self._story if self._goes_on(candidate) else None)
        if before is not None and self._takes_up_place(candidate, sentence):
            return PlaceOfEvent(before.text, before.place, "sentence_before")
        if self._dateline is not None and sentence.position < self._lead_end:
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

    def _is_deed(self, candidate: Candidate) -> bool:
        """True of what is done at a place rather than said about one."""
        quad_class = self._lexicon.types[candidate.rule.event_type, None].quad_class
        return quad_class.startswith("material") or candidate.rule.event_type == "CONSULT"

    def _goes_on(self, candidate: Candidate) -> bool:
        """True of a deed told in the simple past, as a story goes on."""
        quad_class = self._lexicon.types[candidate.rule.event_type, None].quad_class
        return quad_class == "material_conflict" and is_narrated(candidate.anchor)

    def _takes_up_place(self, candidate: Candidate, sentence: LocatedSentence) -> bool:
        """True where the place of the sentence before still holds: more than hard words, and no other place named."""
        is_deed = self._lexicon.types[candidate.rule.event_type, None].quad_class != "verbal_conflict"
        return is_deed and not any(entity.label_ in {"GPE", "LOC", "FAC"} for entity in sentence.span.ents)


def _tells_from_afar(source: Span | None, place: PlacePhrase) -> bool:
    """True of a place that says where the source is, of one who need not be there: "diplomats in Dakar said"."""
    if source is None or source.root not in ancestors(place.head):
        return False
    qualifiers = {child.lower_ for child in source.root.children}
    is_local = source.root.lemma_.lower() in word_list("local source")
    return not is_local or bool(qualifiers & word_list("source from afar"))


def _size(place: Place | None) -> int:
    return SIZES.get(place.precision, 4) if place is not None else 4
