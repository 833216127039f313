"""What the stages hand on: one frozen record for each row that the pipeline writes.

Field names are the column names that ``warehouse.tables`` declares with type, unit and meaning; a test holds the
two equal. All character offsets count Unicode code points into ``Article.text`` and are end-exclusive.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Payload:
    """One thing as it was obtained, before anything is read out of it."""

    data: bytes
    name: str
    """File name or URL path, whose suffix tells the format."""
    location: str
    """Where it came from, for messages: the file's path as given, or the URL."""
    retrieved_at: datetime
    """File modification time, or the time of the fetch; UTC."""
    media_type: str | None = None
    """The server's Content-Type, where there was one."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its reader found it: uncleaned text, and metadata as strings."""

    text: str
    location: str
    """Path or URL of the payload, with a line or record number where it holds many."""
    retrieved_at: datetime
    payload: bytes
    """The bytes to keep: the line, the record or the whole file."""
    payload_suffix: str
    external_id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: str | None = None
    url: str | None = None
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    article_id: str
    external_id: str | None
    source: str | None
    url: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    published_at: datetime | None
    published_at_precision: str | None
    retrieved_at: datetime
    text: str
    word_count: int
    content_hash: str
    duplicate_of: str | None
    raw_path: str | None
    minhash: bytes | None


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read or coded, and what a person can do about it."""

    reject_id: str
    source: str | None
    stage: str
    reason: str
    detail: str | None
    raw_path: str | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Sentence:
    sentence_id: str
    article_id: str
    position: int
    start_char: int
    end_char: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    entity_id: str
    article_id: str
    sentence_id: str
    label: str
    text: str
    start_char: int
    end_char: int
    name: str | None
    country_code: str | None
    sector: str | None
    geoname_id: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One predicate that was coded; the columns are described in ``warehouse.tables``."""

    event_mention_id: str
    article_id: str
    sentence_id: str
    event_type: str
    mode: str | None
    plover_type: str
    quad_class: str
    intensity: float
    cameo_root: str
    acled_type: str | None
    acled_sub_type: str | None
    contexts: tuple[str, ...]
    status: str
    attributed_to: str | None
    trigger_text: str
    trigger_start: int
    trigger_end: int
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    date_source: str | None
    date_text: str | None
    place_text: str | None
    place_name: str | None
    geoname_id: int | None
    latitude: float | None
    longitude: float | None
    admin1: str | None
    country_code: str | None
    place_precision: str | None
    place_source: str | None
    killed: int | None
    injured: int | None
    detained: int | None
    confidence: float
    rule_id: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class Participant:
    event_mention_id: str
    role: str
    position: int
    text: str
    start_char: int
    end_char: int
    name: str | None
    actor_id: str | None
    country_code: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class MentionChange:
    event_mention_id: str
    article_id: str
    change: str
    event_type: str
    trigger_text: str
    changed: tuple[str, ...]
    before: str | None
    after: str | None
    version_before: str
    version_after: str
