import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.settings import Settings
from tests.flows.conftest import MARCH, stored_rows
from warehouse.paths import Warehouse
from warehouse.query import run_sql

pytestmark = pytest.mark.usefixtures("prefect_server")

TABLES = ("articles", "rejects", "sentences", "entities", "event_mentions", "participants", "events", "event_rows")


def published_rows(warehouse):
    return {table: run_sql(warehouse, f"SELECT * FROM {table} ORDER BY ALL").to_pylist() for table in TABLES}


@pytest.fixture(scope="module")
def first_run(prefect_server, articles, tmp_path_factory):
    from flows.run import run_flow

    path = tmp_path_factory.mktemp("run") / "warehouse"
    return run_flow([str(articles)], warehouse=path, workers=1)


@pytest.fixture
def filled(first_run):
    return Warehouse.open(first_run.warehouse)


def test_a_run_fills_the_tables(first_run, filled):
    assert first_run.is_complete
    assert not first_run.is_unchanged
    assert (first_run.ingest.new, first_run.extract.counts.articles) == (4, 3)
    assert first_run.extract.counts.mentions["ASSAULT"] >= 1
    tables = published_rows(filled)
    assert len(tables["event_mentions"]) == first_run.extract.counts.mentions.total()
    texts = {row["article_id"]: row["text"] for row in tables["articles"]}
    for mention in tables["event_mentions"]:
        start, end = mention["trigger_start"], mention["trigger_end"]
        assert texts[mention["article_id"]][start:end] == mention["trigger_text"]


def test_every_flow_run_twice_leaves_the_same_tables(first_run, filled, articles):
    from flows.extract import extract_flow
    from flows.ingest import ingest_flow
    from flows.load import load_flow
    from flows.run import run_flow

    before = published_rows(filled)
    again = run_flow([str(articles)], warehouse=filled.root, workers=1)
    assert again.is_unchanged
    assert again.is_complete
    assert published_rows(filled) == before
    assert ingest_flow([str(articles)], filled.root).new == 0
    assert extract_flow(filled.root, Settings().model).counts.batches == 0
    load_flow(filled.root)
    assert published_rows(filled) == before


def test_the_run_leaves_a_summary_in_the_ui(first_run):
    from prefect.artifacts import Artifact

    artifact = Artifact.get("dateline-run")
    assert "event mentions" in artifact.data


def test_runs_are_named_by_what_they_process(first_run, articles):
    from prefect import get_client

    with get_client(sync_client=True) as client:
        names = {run.name for run in client.read_flow_runs()}
    assert f"{articles.name} (2 files)" in names


class FlakyHandler(BaseHTTPRequestHandler):
    """Answers a page at the second attempt, and 404 for everything else."""

    attempts = 0

    def do_GET(self):
        FlakyHandler.attempts += self.path == "/march.txt"
        status = 404 if self.path != "/march.txt" else 200 if FlakyHandler.attempts > 1 else 503
        body = f"March\n\n{MARCH}".encode() if status == 200 else b""
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), FlakyHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_fetches_are_tried_again_and_a_missing_page_costs_only_itself(site, warehouse, monkeypatch):
    from flows.ingest import fetch_source, ingest_flow

    monkeypatch.setattr(fetch_source, "retry_delay_seconds", [0.1, 0.1, 0.1])
    summary = ingest_flow([f"{site}/march.txt", f"{site}/gone.html"], warehouse.root)
    assert FlakyHandler.attempts == 2
    assert summary.new == 1
    assert summary.not_fetched == [f"{site}/gone.html"]
    (reject,) = stored_rows(warehouse)["rejects"]
    assert (reject["stage"], reject["source"]) == ("fetch", f"{site}/gone.html")
    assert "404" in reject["detail"]


def test_a_run_in_which_a_batch_fails_loads_the_rest_and_says_so(articles, warehouse, monkeypatch):
    from flows import run
    from flows.extract import BatchesFailedError, ExtractSummary

    def fail(*_, **__):
        raise BatchesFailedError(ExtractSummary(failed={"abc": "its worker process died"}))

    monkeypatch.setattr(run, "extract_flow", fail)
    with pytest.raises(run.RunIncompleteError, match="1 batches not coded") as raised:
        run.run_flow([str(articles)], warehouse=warehouse.root)
    assert raised.value.summary.ingest.new == 4
    assert len(published_rows(warehouse)["articles"]) == 4


def test_only_one_run_writes_to_a_warehouse(articles, warehouse):
    from flows.run import run_flow
    from warehouse.errors import WarehouseBusyError

    with warehouse.lock(), pytest.raises(WarehouseBusyError):
        run_flow([str(articles)], warehouse=warehouse.root)
