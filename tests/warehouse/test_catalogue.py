import json
import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from warehouse import catalogue, manifest
from warehouse.batches import write_batch
from warehouse.connection import connect
from warehouse.declared import DECLARED as ALL
from warehouse.declared import SCHEMA
from warehouse.errors import ManifestError, WarehouseError
from warehouse.linking.parts import DROPPED, KEPT
from warehouse.marts import MART_TABLES
from warehouse.paths import Warehouse
from warehouse.query import run_sql
from warehouse.tables import TABLES


def contents(warehouse: Warehouse) -> dict[str, list[dict]]:
    names = [name for name in ALL if name != "data_tests"]  # which says what the tests cost this time
    return {name: run_sql(warehouse, f"SELECT * FROM {name} ORDER BY ALL").to_pylist() for name in names}


def test_every_table_is_there_with_its_columns_and_types(sample):
    for name, table in ALL.items():
        found = run_sql(
            sample,
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? "
            "AND schema_name = 'main' ORDER BY column_index",
            [name],
        ).to_pylist()
        assert [(row["column_name"], row["data_type"]) for row in found] == [
            (column.name, column.type.value) for column in table.columns
        ]


def test_an_empty_warehouse_has_the_same_tables(empty, sample):
    summary = catalogue.publish(empty)
    query = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    assert run_sql(empty, query).equals(run_sql(sample, query))
    assert summary.counts["articles"] == summary.counts["events"] == 0
    assert summary.counts["event_types"] == 16


def test_every_table_and_column_is_commented(sample):
    columns = run_sql(
        sample,
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal",
    ).to_pylist()
    assert {row["table_name"] for row in columns} == {*ALL, *KEPT, DROPPED.name}
    assert [row for row in columns if not row["comment"]] == []
    comments = run_sql(
        sample,
        "SELECT view_name AS name, comment FROM duckdb_views() "
        "WHERE NOT internal "
        "UNION ALL SELECT table_name, comment FROM duckdb_tables()",
    ).to_pylist()
    described = {name: table.description for name, table in {**KEPT, **ALL, DROPPED.name: DROPPED}.items()}
    assert {row["name"]: row["comment"] for row in comments} == described


def test_publishing_twice_gives_the_same_tables(published):
    before = shutil.copy(published.database, published.root.parent / "before.duckdb")
    catalogue.publish(published)
    with duckdb.connect() as both:
        both.execute(f"ATTACH '{before}' AS old (READ_ONLY)")
        both.execute(f"ATTACH '{published.database}' AS new (READ_ONLY)")
        for name in ALL:
            columns = "* EXCLUDE (seconds)" if name == "data_tests" else "*"
            for one, other in (("old", "new"), ("new", "old")):
                differing = f"SELECT {columns} FROM {one}.{name} EXCEPT ALL SELECT {columns} FROM {other}.{name}"
                assert both.execute(differing).fetchall() == []


def test_the_same_rows_in_another_folder_give_the_same_tables(sample, tmp_path, fill_again):
    other = fill_again(Warehouse.create(tmp_path / "other"))
    catalogue.publish(other)
    one, two = contents(sample), contents(other)
    assert one.pop("warehouse_meta") != two.pop("warehouse_meta")
    assert one == two


def test_the_summary_counts_rows(filled):
    told: list[str] = []
    summary = catalogue.publish(filled, progress=told.append)
    assert told == list(MART_TABLES)
    assert summary.database == filled.database
    assert {name: summary.counts[name] for name in (*TABLES, "events")} == {
        "articles": 3,
        "rejects": 1,
        "sentences": 4,
        "entities": 1,
        "event_mentions": 4,
        "participants": 7,
        "mention_changes": 0,
        "events": 2,
    }
    for name, count in summary.counts.items():
        assert run_sql(filled, f"SELECT count(*) AS n FROM {name}").to_pylist() == [{"n": count}]


def test_paths_with_quotes_and_spaces_work(tmp_path, fill_again):
    warehouse = fill_again(Warehouse.create(tmp_path / "Ana's news [1]*"))
    catalogue.publish(warehouse)
    assert run_sql(warehouse, "SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 3}]


def test_views_take_their_files_in_order(sample):
    sources = [row["source"] for row in run_sql(sample, "SELECT source FROM articles").to_pylist()]
    assert sources == ["Harbour Gazette", "Copy Wire", "Hill Post"]


def test_a_reader_keeps_what_was_published_when_it_came(published, article):
    reader = f"""
import sys
import duckdb
with duckdb.connect({str(published.database)!r}, read_only=True) as database:
    for line in sys.stdin:
        print(database.execute("SELECT count(*) FROM articles").fetchone()[0], flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", reader], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "3\n"
        write_batch(published, stage="ingest", batch_id="batch4", rows={"articles": [article("new")]})
        catalogue.publish(published)
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "3\n"
        process.stdin.close()
    assert run_sql(published, "SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 4}]


def test_a_publication_that_dies_leaves_the_published_file(published, monkeypatch):
    before = published.database.read_bytes()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        catalogue.publish(published)
    assert published.database.read_bytes() == before


def test_what_a_killed_publication_left_is_removed(published):
    leftover = published.root / ".dateline.duckdb.123.tmp"
    leftover.touch()
    leftover.with_name(leftover.name + ".wal").touch()
    spill = leftover.with_name(leftover.name + ".tmp")
    spill.mkdir()
    (spill / "block").touch()
    catalogue.publish(published)
    assert sorted(path.name for path in published.root.iterdir()) == [
        *("checks.json", "dateline.duckdb", "joined", "joining.duckdb", "manifest", "parquet")
    ]


def test_a_damaged_manifest_leaves_the_published_file(published):
    before = published.database.read_bytes()
    (published.manifest / "ingest-batch9.json").write_text("{")
    with pytest.raises(ManifestError):
        catalogue.publish(published)
    assert published.database.read_bytes() == before


def test_a_newer_coding_takes_the_place_of_the_older(published, new_batch):
    coded = new_batch()
    article = coded.add_article("Officials met in Harbourton.")
    coded.tell(article, "met", actors=("Officials",), event_type="CONSULT", extractor_version="2.0")
    new_batch().commit_coding(published, "batch1", version="2.0")
    catalogue.publish(published)
    assert run_sql(published, "SELECT count(*) AS n FROM event_mentions").to_pylist() == [{"n": 2}]
    meta = run_sql(published, "SELECT value FROM warehouse_meta WHERE name = 'extractor_versions'").to_pylist()
    assert meta == [{"value": "1.0-test, 2.0"}]


def test_a_reject_that_comes_twice_is_one(published, reject):
    write_batch(published, stage="ingest", batch_id="batch4", rows={"rejects": [reject()]})
    assert catalogue.publish(published).counts["rejects"] == 1


def test_opening_before_anything_is_published_says_what_to_do(filled):
    with pytest.raises(WarehouseError, match=r"nothing is published yet; .*dateline rebuild"), connect(filled):
        pass


def test_a_moved_warehouse_is_noticed_and_can_be_rebuilt(published, tmp_path):
    shutil.move(published.root, tmp_path / "elsewhere")
    moved = Warehouse.open(tmp_path / "elsewhere")
    with (
        pytest.raises(WarehouseError, match=r"was moved or copied from .*news.*dateline rebuild --warehouse"),
        connect(moved),
    ):
        pass
    catalogue.publish(moved)
    assert run_sql(moved, "SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 3}]


def test_a_foreign_database_is_refused(filled):
    with duckdb.connect(filled.database) as database:
        database.execute("CREATE TABLE cats (name VARCHAR)")
    with pytest.raises(WarehouseError, match="was not published by dateline"), connect(filled):
        pass
    filled.database.write_bytes(b"no database at all" * 1000)
    with pytest.raises(WarehouseError, match="cannot be opened"), connect(filled):
        pass


@pytest.mark.parametrize("what", ["format", "schema"])
def test_a_database_of_a_newer_version_is_refused(published, what):
    with duckdb.connect(published.database) as database:
        database.execute("UPDATE warehouse_meta SET value = '99' WHERE name = ?", [what])
    with pytest.raises(WarehouseError, match=rf"newer dateline \({what} 99.*upgrade"), connect(published):
        pass


def test_a_database_of_an_older_schema_is_made_anew_by_rebuild(published):
    with duckdb.connect(published.database) as database:
        database.execute("DELETE FROM warehouse_meta WHERE name = 'schema'")
        database.execute("DROP VIEW dyads")
    with pytest.raises(WarehouseError, match=rf"older dateline \(schema 1, .*makes {SCHEMA}\); use `dateline rebuild"):
        run_sql(published, "SELECT 1")
    catalogue.publish(published)
    assert run_sql(published, "SELECT count(*) AS n FROM dyads").to_pylist() == [{"n": 1}]


@pytest.mark.parametrize("table", ["event_mentions", "event_rows"])
def test_mentions_have_their_events_without_a_join(sample, table):
    plan = str(run_sql(sample, f"EXPLAIN SELECT event_id, status FROM {table} ORDER BY confidence LIMIT 3").to_pylist())
    assert "Conditions: event_mention_id" not in plan


def test_ten_thousand_batches_are_read(empty):
    facts = {"format": 1, "stage": "ingest", "version": None, "files": {}, "counts": {}}
    for number in range(10_000):
        entry = {**facts, "batch_id": f"b{number}", "committed_at": "2024-05-06T00:00:00+00:00"}
        (empty.manifest / f"ingest-b{number}.json").write_text(json.dumps(entry))
    assert len(manifest.pending(empty, "1")) == 10_000


def test_a_damaged_file_leaves_the_published_database(published):
    published.parquet_file("sentences", "batch1", "1.0-test").write_bytes(b"PAR1 and no more")
    with pytest.raises(WarehouseError, match=r"cannot be made .*sentences/batch1-1.0-test.parquet.*dateline rebuild"):
        catalogue.publish(published)
    with connect(published) as database:
        assert database.execute("SELECT count(*) FROM events").fetchone() == (2,)
