import json
import os

import pytest

from warehouse import manifest
from warehouse.articles import known_articles, known_rejects, read_articles
from warehouse.batches import write_batch
from warehouse.errors import ManifestError, RowError, WarehouseError
from warehouse.manifest import Entry
from warehouse.parquet import WrittenFile, write_table
from warehouse.tables import TABLES


def test_a_file_that_no_entry_names_does_not_exist(empty, article):
    write_table(empty.parquet_file("articles", "b1"), TABLES["articles"], [article("a")])
    assert manifest.files(empty, "articles") == []
    assert list(known_articles(empty)) == []


def test_a_run_that_dies_before_the_commit_leaves_nothing_that_counts(empty, article, monkeypatch):
    replace = os.replace

    def die_at_commit(source, target):
        if str(target).endswith(".json"):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", die_at_commit)
    with pytest.raises(KeyboardInterrupt):
        write_batch(empty, stage="ingest", batch_id="b1", rows={"articles": [article("a")]})
    assert manifest.entries(empty) == []
    monkeypatch.undo()
    write_batch(empty, stage="ingest", batch_id="b1", rows={"articles": [article("a")]})
    assert len(list(known_articles(empty))) == 1


def test_rows_that_do_not_fit_commit_nothing(empty, article):
    with pytest.raises(RowError):
        write_batch(
            empty, stage="ingest", batch_id="b1", rows={"articles": [article("a")], "rejects": [{"reject_id": "r"}]}
        )
    assert manifest.entries(empty) == []


def test_a_batch_is_committed_once(empty, article):
    first = write_batch(empty, stage="ingest", batch_id="b1", rows={"articles": [article("a")]}, counts={"words": 1})
    again = write_batch(empty, stage="ingest", batch_id="b1", rows={"articles": [article("b"), article("c")]})
    assert again == first == manifest.read(empty).find("ingest", "b1")
    assert first.counts == {"articles": 1, "words": 1}
    assert [row["text"] for row in read_articles(empty, "b1")] == ["a"]


def test_a_table_without_rows_gets_no_file(empty, article):
    entry = write_batch(empty, stage="ingest", batch_id="b1", rows={"articles": [article("a")], "rejects": []})
    assert list(entry.files) == ["articles"]
    assert not empty.parquet_file("rejects", "b1").exists()


def test_entries_come_back_sorted(filled):
    found = [(entry.stage, entry.batch_id) for entry in manifest.entries(filled)]
    ingests = [("ingest", "batch1"), ("ingest", "batch2"), ("ingest", "batch3")]
    assert found == [*ingests, ("extract", "batch1"), ("extract", "batch2")]
    assert [entry.batch_id for entry in manifest.entries(filled, "extract")] == ["batch1", "batch2"]


def test_pending_batches_are_those_without_a_coding_of_the_version(filled):
    assert manifest.pending(filled, "1.0-test") == ["batch3"]
    assert manifest.pending(filled, "2.0") == ["batch1", "batch2", "batch3"]


def test_the_newest_coding_of_a_batch_counts(filled, new_batch):
    new_batch().commit_coding(filled, "batch1", version="0.9-newer")
    listed = manifest.read(filled)
    assert listed.files("sentences") == [filled.parquet_file("sentences", "batch2", "1.0-test")]
    assert listed.rows("sentences") == 2
    assert manifest.pending(filled, "0.9-newer") == ["batch2", "batch3"]
    assert manifest.pending(filled, "1.0-test") == ["batch1", "batch3"], "its coding of the first no longer counts"


def test_the_coding_of_a_batch_that_is_gone_does_not_count(filled):
    (filled.manifest / "ingest-batch1.json").unlink()
    assert manifest.files(filled, "sentences") == [filled.parquet_file("sentences", "batch2", "1.0-test")]


def test_known_articles_and_rejects_are_streamed(filled, reject):
    known = list(known_articles(filled))
    assert len(known) == 3
    assert [duplicate_of for _, _, duplicate_of in known] == [None, known[0][0], None]
    assert {len(minhash) for _, minhash, _ in known} == {8}
    assert list(known_rejects(filled)) == [reject().reject_id]


def test_articles_to_code_have_what_the_extractor_needs(filled):
    (article,) = read_articles(filled, "batch1")
    assert {"article_id", "text", "title", "published_at", "language", "duplicate_of", "raw_path"} <= set(article)
    assert article["published_at"].utcoffset().total_seconds() == 0
    assert read_articles(filled, "batch3") == []
    with pytest.raises(ManifestError, match="ingest of batch b9 was not committed"):
        read_articles(filled, "b9")


def test_an_entry_of_a_newer_format_is_refused(filled):
    path = filled.manifest / "ingest-batch1.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(ManifestError, match=r"ingest-batch1.json was written by a newer dateline \(format 99.*upgrade"):
        manifest.read(filled)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1, "stage": "brew"}', '{"format": "new"}', "\u00e9"])
def test_a_damaged_entry_is_named(filled, content):
    (filled.manifest / "ingest-batch1.json").write_text(content, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"ingest-batch1.json is not a manifest entry .*run again"):
        manifest.read(filled)


def test_entries_name_files_relative_to_the_warehouse(filled):
    content = json.loads((filled.manifest / "extract-batch1-1.0-test.json").read_text())
    assert content["files"]["sentences"][0]["path"] == "parquet/sentences/batch1-1.0-test.parquet"


@pytest.mark.parametrize(
    ("stage", "version", "tables", "message"),
    [
        ("brew", None, {}, "no such stage"),
        ("extract", None, {}, "extract needs a version"),
        ("ingest", "1", {}, "ingest has none"),
        ("ingest", None, {"sentences": ()}, "ingest does not write a table sentences"),
        ("ingest", None, {"colours": ()}, "does not write a table colours"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(empty, stage, version, tables, message):
    with pytest.raises(ManifestError, match=message):
        manifest.commit(empty, Entry(stage, "b1", version, tables))


def test_an_entry_with_a_file_that_is_not_there_is_refused(empty, tmp_path):
    for path in (empty.parquet_file("articles", "b1"), tmp_path / "elsewhere.parquet"):
        with pytest.raises(ManifestError, match="is not a file in the warehouse"):
            manifest.commit(empty, Entry("ingest", "b1", None, {"articles": (WrittenFile(path, 1, "0"),)}))


def test_known_articles_come_in_the_order_in_which_they_were_stored(empty, article):
    texts = [f"Bridge {number} was closed." for number in range(9)]
    for number, text in enumerate(texts):
        batch_id = f"batch{number * 7 % 9}"
        write_batch(empty, stage="ingest", batch_id=batch_id, rows={"articles": [article(text)]})
    assert [known[0] for known in known_articles(empty)] == [article(text).article_id for text in texts]


def test_a_file_that_is_gone_is_named(filled):
    filled.parquet_file("sentences", "batch2", "1.0-test").unlink()
    with pytest.raises(ManifestError, match=r"sentences/batch2-1.0-test.parquet is gone.*extract-batch2-1.0-test.json"):
        manifest.files(filled, "sentences")
    assert len(manifest.files(filled, "articles")) == 2


def test_a_damaged_file_is_named(filled):
    filled.parquet_file("articles", "batch1").write_bytes(b"PAR1 and no more")
    with pytest.raises(WarehouseError, match=r"articles/batch1.parquet cannot be read"):
        list(known_articles(filled))
