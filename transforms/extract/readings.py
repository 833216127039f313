"""Reading an article sentence by sentence: which predicates stand, their status, and who vouches for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from transforms.annotate.document import AnnotatedArticle, LocatedSentence
from transforms.extract.attribution import AttributionReader, Speech, told_by_claims
from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.entries import Lexicon
from transforms.extract.intentions import read_intention
from transforms.extract.kinds import Kinds
from transforms.extract.modes import ModeReader
from transforms.extract.phrases import phrase
from transforms.extract.predicates import PredicateFinder
from transforms.extract.quotations import Voices
from transforms.extract.selection import Selector
from transforms.extract.status import Status, StatusReader


@dataclass(frozen=True, slots=True)
class Reading:
    """One predicate that stands, with its status and the span of whoever vouches for it."""

    candidate: Candidate
    status: Status
    source: Span | None


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """Everything read in one sentence."""

    sentence: LocatedSentence
    readings: tuple[Reading, ...]
    dropped_senses: tuple[Dropped, ...]
    """Readings whose own tests failed: the word stands for something else."""
    dropped_from_scope: tuple[Dropped, ...]
    """Readings that another one takes in, or that are no event of their own (content, repetition, result ...)."""
    speeches: tuple[Speech, ...]

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """All readings that a test threw out."""
        return (*self.dropped_senses, *self.dropped_from_scope)


class ArticleReader:
    """Applies the lexicons to annotated articles."""

    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._finder = PredicateFinder(lexicon, kinds)
        self._selector = Selector(lexicon, kinds)
        self._modes = ModeReader(lexicon.instruments, kinds)
        self._intentions = lexicon.intentions
        self._status = StatusReader(lexicon)
        self._attribution = AttributionReader(lexicon, kinds)

    def read(self, annotated: AnnotatedArticle) -> Iterator[SentenceReading]:
        """Read every sentence of ``annotated`` in order."""
        sentences = list(annotated.sentences())
        speeches = [self._attribution.speeches(sentence.span) for sentence in sentences]
        voices = Voices(sentences, speeches)
        for sentence, spoken in zip(sentences, speeches, strict=True):
            candidates, senses = self._finder.find(sentence.span)
            standing, from_scope = self._selector.select(candidates)
            for candidate in standing:
                self._modes.complete(candidate)
                read_intention(candidate, self._intentions)
            told = [*spoken, *told_by_claims(standing)]
            yield SentenceReading(
                sentence=sentence,
                readings=tuple(self._reading(candidate, sentence, told, voices) for candidate in standing),
                dropped_senses=tuple(senses),
                dropped_from_scope=tuple(from_scope),
                speeches=tuple(told),
            )

    def _reading(
        self, candidate: Candidate, sentence: LocatedSentence, spoken: list[Speech], voices: Voices
    ) -> Reading:
        speaker = self._attribution.source_of(candidate.trigger, spoken)
        source = phrase(speaker) if speaker is not None else voices.source_at(sentence, candidate.trigger)
        return Reading(candidate=candidate, status=self._status.read(candidate), source=source)
