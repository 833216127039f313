import os
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.upkeep import compact_warehouse
from warehouse import catalogue, compact, manifest
from warehouse.articles import known_articles, read_articles
from warehouse.declared import DECLARED
from warehouse.parquet import join_files, read_rows, write_table
from warehouse.paths import Warehouse
from warehouse.query import run_sql
from warehouse.tables import TABLES, arrow_schema
from warehouse.verify import verify

BATCHES = 6


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Six coded batches of two articles each, published."""
    from tests.warehouse.conftest import VERSION, Coded

    warehouse = Warehouse.create(tmp_path_factory.mktemp("many") / "news")
    for number in range(BATCHES):
        coded = Coded()
        for name in ("Alpha", "Beta"):
            article = coded.add_article(f"{name} struck Gamma {number}.\nAll was quiet then.", source=f"Wire {number}")
            coded.tell(article, "struck", actors=(f"{name}={name}",))
        coded.commit(warehouse, f"b{9 - number}", version=VERSION)
    catalogue.publish(warehouse)
    return warehouse


@pytest.fixture
def warehouse(many, tmp_path):
    shutil.copytree(many.root, tmp_path / "news")
    copied = Warehouse.open(tmp_path / "news")
    catalogue.publish(copied)
    return copied


def contents(warehouse: Warehouse) -> dict[str, list[tuple]]:
    names = [name for name in DECLARED if name != "data_tests"]  # which says what the tests cost this time
    return {name: run_sql(warehouse, f"FROM {name} ORDER BY ALL").to_pylist() for name in names}


def recorded(warehouse: Warehouse) -> dict[str, list[dict]]:
    listed = manifest.read(warehouse)
    return {
        table: sorted((row for path, ranges in listed.parts(table) for row in read_rows(path, ranges=ranges)), key=str)
        for table in TABLES
    }


def batches(warehouse: Warehouse) -> list[list[str]]:
    return [[row["text"] for row in read_articles(warehouse, f"b{9 - number}")] for number in range(BATCHES)]


def test_small_files_become_one_and_nothing_else_changes(warehouse):
    before, texts, known = contents(warehouse), batches(warehouse), list(known_articles(warehouse))
    entries = manifest.read(warehouse).entries
    assert "24 files joined into 4" in compact_warehouse(warehouse.root, keep_hours=24)
    listed = manifest.read(warehouse)
    assert len(listed.files("articles")) == len(listed.files("event_mentions")) == 1
    assert contents(warehouse) == before
    assert batches(warehouse) == texts
    assert list(known_articles(warehouse)) == known
    assert [(each.batch_id, each.committed_at, each.counts) for each in listed.entries] == [
        (each.batch_id, each.committed_at, each.counts) for each in entries
    ]
    assert verify(warehouse).is_sound
    assert "no small files to join" in compact_warehouse(warehouse.root, keep_hours=24)


def test_files_that_other_tools_wrote_are_joined_in_the_declared_form(tmp_path, article):
    table = TABLES["articles"]
    ours = write_table(tmp_path / "ours.parquet", table, [article("one")])
    loose = pa.schema([pa.field(field.name, field.type) for field in reversed(list(arrow_schema(table)))])
    rows = [{field.name: row[field.name] for field in loose} for row in read_rows(ours.path)]
    pq.write_table(pa.Table.from_pylist(rows, schema=loose), tmp_path / "theirs.parquet")
    parts = [(tmp_path / "theirs.parquet", ()), (ours.path, ((0, 1),))]
    joined = join_files(tmp_path / "joined.parquet", table, parts, row_group=100)
    assert joined.rows == 2
    assert list(read_rows(joined.path)) == list(read_rows(ours.path)) * 2
    assert pq.read_schema(joined.path).equals(arrow_schema(table))


def test_replaced_files_stay_until_their_time_is_over(warehouse):
    old = manifest.read(warehouse).files("articles")
    compact_warehouse(warehouse.root, keep_hours=24)
    assert all(path.exists() for path in old)
    assert compact.remove_unused(warehouse, hours=0) > 0
    assert not any(path.exists() for path in old)
    assert verify(warehouse).is_sound


def test_a_batch_that_is_coded_anew_leaves_its_rows_in_the_shared_file(warehouse, new_batch):
    compact_warehouse(warehouse.root, keep_hours=0)
    new_batch().commit_coding(warehouse, "b7", version="2.0")
    catalogue.publish(warehouse)
    assert run_sql(warehouse, "SELECT count(*) AS n FROM event_mentions").to_pylist() == [{"n": 2 * (BATCHES - 1)}]
    rows = run_sql(warehouse, "SELECT sentence_id FROM sentences").num_rows
    assert rows == 4 * (BATCHES - 1)
    assert verify(warehouse).is_sound
    assert manifest.pending(warehouse, "2.0") == ["b4", "b5", "b6", "b8", "b9"]


def test_files_that_are_big_enough_are_left(warehouse):
    sizes = [path.stat().st_size for path in manifest.read(warehouse).files("articles")]
    assert compact.compact(warehouse, target=2) == compact.Compaction(0, 0)
    compact.compact(warehouse, target=max(sizes) * 2 + 1)
    assert len(manifest.read(warehouse).files("articles")) == 2


@pytest.mark.parametrize("step", [1, 4, 5, 10, 15])
def test_a_run_that_dies_anywhere_loses_and_doubles_nothing(warehouse, monkeypatch, step):
    before = recorded(warehouse)
    steps = iter(range(1, 100))
    replace = os.replace

    def die(source, target):
        if next(steps) == step:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        compact.compact(warehouse)
    monkeypatch.undo()
    compact.remove_unused(warehouse, hours=1)
    assert recorded(warehouse) == before
    compact.compact(warehouse)
    compact.remove_unused(warehouse, hours=0)
    assert recorded(warehouse) == before
    assert len(manifest.read(warehouse).files("articles")) == 1
