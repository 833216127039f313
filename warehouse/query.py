"""SQL that only reads, and its result."""

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

import duckdb

from warehouse.connection import connect
from warehouse.errors import QueryError
from warehouse.paths import Warehouse

REMARKS = r"(?s:\s|--[^\n]*(\n|$)|/\*.*?\*/)*"
EXPLAIN = re.compile(rf"{REMARKS}explain\b{REMARKS}(analyze\b{REMARKS})?(\([^)]*\)\s*)?", re.IGNORECASE)
PIVOT = re.compile(rf"{REMARKS}(pivot|from|select|with)\b", re.IGNORECASE)
DAMAGE_HINT = "This file of the warehouse is gone or damaged; `dateline rebuild` tells what to do."
HINT = 'See what is there with: dateline sql "SHOW TABLES", dateline sql "DESCRIBE events"'


def run_sql(warehouse: Warehouse, sql: str, parameters: Sequence[object] = ()) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Answer one SELECT, WITH, FROM, DESCRIBE, SHOW, SUMMARIZE, PIVOT or EXPLAIN; gives a ``pyarrow.Table``.

    ``?`` in ``sql`` stands for ``parameters``. Raises ``QueryError`` for anything that would write or change
    settings, for several statements, and for what DuckDB cannot make sense of, with its message; raises
    ``WarehouseError`` where the database cannot be opened.
    """
    with connect(warehouse) as database:
        check_reads_only(database, sql)
        try:
            result = database.sql(sql, params=list(parameters) or None).to_arrow_table()
            return result.rename_columns(_distinct(result.column_names))
        except duckdb.Error as error:
            is_damage = str(warehouse.parquet) in str(error)
            raise QueryError(f"{_readable(error)}\n{DAMAGE_HINT if is_damage else HINT}") from error


def check_reads_only(database: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise ``QueryError`` unless ``sql`` is one statement that reads."""
    try:
        statements = database.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(_readable(error)) from error
    if not statements:
        raise QueryError(f"there is no SQL to run\n{HINT}")
    if len(statements) > 1:
        raise QueryError(f"dateline sql runs one statement at a time, and these are {len(statements)}")
    kind, explained = statements[0].type, EXPLAIN.match(sql)
    if kind == duckdb.StatementType.EXPLAIN and explained:
        check_reads_only(database, sql[explained.end() :])
    elif kind != duckdb.StatementType.SELECT and not _is_pivot(kind, sql):
        raise QueryError(
            f"dateline sql only reads, and {kind.name} does not; "
            "the tables come from `dateline run`, and --format csv, json or parquet writes a result"
        )


def _is_pivot(kind: duckdb.StatementType, sql: str) -> bool:
    """PIVOT counts as several statements in DuckDB, of which the first makes a temporary type."""
    return kind == duckdb.StatementType.MULTI and PIVOT.match(sql) is not None


def _readable(error: duckdb.Error) -> str:
    text = str(error).strip()
    return re.sub(r"^(\w+ )*Error: ", "", text) if text else type(error).__name__


def _distinct(names: Sequence[str]) -> list[str]:
    """Number the columns that share a name, as ``id, id_1``: JSON and Parquet would lose one of them."""
    distinct: list[str] = []
    for name in names:
        numbered = (f"{name}_{number}" for number in count(1))
        distinct.append(
            name if name not in distinct else next(each for each in numbered if each not in {*names, *distinct})
        )
    return distinct
