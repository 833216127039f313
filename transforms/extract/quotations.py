"""Quotations that go on past the sentence that names their speaker, and statements introduced by a colon."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from transforms.annotate.document import LocatedSentence
from transforms.extract.attribution import Speech
from transforms.extract.phrases import phrase

OPENING = frozenset('“"')
CLOSING = frozenset('”"')


def quoted_regions(text: str) -> list[tuple[int, int]]:
    """Character ranges of ``text`` inside double quotation marks; one left open reaches to the end."""
    regions: list[tuple[int, int]] = []
    start: int | None = None
    for position, character in enumerate(text):
        if start is None and character in OPENING:
            start = position
        elif start is not None and character in CLOSING:
            regions.append((start, position + 1))
            start = None
    if start is not None:
        regions.append((start, len(text)))
    return regions


def is_quoted(token: Token) -> bool:
    """True of a word inside quotation marks of its line."""
    regions: list[tuple[int, int]] | None = token.doc.user_data.get("quoted")
    if regions is None:
        regions = token.doc.user_data["quoted"] = quoted_regions(token.doc.text)
    return any(start <= token.idx < end for start, end in regions)


@dataclass(frozen=True, slots=True)
class _Voice:
    line_number: int
    start: int
    end: int
    speaker: Span


class Voices:
    """Who speaks where in one article, beyond what the tree of a single sentence tells."""

    def __init__(self, sentences: Sequence[LocatedSentence], speeches: Sequence[Sequence[Speech]]) -> None:
        self._voices: list[_Voice] = []
        by_line: dict[int, list[int]] = {}
        for number, sentence in enumerate(sentences):
            by_line.setdefault(sentence.line_number, []).append(number)
        speaker: Span | None = None
        statement: Span | None = None
        for line_number, numbers in by_line.items():
            line = sentences[numbers[0]].line.doc
            regions = quoted_regions(line.text)
            spoken = [speech for number in numbers for speech in speeches[number]]
            if regions or any(_is_report(speech) for speech in spoken):
                statement = None
            elif statement is not None:
                self._voices.append(_Voice(line_number, 0, len(line.text), statement))
            for start, end in regions:
                named = _speaker_of(start, end, spoken)
                # A paragraph that opens with a quotation mark and names nobody goes on with the last speaker.
                speaker = named or (speaker if start == 0 or line_number > 0 else None)
                if speaker is not None:
                    self._voices.append(_Voice(line_number, start, end, speaker))
            told = [speech for speech in spoken if not _is_within(speech, regions)]
            if told:
                # What a speaker says of others' words ("the army claims ...") leaves the quotation theirs.
                speaker = phrase(told[-1].speaker)
                statement = speaker if line.text.rstrip().endswith(":") else statement
            elif not regions and statement is None:
                speaker = None

    def source_at(self, sentence: LocatedSentence, token: Token) -> Span | None:
        """Whose quotation or statement ``token`` stands in, or None."""
        for voice in self._voices:
            if voice.line_number == sentence.line_number and voice.start <= token.idx < voice.end:
                return voice.speaker
        return None


def _is_within(speech: Speech, regions: Sequence[tuple[int, int]]) -> bool:
    return any(start <= speech.verb.idx < end for start, end in regions)


def _is_report(speech: Speech) -> bool:
    """True of somebody's saying told by the writer ("the minister said"), which no statement contains of itself."""
    is_third_person = speech.speaker.lower_ not in {"i", "we"}
    return is_third_person and speech.verb.tag_ == "VBD" and speech.verb.lemma_.lower() in {"say", "add", "tell"}


def _speaker_of(start: int, end: int, spoken: Sequence[Speech]) -> Span | None:
    """The speaker whose verb of saying stands outside the quotation and nearest to one of its ends."""
    outside = [speech for speech in spoken if not start <= speech.verb.idx < end]
    nearest = min(
        outside, key=lambda speech: min(abs(speech.verb.idx - end), abs(start - speech.verb.idx)), default=None
    )
    return None if nearest is None else phrase(nearest.speaker)
