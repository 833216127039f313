"""From readings to records: names and codes of parties, place, date, counts, and the facts of the type."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Span, Token

from transforms.annotate.document import AnnotatedArticle, LocatedSentence
from transforms.extract.candidates import Candidate
from transforms.extract.circumstances import DateReader, counts_of, described_places, places_of, tense_of
from transforms.extract.confidence import confidence
from transforms.extract.context import contexts, domain
from transforms.extract.entries import Lexicon
from transforms.extract.kinds import Kinds
from transforms.extract.naming import ArticleNames
from transforms.extract.phrases import phrase
from transforms.extract.readings import ArticleReader, Reading, SentenceReading
from transforms.extract.syntax import case_of
from transforms.ids import content_id
from transforms.records import Entity, EventMention, Participant, Sentence
from transforms.resolve.actors import UNKNOWN, ActorCode, ActorCoder
from transforms.resolve.datelines import find_dateline, find_publication_date
from transforms.resolve.dates import ResolvedDate
from transforms.resolve.places import Gazetteer, Place
from transforms.resolve.retold import Telling, TimeOfAct, ToldActs, headline_date
from transforms.resolve.word_classes import word_class

LEAD_SENTENCES = 3
"""Sentences from the top for whose events the dateline's place holds where they name none."""
SURE_POPULATION = 100_000
"""Inhabitants from which a town is meant also where nothing else in the article lies in its country."""
DEFINITE = frozenset({"the", "this", "these", "those"})
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
class PlaceOfEvent:
    text: str
    place: Place | None
    source: str
    """ "sentence", "antecedent" (of "the town"), "sentence_before" or "dateline"."""


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
        self._dateline = find_dateline(_first_line(self._article.text), published=published_at and published_at.date())
        self._published, self._published_source = self._publication_date()
        self._names = ArticleNames(
            resolvers.coder,
            resolvers.kinds,
            self._article.text,
            sentence_starts=[sentence.start_char for sentence in annotated.sentences()],
            on=self._published,
        )
        self._domain = domain((line.doc for line in annotated.lines), resolvers.lexicon)
        self._countries: Counter[str] = Counter()
        self._places: dict[str, Place | None] = {}
        self._place_before: PlaceOfEvent | None = None
        self._told = ToldActs()
        self._tellings: list[Telling] = []
        """One for each mention, in order: what the headline's date is looked for in."""
        self._date_before: date | None = None
        self._entities: list[Entity] = []
        self._mentions: list[EventMention] = []
        self._participants: list[Participant] = []

    def code(self, reader: ArticleReader) -> Coding:
        """Read and code the whole article."""
        sentences: list[Sentence] = []
        self._weigh_countries()
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

    def _weigh_countries(self) -> None:
        """Count the countries that the article's entities belong to, which decide between places of one name."""
        for line in self._annotated.lines:
            for entity in line.doc.ents:
                if entity.label_ in {"GPE", "NORP", "ORG", "PERSON"}:
                    code = self._resolvers.coder.code(
                        _without_article(entity).text, head=entity.root.text, label=entity.label_
                    )
                    if code.country_code:
                        self._countries[code.country_code] += 1

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
        for entity in sentence.span.ents:
            span = _without_article(entity)
            start, end = sentence.line.start + span.start_char, sentence.line.start + span.end_char
            code = ActorCode(None, None, None, None)
            place = None
            if entity.label_ in {"PERSON", "ORG", "GPE", "NORP"}:
                code = self._names.name(span, entity.root, start=start)
            if entity.label_ in {"GPE", "LOC", "FAC"}:
                place = self._resolve_place(span.text)
            self._entities.append(
                Entity(
                    entity_id=content_id("entity", self._article.article_id, start, end, entity.label_),
                    article_id=self._article.article_id,
                    sentence_id=sentence_id,
                    label=entity.label_,
                    text=span.text,
                    start_char=start,
                    end_char=end,
                    name=place.name if place is not None else code.name,
                    country_code=place.country_code if place is not None else code.country_code,
                    sector=code.sector,
                    geoname_id=place.geoname_id if place is not None else None,
                )
            )

    def _resolve_place(self, text: str) -> Place | None:
        if text not in self._places:
            near = [place for place in self._places.values() if place is not None][-5:]
            self._places[text] = self._resolvers.gazetteer.resolve(text, near=near, countries=self._countries)
        return self._places[text]

    # Events

    def _code_events(self, read: SentenceReading, sentence_id: str) -> None:
        candidates = [reading.candidate for reading in read.readings]
        dates = DateReader(read.sentence.span, candidates, list(read.speeches))
        named_here: PlaceOfEvent | None = None
        told_before = len(self._tellings)
        for reading in read.readings:
            place = self._place(reading.candidate, read.sentence, candidates)
            parties = self._parties(reading, read.sentence, place)
            if self._domain is not None and not any(self._is_public(party) for party in parties):
                continue
            named_here = place if place is not None and place.source == "sentence" else named_here
            self._add_mention(reading, read.sentence, sentence_id, parties=parties, place=place, dates=dates)
        self._place_before = named_here
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
        telling = self._telling(reading, parties, place, when)
        when = when or self._told.date_of(telling)
        self._told.add(telling)
        self._tellings.append(telling)
        resolved, date_source = self._when(when, status)
        where = place.place if place is not None else None
        counts = counts_of(candidate, self._resolvers.lexicon.casualty_fields, _is_person)
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
        self, reading: Reading, parties: list[Participant], place: PlaceOfEvent | None, when: TimeOfAct | None
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
            place=where if place is not None and place.source == "sentence" else None,
            when=when,
            is_definite=trigger.pos_ == "NOUN"
            and any(child.dep_ == "det" and child.lower_ in DEFINITE for child in trigger.children),
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

    def _parties(self, reading: Reading, sentence: LocatedSentence, place: PlaceOfEvent | None) -> list[Participant]:
        parties: list[Participant] = []
        source = reading.source
        speaker = (
            self._names.speaker(source, start=sentence.line.start + source.start_char) if source is not None else None
        )
        for role, heads in (("actor", reading.candidate.actors), ("recipient", reading.candidate.recipients)):
            for position, head in enumerate(heads):
                span = phrase(head)
                start = sentence.line.start + span.start_char
                code = self._names.name(span, head, start=start, speaker=speaker)
                if head.pos_ == "PRON" and code.name and any(party.name == code.name for party in parties):
                    # "Ann thanked him": nobody but a reflexive pronoun takes up a party of its own act.
                    code = UNKNOWN
                if code.country_code is None:
                    country = self._country_of_ground(head, span, code) or self._country_at_home(head, code, place)
                    code = replace(code, country_code=country)
                parties.append(
                    Participant(
                        event_mention_id="",
                        role=role,
                        position=position,
                        text=span.text,
                        start_char=start,
                        end_char=sentence.line.start + span.end_char,
                        name=code.name,
                        actor_id=code.actor_id,
                        country_code=code.country_code,
                        sector=code.sector,
                    )
                )
        return parties

    def _country_of_ground(self, head: Token, span: Span, code: ActorCode) -> str | None:
        """The country that a town or region lies in, named itself or taken up ("shelled Raqqa", "the town")."""
        is_place = head.ent_type_ in {"GPE", "LOC", "FAC"}
        if not is_place and not (code.name and self._resolvers.kinds.of(head) == "place"):
            return None
        place = self._resolve_place(span.text if is_place else code.name or "")
        if place is None or (place.population < SURE_POPULATION and place.country_code not in self._countries):
            return None  # a small namesake far from all that the article speaks of
        return place.country_code

    def _country_at_home(self, head: Token, code: ActorCode, place: PlaceOfEvent | None) -> str | None:
        """The country of people who mostly belong to where they are ("civilians in Aleppo"), as the sentence names it.

        The place beside the phrase itself counts first, then the place that the sentence gives for the act.
        """
        kind = self._resolvers.kinds.of(head)
        belongs = kind == "place" or (code.sector in word_class("home sector") and code.sector != "GOV")
        if not belongs or code.name or head.pos_ == "PRON":
            return None  # governments and their embassies act abroad
        if any(token.ent_type_ in {"NORP", "PERSON", "ORG"} for token in phrase(head)):
            return None
        for child in head.children:
            if child.ent_type_ in {"GPE", "LOC"} and case_of(child) in word_class("home preposition"):
                beside = self._resolve_place(phrase(child).text)
                return beside.country_code if beside is not None else None
        if place is None or place.place is None or place.source != "sentence":
            return None
        return place.place.country_code

    def _place(self, candidate: Candidate, sentence: LocatedSentence, others: list[Candidate]) -> PlaceOfEvent | None:
        named = places_of(candidate, sentence.span, others)
        if named:
            resolved = [(self._resolve_place(place.span.text), place) for place in named]
            # The smallest place of those named: a town says more than its country.
            resolved.sort(key=lambda pair: (pair[1].distance, _size(pair[0])))
            place, chosen = resolved[0]
            return PlaceOfEvent(text=chosen.span.text, place=place, source="sentence")
        for head in described_places(candidate):
            span = phrase(head)
            name = self._names.name(span, head, start=sentence.line.start + int(span.start_char)).name
            where = self._resolve_place(name) if name else None
            if name and where is not None:
                return PlaceOfEvent(text=name, place=where, source="antecedent")
        if self._place_before is not None and self._takes_up_place(candidate, sentence):
            return PlaceOfEvent(self._place_before.text, self._place_before.place, "sentence_before")
        if self._dateline is not None and sentence.position < LEAD_SENTENCES:
            return PlaceOfEvent(self._dateline.place_text, self._resolve_place(self._dateline.place_text), "dateline")
        return None

    def _takes_up_place(self, candidate: Candidate, sentence: LocatedSentence) -> bool:
        """True where the place of the sentence before still holds: more than hard words, and no other place named."""
        is_deed = self._resolvers.lexicon.types[candidate.rule.event_type, None].quad_class != "verbal_conflict"
        return is_deed and not any(entity.label_ in {"GPE", "LOC", "FAC"} for entity in sentence.span.ents)


SIZES = {"site": 0, "city": 1, "water": 2, "admin2": 2, "region": 3, "admin1": 3, "country": 5}


def _size(place: Place | None) -> int:
    return SIZES.get(place.precision, 4) if place is not None else 4


def _without_article(entity: Span) -> Span:
    start = int(entity.start)
    if entity.doc[start].lower_ in {"the", "a", "an"} and start < entity.end - 1:
        start += 1
    end = int(entity.end)
    if entity.doc[end - 1].lower_ in {"'s", "’s", "'", "’"} and end - 1 > start:
        end -= 1
    return entity.doc[start:end]


def _trigger_range(candidate: Candidate, sentence: LocatedSentence) -> tuple[int, int]:
    """Characters of the trigger in the article; a particle right behind its verb belongs to it."""
    trigger, last = candidate.trigger, candidate.trigger
    if candidate.hyphenated is not None:
        trigger, last = candidate.hyphenated[0], candidate.hyphenated[-1]
    if candidate.particle is not None and candidate.particle.i == trigger.i + 1:
        last = candidate.particle
    return sentence.line.start + trigger.idx, sentence.line.start + last.idx + len(last.text)


def _is_person(token: Token) -> bool:
    return bool(token.ent_type_ == "PERSON")


def _first_line(text: str) -> str:
    return text.lstrip().split("\n", 1)[0]
