"""From readings to records: sentences, entities, mentions and their parties, one article at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from transforms.annotate.document import AnnotatedArticle, LocatedSentence
from transforms.extract.article_entities import weigh_countries
from transforms.extract.article_places import ArticlePlaces
from transforms.extract.casualties import Casualties
from transforms.extract.confidence import confidence, load_weights
from transforms.extract.context import domain
from transforms.extract.entity_rows import EntityRows
from transforms.extract.event_parties import EventParties
from transforms.extract.event_places import EventPlaces, PlaceOfEvent
from transforms.extract.evidence import Signs, signs_of_article, signs_of_mention
from transforms.extract.mention_dates import MentionDates, publication_of, reader_of
from transforms.extract.mention_rows import MentionRows
from transforms.extract.naming import ArticleNames
from transforms.extract.readings import ArticleReader, SentenceReading
from transforms.extract.resolvers import Resolvers
from transforms.ids import content_id
from transforms.records import Entity, EventMention, Participant, Sentence
from transforms.resolve.datelines import dateline_of

__all__ = ["ArticleCoder", "Coding", "Resolvers"]

PUBLIC_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "REB", "IGO", "OPP", "IMG", "MIG"})
"""Who must take part for an event to be coded in a document of a gated domain (sports, business, ...)."""


@dataclass(frozen=True, slots=True)
class Coding:
    """Everything that was extracted from one article."""

    article_id: str
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    event_mentions: tuple[EventMention, ...]
    participants: tuple[Participant, ...]
    signs: tuple[Signs, ...] = ()
    """What the confidence of each mention rests on."""


class ArticleCoder:
    """Codes one article; holds what one sentence leaves for the next."""

    def __init__(self, annotated: AnnotatedArticle, resolvers: Resolvers, *, extractor_version: str) -> None:
        self._annotated = annotated
        self._article = annotated.article
        self._resolvers = resolvers
        published_at = self._article.published_at
        dateline = dateline_of(self._article.text, published=published_at and published_at.date())
        published, source = publication_of(self._article, dateline)
        starts = [sentence.start_char for sentence in annotated.sentences()]
        countries = weigh_countries(annotated, resolvers.coder)
        toponyms = ArticlePlaces(
            annotated,
            resolvers.gazetteer,
            countries=countries,
            dateline=dateline.place_text if dateline is not None else None,
        )
        self._is_gated = domain((line.doc for line in annotated.lines), resolvers.lexicon) is not None
        self._names = ArticleNames(
            resolvers.coder, resolvers.kinds, self._article.text, sentence_starts=starts, on=published
        )
        self._places = EventPlaces(toponyms, resolvers.lexicon, self._names, dateline=dateline, sentence_starts=starts)
        self._dates = MentionDates(published, source)
        self._parties = EventParties(self._names, resolvers.kinds, self._places, countries=countries)
        self._entity_rows = EntityRows(
            self._article,
            names=self._names,
            places=self._places,
            toponyms=toponyms,
            gazetteer=resolvers.gazetteer,
            dateline=dateline,
        )
        self._mention_rows = MentionRows(self._article, resolvers, extractor_version=extractor_version)
        self._mentions: list[EventMention] = []
        self._signs: list[Signs] = []
        self._participants: list[Participant] = []

    def code(self, reader: ArticleReader) -> Coding:
        """Read and code the whole article."""
        sentences: list[Sentence] = []
        entities: list[Entity] = []
        for read in reader.read(self._annotated):
            sentence = self._sentence(read.sentence)
            sentences.append(sentence)
            self._names.observe(read.sentence)
            entities += self._entity_rows.of(read.sentence, sentence.sentence_id)
            self._code_events(read, sentence.sentence_id)
        sentence_ids = [sentence.sentence_id for sentence in sentences]
        of_article = frozenset(signs_of_article(self._mentions, len(sentences), is_gated=self._is_gated))
        signs = tuple(of_mention | of_article for of_mention in self._signs)
        mentions = self._dates.date_headline(self._mentions, sentence_ids)
        return Coding(
            article_id=self._article.article_id,
            sentences=tuple(sentences),
            entities=tuple(entities),
            event_mentions=tuple(
                replace(mention, confidence=confidence(found, load_weights()))
                for mention, found in zip(mentions, signs, strict=True)
            ),
            participants=tuple(self._participants),
            signs=signs,
        )

    def _sentence(self, sentence: LocatedSentence) -> Sentence:
        start, end = sentence.start_char, sentence.end_char
        article_id = self._article.article_id
        return Sentence(
            sentence_id=content_id("sentence", article_id, start, end),
            article_id=article_id,
            position=sentence.position,
            start_char=start,
            end_char=end,
            text=self._article.text[start:end],
        )

    def _code_events(self, read: SentenceReading, sentence_id: str) -> None:
        candidates = [reading.candidate for reading in read.readings]
        dates = reader_of(read)
        struck = Casualties(read.sentence.span, candidates, self._resolvers.lexicon, self._resolvers.kinds.of)
        named_here: PlaceOfEvent | None = None
        for reading in read.readings:
            place = self._places.of(reading.candidate, read.sentence, candidates, reading.source)
            parties = self._parties.of(reading, read.sentence, place)
            if self._is_gated and not _has_public(parties):
                continue
            named_here = place if place is not None and place.source == "sentence" else named_here
            when = self._dates.of(
                reading,
                dates,
                parties,
                place=place,
                position=read.sentence.position,
                is_material_conflict=self._mention_rows.facts(reading).quad_class == "material_conflict",
            )
            counts = struck.of(reading.candidate)
            mention = self._mention_rows.of(reading, read.sentence, sentence_id, place=place, when=when, counts=counts)
            self._mentions.append(mention)
            self._signs.append(frozenset(signs_of_mention(reading, mention, parties)))
            self._participants += [replace(party, event_mention_id=mention.event_mention_id) for party in parties]
        self._places.end_sentence(named_here, read.sentence, [speech.verb for speech in read.speeches])
        self._dates.end_sentence(dates, read.sentence, named_here)


def _has_public(parties: Iterable[Participant]) -> bool:
    """True where somebody takes part whose acts are political also in a report on sports or markets."""
    return any(_is_public(party) for party in parties)


def _is_public(party: Participant) -> bool:
    """True of bodies of the state and the like; a bare country is a team."""
    is_demonym = party.sector == "GOV" and " " not in party.text
    is_country = is_demonym or (bool(party.actor_id) and party.actor_id == party.country_code)
    return party.sector in PUBLIC_SECTORS and not is_country
