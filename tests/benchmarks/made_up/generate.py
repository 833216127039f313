"""News that nobody wrote, as a warehouse's own Parquet: mentions by the million, the same each time.

Each is drawn by hashes of its number, with the skew of news: actors, places, sources, types and words follow Zipf's
law, and some events are told far more often than others. They come in the order of time, ten years of them, each in a
sentence of its own, twenty to an article; offsets lead to the words they should. The SQL files beside this one say what
is drawn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from seeds import read_table
from warehouse import manifest
from warehouse.codes import SEEDED
from warehouse.manifest import Entry
from warehouse.parquet import WrittenFile, digest, rows_in
from warehouse.paths import Warehouse
from warehouse.schema import Table
from warehouse.tables import TABLES

HERE = Path(__file__).parent
MADE = ("articles", "sentences", "entities", "event_mentions", "participants")
PER_ARTICLE = 20
WIDTH = 320
"""Characters from the start of one sentence to that of the next."""
BATCH = 500_000
VERSION = "1-made-up"
SEEDS = {name: SEEDED[name] for name in ("event_types", "modes", "countries")} | {"known_actors": SEEDED["seed_actors"]}
PARTY = """
CREATE MACRO party(k, salt) AS CASE
    WHEN u(k, salt * 100) < 0.25 THEN rank(k, salt * 100 + 1, (SELECT count(*) FROM known_numbers))
    WHEN u(k, salt * 100) < 0.6 THEN 10_000 + rank(k, salt * 100 + 2, 24)
    ELSE 100_000 + rank(k, salt * 100 + 3, 300_000)
END
"""


@contextmanager
def maker(*, per_day: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database that can ``make`` mentions, so many of them a day."""
    with duckdb.connect() as database:
        database.execute("SET threads = 2; SET memory_limit = '8GB'; SET preserve_insertion_order = true")
        for name, seeds in SEEDS.items():
            rows = [row for seed in seeds for row in read_table(seed)]
            names = [each for each in rows[0] if all(each in row for row in rows)]
            cells = pa.table({each: [row[each] or None for row in rows] for each in names})
            database.register("cells", cells)
            key = "actor_id" if name == "known_actors" else names[0]
            database.execute(f"CREATE TABLE {name} AS FROM cells WHERE {key} IS NOT NULL")
            database.unregister("cells")
        database.execute((HERE / "lists.sql").read_text(encoding="utf-8"))
        database.execute(f"CREATE TABLE numbers AS SELECT n FROM range({BATCH}) AS r(n)")
        database.execute("CREATE TABLE known_numbers AS SELECT number FROM parties WHERE actor_id IS NOT NULL")
        ((known,),) = database.execute("SELECT count(*) FROM known_numbers").fetchall()
        database.execute(PARTY.replace("(SELECT count(*) FROM known_numbers)", str(known)))
        for name, value in {"per_day": per_day, "per_article": PER_ARTICLE, "width": WIDTH, "version": VERSION}.items():
            database.execute(f"SET VARIABLE {name} = ?", [value])
        yield database


def make(warehouse: Warehouse, database: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    """Commit the mentions numbered from ``first`` to before ``last`` with all that belongs to them."""
    for start in range(first, last, BATCH):
        draw(database, start, min(start + BATCH, last))
        files = {name: (_write(database, warehouse, name, f"made{start:010}"),) for name in MADE}
        ingested = {"articles": files.pop("articles")}
        manifest.commit(warehouse, Entry("ingest", f"made{start:010}", None, ingested))
        manifest.commit(warehouse, Entry("extract", f"made{start:010}", VERSION, files))


def draw(database: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    """Fill the temporary table ``drawn``."""
    database.execute("SET VARIABLE first = ?", [first])
    database.execute("SET VARIABLE last = ?", [last])
    database.execute((HERE / "drawn.sql").read_text(encoding="utf-8"))


def _write(database: duckdb.DuckDBPyConnection, warehouse: Warehouse, name: str, batch: str) -> WrittenFile:
    path = warehouse.parquet_file(name, batch, None if name == "articles" else VERSION)
    path.parent.mkdir(parents=True, exist_ok=True)
    select = _typed(TABLES[name], (HERE / f"{name}.sql").read_text(encoding="utf-8"), database)
    database.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 131072)")
    return WrittenFile(path, rows_in(path), digest(path))


def _typed(table: Table, select: str, database: duckdb.DuckDBPyConnection) -> str:
    given = [name for name, *_ in database.execute(f"DESCRIBE {select}").fetchall()]
    unknown = set(given) - {column.name for column in table.stored}
    if unknown:
        raise ValueError(f"{table.name}: {unknown} is no column")
    columns = (
        f"{column.name if column.name in given else 'NULL'}::{column.type.value} AS {column.name}"
        for column in table.stored
    )
    return f"SELECT {', '.join(columns)} FROM ({select})"
