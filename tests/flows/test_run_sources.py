"""The scheduled flow: its states tell the truth, its artifacts answer, and people are told once."""

import json
import sys
import threading
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.alerts import Alert, send
from flows.settings import Settings
from flows.source_file import add_source
from flows.source_list import Kind, NewsSource
from tests.flows.conftest import RAID
from tests.news_site import serve_news
from warehouse import listed_sources
from warehouse.catalogue import LoadSummary
from warehouse.fetches import FetchMemory, Visit
from warehouse.listed_sources import ListedSource


@pytest.fixture
def site():
    with serve_news() as site:
        site.put_article("/raid", "Towns stormed", RAID)
        site.put_feed("/feed.xml", {"/raid": "Towns stormed"})
        yield site


@pytest.fixture
def receiver():
    """What was posted to a webhook on loopback, and its address."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook", received
        server.shutdown()
        thread.join()


def test_alerts_reach_a_webhook_and_a_command(receiver, tmp_path):
    url, received = receiver
    file = tmp_path / "alert.json"
    program = tmp_path / "keep.py"
    program.write_text(f"import sys; open({str(file)!r}, 'w').write(sys.stdin.read())")
    settings = Settings(alert_webhook=url, alert_command=f"{sys.executable} {program}")
    assert send(Alert("dateline-sources", "1 of 3 sources", ["wire: silent"]), settings) == []
    assert received == [json.loads(file.read_text())]
    assert received[0]["text"] == "dateline-sources: 1 of 3 sources\nwire: silent"


def test_an_alert_that_cannot_be_sent_is_told_and_raises_nothing(tmp_path):
    settings = Settings(alert_webhook="http://127.0.0.1:9/", alert_command=str(tmp_path / "gone"))
    webhook, command = send(Alert("dateline-run", "failed"), settings)
    assert webhook.startswith("http://127.0.0.1:9/")
    assert "gone" in command


@pytest.mark.usefixtures("prefect_server")
def test_the_states_and_artifacts_of_scheduled_runs(site, warehouse, receiver, monkeypatch):
    from prefect.artifacts import Artifact

    from flows import launch, run_sources
    from flows.extract import ExtractSummary
    from flows.load import Loaded
    from flows.summary import RunSummary

    def only_ingested(warehouse, ingested, *, health, **_):
        """Leave out coding and loading, which are as in every run and take long."""
        published = LoadSummary(warehouse.database, {"events": 0, "event_mentions": 0}, 0.0)
        return RunSummary(warehouse.root, ingested, ExtractSummary(), Loaded(published, []), 1.0, tuple(health))

    monkeypatch.setattr(run_sources, "code_and_load", only_ingested)
    url, received = receiver
    monkeypatch.setenv("DATELINE_ALERT_WEBHOOK", url)
    file = warehouse.root / "sources.toml"
    wire = {"kind": Kind.FEED, "location": f"{site.url}/feed.xml", "pause_seconds": 0, "articles_per_day": 5, "tier": 2}
    add_source(file, NewsSource(name="wire", **wire))

    def run():
        return run_sources.sources_flow(warehouse=warehouse.root, workers=1, return_state=True)

    state = run()
    assert state.name == "Completed"
    assert state.result().ingest.new == 1
    assert listed_sources.read(warehouse.root) == [ListedSource("wire", "wire", tier=2)]
    page = Artifact.get("dateline-run").data
    assert "## Is anything odd\n\nNothing." in page
    assert "| new | 1 |" in page
    assert received == []

    site.put("/raid.xml", "<p>Sign in</p>")
    add_source(file, NewsSource(name="turned", kind=Kind.FEED, location=f"{site.url}/raid.xml", pause_seconds=0))
    partial = run()
    assert (partial.name, partial.type.value) == ("Partial", "COMPLETED")
    assert "turned: changed" in partial.message
    monkeypatch.setattr(launch, "prefect", lambda *_, **__: nullcontext())
    _, failure = launch.run_in_prefect(lambda _: partial.result(), Settings(), warehouse)
    assert failure.startswith("not everything could be had of 1 source")
    assert received[0]["problems"][0].startswith("turned: changed")
    (turned, fine) = json.loads(Artifact.get("dateline-sources").data)
    assert (turned["source"], turned["status"], fine["status"]) == ("turned", "changed", "ok")

    memory = FetchMemory(warehouse)
    memory.add_visits([Visit("wire", datetime.now(UTC) - timedelta(days=2), 1.0, "ok")])
    memory.close()
    short = run()
    assert (short.name, short.type.value) == ("BelowFloor", "FAILED")
    assert "wire: below floor, 1 new articles in 24 hours, expected 5" in short.message
    assert [alert["problems"] for alert in received[1:]] == [
        ["wire: below floor, 1 new articles in 24 hours, expected 5"]
    ]
    assert received[1]["run"] == "all sources"
    run()
    assert len(received) == 2, "people are told once"
