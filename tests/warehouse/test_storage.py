"""A warehouse in an object store: moto's S3 server on loopback, real requests of s3fs to it."""

import multiprocessing
import os
import threading
import time
from pathlib import Path

import pytest

from flows.settings import load_settings
from warehouse import catalogue, lease, manifest, raw, storage
from warehouse.batches import write_batch
from warehouse.compact import compact, remove_unused
from warehouse.errors import WarehouseBusyError, WarehouseError
from warehouse.fetches import FetchMemory
from warehouse.pack import pack
from warehouse.paths import Warehouse
from warehouse.query import run_sql
from warehouse.size import measure
from warehouse.verify import verify

SPAWN = multiprocessing.get_context("spawn")
TURNS = 3
TABLES = ("articles", "rejects", "event_rows")


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    """A bucket of an S3 server of this machine, to which the environment points all processes."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("NO_PROXY", host)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        storage.locate("s3://news/any").fs.mkdir("news")
        yield "s3://news"
    server.stop()


@pytest.fixture
def remote(bucket, request):
    return Warehouse.create(f"{bucket}/{request.node.name}")


def contents(warehouse):
    return {name: run_sql(warehouse, f"FROM {name} ORDER BY ALL").to_pylist() for name in TABLES}


def test_a_warehouse_in_an_object_store_is_one_like_any_other(remote, sample, fill_again, tmp_path):
    catalogue.publish(fill_again(remote))
    expected = contents(sample)
    assert len(expected["event_rows"]) > 3
    joined = compact(remote)
    assert joined.n_joined > joined.n_made > 0
    catalogue.publish(remote)
    assert remove_unused(remote, hours=1) == 0
    assert remove_unused(remote, hours=0) > 0
    assert contents(Warehouse.open(remote.address)) == expected
    assert verify(remote).is_sound
    sizes = {part.name: part.n_files for part in measure(remote)}
    assert sizes["parquet, not in use"] == 0
    assert sizes["dateline.duckdb"] == 1
    pack(remote, tmp_path / "packed.duckdb")
    assert (tmp_path / "packed.duckdb").stat().st_size > 0


def test_a_damaged_or_lost_file_is_found(remote, fill_again):
    fill_again(remote)
    path = manifest.files(remote, "articles")[0]
    path.write_bytes(path.read_bytes() + b"x")
    assert list(verify(remote).damaged) == [path]
    path.unlink()
    with pytest.raises(WarehouseError, match="is gone; put it back"):
        manifest.files(remote, "articles")


def test_payloads_are_stored_once_and_read_back(remote):
    kept = raw.store(remote, b"<p>News</p>", ".html")
    before = (remote.root / kept).stat().st_mtime
    assert raw.store(remote, b"<p>News</p>", ".html") == kept
    assert (remote.root / kept).stat().st_mtime == before
    assert raw.load(remote, kept) == b"<p>News</p>"
    with pytest.raises(FileNotFoundError):
        raw.load(remote, "raw/none")


def test_a_file_that_could_not_be_made_does_not_appear(remote, reject):
    def rows():
        yield reject()
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_batch(remote, stage="ingest", batch_id="half", rows={"rejects": rows()})
    assert [path.name for path in remote.root.rglob("*.parquet")] == []
    assert manifest.entries(remote) == []


def test_what_sources_gave_is_remembered(remote):
    memory = FetchMemory(remote)
    memory.note("told", "yes")
    memory.close()
    (remote.local / "fetches.sqlite").unlink()
    memory = FetchMemory(remote)
    assert memory.noted("told") == "yes"
    memory.close()


def count_up(address, done):
    """Add to a number that is kept in the warehouse, and commit batches that the other process commits too."""
    lease.LOOK_SECONDS = 0.05
    warehouse = Warehouse.open(address)
    for turn in range(TURNS):
        with warehouse.lock(timeout=60):
            path = warehouse.root / "number"
            number = int(path.read_text()) if path.exists() else 0
            time.sleep(0.02)
            path.write_text(str(number + 1))
        write_batch(warehouse, stage="ingest", batch_id=f"b{turn}", rows={})
    done.put(os.getpid())


def test_two_processes_take_turns_and_double_nothing(remote):
    done = SPAWN.Queue()
    writers = [SPAWN.Process(target=count_up, args=(remote.address, done)) for _ in range(2)]
    for writer in writers:
        writer.start()
    assert len({done.get(timeout=60) for _ in writers}) == 2
    for writer in writers:
        writer.join()
    assert (remote.root / "number").read_text() == str(2 * TURNS)
    assert [entry.batch_id for entry in manifest.entries(remote)] == [f"b{turn}" for turn in range(TURNS)]


def test_a_second_writer_is_told_at_once_and_a_killed_one_is_followed(remote, monkeypatch):
    monkeypatch.setattr(lease, "LOOK_SECONDS", 0.05)
    busy = pytest.raises(WarehouseBusyError, match="another dateline process is writing")
    with remote.lock(), busy, remote.lock():
        pass
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.3)
    killed = lease._take(remote.root / "lease")
    assert killed is not None
    with remote.lock(timeout=10):
        assert killed.give_back(), "the one that stood still is not told that it lost the lease"
        assert len(lease._numbers(remote.root / "lease")) == 1


def test_one_of_many_that_come_at_once_gets_the_lease(remote):
    taken, start = [], threading.Barrier(6)

    def take():
        start.wait()
        taken.append(lease._take(remote.root / "lease"))

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each is not None for each in taken) == 1


def test_a_lease_is_renewed_while_its_holder_works(remote, monkeypatch):
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.5)
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.1)
    with remote.lock():
        time.sleep(1)
        assert lease._take(remote.root / "lease") is None


def test_urls_survive_the_folding_of_their_slashes(remote, monkeypatch):
    folded = Path(str(remote.root))
    assert storage.spelled(folded) == str(storage.locate(folded)) == str(remote.root)
    assert storage.locate(Path("c:/news")) == Path("c:/news").resolve()
    monkeypatch.setenv("DATELINE_WAREHOUSE", str(remote.root))
    settings = load_settings()
    assert Warehouse.open(settings.warehouse).root == remote.root
    assert settings.source_file == Path("sources.toml")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("s3://news/nothing-here", "there is no such folder"),
        ("nosuch://news", "nosuch://news cannot be reached"),
    ],
)
def test_a_place_that_cannot_be_used_is_named(bucket, url, message):
    with pytest.raises(WarehouseError, match=message):
        Warehouse.open(url)


def test_a_bucket_with_other_things_is_left_alone(bucket):
    (storage.locate(f"{bucket}/other") / "photo.jpg").write_bytes(b"...")
    with pytest.raises(WarehouseError, match=r"not empty \(it holds photo.jpg\)"):
        Warehouse.create(f"{bucket}/other")


def test_an_object_store_without_its_packages_is_said_in_one_line(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "upath", None)
    with pytest.raises(WarehouseError, match=r"pip install 'dateline\[cluster\]'"):
        Warehouse.open("s3://news/any")
