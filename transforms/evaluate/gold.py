"""Texts with their events coded by hand: the gold format, read and checked.

One JSON object a line: ``doc_id``, ``title``, ``published_at``, ``text`` and ``events``. Offsets are of characters in
``text``, end exclusive. What a document or an event holds beyond these fields is not used.
"""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from rapidfuzz.distance import Levenshtein

from transforms.annotate.document import ArticleToCode
from transforms.clean import clean_text
from transforms.extract.lexicon import load_lexicon
from transforms.ids import content_id

PARTS = ("A", "B")


class GoldError(ValueError):
    """The gold file cannot be read; the message names file, line and field."""


def _known_type(name: str) -> str:
    if (name, None) not in load_lexicon().types:
        known = sorted({event_type for event_type, _ in load_lexicon().types})
        raise ValueError(f"{name!r} is no event type; known are {', '.join(known)}")
    return name


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Trigger(Frozen):
    start: int
    end: int
    text: str


class Phrase(Frozen):
    """A phrase of the text; where it stands plays no part in the comparison."""

    text: str


class Party(Phrase):
    name: str | None = None
    country: str | None = None
    sector: str | None = None


class GoldEvent(Frozen):
    """One event; ``is_optional`` where annotators disagreed: coding it or not is neither right nor wrong."""

    sent_start: int
    sent_end: int
    trigger: Trigger
    event_type: Annotated[str, AfterValidator(_known_type)]
    status: Literal["asserted", "negated", "planned", "hypothetical"]
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Phrase | None = None
    date: str | None = None
    attributed_to: Phrase | None = None
    killed: int | None = None
    injured: int | None = None
    detained: int | None = None
    optional: bool = False

    @property
    def quad_class(self) -> str:
        return load_lexicon().types[self.event_type, None].quad_class

    def moved(self, position: list[int]) -> "GoldEvent":
        """The event in a text where the character at ``i`` stands at ``position[i]``."""
        trigger = self.trigger.model_copy(
            update={"start": position[self.trigger.start], "end": position[self.trigger.end]}
        )
        end = min(self.sent_end, len(position) - 1)
        return self.model_copy(
            update={"sent_start": position[self.sent_start], "sent_end": position[end], "trigger": trigger}
        )


class GoldDocument(Frozen):
    doc_id: str
    text: str
    events: tuple[GoldEvent, ...]
    title: str | None = None
    published_at: Annotated[datetime | None, BeforeValidator(lambda told: told or None)] = None

    @model_validator(mode="after")
    def _offsets_are_of_the_text(self) -> Self:
        for number, event in enumerate(self.events):
            trigger = event.trigger
            if self.text[trigger.start : trigger.end] != trigger.text or not trigger.text:
                raise ValueError(f"events.{number}.trigger: {trigger.text!r} does not stand at {trigger.start}")
            if not 0 <= event.sent_start <= trigger.start < event.sent_end:
                raise ValueError(f"events.{number}: the trigger is not between sent_start and sent_end")
        return self

    @property
    def part(self) -> str:
        """ "A" or "B", by a hash of the id: a document stays in its part whatever is added to the file."""
        return PARTS[int(content_id("part", self.doc_id), 16) % len(PARTS)]

    def cleaned(self) -> "GoldDocument":
        """The document with its text as ingest cleans it, the offsets moved along."""
        text = clean_text(self.text)
        if text == self.text:
            return self
        position = [0] * len(self.text) + [len(text)]
        for operation in Levenshtein.opcodes(self.text, text):
            for offset in range(operation.src_end - operation.src_start):
                position[operation.src_start + offset] = min(operation.dest_start + offset, operation.dest_end)
        return self.model_copy(update={"text": text, "events": tuple(event.moved(position) for event in self.events)})

    def to_code(self) -> ArticleToCode:
        """The document as extraction takes it."""
        published = self.published_at
        moment = published if published is None or published.tzinfo else published.replace(tzinfo=UTC)
        return ArticleToCode(
            article_id=content_id("article", self.title or "", self.text),
            text=self.text,
            retrieved_at=moment or datetime.now(UTC),
            published_at=moment,
        )


def read_gold(path: Path) -> list[GoldDocument]:
    """Read a gold file, plain or gzipped, texts cleaned as ingest cleans them. Raises ``GoldError``."""
    documents: dict[str, GoldDocument] = {}
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        try:
            document = GoldDocument.model_validate_json(line)
        except ValidationError as error:
            raise GoldError(_tell(error, where)) from error
        if document.doc_id in documents:
            raise GoldError(f"{where}: the doc_id {document.doc_id!r} stands twice; ids must be unique")
        documents[document.doc_id] = document.cleaned()
    if not documents:
        raise GoldError(f"{path} holds no documents; it needs one JSON object a line")
    return list(documents.values())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _tell(error: ValidationError, where: str) -> str:
    """The first thing that is wrong, on one line."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    match first["type"]:
        case "json_invalid":
            return f"{where} is not JSON: {first['ctx']['error']}"
        case "missing":
            return f"{where}: field {name!r} is missing; the gold format needs it"
        case "value_error":
            return f"{where}: {f'field {name!r}: ' if name else ''}{first['ctx']['error']}"
    return f"{where}: field {name!r}: {first['msg']}" if name else f"{where} is not a JSON object"
