"""The data dictionary: a Markdown page made from the declarations, with every table, view and column."""

from collections.abc import Iterator

from warehouse.declared import GROUPS, SCHEMA, fingerprint
from warehouse.schema import Column, Table

HEAD = """# Data dictionary

What `dateline.duckdb` holds. This page is made from the declarations in `warehouse/`; the same words are the comments
in the database (`FROM duckdb_columns()`). A **key** column identifies a row together with the other keys; a
**required** one is never null. Columns marked *not in Parquet* are made by the load.
"""


def render() -> str:
    """Write the page."""
    return "\n".join([HEAD, f"{version_line()}\n", *_groups()])


def version_line() -> str:
    """Say which version of the declarations the page shows."""
    return f"Schema {SCHEMA} (`{fingerprint()}`)."


def _groups() -> Iterator[str]:
    for title, tables in GROUPS.items():
        yield f"## {title}\n"
        for table in tables.values():
            yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"{_cell(table.description)}\n"
    yield "| column | type | | meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type.value} | {_marks(table, column)} | {_cell(column.comment)} |"
    yield ""


def _marks(table: Table, column: Column) -> str:
    is_key, is_required = column.key, not column.nullable and not column.key
    marks = [name for name, holds in (("key", is_key), ("required", is_required)) if holds]
    if table.stages and not column.stored:
        marks.append("*not in Parquet*")
    return ", ".join(marks)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
