"""Measure the warehouse on made-up mentions: publishing, a load of new articles, the cookbook's queries, size.

    python tests/benchmarks/warehouse.py FOLDER --mentions 1000000 [--runs 3]

The mentions are drawn by hashes, the same each time, with the skew of news: few countries and actors have most of them.
They come in the order of time, ten years of them, the new ones on the days that follow; each tells an act of that day
or of the month before. A fifth tell what another mention of the last three days tells. Texts are filler: the size of
articles and sentences says nothing.
"""

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from warehouse import catalogue, manifest  # noqa: E402 - the folder stands in the path first
from warehouse.compact import compact  # noqa: E402
from warehouse.connection import connect  # noqa: E402
from warehouse.linking import state  # noqa: E402
from warehouse.manifest import Entry  # noqa: E402
from warehouse.parquet import WrittenFile, digest, rows_in  # noqa: E402
from warehouse.paths import Warehouse  # noqa: E402
from warehouse.size import measure  # noqa: E402
from warehouse.tables import TABLES  # noqa: E402

PER_ARTICLE = 20
BATCH = 200_000
NEW_ARTICLES = 10_000
NEW_MENTIONS = 10_000
DAYS = 3650
VERSION = "1-made-up"
QUERY = re.compile(r"^## (\d+)\. (.*?)$.*?```sql\n(.*?)\n```", re.MULTILINE | re.DOTALL)

DRAWN = """
SELECT
    k,
    k // {per_article} AS article,
    md5('mention' || k)[:24] AS mention_id,
    CASE
        WHEN hash(k * 64 + 1) % 5 = 0 THEN greatest(k - (hash(k * 64 + 2) % ({per_day} * 3))::BIGINT, 0)
        ELSE k
    END AS base,
    hash(base * 64 + 3) / 18446744073709551616 AS u1,
    hash(base * 64 + 4) / 18446744073709551616 AS u2,
    hash(base * 64 + 5) / 18446744073709551616 AS u3,
    hash(base * 64 + 6) / 18446744073709551616 AS u4,
    hash(base * 64 + 7) / 18446744073709551616 AS u5,
    DATE '2015-01-01' + (base // {per_day})::INT - floor(pow(u2, 8) * 30)::INT AS day
FROM range({first}, {last}) AS numbers(k)
"""
FILLED = {
    "articles": {
        "from": "range({first} // {per_article}, {last} // {per_article}) AS numbers(a)",
        "article_id": "md5('article' || a)[:24]",
        "source": "'Source ' || floor(pow(hash(a * 64 + 8) / 18446744073709551616, 3) * 500)::INT",
        "authors": "[]",
        "language": "'en'",
        "published_at": "TIMESTAMPTZ '2015-01-01' + to_days((a * {per_article} // {per_day})::INT)",
        "published_at_precision": "'day'",
        "retrieved_at": "TIMESTAMPTZ '2025-01-01'",
        "text": "repeat(md5('text' || a) || ' ', 60)",
        "word_count": "60",
        "content_hash": "md5('article' || a)[:24]",
        "title": "'Title ' || a",
    },
    "sentences": {
        "from": "({drawn})",
        "sentence_id": "md5('sentence' || k)[:24]",
        "article_id": "md5('article' || article)[:24]",
        "position": "k % {per_article}",
        "start_char": "(k % {per_article}) * 90",
        "end_char": "(k % {per_article}) * 90 + 89",
        "text": "'Sentence ' || md5('words' || k) || ' of the news'",
    },
    "entities": {
        "from": "({drawn})",
        "entity_id": "md5('entity' || k)[:24]",
        "article_id": "md5('article' || article)[:24]",
        "sentence_id": "md5('sentence' || k)[:24]",
        "label": "CASE WHEN u1 < 0.4 THEN 'GPE' WHEN u1 < 0.7 THEN 'PERSON' ELSE 'ORG' END",
        "text": "'Name ' || floor(pow(u2, 3) * 50000)::INT",
        "start_char": "(k % {per_article}) * 90",
        "end_char": "(k % {per_article}) * 90 + 9",
        "name": "'Name ' || floor(pow(u2, 3) * 50000)::INT",
    },
    "event_mentions": {
        "from": "({drawn})",
        "event_mention_id": "mention_id",
        "article_id": "md5('article' || article)[:24]",
        "sentence_id": "md5('sentence' || k)[:24]",
        "event_type": "['ASSAULT', 'ACCUSE', 'CONSULT', 'COERCE', 'REJECT', 'REQUEST', 'SANCTION', 'AGREE', 'RETREAT',"
        " 'PROTEST', 'SUPPORT', 'CONCEDE', 'AID', 'MOBILIZE', 'THREATEN', 'COOPERATE']"
        "[1 + floor(pow(u1, 1.7) * 16)::INT]",
        "plover_type": "event_type",
        "quad_class": "['material_conflict', 'verbal_conflict', 'verbal_cooperation', 'material_cooperation']"
        "[1 + (u1 * 4)::INT % 4]",
        "intensity": "round(u1 * 19 - 9, 1)",
        "cameo_root": "'18'",
        "contexts": "['military', 'diplomatic'][:(u2 * 3)::INT]",
        "status": "CASE WHEN u3 < 0.85 THEN 'asserted' WHEN u3 < 0.91 THEN 'planned' WHEN u3 < 0.96 THEN 'negated'"
        " ELSE 'hypothetical' END",
        "trigger_text": "'word'",
        "trigger_start": "(k % {per_article}) * 90 + 10",
        "trigger_end": "(k % {per_article}) * 90 + 14",
        "date_start": "day",
        "date_end": "day",
        "date_precision": "'day'",
        "date_source": "CASE WHEN u4 < 0.33 THEN 'text' ELSE 'publication' END",
        "place_text": "CASE WHEN u5 < 0.4 THEN 'Place ' || floor(pow(u4, 3) * 20000)::INT END",
        "place_name": "CASE WHEN u5 < 0.4 THEN 'Place ' || floor(pow(u4, 3) * 20000)::INT END",
        "geoname_id": "CASE WHEN u5 < 0.35 THEN floor(pow(u4, 3) * 20000)::INT END",
        "latitude": "CASE WHEN u5 < 0.35 THEN u4 * 120 - 50 END",
        "longitude": "CASE WHEN u5 < 0.35 THEN u4 * 300 - 150 END",
        "admin1": "CASE WHEN u5 < 0.3 THEN 'Division ' || floor(pow(u4, 3) * 2000)::INT END",
        "country_code": "CASE WHEN u5 < 0.4 THEN (SELECT list(country_code ORDER BY hash(country_code)) FROM countries)"
        "[1 + floor(pow(u4, 3) * 200)::INT] END",
        "killed": "CASE WHEN u3 < 0.05 THEN floor(pow(u4, 4) * 100)::INT END",
        "confidence": "round(0.3 + u5 * 0.6, 2)",
        "rule_id": "'rule.' || floor(pow(u1, 2) * 900)::INT",
        "extractor_version": "'{version}'",
    },
    "participants": {
        "from": "({drawn}) CROSS JOIN (VALUES ('actor', 0.78), ('recipient', 0.58)) AS sides(side, share)"
        " WHERE hash(concat(side, base)) / 18446744073709551616 < share",
        "event_mention_id": "mention_id",
        "role": "side",
        "position": "0",
        "text": "'Actor ' || floor(pow(hash(concat(base, side)) / 18446744073709551616, 3) * 100000)::INT",
        "start_char": "(k % {per_article}) * 90",
        "end_char": "(k % {per_article}) * 90 + 9",
        "name": "'Actor ' || floor(pow(hash(concat(base, side)) / 18446744073709551616, 3) * 100000)::INT",
        "actor_id": "CASE WHEN pow(hash(concat(base, side)) / 18446744073709551616, 3) < 0.05"
        " THEN 'actor-' || floor(pow(hash(concat(base, side)) / 18446744073709551616, 3) * 100000)::INT END",
    },
}


def make(warehouse: Warehouse, first: int, last: int, *, per_day: int, batch_size: int = BATCH) -> None:
    """Commit the mentions numbered from ``first`` to before ``last`` with all that belongs to them."""
    with duckdb.connect() as database:
        database.execute(
            "CREATE TABLE countries AS SELECT 'C' || lpad(i::VARCHAR, 2, '0') AS country_code FROM range(200) AS r(i)"
        )
        for start in range(first, last, batch_size):
            numbers = {
                "first": start,
                "last": min(start + batch_size, last),
                "per_article": PER_ARTICLE,
                "per_day": per_day,
            }
            files = {name: (_write(database, warehouse, name, numbers),) for name in FILLED}
            ingested = {"articles": files.pop("articles")}
            manifest.commit(warehouse, Entry("ingest", f"made{start}", None, ingested))
            manifest.commit(warehouse, Entry("extract", f"made{start}", VERSION, files))


def _write(
    database: duckdb.DuckDBPyConnection, warehouse: Warehouse, name: str, numbers: dict[str, int]
) -> WrittenFile:
    filled = dict(FILLED[name])
    source = filled.pop("from")
    columns = ", ".join(
        f"({filled.get(column.name, 'NULL')})::{column.type.value} AS {column.name}" for column in TABLES[name].stored
    )
    values = {**numbers, "drawn": DRAWN.format(**numbers), "version": VERSION}
    sql = f"SELECT {columns} FROM {source}".format(**values)
    path = warehouse.parquet_file(name, f"made{numbers['first']}", None if name == "articles" else VERSION)
    path.parent.mkdir(parents=True, exist_ok=True)
    database.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 131072)")
    return WrittenFile(path, rows_in(path), digest(path))


def join(warehouse: Warehouse) -> int:
    return state.refresh(manifest.read(warehouse), warehouse.joining)


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def median(action: Callable[[], object], runs: int) -> float:
    return statistics.median(timed(action) for _ in range(runs))


def say(what: str, figure: float, unit: str = "s") -> None:
    sys.stdout.write(f"{what:<70} {figure:>10.3f} {unit}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="new folder to make the warehouses in")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    new = NEW_ARTICLES * PER_ARTICLE

    per_day = max(chosen.mentions // DAYS, 1)
    empty = Warehouse.create(chosen.folder / "empty")
    make(empty, 0, new, per_day=per_day)
    say(f"publish {new:,} mentions into an empty warehouse", timed(lambda: catalogue.publish(empty)))

    full = Warehouse.create(chosen.folder / "full")
    make(full, 0, chosen.mentions, per_day=per_day)
    say(f"join {chosen.mentions:,} mentions", timed(lambda: join(full)))
    say(f"publish {chosen.mentions:,} joined mentions", median(lambda: catalogue.publish(full), chosen.runs))
    joined, published = [], []
    for number in range(chosen.runs):
        start = chosen.mentions + number * NEW_MENTIONS
        make(full, start, start + NEW_MENTIONS, per_day=per_day)
        joined.append(timed(lambda: join(full)))
        published.append(timed(lambda: catalogue.publish(full)))
    say(f"join {NEW_MENTIONS:,} more mentions", statistics.median(joined))
    say(f"publish {NEW_MENTIONS:,} more joined mentions", statistics.median(published))

    with connect(full) as database:
        database.execute("SET memory_limit = '8GB'; SET threads = 2")
        for number, question, sql in QUERY.findall((ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")):
            say(f"{number}. {question[:64]}", median(lambda sql=sql: database.sql(sql).fetchall(), chosen.runs))
    millions = (chosen.mentions + chosen.runs * NEW_MENTIONS) / 1_000_000
    for part in measure(full):
        say(f"size of {part.name} per million mentions", part.n_bytes / 1_000_000 / millions, "MB")
    say("compact", timed(lambda: compact(full)))


if __name__ == "__main__":
    main()
