"""Tables that joining makes, as Parquet that never changes: a load adds a part and says which older rows count no more.

A part has a file for each table. Each of its rows has an owner, the component or the commit that it hangs on, whose
number no other ever gets; a row counts unless its owner was dropped. So what a load writes follows what is new. Parts
are written anew when eight of a size have come together, until they are large, or when a fifth of one is dropped: a
row is written again about once for every eightfold growth. Replaced files stay for readers that have them open.
"""
# ruff: noqa: S608 - declared names and quoted paths only

import os
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import duckdb

from warehouse.analysis import ACTOR_TIMELINE
from warehouse.files import atomic_file
from warehouse.marts import CONTESTED_EVENTS, EVENT_LINKS, EVENT_ROWS, EVENTS, MERGED_EVENTS
from warehouse.schema import Column, Table, Type
from warehouse.statements import identifier, literal, nulls
from warehouse.storage import is_remote, touch
from warehouse.tables import TABLES

SPAN = 10_000_000_000
"""Numbers of owners that a generation has: one for each component and commit that a load makes."""


def _without(table: Table, name: str) -> Table:
    return replace(table, columns=tuple(column for column in table.columns if column.name != name))


TEXTS = Table(
    "texts",
    "What search finds: sentences, titles, and whole texts that were not coded.",
    (
        Column("owner", Type.COUNT, "The commit that brought it.", nullable=False),
        Column("number", Type.COUNT, "Number of the text.", nullable=False),
        TABLES["articles"]["article_id"].derived(),
        TABLES["sentences"]["sentence_id"].derived(),
        Column("text", Type.TEXT, "The text."),
        Column("n_words", Type.INTEGER, "Length of the text.", "words", nullable=False),
    ),
)
POSTINGS = Table(
    "postings",
    "Which words the texts have; see the macros search and word_stems.",
    (
        Column("term", Type.TEXT, "The word without its ending.", nullable=False),
        Column("owner", Type.COUNT, "The commit that brought the text.", nullable=False),
        Column("number", Type.COUNT, "Number of the text.", nullable=False),
        Column("n_times", Type.INTEGER, "How often the text has it.", "words", nullable=False),
        Column("n_words", Type.INTEGER, "Length of the text.", "words", nullable=False),
    ),
)
KEPT = {
    table.name: table
    for table in (
        EVENT_LINKS,
        MERGED_EVENTS,
        EVENTS,
        CONTESTED_EVENTS,
        _without(ACTOR_TIMELINE, "actor"),
        EVENT_ROWS,
        TABLES["event_mentions"],
        TEXTS,
        POSTINGS,
    )
}
"""The tables, with the columns that are kept of each."""
ORDER = {
    "event_links": "event_id, event_mention_id",
    "merged_events": "former_event_id",
    "events": "date_start, event_id",
    "contested_events": "event_date, event_id",
    "actor_timeline": "actor_id, event_date, event_id, role",
    "event_rows": "status, event_type, mode, event_date, article_id, event_mention_id",
    "event_mentions": "date_start, article_id, trigger_start, event_mention_id",
    "texts": "number",
    "postings": "term, number",
}
"""The order of their rows in a part, by which questions about one event, day, actor or type read little."""
ROW_GROUP = 122_880
ROW_GROUPS = {"texts": 16_384}
"""Rows in a row group where it is not ``ROW_GROUP``: of texts a search wants a few here and there."""
MOVED = ("event_rows", "event_mentions")
"""Tables whose rows go from part to part with their components, since they cannot be made of what is compared."""
HIDDEN = ("actor_timeline", "texts", "postings")
"""Tables that the database has in its schema ``stored`` only."""
OWNER = Column("owner", Type.COUNT, "What a row of a part hangs on.", nullable=False)
DROPPED = Table("dropped", "Owners whose rows in joined/ no longer count; the views leave them out.", (OWNER,))
FANOUT = 8
SMALL = 20_000
"""Parts of fewer mentions count as alike."""
LARGE = 1_000_000
"""Parts of as many mentions are not written together any more: that would take much memory and save little."""
STAINED = 0.2
"""The share of dropped mentions from which a part is written anew."""
KEPT_SECONDS = 24 * 3600.0
"""How long a file stays that was replaced."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the generations in it, its files' name, rows of each table, and mentions that were dropped since."""

    first: int
    last: int
    name: str
    n_rows: Mapping[str, int]
    n_dropped: int = 0

    @property
    def size(self) -> int:
        """Mentions of which it has links or rows."""
        return max(self.n_rows.get("event_links", 0), self.n_rows.get("event_rows", 0))

    @property
    def tier(self) -> int:
        """How often the smallest size has grown eightfold."""
        tier, size = 0, self.size
        while size >= SMALL:
            tier, size = tier + 1, size // FANOUT
        return tier


def write(database: duckdb.DuckDBPyConnection, folder: Path, generation: int) -> None:
    """Write what the temporary views ``kept_<table>`` give as the part of a generation."""
    _write(database, folder, generation, generation, {name: f"FROM kept_{name}" for name in KEPT})


def take_nothing(database: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables of ``take``, empty."""
    for name in MOVED:
        database.execute(f"CREATE OR REPLACE TEMP TABLE taken_{name} AS SELECT {nulls(KEPT[name].columns)} WHERE false")


def take(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Fill ``taken_<table>`` with the rows of the components that are joined again: those of ``dirty``."""
    generations = {each for (each,) in database.execute(f"SELECT DISTINCT component // {SPAN} FROM dirty").fetchall()}
    concerned = [part for part in read(database) if any(part.first <= each <= part.last for each in generations)]
    for name in MOVED:
        names = ", ".join(identifier(column.name) for column in KEPT[name].columns)
        source = _counting(name, concerned, folder, "kept.dropped")
        database.execute(f"INSERT INTO taken_{name} SELECT {names} FROM ({source}) WHERE owner IN (FROM dirty)")


def tidy(database: duckdb.DuckDBPyConnection, folder: Path, *, is_secret: bool) -> None:
    """Write parts together that are many or much dropped.

    ``is_secret`` does so with all of which anything was dropped, and lets nobody read on in their files.
    """
    while batch := _to_merge(read(database), is_secret=is_secret):
        sources = {name: _counting(name, batch, folder, "kept.dropped") for name in KEPT}
        low, high = batch[0].first, batch[-1].last
        _write(database, folder, low, high, sources)
        for part in batch:
            database.execute("DELETE FROM kept.parts WHERE name = ?", [part.name])
            for name in part.n_rows:
                _retire(_file(folder, name, part), is_secret=is_secret)
        database.execute("DELETE FROM kept.dropped WHERE owner >= ? AND owner < ?", [low * SPAN, (high + 1) * SPAN])


def _to_merge(parts: list[Part], *, is_secret: bool) -> list[Part]:
    for tier in sorted({part.tier for part in parts if part.size < LARGE}):
        alike = list(parts)
        while alike and alike[-1].tier > tier:
            alike.pop()
        start = len(alike)
        while start and alike[start - 1].tier <= tier and alike[start - 1].size < LARGE:
            start -= 1
        if len(alike) - start >= FANOUT:
            return alike[start : start + FANOUT]
    limit = 0 if is_secret else STAINED
    return next(([part] for part in parts if part.n_dropped > limit * part.size), [])


def read(database: duckdb.DuckDBPyConnection, schema: str = "kept") -> list[Part]:
    """List the parts in the order of their generations."""
    rows = database.execute(
        f"""
        SELECT part.first, part.last, part.name, part.n_rows, coalesce(sum(dropped.n_mentions), 0)::BIGINT
        FROM {schema}.parts AS part
        LEFT JOIN {schema}.dropped AS dropped ON dropped.owner // {SPAN} BETWEEN part.first AND part.last
        GROUP BY ALL
        ORDER BY part.first
        """
    ).fetchall()
    return [Part(*row) for row in rows]


def select(parts: Collection[Part], name: str, folder: Path, dropped: str) -> str:
    """Select the rows of a table that count; ``dropped`` is the table of the owners whose rows do not."""
    names = ", ".join(identifier(column.name) for column in KEPT[name].columns)
    return f"SELECT {names} FROM ({_counting(name, parts, folder, dropped)})"


def _counting(name: str, parts: Collection[Part], folder: Path, dropped: str) -> str:
    whole = [_file(folder, name, part) for part in parts if name in part.n_rows and not part.n_dropped]
    stained = [_file(folder, name, part) for part in parts if name in part.n_rows and part.n_dropped]
    selects = [f"FROM {_read(whole)}"] if whole else []
    if stained:
        selects.append(
            f"SELECT part.* FROM {_read(stained)} AS part ANTI JOIN {dropped} AS gone ON part.owner = gone.owner"
        )
    return "\nUNION ALL\n".join(selects) or f"SELECT {nulls(columns_of(KEPT[name]))} WHERE false"


def _read(files: list[Path]) -> str:
    return f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"


def _file(folder: Path, name: str, part: Part) -> Path:
    return folder / name / f"{part.name}.parquet"


def _write(
    database: duckdb.DuckDBPyConnection, folder: Path, first: int, last: int, sources: Mapping[str, str]
) -> None:
    name = f"{first}-{last}-{uuid4().hex[:12]}"
    rows = {}
    for table in KEPT.values():
        path = folder / table.name / f"{name}.parquet"
        row_group = ROW_GROUPS.get(table.name, ROW_GROUP)
        with atomic_file(path) as temporary:
            ((rows[table.name],),) = database.execute(
                f"COPY (SELECT {_typed(table)} FROM ({sources[table.name]}) ORDER BY {ORDER[table.name]})"
                f" TO {literal(str(temporary))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group})"
            ).fetchall()
        if not rows[table.name]:
            path.unlink()
    filled = {name: number for name, number in rows.items() if number}
    database.execute(
        "INSERT INTO kept.parts VALUES (?, ?, ?, MAP(?, ?))", [first, last, name, list(filled), list(filled.values())]
    )


def columns_of(table: Table) -> tuple[Column, ...]:
    """List the columns of a table's files: its own and the owner."""
    return table.columns if OWNER.name in {column.name for column in table.columns} else (*table.columns, OWNER)


def _typed(table: Table) -> str:
    return ", ".join(
        f"{identifier(each.name)}::{each.type.value} AS {identifier(each.name)}" for each in columns_of(table)
    )


def _retire(path: Path, *, is_secret: bool) -> None:
    """Let a replaced file go a day from now, or with the next publication where what it holds must not be kept."""
    if not is_secret:
        touch(path)
    elif is_remote(path):
        path.unlink(missing_ok=True)
    else:
        os.utime(path, (0, 0))


def remove_unused(folder: Path, parts: Collection[Part]) -> None:
    """Remove the files of other parts than these that were replaced more than a day ago."""
    named = {part.name for part in parts}
    for path in folder.glob("*/*.parquet") if folder.exists() else ():
        if path.stem not in named and path.stat().st_mtime <= time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)
