"""``dateline search``: titles and sentences by their words, and the events that they tell."""

import sys
from pathlib import Path

from flows.console import note
from flows.queries import write_result
from flows.render import Format
from warehouse.paths import Warehouse
from warehouse.search import search


def answer_search(folder: Path, query: str, *, limit: int, form: Format) -> None:
    """Search and write what was found. Raises ``QueryError`` and ``WarehouseError``."""
    found = search(Warehouse.open(folder), query, limit=limit)
    if form is not Format.TABLE:
        write_result(found, form=form, output=None, rows=0)
        return
    for row in found.to_pylist():
        about = (str(row["published_on"] or "no date"), row["source"], row["title"], f"article {row['article_id']}")
        lines = ["  ".join(filter(None, about)), f"    {' '.join(row['snippet'].split())}"]
        lines += [f"    {row['events']}"] if row["events"] else []
        sys.stdout.write("\n".join(lines) + "\n")
    if not found.num_rows:
        note("nothing was found")
