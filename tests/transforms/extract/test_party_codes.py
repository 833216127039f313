"""Names, countries and sectors of parties: the texts of ``party_codes.csv`` as the shipped model reads them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import seeds
from transforms.annotate.document import ArticleToCode
from transforms.extract.extractor import Extractor

pytestmark = pytest.mark.skipif(not (seeds.MODEL / "config.cfg").exists(), reason="seeds/model holds no trained model")
ROWS = seeds.read_csv(Path(__file__).with_name("party_codes.csv"))


@pytest.fixture(scope="module")
def parties():
    """Name, country and sector of each party, by text and phrase."""
    moment = datetime(2024, 5, 9, tzinfo=UTC)
    texts = [row["text"] for row in ROWS]
    return {
        (coding.article_id, party.text): (party.name or "", party.country_code or "", party.sector or "")
        for coding in Extractor.load().extract(ArticleToCode(text, text, moment) for text in texts)
        for party in coding.participants
    }


@pytest.mark.parametrize("row", ROWS, ids=[row["construct"] for row in ROWS])
def test_a_party(parties, row):
    assert parties.get((row["text"], row["phrase"])) == (row["name"], row["country"], row["sector"])
