"""From readings to records: names and codes of parties, place, date, counts, and the facts of the type."""

from dataclasses import dataclass, replace
from datetime import date

from transforms.annotate.document import AnnotatedArticle, LocatedSentence
from transforms.extract.article_entities import trimmed, weigh_countries
from transforms.extract.article_places import ArticlePlaces
from transforms.extract.candidates import Candidate
from transforms.extract.circumstances import counts_of
from transforms.extract.confidence import confidence
from transforms.extract.context import contexts, domain
from transforms.extract.entries import Lexicon
from transforms.extract.event_dates import DateReader, is_narrated, subject_of, tense_of
from transforms.extract.event_parties import EventParties
from transforms.extract.event_places import EventPlaces, PlaceOfEvent
from transforms.extract.kinds import Kinds
from transforms.extract.naming import ArticleNames
from transforms.extract.readings import ArticleReader, Reading, SentenceReading
from transforms.extract.toponyms import PLACE_LABELS, inner_places
from transforms.ids import content_id
from transforms.records import Entity, EventMention, Participant, Sentence
from transforms.resolve.actors import ActorCode, ActorCoder
from transforms.resolve.datelines import dateline_of, find_publication_date
from transforms.resolve.dates import ResolvedDate
from transforms.resolve.places import Gazetteer
from transforms.resolve.retold import Story, Telling, TimeOfAct, ToldActs, headline_date

DEFINITE = frozenset({"the", "this", "these", "those"})
NAMELESS = ActorCode(None, None, None, None)
HEADLINE_LEAD = 5
"""Sentences from the top among which the headline's act is looked for; the first may be the headline."""
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


@dataclass(frozen=True, slots=True)
class Resolvers:
    """What turns words into codes."""

    coder: ActorCoder
    gazetteer: Gazetteer
    kinds: Kinds
    lexicon: Lexicon


class ArticleCoder:
    """Codes one article; holds what one sentence leaves for the next."""

    def __init__(self, annotated: AnnotatedArticle, resolvers: Resolvers, *, extractor_version: str) -> None:
        self._annotated = annotated
        self._article = annotated.article
        self._resolvers = resolvers
        self._version = extractor_version
        published_at = self._article.published_at
        self._dateline = dateline_of(self._article.text, published=published_at and published_at.date())
        self._published, self._published_source = self._publication_date()
        starts = [sentence.start_char for sentence in annotated.sentences()]
        self._names = ArticleNames(
            resolvers.coder,
            resolvers.kinds,
            self._article.text,
            sentence_starts=starts,
            on=self._published,
        )
        self._domain = domain((line.doc for line in annotated.lines), resolvers.lexicon)
        countries = weigh_countries(annotated, resolvers.coder)
        self._toponyms = ArticlePlaces(
            annotated,
            resolvers.gazetteer,
            countries=countries.named,
            dateline=self._dateline.place_text if self._dateline is not None else None,
        )
        self._places = EventPlaces(
            self._toponyms, resolvers.lexicon, self._names, dateline=self._dateline, sentence_starts=starts
        )
        self._parties = EventParties(self._names, resolvers.kinds, self._places, countries=countries)
        self._told = ToldActs()
        self._story = Story()
        self._tellings: list[Telling] = []
        """One for each mention, in order: what the headline's date is looked for in."""
        self._date_before: date | None = None
        self._entities: list[Entity] = []
        self._mentions: list[EventMention] = []
        self._participants: list[Participant] = []

    def code(self, reader: ArticleReader) -> Coding:
        """Read and code the whole article."""
        sentences: list[Sentence] = []
        for read in reader.read(self._annotated):
            sentence = self._sentence(read.sentence)
            sentences.append(sentence)
            self._names.observe(read.sentence)
            self._code_entities(read.sentence, sentence.sentence_id)
            self._code_events(read, sentence.sentence_id)
        self._date_headline(sentences)
        return Coding(
            article_id=self._article.article_id,
            sentences=tuple(sentences),
            entities=tuple(self._entities),
            event_mentions=tuple(self._mentions),
            participants=tuple(self._participants),
        )

    def _publication_date(self) -> tuple[date | None, str]:
        if self._dateline is not None and self._dateline.date is not None and self._article.published_at is None:
            return self._dateline.date, "dateline"
        if self._article.published_at is not None:
            return self._article.published_at.date(), "publication"
        return find_publication_date(self._article.text), "dateline"

    # Sentences and entities

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

    def _code_entities(self, sentence: LocatedSentence, sentence_id: str) -> None:
        if sentence.position == 0 and self._dateline is not None:
            self._add_entity("GPE", self._dateline.place_text, self._dateline.place_start, sentence_id, NAMELESS)
        for entity in sentence.span.ents:
            span = trimmed(entity)
            start, label = sentence.line.start + int(span.start_char), entity.label_
            code = NAMELESS
            if label in {"PERSON", "ORG", "GPE", "NORP"}:
                code = self._names.name(span, entity.root, start=start)
            self._add_entity(label, span.text, start, sentence_id, code)
            if label in {"ORG", "FAC"} and code.sector != "MED":
                for place in inner_places(span, self._toponyms.named, self._resolvers.gazetteer):
                    inner_start = sentence.line.start + int(place.start_char)
                    self._add_entity("GPE", place.text, inner_start, sentence_id, NAMELESS)

    def _add_entity(self, label: str, text: str, start: int, sentence_id: str, code: ActorCode) -> None:
        place = None
        if label in PLACE_LABELS:
            place = self._places.resolve(text)
        elif label == "NORP" and code.country_code:
            place = self._resolvers.gazetteer.country(code.country_code)
        end = start + len(text)
        self._entities.append(
            Entity(
                entity_id=content_id("entity", self._article.article_id, start, end, label),
                article_id=self._article.article_id,
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
        )

    # Events

    def _code_events(self, read: SentenceReading, sentence_id: str) -> None:
        candidates = [reading.candidate for reading in read.readings]
        dates = DateReader(read.sentence.span, candidates, list(read.speeches))
        named_here: PlaceOfEvent | None = None
        told_before = len(self._tellings)
        for reading in read.readings:
            place = self._places.of(reading.candidate, read.sentence, candidates)
            parties = self._parties.of(reading, read.sentence, place)
            if self._domain is not None and not any(self._is_public(party) for party in parties):
                continue
            named_here = place if place is not None and place.source == "sentence" else named_here
            self._add_mention(reading, read.sentence, sentence_id, parties=parties, place=place, dates=dates)
        self._places.end_sentence(named_here, read.sentence, [speech.verb for speech in read.speeches])
        self._story.tell(
            dates.story(published=self._published),
            sentence=read.sentence.position,
            subject=subject_of(read.sentence.span.root),
            place=named_here.place.name if named_here is not None and named_here.place is not None else None,
        )
        told = [telling.when for telling in self._tellings[told_before:] if telling.when is not None]
        self._date_before = told[-1].resolved.start if told else self._date_before

    def _is_public(self, party: Participant) -> bool:
        """True of a party whose acts are political also in a report on sports or markets; a bare country is a team."""
        is_demonym = party.sector == "GOV" and " " not in party.text
        is_country = is_demonym or (bool(party.actor_id) and party.actor_id == party.country_code)
        return party.sector in PUBLIC_SECTORS and not is_country

    def _add_mention(
        self,
        reading: Reading,
        sentence: LocatedSentence,
        sentence_id: str,
        *,
        parties: list[Participant],
        place: PlaceOfEvent | None,
        dates: DateReader,
    ) -> None:
        candidate, status = reading.candidate, reading.status.value
        rule, article_id = candidate.rule, self._article.article_id
        start, end = _trigger_range(candidate, sentence)
        mention_id = content_id("mention", article_id, start, end, candidate.event_type)
        facts = self._resolvers.lexicon.types[candidate.event_type, candidate.mode]
        when = dates.date_of(
            candidate, published=self._published, tense=tense_of(candidate, status), anchor=self._date_before
        )
        telling = self._telling(reading, parties, place, when, position=sentence.position)
        when = when or self._told.date_of(telling)
        if when is None and facts.quad_class == "material_conflict":
            when = self._story.date_of(telling)
        self._told.add(telling, carried=when)
        self._tellings.append(telling)
        resolved, date_source = self._when(when, status)
        where = place.place if place is not None else None
        counts = counts_of(candidate, self._resolvers.lexicon.casualty_fields, self._resolvers.kinds.of)
        self._mentions.append(
            EventMention(
                event_mention_id=mention_id,
                article_id=article_id,
                sentence_id=sentence_id,
                event_type=candidate.event_type,
                mode=candidate.mode,
                plover_type=facts.planned_type if status == "planned" else candidate.event_type,
                quad_class=facts.quad_class,
                intensity=facts.intensity,
                cameo_root=facts.cameo_root,
                acled_type=facts.acled_type,
                acled_sub_type=facts.acled_sub_type,
                contexts=contexts(sentence.span, self._resolvers.lexicon),
                status=status,
                attributed_to=reading.source.text if reading.source is not None else None,
                trigger_text=self._article.text[start:end],
                trigger_start=start,
                trigger_end=end,
                date_start=resolved.start if resolved else None,
                date_end=resolved.end if resolved else None,
                date_precision=resolved.precision if resolved else None,
                date_source=date_source,
                date_text=when.text if when is not None else None,
                place_text=place.text if place is not None else None,
                place_name=where.name if where else None,
                geoname_id=where.geoname_id if where else None,
                latitude=where.latitude if where else None,
                longitude=where.longitude if where else None,
                admin1=where.admin1 if where else None,
                country_code=where.country_code if where else None,
                place_precision=where.precision if where else None,
                place_source=place.source if place is not None else None,
                killed=counts["killed"],
                injured=counts["injured"],
                detained=counts["detained"],
                confidence=confidence(reading, self._resolvers.kinds, in_gated_domain=self._domain is not None),
                rule_id=rule.rule_id,
                extractor_version=self._version,
            )
        )
        self._participants += [replace(party, event_mention_id=mention_id) for party in parties]

    def _telling(
        self,
        reading: Reading,
        parties: list[Participant],
        place: PlaceOfEvent | None,
        when: TimeOfAct | None,
        *,
        position: int,
    ) -> Telling:
        """What is known of the act to tell it from others; states and forces count as parties by their country."""
        names: dict[str, set[str]] = {"actor": set(), "recipient": set()}
        for party in parties:
            names[party.role] |= {name for name in (party.actor_id, party.name) if name}
            if party.country_code and party.sector:
                names[party.role].add(f"{party.country_code} {party.sector}")
        where = place.place.name if place is not None and place.place is not None else None
        trigger = reading.candidate.trigger
        return Telling(
            event_type=reading.candidate.event_type,
            status=reading.status.value,
            lemma=trigger.lemma_.lower(),
            actors=frozenset(names["actor"]),
            recipients=frozenset(names["recipient"]),
            place=where if place is not None and place.source == "sentence" and not place.is_lent else None,
            when=when,
            is_definite=trigger.pos_ == "NOUN"
            and any(child.dep_ == "det" and child.lower_ in DEFINITE for child in trigger.children),
            is_narrated=is_narrated(reading.candidate.anchor),
            sentence=position,
            subject=subject_of(reading.candidate.anchor),
        )

    def _date_headline(self, sentences: list[Sentence]) -> None:
        """Date what the first sentence tells without a date by the telling of the same act in the lead."""
        lead = [sentence.sentence_id for sentence in sentences[:HEADLINE_LEAD]]
        for i, mention in enumerate(self._mentions):
            if mention.sentence_id != lead[0]:
                break
            if mention.date_source == "text":
                continue
            told = headline_date(
                self._tellings[i],
                (
                    telling
                    for other, telling in zip(self._mentions, self._tellings, strict=True)
                    if other.sentence_id in lead[1:]
                ),
            )
            if told is not None:
                self._mentions[i] = replace(
                    mention,
                    date_start=told.resolved.start,
                    date_end=told.resolved.end,
                    date_precision=told.resolved.precision,
                    date_source="text",
                    date_text=told.text,
                )

    def _when(self, when: TimeOfAct | None, status: str) -> tuple[ResolvedDate | None, str | None]:
        """The date and its source; a told act that names no date falls back on the day of publication."""
        if when is not None:
            return when.resolved, "text"
        if status in {"asserted", "negated"} and self._published is not None:
            return ResolvedDate(self._published, self._published, "day"), self._published_source
        return None, None


def _trigger_range(candidate: Candidate, sentence: LocatedSentence) -> tuple[int, int]:
    """Characters of the trigger in the article; a particle right behind its verb belongs to it."""
    trigger, last = candidate.trigger, candidate.trigger
    if candidate.hyphenated is not None:
        trigger, last = candidate.hyphenated[0], candidate.hyphenated[-1]
    if candidate.particle is not None and candidate.particle.i == trigger.i + 1:
        last = candidate.particle
    return sentence.line.start + trigger.idx, sentence.line.start + last.idx + len(last.text)
