from collections.abc import Iterator
from itertools import islice

import pytest

from flows import launch
from flows.console import OK
from flows.ingest import batches, ingest_flow, ingest_records
from flows.settings import Settings
from flows.sources import read_source
from tests.flows.conftest import GERMAN, RAID, stored_rows
from transforms.read import InputError
from transforms.records import RawArticle, Reject
from warehouse import manifest
from warehouse.paths import Warehouse
from warehouse.raw import load


@pytest.fixture
def records(warehouse, articles):
    def read() -> Iterator[RawArticle | Reject]:
        for path in sorted(articles.iterdir()):
            yield from read_source(warehouse, path)

    return read


def test_everything_that_was_read_is_counted(warehouse, records):
    summary = ingest_records(warehouse, records(), batch_size=200)
    assert (summary.read, summary.new, summary.duplicates, summary.not_english) == (4, 4, 0, 1)
    assert summary.rejects.total() == 1
    assert len(summary.batches) == 1
    assert summary.words == sum(row["word_count"] for row in stored_rows(warehouse)["articles"])


def test_payloads_are_kept(warehouse, records):
    ingest_records(warehouse, records(), batch_size=200)
    by_id = {row["external_id"]: row for row in stored_rows(warehouse)["articles"]}
    assert RAID[:40].encode() in load(warehouse, by_id["raid"]["raw_path"])
    assert by_id["german"]["language"] == "de"
    assert by_id["german"]["text"] == GERMAN


def test_reading_the_same_again_changes_nothing(warehouse, records):
    ingest_records(warehouse, records(), batch_size=2)
    before = stored_rows(warehouse)
    again = ingest_records(warehouse, records(), batch_size=3)
    assert (again.read, again.new, again.duplicates, again.known_rejects) == (4, 0, 4, 1)
    assert not again.batches
    assert stored_rows(warehouse) == before


def test_an_ingest_that_was_killed_is_finished_by_the_next(warehouse, records, tmp_path):
    def interrupted() -> Iterator[RawArticle | Reject]:
        yield from islice(records(), 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest_records(warehouse, interrupted(), batch_size=2)
    assert len(manifest.entries(warehouse)) == 1, "the batch that was full is safe"
    ingest_records(warehouse, records(), batch_size=2)
    undisturbed = Warehouse.create(tmp_path / "other")
    ingest_records(undisturbed, records(), batch_size=2)
    assert stored_rows(warehouse) == stored_rows(undisturbed)


def test_a_near_duplicate_points_at_the_first(warehouse, write_jsonl, tmp_path):
    story = " ".join(f"Paragraph {number} tells how the talks in the harbour town went on." for number in range(30))
    path = write_jsonl(tmp_path / "a.jsonl", [{"id": "1", "text": story}, {"id": "2", "text": f"{story} More later."}])
    summary = ingest_records(warehouse, read_source(warehouse, path), batch_size=1)
    assert summary.near_duplicates == 1
    first, second = sorted(stored_rows(warehouse)["articles"], key=lambda row: row["external_id"])
    assert second["duplicate_of"] == first["article_id"]


def test_a_field_that_cannot_be_read_is_rejected_and_the_article_kept(warehouse, write_jsonl, tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": RAID, "published_at": "some day"}])
    summary = ingest_records(warehouse, read_source(warehouse, path), batch_size=5)
    assert (summary.new, summary.rejects.total()) == (1, 1)
    (reject,) = stored_rows(warehouse)["rejects"]
    assert reject["raw_path"] is not None


@pytest.mark.usefixtures("prefect_server")
def test_a_named_file_that_gives_nothing_is_told_and_the_others_are_read(warehouse, articles, tmp_path):
    empty, folder = tmp_path / "empty.xml", tmp_path / "folder"
    folder.mkdir()
    empty.write_bytes(b"")
    (folder / "empty.txt").write_bytes(b"")
    summary = ingest_flow([str(empty), str(folder), str(articles / "march.txt")], warehouse.root)
    assert (summary.new, summary.not_read) == (1, [str(empty)])
    assert summary.rejects["empty file"] == 2, "a folder may hold anything"


def test_what_of_the_inputs_cannot_be_read_is_said_before_anything_is_started(articles, tmp_path, monkeypatch, capsys):
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")
    monkeypatch.setattr(launch, "launch", lambda *_: OK)
    assert launch.launch_run([str(empty), str(articles)], Settings()) == OK
    assert "empty.xml is empty; remove it or fetch it again; the other inputs are read" in capsys.readouterr().err
    with pytest.raises(InputError, match=r"empty\.xml is empty"):
        launch.launch_run([str(empty)], Settings())


def test_batches_are_full_but_for_the_last():
    assert [len(batch) for batch in batches(range(7), size=3)] == [3, 3, 1]
