"""How a table is declared: columns with type, meaning, unit, key and closed set of values.

From a declaration come the Arrow schema, the SQL types, the comments in DuckDB and the checks.
"""

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any

import pyarrow as pa


class Type(Enum):
    """The types that columns have; the value is the SQL type."""

    TEXT = "VARCHAR"
    TEXTS = "VARCHAR[]"
    INTEGER = "INTEGER"
    COUNT = "BIGINT"
    REAL = "DOUBLE"
    DATE = "DATE"
    INSTANT = "TIMESTAMP WITH TIME ZONE"
    BYTES = "BLOB"

    @property
    def arrow(self) -> Any:  # noqa: ANN401 - pyarrow has no types
        """Give the ``pyarrow.DataType``."""
        return {
            Type.TEXT: pa.string(),
            Type.TEXTS: pa.list_(pa.string()),
            Type.INTEGER: pa.int32(),
            Type.COUNT: pa.int64(),
            Type.REAL: pa.float64(),
            Type.DATE: pa.date32(),
            Type.INSTANT: pa.timestamp("us", tz="UTC"),
            Type.BYTES: pa.binary(),
        }[self]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``stored`` is false where the value is computed at load and is not in the Parquet files; ``since`` is the schema
    that brought a stored column, which files of older ones lack and which is null for their rows.
    """

    name: str
    type: Type
    description: str
    unit: str | None = None
    nullable: bool = True
    key: bool = False
    values: tuple[str, ...] = ()
    stored: bool = True
    since: int = 1

    @property
    def comment(self) -> str:
        """Say what a reader of the database needs: meaning, unit and, where closed, the values."""
        text = self.description
        if self.unit:
            text += f" Unit: {self.unit}."
        if self.values:
            text += f" One of: {', '.join(self.values)}."
        return text

    def derived(self, name: str | None = None, description: str | None = None) -> "Column":
        """The column as a view shows it, under its own or another name: computed, no key, may be null."""
        return replace(
            self,
            name=name or self.name,
            description=description or self.description,
            nullable=True,
            key=False,
            stored=False,
        )


@dataclass(frozen=True)
class Table:
    """One table or view. ``stages`` are those that write it; empty where the load makes it."""

    name: str
    description: str
    columns: tuple[Column, ...]
    stages: tuple[str, ...] = ()

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        """The columns that the Parquet files hold, in their order."""
        return tuple(column for column in self.columns if column.stored)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns that together identify a row."""
        return tuple(column.name for column in self.columns if column.key)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")


def arrow_schema(table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Give the ``pyarrow.Schema`` of the table's Parquet files."""
    return pa.schema([pa.field(column.name, column.type.arrow, nullable=column.nullable) for column in table.stored])
