"""How the mentions were joined so far, so that a load costs what its new mentions cost.

``joining.duckdb`` holds what was compared of all mentions, their blocks, what each commit adds to the counts of actors,
places, sources and contexts, and the list of the parts (``parts.py``) that hold links, events and the rows made of
them. It follows from the record, like the published database: where it is missing, damaged or made by other rules, all
is joined anew. Only the holder of the warehouse's lock opens it. A mention can change only its component
(``reach.sql``), so new and removed mentions are joined together with the components that share a block with them; the
rest is left as it is.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import duckdb

from seeds import ROOT as SEEDS
from warehouse.connection import OFFLINE
from warehouse.linking import parts
from warehouse.linking.changes import Changes, changes_of, identity
from warehouse.linking.join import join_mentions, make
from warehouse.linking.new import show
from warehouse.linking.weights import load_knowledge
from warehouse.manifest import Entry, Manifest
from warehouse.statements import ROOT as SQL
from warehouse.statements import count_rows, read_sql
from warehouse.storage import let_read

COMPARED = ("tellings", "blocks")
COUNTED = ("actors", "places", "sources", "contexts", "copies")
COMMITS = parts.SPAN // 2
"""From here on the numbers of a generation's owners are those of commits, below they are those of components."""


def refresh(listed: Manifest, path: Path, folder: Path) -> int:
    """Bring the joining at ``path``, with its parts in ``folder``, up to what the manifest lists.

    Gives the number of mentions that were joined for that: new ones, and older ones that these may change. Much that is
    new is taken in piece by piece, and what is taken in stays if a later one fails. Raises ``ManifestError`` and
    DuckDB's errors for Parquet files that cannot be read.
    """
    try:
        return _refresh(listed, path, folder)
    except _OutdatedError:
        _remove(path)
        return _refresh(listed, path, folder)


def made(path: Path) -> tuple[str, list[parts.Part]]:
    """Give the name that the joining at ``path`` has since it was last made anew, and list its parts."""
    with duckdb.connect(path, read_only=True, config=OFFLINE) as database:
        ((name,),) = database.execute("SELECT made FROM kept.rules").fetchall()
        return str(name), parts.read(database)


class _OutdatedError(Exception):
    """What was kept cannot be gone on with."""


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    """Open what was kept, an empty file in its place where it is broken; on a full disk DuckDB's error is raised."""
    try:
        return duckdb.connect(path, config=OFFLINE)
    except duckdb.Error:
        _remove(path)
        return duckdb.connect(path, config=OFFLINE)


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}.wal")):
        each.unlink(missing_ok=True)


def _refresh(listed: Manifest, path: Path, folder: Path) -> int:
    with _open(path) as database:
        database.execute("SET TimeZone = 'UTC'")
        let_read(database, listed.root)
        begin(database)
        rows = database.execute("SELECT stage, batch_id, made, content, owner FROM kept.commits").fetchall()
        known = {(stage, batch_id, made, content): owner for stage, batch_id, made, content, owner in rows}
        joined = 0
        for changes in changes_of(listed, known):
            database.begin()
            joined += _take(database, listed, changes, folder)
            database.commit()
    return joined


def begin(database: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, or see that they are of these rules."""
    if not database.execute("SELECT 1 FROM duckdb_schemas() WHERE schema_name = 'kept'").fetchall():
        database.begin()
        database.execute(read_sql("linking/kept"))
        database.execute("INSERT INTO kept.rules VALUES (?, ?)", [rules(), uuid4().hex])
        database.commit()
    elif database.execute("SELECT rules FROM kept.rules").fetchall() != [(rules(),)]:
        raise _OutdatedError
    database.execute(read_sql("search/word_stems").replace("CREATE MACRO", "CREATE OR REPLACE TEMP MACRO"))
    load_knowledge(database)


def rules() -> str:
    """Hash all that decides how mentions are joined, and the version of DuckDB, whose hashes are kept."""
    files = [
        *sorted((SQL / "linking").glob("*.sql")),
        SQL / "search" / "word_stems.sql",
        *sorted((SEEDS / "joining").glob("*.csv")),
    ]
    content = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(content + duckdb.__version__.encode()).hexdigest()


def _take(database: duckdb.DuckDBPyConnection, listed: Manifest, changes: Changes, folder: Path) -> int:
    """Join what is new together with the components that it may change, and put the outcome in their place."""
    ((generation,),) = database.execute("SELECT nextval('kept.generations')").fetchall()
    changes = changes.numbered(generation * parts.SPAN + COMMITS)
    show(database, listed, changes)
    make(database, "tellings")
    parts.take_nothing(database)
    is_first = not database.execute("SELECT 1 FROM kept.parts LIMIT 1").fetchall()
    if not is_first:
        for step in ("contents", "blocks"):
            make(database, step)
        database.execute(read_sql("linking/looked"))
        make(database, "dirty")
        parts.take(database, folder)
        database.execute(read_sql("linking/take_up"))
    join_mentions(database)
    database.execute(
        "CREATE OR REPLACE TEMP TABLE numbering AS SELECT ?::BIGINT AS first_number", [generation * parts.SPAN]
    )
    for step in ("event_mentions", "event_rows", "texts", "postings"):
        make(database, step)
    database.execute(read_sql("linking/components"))
    for table in COMPARED:
        if is_first:
            database.execute(f"CREATE TABLE kept.{table} AS FROM kept_{table}")
        else:
            database.execute(f"INSERT INTO kept.{table} BY NAME FROM kept_{table}")
    database.execute(read_sql("linking/counted"))
    for table in COUNTED:
        database.execute(f"INSERT INTO kept.{table} BY NAME FROM counted_{table}")
    parts.write(database, folder, generation)
    parts.tidy(database, folder, is_secret=changes.is_secret)
    remember(database, changes.commits)
    ((joined,),) = database.execute(count_rows("tellings")).fetchall()
    return int(joined)


def remember(database: duckdb.DuckDBPyConnection, commits: Mapping[int, Entry]) -> None:
    rows = [(*identity(entry), owner) for owner, entry in commits.items()]
    if rows:
        database.executemany("INSERT INTO kept.commits VALUES (?, ?, ?, ?, ?)", rows)
