"""What is known of the addresses and files that sources list: what was fetched, when, and whether it was ingested.

This is the memory of scheduled runs, not part of the record: it lies in ``fetches.sqlite`` beside the Parquet files,
and losing it costs only that pages are fetched again. An address is queued in the same transaction in which its
listing is noted as seen, and counts as done only when its article was committed, so a run that is killed at any point
loses nothing and fetches nothing twice. Only the holder of the warehouse's lock writes.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import datetime

from warehouse.errors import WarehouseError
from warehouse.paths import Warehouse
from warehouse.storage import fetch, is_remote, send

FORMAT = 1
MAX_TRIES = 5
"""Runs in which an address is tried before it is given up."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (
    url TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'fetched', 'failed')),
    is_done INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    title TEXT, published_at TEXT,
    raw_path TEXT, name TEXT, media_type TEXT, retrieved_at TEXT,
    problem TEXT
);
CREATE INDEX IF NOT EXISTS items_by_state ON items (source, is_done, state);
CREATE TABLE IF NOT EXISTS listings (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, n_links INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS visits (
    source TEXT NOT NULL, started_at TEXT NOT NULL, seconds REAL NOT NULL, outcome TEXT NOT NULL, problem TEXT,
    n_listed INTEGER NOT NULL, n_new INTEGER NOT NULL, n_fetched INTEGER NOT NULL, n_failed INTEGER NOT NULL,
    n_waiting INTEGER NOT NULL, n_articles INTEGER NOT NULL, n_rejects INTEGER NOT NULL,
    PRIMARY KEY (source, started_at)
);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Item:
    """An article's address or file; the last fields are null until it is fetched."""

    url: str
    source: str
    title: str | None = None
    published_at: str | None = None
    raw_path: str | None = None
    name: str | None = None
    media_type: str | None = None
    retrieved_at: datetime | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What is remembered of a feed, sitemap, page or file: what it was last known by, and how much it listed."""

    url: str
    etag: str | None
    last_modified: str | None
    n_links: int


@dataclass(frozen=True, slots=True)
class Visit:
    """What one run found at one source. ``outcome`` is ok, unchanged, failed, refused, changed or no past."""

    source: str
    started_at: datetime
    seconds: float
    outcome: str
    problem: str | None = None
    n_listed: int = 0
    n_new: int = 0
    n_fetched: int = 0
    n_failed: int = 0
    n_waiting: int = 0
    n_articles: int = 0
    n_rejects: int = 0


_ITEM = ", ".join(field.name for field in fields(Item))
_VISIT = ", ".join(field.name for field in fields(Visit))


class FetchMemory:
    """The memory of one warehouse, for several threads of one process."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._path = warehouse.local / "fetches.sqlite"
        self._kept = warehouse.root / "fetches.sqlite"
        if is_remote(self._kept):
            fetch(self._kept, self._path)
        self._lock = threading.Lock()
        try:
            self._database = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=30)
            self._database.execute("PRAGMA journal_mode = WAL")
            with self._transaction() as database:
                (version,) = database.execute("PRAGMA user_version").fetchone()
                if version > FORMAT:
                    raise WarehouseError(f"{self._path} was written by a newer dateline; upgrade dateline to use it")
                for statement in _SCHEMA.split(";"):
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {FORMAT}")
        except sqlite3.DatabaseError as error:
            raise WarehouseError(
                f"{self._path} cannot be used ({error}); move it away: pages are then fetched again, no article is lost"
            ) from error

    def close(self) -> None:
        """Close the file, and send it where it is kept if anything was noted."""
        is_changed = self._database.total_changes > 0
        self._database.close()
        if is_changed and is_remote(self._kept):
            send(self._path, self._kept)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def _rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            return self._database.execute(sql, values).fetchall()

    def listing(self, url: str) -> Listing | None:
        """What is remembered of a listing."""
        rows = self._rows("SELECT url, etag, last_modified, n_links FROM listings WHERE url = ?", url)
        return Listing(*rows[0]) if rows else None  # type: ignore[arg-type]

    def note_listing(self, listing: Listing, items: Iterable[Item], *, fetched: bool = False) -> int:
        """Remember a listing and queue the items that are not known yet, all or nothing; return how many are new.

        ``fetched`` items need not be fetched any more: they are the listing itself, or files. They are read anew.
        """
        state = "fetched" if fetched else "queued"
        again = "DO UPDATE SET is_done = 0, raw_path = excluded.raw_path, retrieved_at = excluded.retrieved_at"
        conflict = f"ON CONFLICT (url) {again if fetched else 'DO NOTHING'}"
        new = 0
        with self._transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?)",
                (listing.url, listing.etag, listing.last_modified, listing.n_links),
            )
            for item in items:
                marks = ", ".join("?" for _ in fields(Item))
                sql = f"INSERT INTO items ({_ITEM}, state) VALUES ({marks}, ?) {conflict}"  # noqa: S608 - our own names
                new += database.execute(sql, (*_item_values(item), state)).rowcount
        return new

    def queue(self, items: Sequence[Item]) -> tuple[int, list[Item]]:
        """Queue those of ``items`` that are not known; return how many they are, and all of ``items`` that wait."""
        marks = ", ".join("?" for _ in fields(Item))
        sql = f"INSERT INTO items ({_ITEM}, state) VALUES ({marks}, 'queued') ON CONFLICT (url) DO NOTHING"  # noqa: S608
        with self._transaction() as database:
            new = sum(database.execute(sql, _item_values(item)).rowcount for item in items)
        waiting = (self._items("url = ? AND state = 'queued'", item.url) for item in items)
        return new, [each for found in waiting for each in found]

    def queued(self, source: str, limit: int) -> list[Item]:
        """The oldest items of ``source`` that wait to be fetched."""
        return self._items("source = ? AND state = 'queued' ORDER BY tries, rowid LIMIT ?", source, limit)

    def to_read(self, source: str) -> list[Item]:
        """Items of ``source`` that were fetched, or failed for good, and are not ingested yet."""
        return self._items("source = ? AND is_done = 0 AND state <> 'queued' ORDER BY rowid", source)

    def unread_payloads(self) -> list[str]:
        """Where the payloads lie that were fetched and are not ingested yet."""
        rows = self._rows("SELECT raw_path FROM items WHERE is_done = 0 AND raw_path IS NOT NULL")
        return [str(raw_path) for (raw_path,) in rows]

    def count_queued(self, source: str) -> int:
        """How many items of ``source`` wait to be fetched."""
        ((count,),) = self._rows("SELECT count(*) FROM items WHERE source = ? AND state = 'queued'", source)
        return int(str(count))

    def note_fetched(self, item: Item) -> None:
        """Remember where the payload of an item lies."""
        with self._transaction() as database:
            database.execute(
                "UPDATE items SET state = 'fetched', raw_path = ?, name = ?, media_type = ?, retrieved_at = ?,"
                " problem = NULL, tries = tries + 1 WHERE url = ?",
                (item.raw_path, item.name, item.media_type, _stamp(item.retrieved_at), item.url),
            )

    def note_failed(self, url: str, problem: str, *, for_good: bool) -> None:
        """Remember that an item could not be fetched; unless ``for_good`` it is tried again, some runs long."""
        with self._transaction() as database:
            database.execute(
                "UPDATE items SET problem = ?, tries = tries + 1,"
                " state = CASE WHEN ? OR tries + 1 >= ? THEN 'failed' ELSE 'queued' END WHERE url = ?",
                (problem, for_good, MAX_TRIES, url),
            )

    def note_ingested(self, sources: Sequence[str]) -> None:
        """Remember that everything of ``sources`` that was to be read has been committed."""
        with self._transaction() as database:
            sql = "UPDATE items SET is_done = 1 WHERE source = ? AND is_done = 0 AND state <> 'queued'"
            database.executemany(sql, [(source,) for source in sources])

    def forget(self, urls: Iterable[str]) -> None:
        """Let addresses be fetched again when a source next lists them."""
        with self._transaction() as database:
            database.executemany("DELETE FROM items WHERE url = ?", [(url,) for url in urls])

    def add_visits(self, visits: Iterable[Visit]) -> None:
        """Remember what a run found; a visit noted before is replaced."""
        marks = ", ".join("?" for _ in fields(Visit))
        rows = [(each.source, each.started_at.isoformat(), *astuple(each)[2:]) for each in visits]
        with self._transaction() as database:
            database.executemany(f"INSERT OR REPLACE INTO visits ({_VISIT}) VALUES ({marks})", rows)  # noqa: S608

    def visits(self, source: str, *, since: datetime | None = None) -> list[Visit]:
        """What was found at ``source``, the oldest first."""
        rows = self._rows(
            f"SELECT {_VISIT} FROM visits WHERE source = ? AND started_at >= ? ORDER BY started_at",  # noqa: S608
            source,
            since.isoformat() if since else "",
        )
        return [Visit(row[0], datetime.fromisoformat(str(row[1])), *row[2:]) for row in rows]  # type: ignore[arg-type]

    def note(self, name: str, value: str) -> None:
        """Keep a small fact from one run to the next."""
        with self._transaction() as database:
            database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """The fact that was kept under ``name``."""
        rows = self._rows("SELECT value FROM notes WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def _items(self, condition: str, *values: object) -> list[Item]:
        rows = self._rows(f"SELECT {_ITEM} FROM items WHERE {condition}", *values)  # noqa: S608 - our own conditions
        return [_item(row) for row in rows]


def _item(row: tuple[object, ...]) -> Item:
    values = {field.name: value for field, value in zip(fields(Item), row, strict=True)}
    if values["retrieved_at"] is not None:
        values["retrieved_at"] = datetime.fromisoformat(str(values["retrieved_at"]))
    return Item(**values)  # type: ignore[arg-type]


def _item_values(item: Item) -> tuple[object, ...]:
    return tuple(_stamp(value) if isinstance(value, datetime) else value for value in astuple(item))


def _stamp(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
