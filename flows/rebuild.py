"""``dateline rebuild``: the database made again from the Parquet files."""

from itertools import count
from pathlib import Path

from flows.console import terminal_progress
from flows.progress import report
from warehouse.catalogue import LoadSummary, publish
from warehouse.deletions import finish
from warehouse.paths import Warehouse
from warehouse.search import update_index


def publish_with_progress(warehouse: Warehouse) -> LoadSummary:
    """Publish the database and the search index, and report on the way; the caller holds the lock."""
    made = count(1)
    loaded = publish(warehouse, progress=lambda _: report("loading tables", done=next(made), unit="made"))
    update_index(warehouse)
    return loaded


def rebuild_database(path: Path) -> str:
    """Publish the database of the warehouse at ``path`` and say what it holds. Raises ``WarehouseError``."""
    warehouse = Warehouse.open(path)
    with warehouse.lock(), terminal_progress():
        finish(warehouse)
        loaded = publish_with_progress(warehouse)
    counts = ", ".join(f"{rows:,} {table}" for table, rows in loaded.counts.items() if rows)
    return f"{loaded.database}: {counts or 'no rows yet'} ({loaded.seconds:.1f} s)"
