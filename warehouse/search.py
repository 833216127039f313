"""Text search over titles and sentences, by SQLite's FTS5: DuckDB's own index is a download that offline has none of.

The index lies in ``search.sqlite`` beside the database and follows the record batch by batch; it can be made again at
any time by ``dateline rebuild``. Articles that were not coded are found by their whole text.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import manifest
from warehouse.errors import QueryError, WarehouseError
from warehouse.manifest import Entry
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse
from warehouse.query import run_sql
from warehouse.statements import read_sql
from warehouse.states import batch_states

FORMAT = 1
_SCHEMA = """
CREATE VIRTUAL TABLE texts USING fts5 (
    text, article_id UNINDEXED, sentence_id UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE batches (state TEXT PRIMARY KEY, first_row INTEGER NOT NULL, last_row INTEGER NOT NULL);
"""
_HITS = """
SELECT article_id, sentence_id, snippet(texts, 0, '[', ']', '…', 40)
FROM texts WHERE texts MATCH ? ORDER BY rank, rowid LIMIT ?
"""
WORD = re.compile(r'"[^"]*"\*?|[()]|[^\s()"]+')
OPERATORS = ("AND", "OR", "NOT", "(", ")")


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an update of the index did: batches that came, and batches that went."""

    n_added: int
    n_removed: int


def update_index(warehouse: Warehouse) -> Indexed:
    """Bring the index up to the record in one step; the caller holds the lock.

    An index that cannot be read is made anew. Raises ``WarehouseError`` where it cannot be written.
    """
    path = _path(warehouse)
    try:
        return _update(warehouse, path)
    except sqlite3.OperationalError as error:
        raise WarehouseError(f"{path} cannot be written ({error}); mend that, then use `dateline rebuild`") from error
    except sqlite3.DatabaseError:  # damaged, or not ours: it holds nothing that the record has not
        for part in (path, *(path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm"))):
            part.unlink(missing_ok=True)
        return _update(warehouse, path)


def scrub_index(warehouse: Warehouse) -> None:
    """Write the index anew without what was deleted from it, which else stays in the file until it is written over."""
    with closing(sqlite3.connect(_path(warehouse), timeout=30, isolation_level=None)) as index:
        index.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        index.execute("VACUUM")


def _update(warehouse: Warehouse, path: Path) -> Indexed:
    states = batch_states(manifest.read(warehouse))
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as index:
        index.execute("PRAGMA journal_mode = WAL")
        index.execute("BEGIN IMMEDIATE")
        if index.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            for name in ("texts", "batches"):
                index.execute(f"DROP TABLE IF EXISTS {name}")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                index.execute(statement)
            index.execute(f"PRAGMA user_version = {FORMAT}")
        known = {state: rows for state, *rows in index.execute("SELECT state, first_row, last_row FROM batches")}
        gone = [state for state in known if state not in states]
        for state in gone:
            index.execute("DELETE FROM texts WHERE rowid BETWEEN ? AND ?", known[state])
            index.execute("DELETE FROM batches WHERE state = ?", (state,))
        fresh = [state for state in states if state not in known]
        for state in fresh:
            _add(index, state, states[state])
        index.execute("COMMIT")
    return Indexed(len(fresh), len(gone))


def _add(index: sqlite3.Connection, state: str, entries: list[Entry]) -> None:
    (first,) = index.execute("SELECT coalesce(max(last_row), 0) + 1 FROM batches").fetchone()
    rows = ((first + number, *row) for number, row in enumerate(_texts(entries)))
    index.executemany("INSERT INTO texts (rowid, text, article_id, sentence_id) VALUES (?, ?, ?, ?)", rows)
    (last,) = index.execute("SELECT max(rowid) FROM texts").fetchone()
    index.execute("INSERT INTO batches VALUES (?, ?, ?)", (state, first, max(last or 0, first)))


def _texts(entries: list[Entry]) -> Iterator[tuple[str, str, str | None]]:
    coded = set()
    for row in _rows(entries, "sentences", ["text", "article_id", "sentence_id"]):
        coded.add(row["article_id"])
        yield row["text"], row["article_id"], row["sentence_id"]
    for row in _rows(entries, "articles", ["article_id", "title", "text"]):
        if row["title"]:
            yield row["title"], row["article_id"], None
        if row["article_id"] not in coded:
            yield row["text"], row["article_id"], None


def _rows(entries: list[Entry], table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        for file in entry.files.get(table, ()):
            yield from read_rows(file.path, columns, file.ranges)


def search(warehouse: Warehouse, query: str, *, limit: int) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Find titles and sentences, the best first.

    All words have to be there, in any inflection and with or without accents; ``"..."`` asks for words in a row,
    ``word*`` for beginnings, AND, OR, NOT and parentheses for more. Gives a ``pyarrow.Table`` of published_on, source,
    title, article_id, sentence_id, snippet (what was found in square brackets) and events (type and event_id of the
    mentions in that sentence). Raises ``QueryError`` for a query that cannot be understood, ``WarehouseError`` where
    there is no index.
    """
    path = _path(warehouse)
    if not path.exists():
        raise WarehouseError(f"{warehouse.root} has no index to search in yet; `dateline rebuild` makes it")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as index:
            hits = index.execute(_HITS, (as_match(query), limit)).fetchall()
    except sqlite3.OperationalError as error:
        if str(error).startswith("fts5:"):
            raise QueryError(f"the query cannot be understood ({error}); see `dateline search --help`") from error
        raise WarehouseError(f"{path} cannot be searched ({error}); `dateline rebuild` mends it") from error
    except sqlite3.DatabaseError as error:
        raise WarehouseError(f"{path} is damaged ({error}); `dateline rebuild` makes it anew") from error
    columns = [list(column) for column in zip(*hits, strict=True)] or [[], [], []]
    return run_sql(warehouse, read_sql("queries/search"), [list(range(len(hits))), *columns, columns[1]])


def as_match(query: str) -> str:
    """Write a query as FTS5 wants it: single words quoted, so that marks in them mean nothing.

    Raises ``QueryError`` for one without a word.
    """
    parts = [part if part in OPERATORS else _quoted(part) for part in WORD.findall(query)]
    if not re.search(r"\w", query):
        raise QueryError("the query has no word to look for")
    return " ".join(parts)


def _quoted(part: str) -> str:
    return part if part.startswith('"') else f'"{part.removesuffix("*")}"{"*" if part.endswith("*") else ""}'


def _path(warehouse: Warehouse) -> Path:
    return warehouse.local / "search.sqlite"
