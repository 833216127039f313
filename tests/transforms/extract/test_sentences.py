"""Constructs of English one by one: the sentences of ``sentences.csv`` as the shipped model reads them."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

import seeds
from transforms.annotate.document import ArticleToCode
from transforms.extract.extractor import Extractor

pytestmark = pytest.mark.skipif(not (seeds.MODEL / "config.cfg").exists(), reason="seeds/model holds no trained model")
ROWS = seeds.read_csv(Path(__file__).with_name("sentences.csv"))


@pytest.fixture(scope="module")
def mentions():
    """What is coded of each sentence, by sentence, type and trigger."""
    moment = datetime(2024, 5, 9, tzinfo=UTC)
    sentences = list(dict.fromkeys(row["sentence"] for row in ROWS))
    found = {}
    for coding in Extractor.load().extract(ArticleToCode(text, text, moment) for text in sentences):
        parties = defaultdict(list)
        for party in coding.participants:
            parties[party.event_mention_id, party.role].append(party.text)
        for mention in coding.event_mentions:
            found[coding.article_id, mention.event_type, mention.trigger_text] = {
                "status": mention.status,
                "actors": "|".join(parties[mention.event_mention_id, "actor"]),
                "recipients": "|".join(parties[mention.event_mention_id, "recipient"]),
                "attributed_to": mention.attributed_to or "",
            }
    return found


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['construct']}: {row['trigger']}" for row in ROWS])
def test_a_construct(mentions, row):
    coded = mentions.get((row["sentence"], row["event_type"], row["trigger"]))
    assert coded == {name: row[name] for name in ("status", "actors", "recipients", "attributed_to")}


def test_a_sentence_with_one_row_tells_of_one_act_or_speaks_of_more(mentions):
    assert {row["sentence"] for row in ROWS} == {sentence for sentence, _, _ in mentions}
