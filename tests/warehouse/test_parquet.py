import os
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.records import Sentence
from warehouse import parquet
from warehouse.errors import RowError, WarehouseError
from warehouse.files import atomic_file
from warehouse.parquet import read_rows, write_table
from warehouse.statements import parquet_select
from warehouse.tables import TABLES

SENTENCES = TABLES["sentences"]
ROW = {"sentence_id": "s", "article_id": "a", "position": 0, "start_char": 0, "end_char": 2, "text": "Hi"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_rows_come_back_as_they_were(tmp_path, article):
    rows = [
        article("A town was shelled. 🏚"),
        article("Nothing.", authors=("A", "B"), published_at=None, minhash=None, title="é"),
    ]
    written = write_table(tmp_path / "a.parquet", TABLES["articles"], rows)
    assert written.rows == 2
    assert len(written.sha256) == 64
    assert [{**row, "authors": tuple(row["authors"])} for row in read_rows(written.path)] == [
        asdict(row) for row in rows
    ]


@given(rows=st.lists(st.builds(Sentence, TEXT, TEXT, *[st.integers(-(2**31), 2**31 - 1)] * 3, TEXT)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_any_sentence_comes_back(tmp_path, rows):
    written = write_table(tmp_path / "s.parquet", SENTENCES, rows)
    assert [Sentence(**row) for row in read_rows(written.path)] == rows


def test_the_same_rows_give_the_same_bytes(tmp_path):
    assert write_table(tmp_path / "a", SENTENCES, [ROW]).sha256 == write_table(tmp_path / "b", SENTENCES, [ROW]).sha256


def test_rows_are_streamed_in_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROW_GROUP", 3)
    written = write_table(tmp_path / "s", SENTENCES, ({**ROW, "position": number} for number in range(8)))
    assert written.rows == 8
    assert pq.read_metadata(written.path).num_row_groups == 3
    assert [row["position"] for row in read_rows(written.path, ["position"])] == list(range(8))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**ROW, "colour": 1}, "table sentences, row 1: unknown field 'colour'"),
        ({key: ROW[key] for key in ROW if key != "text"}, "table sentences, row 1: field 'text' is missing"),
        ({**ROW, "text": None}, "table sentences, row 1: text is null"),
        ({**ROW, "position": "first"}, "table sentences, row 1: position is 'first', which is not INTEGER"),
        ({**ROW, "position": 2**40}, "row 1: position is 1099511627776"),
        (("s", "a"), "row 1: tuple is neither a record nor a dict"),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_written(tmp_path, row, message):
    with pytest.raises(RowError, match=message):
        write_table(tmp_path / "s.parquet", SENTENCES, [ROW, row])
    assert list(tmp_path.iterdir()) == []


def test_a_record_of_another_table_is_refused(tmp_path, reject):
    with pytest.raises(RowError, match="table sentences, row 0: unknown field 'reject_id'"):
        write_table(tmp_path / "s.parquet", SENTENCES, [reject()])


def test_a_time_without_a_zone_is_refused(tmp_path, article):
    rows = [article("a", published_at=datetime(2024, 5, 6))]  # noqa: DTZ001 - the very mistake
    with pytest.raises(RowError, match="published_at is a time without a zone"):
        write_table(tmp_path / "a.parquet", TABLES["articles"], rows)


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "s.parquet"
    write_table(path, SENTENCES, [ROW])
    write_table(path, SENTENCES, [])
    assert list(read_rows(path)) == []
    assert [child.name for child in tmp_path.iterdir()] == ["s.parquet"]


def test_a_write_that_dies_before_the_rename_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "s.parquet"
    before = write_table(path, SENTENCES, [ROW])

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        write_table(path, SENTENCES, [ROW, ROW])
    assert [child.name for child in tmp_path.iterdir()] == ["s.parquet"]
    assert list(read_rows(path)) == [ROW]
    assert before.rows == 1


def test_a_file_with_other_rows_than_were_written_is_refused(tmp_path, monkeypatch):
    write_table(tmp_path / "other", SENTENCES, [ROW])
    other = pq.read_metadata(tmp_path / "other")
    monkeypatch.setattr(pq, "read_metadata", lambda _: other)
    with pytest.raises(WarehouseError, match="2 rows were written but the file holds 1"):
        write_table(tmp_path / "s.parquet", SENTENCES, [ROW, ROW])
    assert not (tmp_path / "s.parquet").exists()


def test_an_atomic_file_may_be_a_plain_one(tmp_path: Path):
    with atomic_file(tmp_path / "deep" / "x.txt") as temporary:
        temporary.write_text("x", encoding="utf-8")
        assert temporary.name.startswith(".")
    assert (tmp_path / "deep" / "x.txt").read_text(encoding="utf-8") == "x"


def test_times_in_other_zones_are_stored_in_utc(tmp_path, article):
    path = tmp_path / "a.parquet"
    moment = datetime.fromisoformat("2024-05-06T12:00:00+02:00")
    write_table(path, TABLES["articles"], [article("a", published_at=moment)])
    assert next(read_rows(path, ["published_at"])) == {"published_at": datetime(2024, 5, 6, 10, tzinfo=UTC)}


ENTITIES = TABLES["entities"]
ENTITY = dict.fromkeys((column.name for column in ENTITIES.stored), None) | {
    "entity_id": "e", "article_id": "a", "sentence_id": "s", "label": "GPE", "text": "Mosul", "start_char": 0,
    "end_char": 5,
}  # fmt: skip


def test_files_of_an_older_schema_have_nulls_for_what_came_later(tmp_path):
    columns = tuple(column for column in ENTITIES.columns if column.since == 1)
    older = replace(ENTITIES, columns=columns)
    row = {name: value for name, value in ENTITY.items() if name in {column.name for column in columns}}
    old = write_table(tmp_path / "old.parquet", older, [row]).path
    new = write_table(tmp_path / "new.parquet", ENTITIES, [ENTITY | {"entity_id": "f", "latitude": 36.3}]).path
    expected = [("e", None), ("f", 36.3)]
    for parts in ([(old, ()), (new, ())], [(old, ((0, 1),)), (new, ((0, 1),))]):
        found = duckdb.sql(f"SELECT entity_id, latitude FROM ({parquet_select(ENTITIES, parts)}) ORDER BY 1").fetchall()
        assert found == expected
    both = parquet.join_files(tmp_path / "both.parquet", ENTITIES, [(old, ()), (new, ())], row_group=10)
    assert [(read["entity_id"], read["latitude"]) for read in read_rows(both.path)] == expected
