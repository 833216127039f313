import io
import json
from datetime import UTC, date, datetime

import duckdb
import pyarrow.parquet as pq
import pytest

from warehouse import catalogue, export
from warehouse.errors import QueryError, UnknownIdError
from warehouse.lookup import lookup_event, lookup_mention
from warehouse.query import run_sql


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM events",
        "WITH e AS (SELECT * FROM events) SELECT * FROM e;",
        "FROM daily_counts",
        "DESCRIBE articles",
        "SHOW TABLES",
        "SUMMARIZE events",
        "EXPLAIN SELECT 1",
        "explain analyze select * from event_rows",
        "PIVOT events ON event_type USING count(*)",
        "-- a remark\nVALUES (1)",
        "/* another;\n */ -- and one\nEXPLAIN -- more\nSELECT 1",
        "-- a remark\nFROM (PIVOT events ON event_type USING count(*))",
        "SELECT 'drop table events; --'",
    ],
)
def test_what_reads_is_answered(sample, sql):
    assert run_sql(sample, sql).num_rows > 0


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM events",
        "INSERT INTO events SELECT * FROM events",
        "UPDATE events SET killed_best = 0",
        "CREATE TABLE mine AS SELECT 1",
        "CREATE TEMP TABLE mine AS SELECT 1",
        "DROP TABLE events",
        "COPY events TO 'out.csv'",
        "EXPLAIN ANALYZE COPY events TO 'out.csv'",
        "/* so */ explain (analyze) COPY events TO 'out.csv'",
        "-- EXPLAIN\nEXPLAIN -- SELECT 1\nANALYZE COPY events TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "SET threads = 1",
        "INSTALL fts",
        "PRAGMA enable_profiling",
        "EXPORT DATABASE 'out'",
        "CALL pragma_version()",
    ],
)
def test_what_does_not_only_read_is_refused(sample, tmp_path, monkeypatch, sql):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError, match="dateline sql only reads, and"):
        run_sql(sample, sql)
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT 1; SELECT 2", "one statement at a time, and these are 2"),
        ("", 'there is no SQL to run\n.*"SHOW TABLES"'),
        ("-- nothing", "there is no SQL to run"),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT killed FROM events", r'"killed" not found(.|\n)*killed_best(.|\n)*DESCRIBE events'),
        ("SELECT * FROM event", r'event does not exist!\nDid you mean "events(.|\n)*SHOW TABLES'),
        ("SELECT 1/'x'", "Could not convert string"),
        ("SELECT * FROM 'https://example.org/x.parquet'", "httpfs"),
    ],
)
def test_mistakes_are_explained(sample, sql, message):
    with pytest.raises(QueryError, match=message):
        run_sql(sample, sql)


def test_values_are_bound(sample):
    rows = run_sql(sample, "SELECT title FROM articles WHERE external_id = ?", ["g-1"]).to_pylist()
    assert rows == [{"title": "Shells fall on Marrowgate"}]


def test_contract_types(sample):
    (row,) = run_sql(sample, "FROM articles WHERE external_id = 'g-1'").to_pylist()
    assert row["authors"] == ["A. Writer", "B. Writer"]
    assert row["published_at"] == datetime(2024, 5, 6, 12, tzinfo=UTC)
    mentions = run_sql(sample, "SELECT contexts, date_start FROM event_mentions WHERE killed = 11").to_pylist()
    assert mentions == [{"contexts": [], "date_start": date(2024, 5, 6)}]


SAMPLE = """SELECT 'a "b"' AS words, NULL AS nothing, ['x', NULL] AS list, DATE '2024-05-06' AS day, true AS yes,
    TIMESTAMPTZ '2024-05-06 14:00:00+02' AS moment, 2.5 AS amount, encode('é') AS bytes, INTERVAL 90 SECOND AS lasting,
    7::HUGEINT AS n"""


def test_csv(sample):
    stream = io.StringIO()
    export.write_csv(run_sql(sample, SAMPLE.replace("INTERVAL 90 SECOND", "TIME '01:30:00'")), stream)
    assert stream.getvalue().splitlines() == [
        "words,nothing,list,day,yes,moment,amount,bytes,lasting,n",
        '"a ""b""",,"[""x"", null]",2024-05-06,True,2024-05-06T12:00:00+00:00,2.5,c3a9,01:30:00,7',
    ]


def test_json_lines(sample):
    stream = io.StringIO()
    export.write_json(run_sql(sample, SAMPLE.replace("INTERVAL 90 SECOND", "uuid()")), stream)
    row = json.loads(stream.getvalue())
    assert len(row.pop("lasting")) == 36
    assert row == {
        "words": 'a "b"',
        "nothing": None,
        "list": ["x", None],
        "day": "2024-05-06",
        "yes": True,
        "moment": "2024-05-06T12:00:00+00:00",
        "amount": 2.5,
        "bytes": "c3a9",
        "n": 7,
    }


def test_parquet_round_trip(sample, tmp_path):
    result = run_sql(sample, "FROM events")
    export.write_parquet(result, tmp_path / "events.parquet")
    assert pq.read_table(tmp_path / "events.parquet").to_pylist() == result.to_pylist()
    with duckdb.connect() as database:
        assert len(database.execute("FROM read_parquet(?)", [str(tmp_path / "events.parquet")]).fetchall()) == 2


def test_an_empty_result_has_a_header_or_nothing(sample):
    csv_stream, json_stream = io.StringIO(), io.StringIO()
    result = run_sql(sample, "SELECT event_id, mode FROM events WHERE false")
    export.write_csv(result, csv_stream)
    export.write_json(result, json_stream)
    assert (csv_stream.getvalue(), json_stream.getvalue()) == ("event_id,mode\n", "")


def test_a_mention_is_found_by_a_beginning_of_its_id(sample):
    (row,) = run_sql(sample, "SELECT event_mention_id FROM event_mentions WHERE confidence > 0.7").to_pylist()
    mention_id = row["event_mention_id"]
    found = lookup_mention(sample, mention_id[:10])
    assert found == lookup_mention(sample, mention_id)
    assert found["mention"]["trigger_text"] == "shelled"
    assert found["sentence"]["text"].startswith("Rebels shelled")
    assert found["article"]["title"] == "Shells fall on Marrowgate"
    assert "minhash" not in found["article"]
    assert [(each["role"], each["text"]) for each in found["participants"]] == [
        ("actor", "Rebels"),
        ("recipient", "Marrowgate"),
    ]
    assert found["event"]["event_id"] == found["mention"]["event_id"]


def test_an_event_is_found_with_its_mentions_in_order_of_publication(sample):
    (row,) = run_sql(sample, "SELECT event_id FROM events WHERE event_type = 'ASSAULT'").to_pylist()
    found = lookup_event(sample, row["event_id"][:12])
    assert found["event"]["n_mentions"] == 3
    assert [each["article"]["source"] for each in found["mentions"]] == ["Harbour Gazette", "Copy Wire", "Hill Post"]


@pytest.mark.parametrize("look_up", [lookup_mention, lookup_event])
def test_ids_that_name_nothing_are_refused(sample, look_up):
    with pytest.raises(UnknownIdError, match=r"no (mention|event) has the id zzz; list some with: dateline sql"):
        look_up(sample, "zzz")
    with pytest.raises(UnknownIdError, match="an empty id names no"):
        look_up(sample, "")


def test_a_beginning_that_several_ids_share_names_them(empty, new_batch):
    coded = new_batch()
    for number in range(40):
        article = coded.add_article(f"Alpha struck Beta {number}.")
        coded.tell(article, "struck", actors=("Alpha=Alpha",))
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    most = run_sql(
        empty, "SELECT event_mention_id[1] AS c FROM event_mentions GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    with pytest.raises(UnknownIdError, match=r"several mentions have ids that begin with .: \w{24}, "):
        lookup_mention(empty, most.to_pylist()[0]["c"])


def test_columns_of_one_name_are_numbered(sample):
    result = run_sql(sample, "SELECT 1 AS a, 2 AS a, 3 AS a_1, 4 AS a")
    assert result.to_pylist() == [{"a": 1, "a_2": 2, "a_1": 3, "a_3": 4}]


def test_json_has_no_numbers_that_json_has_not(sample):
    stream = io.StringIO()
    export.write_json(run_sql(sample, "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, 1.5 AS c"), stream)
    assert json.loads(stream.getvalue()) == {"a": None, "b": None, "c": 1.5}


def test_a_file_that_is_gone_is_not_taken_for_a_mistake_in_the_query(published):
    published.parquet_file("sentences", "batch1", "1.0-test").unlink()
    with pytest.raises(QueryError, match=r"batch1-1.0-test.parquet(.|\n)*dateline rebuild"):
        run_sql(published, "SELECT text FROM sentences")
