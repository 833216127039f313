import multiprocessing
import os
import signal
import time
from dataclasses import dataclass

import pytest

from flows import coding
from flows.coding import BatchCounts, code_articles, code_batch, exit_with_parent
from flows.ingest import ingest_records
from flows.sources import read_source
from tests.flows.conftest import stored_rows
from transforms.extract.coding import Coding
from transforms.ids import content_id
from transforms.read.rejects import make_reject
from transforms.records import Reject, Sentence
from warehouse import manifest


@dataclass
class StubExtractor:
    """Makes the whole text one sentence; fails as a whole on one text, and rejects another."""

    breaks_on: str = "nothing"
    rejects: str = "nothing"
    version: str = "stub-1"

    def extract(self, articles):
        for article in articles:
            if self.breaks_on in article.text:
                raise MemoryError("no room for it")
            if self.rejects in article.text:
                yield make_reject(
                    stage="extract",
                    location=article.article_id,
                    reason="could not be coded",
                    detail="",
                    seen_at=article.retrieved_at,
                )
                continue
            identity = content_id("sentence", article.article_id, 0)
            sentence = Sentence(identity, article.article_id, 0, 0, len(article.text), article.text)
            yield Coding(article.article_id, (sentence,), (), (), ())


@pytest.fixture
def batch_id(warehouse, articles):
    records = (record for path in sorted(articles.iterdir()) for record in read_source(warehouse, path))
    (batch,) = ingest_records(warehouse, records, batch_size=200).batches
    return batch


def test_a_batch_is_coded_and_committed(warehouse, batch_id):
    counts = code_batch(warehouse, batch_id, StubExtractor())
    assert (counts.articles, counts.sentences) == (3, 3)
    assert manifest.pending(warehouse, "stub-1") == []
    german = {row["article_id"] for row in stored_rows(warehouse)["articles"] if row["language"] == "de"}
    assert german
    assert not german & {row["article_id"] for row in stored_rows(warehouse)["sentences"]}


def test_coding_again_changes_nothing(warehouse, batch_id):
    code_batch(warehouse, batch_id, StubExtractor())
    before = stored_rows(warehouse)
    assert code_batch(warehouse, batch_id, StubExtractor()).articles == 0
    assert stored_rows(warehouse) == before


def test_an_article_that_is_rejected_costs_only_itself(warehouse, batch_id):
    counts = code_batch(warehouse, batch_id, StubExtractor(rejects="Kenyan"))
    assert counts.sentences == 2
    assert counts.rejects == {"could not be coded": 1}


def test_an_article_that_breaks_the_extractor_costs_only_itself(warehouse, batch_id):
    counts = code_batch(warehouse, batch_id, StubExtractor(breaks_on="Kenyan"))
    assert counts.sentences == 2
    assert counts.rejects == {"not coded": 1}
    (reject,) = [row for row in stored_rows(warehouse)["rejects"] if row["stage"] == "extract"]
    assert "MemoryError: no room for it" in reject["detail"]
    assert reject["raw_path"]


def test_outcomes_stay_in_order(warehouse, batch_id):
    rows = coding.read_articles(warehouse, batch_id)
    outcomes = list(code_articles(StubExtractor(breaks_on="Kenyan"), rows))
    assert len(outcomes) == len(rows)
    ids = [outcome.source if isinstance(outcome, Reject) else outcome.article_id for outcome in outcomes]
    assert ids == [row["article_id"] for row in rows]


def test_counts_add_up():
    one = BatchCounts(batches=1, articles=2, words=30)
    one.mentions["AID"] += 1
    total = one + one
    assert (total.batches, total.articles, total.words, total.mentions) == (2, 4, 60, {"AID": 2})


def watched_child(connection):
    worker = multiprocessing.get_context("spawn").Process(target=wait_for_parent)
    worker.start()
    connection.send(worker.pid)
    time.sleep(60)


def wait_for_parent():
    exit_with_parent()


def test_a_worker_ends_with_its_parent():
    ours, theirs = multiprocessing.Pipe()
    parent = multiprocessing.get_context("spawn").Process(target=watched_child, args=(theirs,))
    parent.start()
    worker = ours.recv()
    parent.kill()
    parent.join()
    deadline = time.monotonic() + 20
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_running(worker)


def is_running(pid):
    try:
        os.kill(pid, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    return True
