"""Rows of event mentions: the reading with its facts, offsets, counts, place and date."""

from transforms.annotate.document import ArticleToCode, LocatedSentence
from transforms.extract.candidates import Candidate
from transforms.extract.casualties import Counts
from transforms.extract.context import contexts
from transforms.extract.entries import TypeFacts
from transforms.extract.event_places import PlaceOfEvent
from transforms.extract.mention_dates import MentionDate
from transforms.extract.readings import Reading
from transforms.extract.resolvers import Resolvers
from transforms.ids import content_id
from transforms.records import EventMention

UNSCORED = 0.0
"""Confidence of a mention until its article is read to the end, on which it rests too."""


class MentionRows:
    """Makes the rows of one article's mentions."""

    def __init__(self, article: ArticleToCode, resolvers: Resolvers, *, extractor_version: str) -> None:
        self._article = article
        self._lexicon = resolvers.lexicon
        self._kinds = resolvers.kinds
        self._version = extractor_version

    def facts(self, reading: Reading) -> TypeFacts:
        """What the ontology says of the type and mode of a reading."""
        return self._lexicon.types[reading.candidate.event_type, reading.candidate.mode]

    def of(
        self,
        reading: Reading,
        sentence: LocatedSentence,
        sentence_id: str,
        *,
        place: PlaceOfEvent | None,
        when: MentionDate,
        counts: Counts,
    ) -> EventMention:
        """The row of one reading."""
        candidate, status = reading.candidate, reading.status.value
        if status == "asserted" and when.is_ahead:
            status = "planned"  # "the country, which hosts the summit in August"
        article_id = self._article.article_id
        start, end = _trigger_range(candidate, sentence)
        facts = self.facts(reading)
        where = place.place if place is not None else None
        resolved = when.resolved
        return EventMention(
            event_mention_id=content_id("mention", article_id, start, end, candidate.event_type),
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
            contexts=contexts(sentence.span, self._lexicon),
            status=status,
            attributed_to=reading.source.text if reading.source is not None else None,
            trigger_text=self._article.text[start:end],
            trigger_start=start,
            trigger_end=end,
            date_start=resolved.start if resolved else None,
            date_end=resolved.end if resolved else None,
            date_precision=resolved.precision if resolved else None,
            date_source=when.source,
            date_text=when.text,
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
            confidence=UNSCORED,
            rule_id=candidate.rule.rule_id,
            extractor_version=self._version,
        )


def _trigger_range(candidate: Candidate, sentence: LocatedSentence) -> tuple[int, int]:
    """Characters of the trigger in the article; a particle right behind its verb belongs to it."""
    trigger, last = candidate.trigger, candidate.trigger
    if candidate.hyphenated is not None:
        trigger, last = candidate.hyphenated[0], candidate.hyphenated[-1]
    if candidate.particle is not None and candidate.particle.i == trigger.i + 1:
        last = candidate.particle
    return sentence.line.start + trigger.idx, sentence.line.start + last.idx + len(last.text)
