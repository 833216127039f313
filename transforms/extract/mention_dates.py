"""The dates of one article's mentions: told by the sentence, by another telling of the act, or that of publication."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from transforms.annotate.document import ArticleToCode, LocatedSentence
from transforms.extract.event_dates import DateReader, is_narrated, occasion_of, subject_of, tense_of, told_in
from transforms.extract.event_places import PlaceOfEvent
from transforms.extract.readings import Reading, SentenceReading
from transforms.records import EventMention, Participant
from transforms.resolve.datelines import Dateline, find_publication_date
from transforms.resolve.dates import ResolvedDate
from transforms.resolve.retold import Story, Telling, TimeOfAct, ToldActs, headline_date

DEFINITE = frozenset({"the", "this", "these", "those"})
LATE_EDITION = timedelta(days=2)
"""How far behind its publication date an article may tell of what has happened."""
HEADLINE_LEAD = 5
"""Sentences from the top among which the headline's act is looked for; the first may be the headline."""


@dataclass(frozen=True, slots=True)
class MentionDate:
    """The date of a mention, what it was taken from, and the words that told it, if any did."""

    resolved: ResolvedDate | None = None
    source: str | None = None
    text: str | None = None
    is_ahead: bool = False
    """Told by the text, and more than ``LATE_EDITION`` after publication: what is told as done is still to come."""


def publication_of(article: ArticleToCode, dateline: Dateline | None) -> tuple[date | None, str]:
    """The day of publication and what tells it: the article's record, else its dateline or its text."""
    if dateline is not None and dateline.date is not None and article.published_at is None:
        return dateline.date, "dateline"
    if article.published_at is not None:
        return article.published_at.date(), "publication"
    return find_publication_date(article.text), "dateline"


class MentionDates:
    """Dates the mentions of one article in their order; holds what one sentence tells for the next."""

    def __init__(self, published: date | None, source: str) -> None:
        self._published = published
        self._source = source
        self._told = ToldActs()
        self._story = Story()
        self._tellings: list[Telling] = []
        """One for each mention, in order: what the headline's date is looked for in."""
        self._date_before: date | None = None

    def of(
        self,
        reading: Reading,
        dates: DateReader,
        parties: Sequence[Participant],
        *,
        place: PlaceOfEvent | None,
        position: int,
        is_material_conflict: bool,
    ) -> MentionDate:
        """The date of the next mention, which ``dates`` reads in the sentence at ``position``."""
        candidate, status = reading.candidate, reading.status.value
        when = dates.date_of(
            candidate, published=self._published, tense=tense_of(candidate, status), anchor=self._date_before
        )
        telling = _telling(reading, parties, place, when, position=position)
        when = when or self._told.date_of(telling)
        if when is None and is_material_conflict:
            when = self._story.date_of(telling)
        self._told.add(telling, carried=when)
        self._tellings.append(telling)
        return self._dated(when, status)

    def _dated(self, when: TimeOfAct | None, status: str) -> MentionDate:
        """A told act that names no date falls back on the day of publication."""
        if when is not None:
            is_ahead = self._published is not None and when.resolved.start > self._published + LATE_EDITION
            return MentionDate(when.resolved, "text", when.text, is_ahead)
        if status in {"asserted", "negated"} and self._published is not None:
            return MentionDate(ResolvedDate(self._published, self._published, "day"), self._source)
        return MentionDate()

    def end_sentence(self, dates: DateReader, sentence: LocatedSentence, place: PlaceOfEvent | None) -> None:
        """Remember for the next sentences what this one told, with the ``place`` that it names."""
        self._story.tell(
            dates.story(published=self._published),
            sentence=sentence.position,
            subject=subject_of(sentence.span.root),
            place=place.name if place is not None else None,
            occasions=told_in(sentence.span),
        )
        self._date_before = self._told_last_in(sentence.position) or self._date_before

    def _told_last_in(self, position: int) -> date | None:
        for telling in reversed(self._tellings):
            if telling.sentence != position:
                return None
            if telling.when is not None:
                return telling.when.resolved.start
        return None

    def date_headline(self, mentions: Sequence[EventMention], sentence_ids: Sequence[str]) -> list[EventMention]:
        """The mentions, what the first sentence tells without a date dated by the same act's telling in the lead."""
        lead = frozenset(sentence_ids[1:HEADLINE_LEAD])
        dated = list(mentions)
        for i, mention in enumerate(mentions):
            if mention.sentence_id != sentence_ids[0]:
                break
            if mention.date_source == "text":
                continue
            others = zip(mentions, self._tellings, strict=True)
            told = headline_date(self._tellings[i], (telling for other, telling in others if other.sentence_id in lead))
            if told is not None:
                dated[i] = replace(
                    mention,
                    date_start=told.resolved.start,
                    date_end=told.resolved.end,
                    date_precision=told.resolved.precision,
                    date_source="text",
                    date_text=told.text,
                )
        return dated


def reader_of(read: SentenceReading) -> DateReader:
    """The reader of the dates that a sentence names."""
    return DateReader(read.sentence.span, [reading.candidate for reading in read.readings], list(read.speeches))


def _telling(
    reading: Reading,
    parties: Sequence[Participant],
    place: PlaceOfEvent | None,
    when: TimeOfAct | None,
    *,
    position: int,
) -> Telling:
    """What is known of the act to tell it from others; states and forces count as parties by their country."""
    names: dict[str, set[str]] = {"actor": set(), "recipient": set()}
    for party in parties:
        names[party.role] |= {name for name in (party.actor_id, party.name) if name}
        if party.country_code and party.sector not in {None, "CIV"}:
            names[party.role].add(f"{party.country_code} {party.sector}")
    trigger = reading.candidate.trigger
    return Telling(
        event_type=reading.candidate.event_type,
        status=reading.status.value,
        lemma=trigger.lemma_.lower(),
        actors=frozenset(names["actor"]),
        recipients=frozenset(names["recipient"]),
        place=place.name if place is not None and place.source == "sentence" and not place.is_lent else None,
        when=when,
        is_definite=trigger.pos_ == "NOUN"
        and any(child.dep_ == "det" and child.lower_ in DEFINITE for child in trigger.children),
        is_narrated=is_narrated(reading.candidate.anchor),
        sentence=position,
        subject=subject_of(reading.candidate.anchor),
        occasion=occasion_of(reading.candidate.anchor),
    )
