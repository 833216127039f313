"""Articles taken out, from files of their own and from shared ones, however often the deletion is killed."""

import os
from contextlib import suppress

import pytest

from flows import delete
from flows.console import UsageError
from flows.delete import delete_articles, lift_articles
from flows.ingest import ingest_records
from tests.warehouse.conftest import SEEN
from transforms.records import RawArticle
from warehouse import compact, deletions, manifest, raw
from warehouse.batches import write_batch
from warehouse.checks import run_checks
from warehouse.errors import UnknownIdError, WarehouseError
from warehouse.fetches import FetchMemory
from warehouse.parquet import read_rows
from warehouse.query import run_sql
from warehouse.verify import verify


def ids(warehouse, table="articles", column="article_id"):
    return {row[column] for row in run_sql(warehouse, f"SELECT DISTINCT {column} FROM {table}").to_pylist()}


def all_texts(warehouse):
    """All texts that lie in a file of the record, whether an entry names it or not."""
    return {
        row["text"] for path in warehouse.parquet.rglob("*.parquet") if path.parent.name in ("articles", "sentences")
        for row in read_rows(path)
    }  # fmt: skip


def stored(warehouse, table, column="article_id"):
    parts = manifest.read(warehouse).parts(table)
    return {row[column] for path, ranges in parts for row in read_rows(path, None, ranges)}


def check_gone(warehouse, article_id):
    for table in ("articles", "sentences", "entities", "event_mentions"):
        assert article_id not in stored(warehouse, table), table
    told = stored(warehouse, "event_mentions", "event_mention_id")
    assert stored(warehouse, "participants", "event_mention_id") == told
    assert not any("governor’s café" in text for text in all_texts(warehouse))


def stored_article(warehouse, source):
    parts = manifest.read(warehouse).parts("articles")
    rows = (row for path, ranges in parts for row in read_rows(path, ["article_id", "source"], ranges))
    return next(row["article_id"] for row in rows if row["source"] == source)


def test_a_deleted_article_is_in_no_table_and_no_file(published):
    compact.compact(published)
    gone = stored_article(published, "Harbour Gazette")
    told = delete_articles(published.root, (gone[:6],), (), confirm=None)
    assert told.startswith("Deleted: 1 article (Harbour Gazette 1), 2 mentions, 1 payload.\n1 near copy of them stays.")
    check_gone(published, gone)
    assert b"governor" not in (published.root / "search.sqlite").read_bytes()
    assert verify(published).is_sound
    assert not [result.name for result in run_checks(published) if not result.is_passed]
    (copy,) = run_sql(published, "SELECT duplicate_of FROM articles WHERE source = 'Copy Wire'").to_pylist()
    assert copy == {"duplicate_of": None}, "the first copy is an original now"
    assert ids(published, "sources", "source") == {"Copy Wire", "Hill Post"}


def take_out(warehouse, source):
    deletion = deletions.plan(warehouse, article_ids=(), sources=[source])
    deletions.write_down(warehouse, deletion)
    assert deletions.finish(warehouse) == len(deletion.articles)
    assert deletions.finish(warehouse) == 0


def test_an_empty_batch_goes_with_its_articles(filled):
    take_out(filled, "Harbour Gazette")
    assert [entry.batch_id for entry in manifest.entries(filled)] == ["batch2", "batch3", "batch2"]


def test_other_versions_of_the_coding_lose_it_too(filled):
    old = filled.manifest / "extract-batch1-0.9.json"
    content = (filled.manifest / "extract-batch1-1.0-test.json").read_text()
    old.write_text(content.replace('"version": "1.0-test"', '"version": "0.9"'))
    gone = stored_article(filled, "Harbour Gazette")
    take_out(filled, "Harbour Gazette")
    assert not old.exists()
    check_gone(filled, gone)


@pytest.mark.parametrize("step", range(1, 10))
def test_a_deletion_that_is_killed_anywhere_is_finished(filled, monkeypatch, step):
    compact.compact(filled)
    gone, steps, replace = stored_article(filled, "Harbour Gazette"), iter(range(1, 100)), os.replace

    def die(source, target):
        if next(steps) == step:
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(os, "replace", die)
        take_out(filled, "Harbour Gazette")
    assert deletions.finish(filled) == (step > 1)
    if step == 1:  # killed before it was written down: nothing was begun
        assert gone in stored(filled, "articles")
    else:
        check_gone(filled, gone)


def records(texts):
    return [
        RawArticle(location="t", text=text, payload=text.encode(), payload_suffix=".txt", retrieved_at=SEEN)
        for text in texts
    ]


def test_what_was_deleted_does_not_come_back_unless_asked(empty):
    texts = [f"The harbour of town number {n} was closed by its council on Monday." for n in ("one", "two")]
    first = ingest_records(empty, records(texts), batch_size=9)
    (path,) = manifest.files(empty, "articles")
    row = next(row for row in read_rows(path) if "one" in row["text"])
    assert raw.load(empty, row["raw_path"])
    delete_articles(empty.root, (row["article_id"],), (), confirm=None)
    assert not (empty.root / row["raw_path"]).exists()
    again = ingest_records(empty, records(texts), batch_size=9)
    assert (first.new, again.new, again.deleted, again.duplicates) == (2, 0, 1, 1)
    assert lift_articles(empty.root, (row["article_id"],), ()).startswith("1 article may come in again")
    assert ingest_records(empty, records(texts), batch_size=9).new == 1
    assert len(stored(empty, "articles")) == 2


def test_a_lifted_page_is_fetched_again(filled):
    memory = FetchMemory(filled)
    with memory._transaction() as database:
        database.execute("INSERT INTO items (url, source, state) VALUES ('https://gazette.example/1', 'g', 'fetched')")
    take_out(filled, "Harbour Gazette")
    lift_articles(filled.root, (), ("Harbour Gazette",))
    assert memory._rows("SELECT count(*) FROM items") == [(0,)]
    memory.close()


def test_a_payload_that_others_came_with_stays(empty, article):
    path = raw.store(empty, b"both", ".jsonl")
    both = [article(f"text {n}", raw_path=path, source=f"S{n}") for n in (1, 2)]
    write_batch(empty, stage="ingest", batch_id="b", rows={"articles": both})
    first = deletions.plan(empty, article_ids=(), sources=["S1"])
    assert "1 payload stays" in delete.describe(first, 0)
    take_out(empty, "S1")
    assert (empty.root / path).exists()
    take_out(empty, "S2")
    assert not (empty.root / path).exists()
    assert manifest.entries(empty) == []


def test_nothing_goes_without_a_yes(filled, monkeypatch):
    asked: list[str] = []
    with pytest.raises(UsageError, match="add --yes"):
        delete_articles(filled.root, (), ("Hill Post",), confirm=bool)
    monkeypatch.setattr(delete.sys.stdin, "isatty", lambda: True, raising=False)
    assert delete_articles(filled.root, (), ("Hill Post",), confirm=lambda text: bool(asked.append(text))) == (
        "Nothing was deleted."
    )
    assert "1 article (Hill Post 1), 1 mention, 0 payloads." in asked[0]
    assert "Hill Post" in stored(filled, "articles", "source")


def test_what_is_not_there_is_told(filled):
    with pytest.raises(UsageError, match="name what is to go"):
        delete_articles(filled.root, (), (), confirm=None)
    with pytest.raises(UsageError, match="name what may come back"):
        lift_articles(filled.root, (), ())
    with pytest.raises(UnknownIdError, match="no deleted article has the id 'ab'"):
        lift_articles(filled.root, ("ab",), ())
    with pytest.raises(WarehouseError, match="no article of the source 'X' was deleted"):
        lift_articles(filled.root, (), ("X",))
    (filled.root / "deletions").mkdir()
    (filled.root / "deletions" / "x.json").write_text("{")
    with pytest.raises(WarehouseError, match="is no list of deleted articles"):
        deletions.finish(filled)
