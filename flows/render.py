"""Query results as a table to read.

Written without pandas and rich, because ``dateline sql`` must feel instant.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

Row = Sequence[Any]


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


MIN_WIDTH, SEPARATOR, ELLIPSIS = 8, "  ", "…"


def format_cell(value: object) -> str:
    """One value as a person reads it on one line; nothing at all for NULL."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.6g}"
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case list() | tuple() | dict():
            return json.dumps(value, default=str, ensure_ascii=False)
        case bytes():
            return f"{value[:12].hex()}{ELLIPSIS}" if len(value) > 12 else value.hex()  # noqa: PLR2004 - bytes shown
    return " ".join(str(value).split())


def render_table(columns: Sequence[str], rows: Sequence[Row], *, width: int = 100) -> str:
    """Lay rows out in columns within ``width`` characters, numbers to the right.

    Long text is cut with an ellipsis; a row of more columns than fit is shown as one line per column instead.
    """
    cells = [[format_cell(value) for value in row] for row in rows]
    natural = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(columns)]
    widths = fit(natural, width - len(SEPARATOR) * (len(columns) - 1))
    if widths is None and not rows:
        return SEPARATOR.join(columns)
    if widths is None:
        return render_records(columns, cells, width=width)
    is_number = [all(isinstance(row[i], int | float | Decimal | None) for row in rows) for i in range(len(columns))]
    lines = [list(columns), ["─" * w for w in widths], *cells]
    return "\n".join(
        SEPARATOR.join(
            cut(cell, w).rjust(w) if right else cut(cell, w).ljust(w)
            for cell, w, right in zip(line, widths, is_number, strict=True)
        ).rstrip()
        for line in lines
    )


def fit(natural: Sequence[int], available: int) -> list[int] | None:
    """Shrink the widest columns until all fit into ``available`` characters; None where that makes them unreadable."""
    widths = list(natural)
    while sum(widths) > available:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= MIN_WIDTH:
            return None
        others = [w for i, w in enumerate(widths) if i != widest]
        next_widest = max(others, default=0)
        excess = sum(widths) - available
        widths[widest] = max(MIN_WIDTH, min(widths[widest] - 1, max(next_widest, widths[widest] - excess)))
    return widths


def render_records(columns: Sequence[str], cells: Sequence[Sequence[str]], *, width: int) -> str:
    """Lay each row out as a block of ``column  value`` lines; empty values are left out."""
    name_width = max(len(name) for name in columns)
    blocks = []
    for number, row in enumerate(cells, start=1):
        lines = [f"─ row {number} ".ljust(min(width, 60), "─")]
        lines += [
            f"{name.ljust(name_width)}{SEPARATOR}{cut(cell, width - name_width - len(SEPARATOR))}"
            for name, cell in zip(columns, row, strict=True)
            if cell
        ]
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + ELLIPSIS
