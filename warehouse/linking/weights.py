"""What joining knows: the tables of ``seeds/joining``."""

from typing import Any

import duckdb
import pyarrow as pa

from seeds import SeedError, read_table

WEIGHTS = "joining/weights"
EMPTY_WORDS = "joining/empty_words"


def load_knowledge(database: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables ``joining_weights`` and ``empty_words``; ``SeedError`` where a weight is none."""
    rows = read_table(WEIGHTS)
    cells = {
        "feature": [row["feature"] for row in rows],
        "level": [row["level"] for row in rows],
        "weight": [_number(row) for row in rows],
        "words": [row["words"] or None for row in rows],
    }
    types = {"feature": pa.string(), "level": pa.string(), "weight": pa.float64(), "words": pa.string()}
    _load(database, "joining_weights", pa.table(cells, schema=pa.schema(list(types.items()))))
    _load(database, "empty_words", pa.table({"word": [row["word"] for row in read_table(EMPTY_WORDS)]}))


def _load(database: duckdb.DuckDBPyConnection, name: str, cells: Any) -> None:  # noqa: ANN401 - pyarrow has no types
    database.register("joining_cells", cells)
    database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM joining_cells")
    database.unregister("joining_cells")


def _number(row: dict[str, str]) -> float:
    try:
        return float(row["weight"])
    except ValueError:
        raise SeedError(
            f"seeds/{WEIGHTS}.csv: {row['feature']} {row['level']}: {row['weight']!r} is not a number"
        ) from None
