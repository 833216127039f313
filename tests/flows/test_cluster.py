"""Coding on a Dask scheduler with workers in processes of their own, all on loopback."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from flows.coding import BatchCounts, OtherVersionError, extractor_of_version
from flows.console import UsageError
from flows.ingest import ingest_records
from flows.server import free_port
from flows.settings import Runner, SettingsError, require_runner
from flows.sources import read_source
from tests.flows.conftest import stored_rows
from warehouse import manifest

QUIET = ["--no-dashboard"]


@contextmanager
def process(*arguments):
    """A process of Dask's that ends with the block."""
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", *arguments, *QUIET]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True) as started:
        try:
            yield started
        finally:
            started.kill()


def worker(address):
    return process("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny")


@contextmanager
def scheduler():
    port = str(free_port())
    with process("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port) as started:
        yield started, f"tcp://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def address():
    with scheduler() as (_, at):
        yield at


@pytest.fixture
def workers(address):
    with ExitStack() as stack:
        yield address, [stack.enter_context(worker(address)) for _ in range(2)]


@pytest.fixture
def code_on_dask(prefect_server):
    from prefect import flow

    from flows.cluster import code_on_dask

    @flow
    def code(task, batch_ids, shared, address):
        groups = [(batch_id,) for batch_id in batch_ids]
        return {
            group[0]: outcome
            for group, outcome in code_on_dask(groups, task=task, shared=shared, address=address, workers=2)
        }

    return code


@pytest.fixture
def batch_ids(warehouse, articles):
    records = (record for path in sorted(articles.iterdir()) for record in read_source(warehouse, path))
    return ingest_records(warehouse, records, batch_size=1).batches


def test_a_worker_killed_in_its_batch_loses_and_doubles_nothing(code_on_dask, workers, warehouse, batch_ids, tmp_path):
    from tests.flows.faulty import code_or_fail, code_slowly

    (address, processes), log = workers, tmp_path / "log"

    def kill_the_first_that_works():
        deadline = time.monotonic() + 60
        while not log.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(int(log.read_text().split()[0]), signal.SIGKILL)

    killer = threading.Thread(target=kill_the_first_that_works)
    killer.start()
    outcomes = code_on_dask(code_slowly, batch_ids, {"warehouse": warehouse.root, "seconds": 0.7, "log": log}, address)
    killer.join()
    begun = [line.split() for line in log.read_text().splitlines()]
    assert len(begun) > len(batch_ids), "the batch in hand was not begun again"
    assert {pid for pid, _ in begun} == {str(each.pid) for each in processes}
    assert [each.poll() is None for each in processes].count(False) == 1
    assert set(outcomes) == set(batch_ids)
    assert sum(outcomes.values(), BatchCounts()).articles == 3
    coded = [entry.batch_id for entry in manifest.entries(warehouse, "extract")]
    assert sorted(coded) == sorted(batch_ids)
    assert len(stored_rows(warehouse)["articles"]) == 4

    outcomes = code_on_dask(code_or_fail, ["one", "raises"], {}, address)
    assert isinstance(outcomes["one"], BatchCounts)
    assert "this batch cannot be coded" in str(outcomes["raises"])


def test_a_scheduler_that_dies_does_not_keep_the_run_waiting(code_on_dask):
    from tests.flows.faulty import code_or_fail

    with scheduler() as (started, address):
        killer = threading.Timer(6, started.kill)
        killer.start()
        outcomes = code_on_dask(code_or_fail, ["one"], {}, address)
        killer.join()
    assert "connection" in str(outcomes["one"])


def test_the_task_that_codes_can_be_sent_to_workers(prefect_server):
    import cloudpickle

    from flows.extract import code_batches

    assert cloudpickle.loads(cloudpickle.dumps(code_batches)).name == code_batches.name


def test_where_no_scheduler_answers_that_is_said_in_one_line(code_on_dask):
    import dask

    from tests.flows.faulty import code_or_fail

    refused = pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9")
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), refused:
        code_on_dask(code_or_fail, ["one"], {}, "tcp://127.0.0.1:9")


def test_dask_without_its_packages_is_said_in_one_line(monkeypatch):
    require_runner(Runner.PROCESSES)
    require_runner(Runner.DASK)
    monkeypatch.setattr("flows.settings.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"pip install 'dateline\[cluster\]'"):
        require_runner(Runner.DASK)


def test_a_worker_with_other_rules_than_the_run_codes_nothing(monkeypatch):
    from tests.flows.faulty import Slow

    class Loader:
        versions = iter(["old", "new", "new", "old", "old"])

        def __call__(self, *_):
            return Slow(0, version=next(self.versions))

        def cache_clear(self):
            """Nothing is kept."""

    monkeypatch.setattr("flows.coding.load_extractor", Loader())
    assert extractor_of_version("new", Path("model"), None).version == "new"
    assert extractor_of_version("new", Path("model"), None).version == "new"
    with pytest.raises(OtherVersionError, match="the extractor old, the run new"):
        extractor_of_version("new", Path("model"), None)
