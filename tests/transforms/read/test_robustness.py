"""Whatever the bytes, reading and cleaning give articles and rejects, and raise nothing."""

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.clean import clean_article
from transforms.read import read_payload
from transforms.records import Payload, RawArticle, Reject

NAMES = ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.parquet", "a.rss", "a.warc", "a"]
PIECES = st.sampled_from(
    [
        b"\x1f\x8b\x08\x00",
        b"PAR1",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"<html><body><p>",
        b"<rss><channel><item><description>",
        b'{"text": "The bridge was closed.", "id": [1]}\n',
        b'{"text": "The bridge was closed.", "authors": [null, 7], "date": -1}\n',
        b'"text";"title"\n"x";"',
        b"&#0;&lt;\xff\xfe",
        b"]]>",
        b"\n\n",
    ]
)
DATA = st.lists(st.one_of(PIECES, st.binary(max_size=30)), max_size=8).map(b"".join)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=DATA, is_compressed=st.booleans())
def test_nothing_is_raised(name: str, data: bytes, is_compressed: bool) -> None:  # noqa: FBT001
    content = gzip.compress(data) if is_compressed else data
    payload = Payload(data=content, name=name, location=name, retrieved_at=datetime(2024, 1, 1, tzinfo=UTC))
    found = list(read_payload(payload))
    assert found
    for item in found:
        assert isinstance(item, RawArticle | Reject)
        if isinstance(item, RawArticle):
            cleaned = clean_article(item, raw_path=None)
            assert cleaned.article or cleaned.rejects
