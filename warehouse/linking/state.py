"""How the mentions were joined so far, so that a load costs what its new mentions cost.

``joining.duckdb`` holds the links and events of all mentions, what was compared of them, and their blocks. It follows
from the record, like the published database: where it is missing, damaged or made by other rules, all is joined anew.
Only the holder of the warehouse's lock opens it. A mention can change only its component (``reach.sql``), so new and
removed mentions are joined together with the components that share a block with them, and the rest is left as it is.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb

from seeds import ROOT as SEEDS
from warehouse.connection import OFFLINE
from warehouse.linking.join import join_mentions, make
from warehouse.linking.weights import load_knowledge
from warehouse.manifest import Entry, Manifest
from warehouse.statements import ROOT as SQL
from warehouse.statements import count_rows, parquet_select, read_sql
from warehouse.storage import let_read
from warehouse.tables import TABLES

KEPT = ("tellings", "blocks", "links", "merged", "events")
"""The tables that are kept, all by component."""


def refresh(listed: Manifest, path: Path) -> int:
    """Bring the joining at ``path`` up to what the manifest lists; makes the file where there is none.

    Gives the number of mentions that were joined for that: new ones, and older ones that these may change. Raises
    ``ManifestError`` and DuckDB's errors for Parquet files that cannot be read; then it stays as it was.
    """
    try:
        return _refresh(listed, path)
    except _OutdatedError:
        _remove(path)
        return _refresh(listed, path)


class _OutdatedError(Exception):
    """What was kept cannot be gone on with."""


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    """Open what was kept, an empty file in its place where it is broken; on a full disk DuckDB's error is raised."""
    try:
        return duckdb.connect(path, config=OFFLINE)
    except duckdb.Error:
        _remove(path)
        return duckdb.connect(path, config=OFFLINE)


def _refresh(listed: Manifest, path: Path) -> int:
    with _open(path) as database:
        database.execute("SET TimeZone = 'UTC'")
        let_read(database, listed.root)
        loaded = _loaded(database)
        current = {_identity(entry): entry for entry in listed.current}
        added = [entry for identity, entry in current.items() if identity not in loaded]
        gone = loaded - current.keys()
        if any(stage == "ingest" for stage, *_ in gone):
            raise _OutdatedError  # articles are gone or others: what they say of originals may stand in any telling
        if loaded and not added and not gone:
            return 0
        database.begin()
        _tell(database, listed, added, {batch_id for _, batch_id, *_ in gone})
        _rejoin(database)
        _remember(database, current)
        ((joined,),) = database.execute(count_rows("tellings")).fetchall()
        database.commit()
    return int(joined)


def _identity(entry: Entry) -> tuple[str, str, str]:
    """Name a commit and what it holds; moving its rows to other files by ``compact`` changes neither."""
    rows = {table: sum(file.rows for file in files) for table, files in sorted(entry.files.items())}
    return entry.stage, entry.batch_id, f"{entry.version} {entry.committed_at} {rows}"


def rules() -> str:
    """Hash all that decides how mentions are joined, and the version of DuckDB, whose hashes are kept."""
    files = [*sorted((SQL / "linking").glob("*.sql")), *sorted((SEEDS / "joining").glob("*.csv"))]
    content = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(content + duckdb.__version__.encode()).hexdigest()


def _loaded(database: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    made = database.execute(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'kept' AND table_name = 'rules'"
    ).fetchall()
    if not made:
        return set()
    if database.execute("FROM kept.rules").fetchall() != [(rules(),)]:
        raise _OutdatedError
    return set(database.execute("FROM kept.commits").fetchall())


def _tell(database: duckdb.DuckDBPyConnection, listed: Manifest, added: list[Entry], gone: Iterable[str]) -> None:
    """Make ``tellings`` of the mentions that are new, and ``gone_articles`` of those whose coding is replaced."""
    load_knowledge(database)
    coded = {entry.batch_id for entry in added if entry.stage == "extract"}
    new = Manifest(
        listed.root,
        tuple(
            entry for entry in listed.current if entry in added or (entry.stage == "ingest" and entry.batch_id in coded)
        ),
    )
    recoded = Manifest(
        listed.root, tuple(entry for entry in listed.current if entry.stage == "ingest" and entry.batch_id in set(gone))
    )
    for view, table, entries in (
        ("new_mentions", "event_mentions", new),
        ("new_participants", "participants", new),
        ("new_articles", "articles", new),
        ("articles", "articles", listed),
        ("gone_articles", "articles", recoded),
    ):
        database.execute(f"CREATE TEMP VIEW {view} AS {parquet_select(TABLES[table], entries.parts(table))}")
    make(database, "tellings")


def _rejoin(database: duckdb.DuckDBPyConnection) -> None:
    """Join what is new together with the components that it may change, and put the outcome in their place."""
    is_first = not database.execute("SELECT 1 FROM duckdb_schemas() WHERE schema_name = 'kept'").fetchall()
    if not is_first:
        for step in ("contents", "blocks"):
            make(database, step)
        database.execute(read_sql("linking/looked"))
        make(database, "dirty")
        database.execute(read_sql("linking/take_up"))
    join_mentions(database)
    if is_first:
        database.execute("CREATE SCHEMA kept; CREATE SEQUENCE kept.components")
    # numbers only grow, so that no component takes that of another which is gone
    database.execute(
        "CREATE OR REPLACE TEMP TABLE numbering AS SELECT nextval('kept.components') * 10000000000 AS first_number"
    )
    database.execute(read_sql("linking/components"))
    for table in KEPT:
        if is_first:
            database.execute(f"CREATE TABLE kept.{table} AS FROM kept_{table}")
        else:
            database.execute(f"INSERT INTO kept.{table} BY NAME FROM kept_{table}")


def _remember(database: duckdb.DuckDBPyConnection, current: Iterable[tuple[str, str, str]]) -> None:
    database.execute("CREATE OR REPLACE TABLE kept.rules AS SELECT ? AS rules", [rules()])
    database.execute("CREATE OR REPLACE TABLE kept.commits (stage VARCHAR, batch_id VARCHAR, content VARCHAR)")
    commits = list(current)
    if commits:
        database.executemany("INSERT INTO kept.commits VALUES (?, ?, ?)", commits)


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}.wal")):
        each.unlink(missing_ok=True)
