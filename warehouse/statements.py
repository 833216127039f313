"""SQL: the files under ``sql/``, and the statements that follow from a table's declaration.

Only declared names, quoted paths and the project's own SQL files become part of a statement; values are bound.
"""
# ruff: noqa: S608 - see above

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from warehouse.parquet import Ranges
from warehouse.schema import Column, Table

ROOT = Path(__file__).parent / "sql"


@cache
def read_sql(name: str) -> str:
    """Read ``sql/<name>.sql``."""
    return (ROOT / f"{name}.sql").read_text(encoding="utf-8")


def literal(text: str) -> str:
    """Quote a string for statements that take no bound values: views and comments."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Quote a name: those of other data sets have spaces and words of SQL's own."""
    return '"' + name.replace('"', '""') + '"'


def column_names(columns: Sequence[Column]) -> str:
    """Give the names, quoted and separated by commas."""
    return ", ".join(identifier(column.name) for column in columns)


def nulls(columns: Sequence[Column]) -> str:
    """Give null, typed and named, for each column."""
    return ", ".join(f"NULL::{column.type.value} AS {identifier(column.name)}" for column in columns)


def parquet_select(table: Table, parts: Sequence[tuple[Path, Ranges]]) -> str:
    """Select the table's stored columns of exactly these files and rows; without files, no row but the right types."""
    whole = [path for path, ranges in parts if not ranges]
    names = column_names(table.stored)
    selects = [f"SELECT {names} FROM {_read(table, whole)}"] if whole else []
    for path, ranges in parts:
        if ranges:
            rows = " OR ".join(f"file_row_number >= {first} AND file_row_number < {last}" for first, last in ranges)
            selects.append(f"SELECT {names} FROM {_read(table, [path], numbered=True)} WHERE {rows}")
    return "\nUNION ALL\n".join(selects) or f"SELECT {nulls(table.stored)} WHERE false"


def _read(table: Table, files: Sequence[Path], *, numbered: bool = False) -> str:
    """Read Parquet files, with nulls for the columns that files of an older schema lack."""
    listed = ", ".join(literal(str(path)) for path in files)
    options = ", file_row_number = true" if numbered else ""
    later = [column for column in table.stored if column.since > 1]
    if not later:
        return f"read_parquet([{listed}]{options})"
    found = f"FROM read_parquet([{listed}]{options}, union_by_name = true)"
    return f"({found} UNION ALL BY NAME SELECT {nulls(later)} WHERE false)"


def create_table(table: Table, *, temporary: bool = False) -> str:
    """Make an empty table of the declared columns and types; a temporary one is gone with the connection."""
    columns = (
        f"{identifier(each.name)} {each.type.value}{'' if each.nullable else ' NOT NULL'}" for each in table.columns
    )
    return f"CREATE {'TEMPORARY ' if temporary else ''}TABLE {table.name} ({', '.join(columns)})"


def create_view(table: Table, select: str) -> str:
    """Make a view of the declared columns, in their order, over a query that gives them."""
    return f"CREATE VIEW {table.name} AS SELECT {column_names(table.columns)} FROM (\n{select}\n)"


def create_typed_view(table: Table, select: str, missing: Sequence[Column]) -> str:
    """Make a view of the declared columns and types over a query that gives all but the ``missing``, which are null."""
    given = [column for column in table.columns if column not in missing]
    typed = [f"{identifier(column.name)}::{column.type.value} AS {identifier(column.name)}" for column in given]
    listed = ", ".join([*typed, nulls(missing)] if missing else typed)
    return create_view(table, f"SELECT {listed} FROM (\n{select}\n)")


def insert_select(table: Table, select: str) -> str:
    """Fill the declared columns from a query that gives them."""
    return f"INSERT INTO {table.name} SELECT {column_names(table.columns)} FROM (\n{select}\n)"


def insert_complete(table: Table, source: str) -> str:
    """Fill the declared columns from those of ``source``, without rows that lack a key or another required value."""
    required = [identifier(column.name) for column in table.columns if column.key or not column.nullable]
    complete = " AND ".join(f"{name} IS NOT NULL" for name in required) or "true"
    return f"INSERT INTO {table.name} SELECT {column_names(table.columns)} FROM {source} WHERE {complete}"


def comment(kind: str, name: str, description: str, columns: Sequence[Column]) -> str:
    """Comment on the ``TABLE`` or ``VIEW`` of this name and on each of its columns; several statements."""
    about_columns = (
        f"COMMENT ON COLUMN {name}.{identifier(column.name)} IS {literal(column.comment)}" for column in columns
    )
    return ";\n".join([f"COMMENT ON {kind} {name} IS {literal(description)}", *about_columns])


def count_and_show(select: str, limit: int) -> str:
    """Give the first rows of a query, each with the number of all of them as ``n_bad_rows``."""
    return f"SELECT count(*) OVER () AS n_bad_rows, * FROM (\n{select}\n) LIMIT {limit}"


def count_rows(table: str) -> str:
    """Count the rows of a table."""
    return f"SELECT count(*) FROM {table}"


def checksum(name: str, columns: Sequence[Column]) -> str:
    """Count the rows and add up their hashes, which does not depend on their order."""
    row = ", ".join(f"{identifier(column.name)} := {identifier(column.name)}" for column in columns)
    return f"SELECT count(*), coalesce(sum(hash(struct_pack({row}))), 0)::VARCHAR FROM {name}"


def repeated_keys(table: Table) -> str:
    """Find the keys that several rows share."""
    keys = ", ".join(table.keys)
    return f"SELECT {keys}, count(*) AS n_rows FROM {table.name} GROUP BY {keys} HAVING count(*) > 1"


def other_values(table: Table, column: Column) -> str:
    """Find the rows whose value is none of a list, which is bound."""
    return f"SELECT * FROM {table.name} WHERE NOT list_contains(?, {column.name})"
