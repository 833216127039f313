"""Joining: what each mention tells -> contents -> pairs in blocks -> scores -> clusters -> links and events.

Every step is a file of ``sql/linking`` that makes the temporary table of its name; the files tell the rules. What comes
out depends on the mentions and the weights alone, not on their order.
"""

import duckdb

from warehouse.statements import count_rows, read_sql

COMPARING = ("contents", "blocks", "candidates", "levels", "fits")
NAMING = ("clusters", "named_clusters", "links", "merged", "events", "contested_events", "actor_timeline")
PASSING = ("candidates", "levels")
"""Tables that are large, and dropped once they have been read."""


def join_mentions(database: duckdb.DuckDBPyConnection) -> None:
    """Join the mentions of ``tellings``; makes the temporary tables of ``NAMING`` and ``labels``.

    ``labels`` gives the component of each content: see ``reach.sql``.
    """
    for macro in ("party_level", "figure_level"):
        database.execute(read_sql(f"linking/{macro}"))
    for step in COMPARING:
        make(database, step)
    for step in PASSING:
        database.execute(f"DROP TABLE {step}")
    _choose_leaders(database)
    _find_components(database)
    for step in NAMING:
        make(database, step)


def make(database: duckdb.DuckDBPyConnection, step: str) -> None:
    """Make the temporary table of a step."""
    database.execute(f"CREATE OR REPLACE TEMP TABLE {step} AS\n{read_sql(f'linking/{step}')}")


def _choose_leaders(database: duckdb.DuckDBPyConnection) -> None:
    """Fill ``followers``: going from the fullest to the barest, whatever fits a leader follows, and the others lead.

    A round decides all that have no fuller undecided neighbour at once, which comes to the same as one by one.
    """
    make(database, "edges")
    database.execute("CREATE OR REPLACE TEMP TABLE followers (content BIGINT)")
    while database.execute(count_rows("edges")).fetchall() != [(0,)]:
        database.execute(read_sql("linking/round"))


def _find_components(database: duckdb.DuckDBPyConnection) -> None:
    database.execute("CREATE OR REPLACE TEMP TABLE labels AS SELECT content, content AS component FROM contents")
    while True:
        database.execute(read_sql("linking/reach"))
        changed = database.execute("SELECT count(*) FROM (FROM reached EXCEPT FROM labels)").fetchall()
        database.execute("CREATE OR REPLACE TEMP TABLE labels AS FROM reached")
        if changed == [(0,)]:
            return
