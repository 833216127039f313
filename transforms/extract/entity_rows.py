"""Rows of named entities: offsets, names, codes and places, also of places inside the names of bodies."""

from collections.abc import Iterator

from transforms.annotate.document import ArticleToCode, LocatedSentence
from transforms.extract.article_entities import trimmed
from transforms.extract.article_places import ArticlePlaces
from transforms.extract.event_places import EventPlaces
from transforms.extract.naming import ArticleNames
from transforms.extract.toponyms import PLACE_LABELS, inner_places
from transforms.ids import content_id
from transforms.records import Entity
from transforms.resolve.actors import ActorCode
from transforms.resolve.datelines import Dateline
from transforms.resolve.places import Gazetteer

NAMELESS = ActorCode(None, None, None, None)
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
"""Labels of entities that can be parties."""


class EntityRows:
    """Makes the rows of one article's entities."""

    def __init__(
        self,
        article: ArticleToCode,
        *,
        names: ArticleNames,
        places: EventPlaces,
        toponyms: ArticlePlaces,
        gazetteer: Gazetteer,
        dateline: Dateline | None,
    ) -> None:
        self._article_id = article.article_id
        self._names = names
        self._places = places
        self._toponyms = toponyms
        self._gazetteer = gazetteer
        self._dateline = dateline

    def of(self, sentence: LocatedSentence, sentence_id: str) -> Iterator[Entity]:
        """The entities of a sentence in their order; the first sentence has the dateline's place before them."""
        if sentence.position == 0 and self._dateline is not None:
            yield self._row("GPE", self._dateline.place_text, self._dateline.place_start, sentence_id)
        for entity in sentence.span.ents:
            span = trimmed(entity)
            start, label = sentence.line.start + int(span.start_char), entity.label_
            code = self._names.name(span, entity.root, start=start) if label in NAMED else NAMELESS
            yield self._row(label, span.text, start, sentence_id, code)
            if label in {"ORG", "FAC"} and code.sector != "MED":
                for place in inner_places(span, self._toponyms.named, self._gazetteer):
                    yield self._row("GPE", place.text, sentence.line.start + int(place.start_char), sentence_id)

    def _row(self, label: str, text: str, start: int, sentence_id: str, code: ActorCode = NAMELESS) -> Entity:
        place = None
        if label in PLACE_LABELS:
            place = self._places.resolve(text)
        elif label == "NORP" and code.country_code:
            place = self._gazetteer.country(code.country_code)
        end = start + len(text)
        return Entity(
            entity_id=content_id("entity", self._article_id, start, end, label),
            article_id=self._article_id,
            sentence_id=sentence_id,
            label=label,
            text=text,
            start_char=start,
            end_char=end,
            name=place.name if place is not None and label in PLACE_LABELS else code.name,
            country_code=place.country_code if place is not None else code.country_code,
            sector=code.sector,
            geoname_id=place.geoname_id if place is not None else None,
            latitude=place.latitude if place is not None else None,
            longitude=place.longitude if place is not None else None,
        )
