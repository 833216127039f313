import gzip
import json
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms.read import read_path
from transforms.records import RawArticle, Reject

TEXT = "Rain closed the pass; nobody was hurt, said the mayor."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_csv_with_any_delimiter(delimiter, name, write, articles) -> None:
    header, row = delimiter.join(["id", "title", "text"]), delimiter.join(["7", '"A ""title"""', f'"{TEXT}\nMore."'])
    path = write(name, f"{header}\n{row}\n")
    (article,) = articles(path)
    assert (article.external_id, article.title, article.text) == ("7", 'A "title"', f"{TEXT}\nMore.")
    assert article.location == f"{path}, line 3"
    assert json.loads(article.payload)["id"] == "7"


def test_csv_compressed_in_windows_encoding_with_long_cells(write, articles) -> None:
    text = f"{TEXT} " * 4000 + "“café”"
    data = f'text;title\n"{text}";x\n'.encode("cp1252")
    (article,) = articles(write("a.csv.gz", gzip.compress(data)))
    assert article.text == text


def test_csv_in_utf_16(write, articles) -> None:
    (article,) = articles(write("a.csv", f'text\n"{TEXT}"\n'.encode("utf-16")))
    assert article.text == TEXT


def test_bad_rows_cost_only_themselves(write) -> None:
    path = write("a.csv", f'id,text\n1,"{TEXT}"\n2,a,b\n3,\n4,"x"y"\n5,"{TEXT}"\n6,"never closed\n')
    found = list(read_path(path))
    assert [item.external_id for item in found if isinstance(item, RawArticle)] == ["1", "5"]
    assert [(item.source, item.reason) for item in found if isinstance(item, Reject)] == [
        (f"{path}, line 3", "broken CSV row"),
        (f"{path}, line 4", "empty text"),
        (f"{path}, line 5", "broken CSV row"),
        (f"{path}, line 7", "broken CSV row"),
    ]


def test_tables_without_text_column(write, rejects, tmp_path) -> None:
    (reject,) = rejects(write("a.csv", "a,b\n1,2\n"))
    assert reject.reason == "no text column"
    assert "found: a, b" in (reject.detail or "")
    pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    assert [reject.reason for reject in rejects(tmp_path / "a.parquet")] == ["no text column"]


def test_binary_csv_and_broken_parquet(write, rejects) -> None:
    assert [reject.reason for reject in rejects(write("a.csv", b"\x00\x01" * 50))] == ["not text"]
    assert [reject.reason for reject in rejects(write("a.parquet", b"PAR1 nothing"))] == ["broken Parquet file"]


def test_parquet_rows(tmp_path, articles) -> None:
    table = pa.table(
        {
            "id": [1, 2],
            "text": [TEXT, TEXT],
            "published_at": [datetime(2024, 2, 3, 4, 5), None],  # noqa: DTZ001 - tables hold naive times
            "authors": [["Ann Lee"], None],
            "score": [0.5, float("nan")],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    first, second = articles(tmp_path / "a.parquet")
    assert (first.external_id, first.published_at, first.authors) == ("1", "2024-02-03T04:05:00", ("Ann Lee",))
    assert (second.published_at, second.authors) == (None, ())
    assert second.location.endswith("a.parquet, row 2")


def test_parquet_row_without_text(tmp_path) -> None:
    pq.write_table(pa.table({"text": [None, TEXT]}), tmp_path / "a.parquet")
    first, second = read_path(tmp_path / "a.parquet")
    assert isinstance(first, Reject)
    assert first.reason == "empty text"
    assert isinstance(second, RawArticle)


@pytest.mark.parametrize("before", ["", "\n\n", "sep=;\n", "\nSEP=;\r\n"])
def test_what_may_stand_before_the_header_is_passed_over(before, write, articles) -> None:
    path = write("a.csv", f'{before}id;text\n1;"{TEXT}"\n')
    (article,) = articles(path)
    assert article.text == TEXT
    assert article.location == f"{path}, line {2 + before.count(chr(10))}"


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_table_without_rows_is_told_of(name, write, rejects) -> None:
    path = write(name, "id,text\n")
    if name == "a.parquet":
        pq.write_table(pa.table({"text": pa.array([], pa.string())}), path)
    (reject,) = rejects(path)
    assert reject.reason == "no rows in the table"


def test_decimal_ids_and_times_beyond_all_years(tmp_path, articles, rejects) -> None:
    ids = pa.array([Decimal(7), Decimal("9" * 30)], pa.decimal128(38, 0))
    pq.write_table(pa.table({"text": [TEXT, TEXT], "id": ids}), tmp_path / "a.parquet")
    assert [article.external_id for article in articles(tmp_path / "a.parquet")] == ["7", "9" * 30]
    late = pa.array([2**58], pa.timestamp("ms"))
    pq.write_table(pa.table({"text": [TEXT], "published_at": late}), tmp_path / "b.parquet")
    assert [reject.reason for reject in rejects(tmp_path / "b.parquet")] == ["broken Parquet file"]
