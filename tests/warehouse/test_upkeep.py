import os
import subprocess
import sys
import time

import duckdb
import pytest

from flows.console import UsageError
from flows.upkeep import compact_warehouse, describe, pack_warehouse, report_size, verify_warehouse
from warehouse import catalogue
from warehouse.batches import write_batch
from warehouse.declared import DECLARED
from warehouse.errors import WarehouseBusyError, WarehouseError
from warehouse.fetches import FetchMemory, Item, Listing
from warehouse.raw import store
from warehouse.size import measure
from warehouse.verify import verify


def differing(warehouse) -> set[str]:
    return {each.table for each in verify(warehouse).tables if not each.is_equal}


def test_a_published_warehouse_is_equal_to_its_record(sample):
    found = verify(sample)
    assert found.is_sound
    assert {each.table: each.rows_recorded for each in found.tables}["event_mentions"] == 4
    assert all(each.rows_published == each.rows_recorded for each in found.tables)
    assert not [path for path in sample.root.iterdir() if path.name.endswith(".tmp")]


def test_what_was_committed_and_not_published_differs(published, article):
    write_batch(published, stage="ingest", batch_id="batch4", rows={"articles": [article("new", source="New Wire")]})
    assert differing(published) == {"articles", "sources", "warehouse_meta"}
    is_sound, report = verify_warehouse(published.root)
    assert not is_sound
    assert "use `dateline rebuild --warehouse" in report
    catalogue.publish(published)
    assert verify_warehouse(published.root)[0]


def test_one_changed_value_differs_though_the_count_does_not(published):
    with duckdb.connect(published.database) as database:
        database.execute("UPDATE sources SET n_duplicates = n_duplicates + 1")
    assert differing(published) == {"sources"}


def test_a_changed_file_is_named_and_nothing_is_compared(published):
    path = published.parquet_file("sentences", "batch1", "1.0-test")
    path.write_bytes(path.read_bytes() + b" ")
    gone = published.parquet_file("entities", "batch1", "1.0-test")
    gone.unlink()
    found = verify(published)
    assert found.damaged == {path: "changed since it was committed", gone: "gone"}
    assert (found.is_sound, found.tables) == (False, ())
    assert f"{path}: changed since it was committed; put it back from a copy" in describe(found, published.root)


def test_verify_does_not_run_beside_a_writer(published):
    with published.lock(), pytest.raises(WarehouseBusyError):
        verify_warehouse(published.root)


def test_a_pack_holds_all_tables_and_views_without_the_parquet(published, tmp_path):
    path = tmp_path / "shared.duckdb"
    assert "2 events of 4 mentions" in pack_warehouse(published.root, path)
    with duckdb.connect(published.database, read_only=True) as original, duckdb.connect(path, read_only=True) as copy:
        for name in DECLARED:
            rows = f"FROM {name} ORDER BY ALL"
            assert copy.execute(rows).fetchall() == original.execute(rows).fetchall(), name
        commented = (
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE schema_name = 'main'"
        )
        order = " AND NOT internal ORDER BY ALL"
        assert copy.execute(commented + order).fetchall() == original.execute(commented + order).fetchall()
    for file in published.parquet.rglob("*.parquet"):
        file.unlink()
    with duckdb.connect(path, read_only=True) as copy:
        assert copy.execute("SELECT count(*) FROM polecat_events").fetchone() == (3,)


def test_a_pack_can_be_read_by_older_tools(published, tmp_path):
    pack_warehouse(published.root, tmp_path / "shared.duckdb")
    with duckdb.connect() as database:
        database.execute(f"ATTACH '{tmp_path / 'shared.duckdb'}' AS shared (READ_ONLY)")
        (tags,) = database.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'shared'").fetchone()
    assert tags["storage_version"].startswith("v1.5")


def test_a_pack_that_cannot_be_made_is_told(published, empty, tmp_path):
    for output, says in [(tmp_path / "no" / "x", "there is no folder"), (published.database, "cannot be replaced")]:
        with pytest.raises(UsageError, match=says):
            pack_warehouse(published.root, output)
    published.parquet_file("sentences", "batch1", "1.0-test").write_bytes(b"PAR1 and no more")
    with pytest.raises(WarehouseError, match="cannot be made"):
        pack_warehouse(published.root, tmp_path / "x.duckdb")
    assert not (tmp_path / "x.duckdb").exists()


def test_size_counts_what_is_in_use_and_what_is_not(published):
    stray = published.parquet_file("articles", "killed")
    stray.write_bytes(b"12345")
    parts = {part.name: part for part in measure(published)}
    assert (parts["parquet, not in use"].n_bytes, parts["parquet, not in use"].n_files) == (5, 1)
    assert (parts["parquet/articles"].n_files, parts["parquet/articles"].n_rows) == (2, 3)
    assert parts["dateline.duckdb"].n_bytes == published.database.stat().st_size
    assert parts["raw"].bytes_per_row is None
    assert "parquet/event_mentions" in report_size(published.root)


READER = """
import sys
import duckdb
database = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    rows = database.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM event_mentions), "
        "(SELECT sum(n_mentions) FROM events), (SELECT value::BIGINT FROM warehouse_meta WHERE name = 'rows.articles')")
    print(*rows.fetchone(), flush=True)
    if line == "again\\n":
        database.close()
        database = duckdb.connect(sys.argv[1], read_only=True)
"""


def test_a_reader_never_sees_half_of_a_load_and_sees_it_all_when_it_opens_again(published, new_batch):
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(published.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def ask(line="\n"):
            process.stdin.write(line)
            process.stdin.flush()
            return process.stdout.readline()

        before = ask()
        for number in range(3):
            coded = new_batch()
            article = coded.add_article(f"Alpha struck Beta {number}.")
            coded.tell(article, "struck", actors=("Alpha=Alpha",))
            write_batch(published, stage="ingest", batch_id=f"n{number}", rows={"articles": coded.articles})
            assert ask() == before
            coded.commit_coding(published, f"n{number}", version="1.0-test")
            assert ask() == before
            catalogue.publish(published)
            assert ask() == before
        assert ask("again\n") == before == "3 4 4 3\n"
        assert ask() == "6 7 7 6\n"
        process.stdin.close()


def test_old_payloads_go_on_request_unless_something_is_to_be_read_from_them(empty, article, reject):
    old, young, rejected, waiting = (store(empty, each.encode(), ".txt") for each in ("old", "young", "bad", "wait"))
    for path in (old, rejected, waiting):
        os.utime(empty.root / path, (0, time.time() - 40 * 86_400))
    rows = {"articles": [article("one", raw_path=old), article("two", raw_path=young)]}
    write_batch(empty, stage="ingest", batch_id="b1", rows={**rows, "rejects": [reject(raw_path=rejected)]})
    memory = FetchMemory(empty)
    item = Item("https://news.example/1", "news", raw_path=waiting, retrieved_at=article("x").retrieved_at)
    memory.note_listing(Listing("https://news.example", None, None, 1), [item], fetched=True)
    memory.close()
    catalogue.publish(empty)
    (share,) = (part for part in measure(empty, raw_days=30) if part.is_share)
    assert (share.n_bytes, share.n_files) == (3, 1)
    assert "would go by compact --keep-raw 30" in report_size(empty.root, raw_days=30)
    compact_warehouse(empty.root, keep_hours=24)
    assert (empty.root / old).exists()
    said = compact_warehouse(empty.root, keep_hours=24, keep_raw_days=30)
    assert "1 payloads older than 30 days removed, 0.0 MB; 2 older ones stay" in said
    left = [(empty.root / path).exists() for path in (old, young, rejected, waiting)]
    assert left == [False, True, True, True]
