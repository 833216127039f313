"""What the pipeline starts from: reference tables, lexicons, sample articles and the language model.

Every table is a CSV file that an analyst can read and extend; ``read_table`` is the one way in.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent
MODEL = ROOT / "model"
ARTICLES = ROOT / "articles"


class SeedError(ValueError):
    """A seed table does not hold what it must; the message names file and line."""


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Read ``seeds/<name>.csv`` into one dict per row, all values as stripped strings.

    Lines that start with ``#`` are comments. Raises ``SeedError`` with file and line where a row has
    more or fewer cells than the header.
    """
    return read_csv(ROOT / f"{name}.csv")


def read_csv(path: Path, required: Sequence[str] = ()) -> tuple[dict[str, str], ...]:
    """Read any CSV file of the same form; ``required`` columns must be in its header."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = ((number, line) for number, line in enumerate(file, start=1) if line.strip() and line[0] != "#")
        numbered = list(lines)
    if not numbered:
        raise SeedError(f"{path}: the table is empty; it needs a header line")
    header, *rows = csv.reader(line for _, line in numbered)
    missing = [column for column in required if column not in header]
    if missing:
        raise SeedError(f"{path}: column {missing[0]!r} is missing; the header has {', '.join(header)}")
    table = []
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        if len(row) != len(header):
            raise SeedError(f"{path}, line {number}: {len(row)} cells where the header has {len(header)}")
        table.append({column: cell.strip() for column, cell in zip(header, row, strict=True)})
    return tuple(table)
