"""The temporary views and tables of what a load brings and takes away, which the files of ``sql/linking`` read."""
# ruff: noqa: S608 - declared names, quoted paths and numbers only

from collections.abc import Collection, Iterable

import duckdb

from warehouse.linking.changes import Changes
from warehouse.manifest import Entry, Manifest
from warehouse.schema import Column, Type
from warehouse.statements import nulls, parquet_select, read_sql
from warehouse.tables import TABLES

VIEWS = {
    "new_mentions": "event_mentions",
    "new_participants": "participants",
    "new_entities": "entities",
    "new_sentences": "sentences",
}
"""Rows of the codings that come."""
MARKS = (Column("owner", Type.COUNT, "The commit."), Column("is_new", Type.COUNT, "Whether it was not known before."))


def show(database: duckdb.DuckDBPyConnection, listed: Manifest, changes: Changes) -> None:
    """Make the views of what comes, and the tables of owners that come and go."""
    for view, table in VIEWS.items():
        _view(database, view, table, listed, [(owner, True, entry) for owner, entry in changes.coded.items()])
    batches = {entry.batch_id for entry in changes.coded.values()} - {e.batch_id for e in changes.ingested.values()}
    known = [entry for entry in listed.current if entry.stage == "ingest" and entry.batch_id in batches]
    trimmed = {entry.batch_id for _, entry in changes.trimmed.values()}
    _view(
        database,
        "new_articles",
        "articles",
        listed,
        [
            *((owner, entry.batch_id not in trimmed, entry) for owner, entry in changes.ingested.items()),
            *((None, True, entry) for entry in known),
        ],
    )
    articles = parquet_select(TABLES["articles"], listed.parts("articles"))
    database.execute(f"CREATE OR REPLACE TEMP VIEW articles AS {articles}")
    _fill(database, "told_owners", changes.told)
    _fill(database, "gone_owners", changes.gone)
    _fill(database, "dropped_owners", changes.dropped)
    database.execute("CREATE OR REPLACE TEMP TABLE renamed_owners (former BIGINT, owner BIGINT)")
    renamed = [(former, owner) for owner, (former, _) in changes.trimmed.items()]
    if renamed:
        database.executemany("INSERT INTO renamed_owners VALUES (?, ?)", renamed)
    if changes.dropped:
        database.execute(read_sql("linking/gone"))
    else:
        database.execute(
            "CREATE OR REPLACE TEMP TABLE heirs (article_id VARCHAR, duplicate_of VARCHAR, source_key VARCHAR);"
            "CREATE OR REPLACE TEMP TABLE gone_articles (article_id VARCHAR)"
        )


def _fill(database: duckdb.DuckDBPyConnection, name: str, owners: Iterable[int]) -> None:
    database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::BIGINT[]) AS owner", [list(owners)])


def _view(
    database: duckdb.DuckDBPyConnection,
    name: str,
    table: str,
    listed: Manifest,
    entries: Collection[tuple[int | None, bool, Entry]],
) -> None:
    """Give each commit's rows with its owner; each is a query of its own, since a file may be that of several."""
    declared = TABLES[table]
    selects = [
        f"SELECT *, {owner or 'NULL'}::BIGINT AS owner, {is_new} AS is_new FROM ({parquet_select(declared, files)})"
        for owner, is_new, entry in entries
        if (files := listed.parts_of(entry, table))
    ]
    empty = f"SELECT {nulls((*declared.stored, *MARKS))} WHERE false"
    database.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {' UNION ALL '.join(selects) or empty}")
