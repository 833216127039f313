"""SQL: the files under ``sql/``, and the statements that follow from a table's declaration.

Only declared names, quoted paths and the project's own SQL files become part of a statement; values are bound.
"""
# ruff: noqa: S608 - see above

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from warehouse.schema import Column, Table

ROOT = Path(__file__).parent / "sql"


@cache
def read_sql(name: str) -> str:
    """Read ``sql/<name>.sql``."""
    return (ROOT / f"{name}.sql").read_text(encoding="utf-8")


def literal(text: str) -> str:
    """Quote a string for statements that take no bound values: views and comments."""
    return "'" + text.replace("'", "''") + "'"


def column_names(columns: Sequence[Column]) -> str:
    """Give the names, separated by commas."""
    return ", ".join(column.name for column in columns)


def parquet_select(table: Table, files: Sequence[Path]) -> str:
    """Select the table's stored columns from exactly ``files``; without files, no row but the right types."""
    if not files:
        empty = ", ".join(f"NULL::{column.type.value} AS {column.name}" for column in table.stored)
        return f"SELECT {empty} WHERE false"
    paths = ", ".join(literal(str(path)) for path in files)
    return f"SELECT {column_names(table.stored)} FROM read_parquet([{paths}])"


def create_table(table: Table, *, temporary: bool = False) -> str:
    """Make an empty table of the declared columns and types; a temporary one is gone with the connection."""
    columns = (f"{each.name} {each.type.value}{'' if each.nullable else ' NOT NULL'}" for each in table.columns)
    return f"CREATE {'TEMPORARY ' if temporary else ''}TABLE {table.name} ({', '.join(columns)})"


def create_view(table: Table, select: str) -> str:
    """Make a view of the declared columns, in their order, over a query that gives them."""
    return f"CREATE VIEW {table.name} AS SELECT {column_names(table.columns)} FROM (\n{select}\n)"


def insert_select(table: Table, select: str) -> str:
    """Fill the declared columns from a query that gives them."""
    return f"INSERT INTO {table.name} SELECT {column_names(table.columns)} FROM (\n{select}\n)"


def insert_values(table: Table) -> str:
    """Insert one row, all of whose values are bound."""
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' for _ in table.columns)})"


def comment(kind: str, name: str, description: str, columns: Sequence[Column]) -> list[str]:
    """Comment on the ``TABLE`` or ``VIEW`` of this name and on each of its columns."""
    return [
        f"COMMENT ON {kind} {name} IS {literal(description)}",
        *(f"COMMENT ON COLUMN {name}.{column.name} IS {literal(column.comment)}" for column in columns),
    ]


def count_and_show(select: str, limit: int) -> str:
    """Give the first rows of a query, each with the number of all of them as ``n_bad_rows``."""
    return f"SELECT count(*) OVER () AS n_bad_rows, * FROM (\n{select}\n) LIMIT {limit}"


def count_rows(table: str) -> str:
    """Count the rows of a table."""
    return f"SELECT count(*) FROM {table}"


def repeated_keys(table: Table) -> str:
    """Find the keys that several rows share."""
    keys = ", ".join(table.keys)
    return f"SELECT {keys}, count(*) AS n_rows FROM {table.name} GROUP BY {keys} HAVING count(*) > 1"


def other_values(table: Table, column: Column) -> str:
    """Find the rows whose value is none of a list, which is bound."""
    return f"SELECT * FROM {table.name} WHERE NOT list_contains(?, {column.name})"
