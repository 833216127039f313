"""Records made by hand."""

from dataclasses import fields
from datetime import date

import pytest

from transforms.records import EventMention, Participant

MENTION = {
    "event_mention_id": "m1",
    "article_id": "a1",
    "sentence_id": "s1",
    "event_type": "ASSAULT",
    "plover_type": "ASSAULT",
    "quad_class": "material_conflict",
    "intensity": -9.0,
    "cameo_root": "18",
    "contexts": (),
    "status": "asserted",
    "trigger_text": "stormed",
    "trigger_start": 0,
    "trigger_end": 7,
    "date_start": date(2024, 5, 3),
    "date_source": "text",
    "place_text": "Homs",
    "confidence": 0.5,
    "rule_id": "assault.storm",
    "extractor_version": "1-test",
}


@pytest.fixture
def make_mention():
    """Makes an event mention; what is not given is empty."""
    return lambda **changes: EventMention(**({field.name: None for field in fields(EventMention)} | MENTION | changes))


@pytest.fixture
def make_participant():
    return lambda role, text, country, sector: Participant(
        "m1", role, 0, text, 0, len(text), None, None, country, sector
    )
