"""``dateline verify``, ``compact``, ``pack`` and ``size``: looking after a warehouse."""

from pathlib import Path

from flows.console import UsageError, terminal_progress
from flows.rebuild import publish_with_progress
from flows.render import render_table
from warehouse.compact import compact, remove_unused
from warehouse.deletions import finish
from warehouse.pack import pack
from warehouse.paths import Warehouse
from warehouse.retention import outdated_payloads, remove_payloads
from warehouse.size import RAW_DAYS, measure
from warehouse.verify import Verification, verify

MEGABYTE = 1_000_000


def verify_warehouse(folder: Path) -> tuple[bool, str]:
    """Compare record and database; gives whether they are equal, and the report. Waits for no other writer."""
    warehouse = Warehouse.open(folder)
    with warehouse.lock():
        found = verify(warehouse)
    return found.is_sound, describe(found, warehouse.root)


def describe(found: Verification, root: Path) -> str:
    """Put into words what was found, and what to do about it."""
    lines = [f"{path}: {problem}; put it back from a copy" for path, problem in found.damaged.items()]
    if found.tables:
        columns = ("table", "in the database", "in the record", "checksum")
        rows = [
            (each.table, each.rows_published, each.rows_recorded, "equal" if each.is_equal else "DIFFERS")
            for each in found.tables
        ]
        lines.append(render_table(columns, rows))
    whole = found.n_files - len(found.damaged)
    lines.append(f"{whole:,} of {found.n_files:,} Parquet files are as they were committed")
    if any(not each.is_equal for each in found.tables):
        lines.append(f"the database is not what the record gives: use `dateline rebuild --warehouse {root}`")
    return "\n".join(lines)


def compact_warehouse(folder: Path, *, keep_hours: float, keep_raw_days: float | None = None) -> str:
    """Join small Parquet files, publish, and remove the files that have been out of use for ``keep_hours``.

    ``keep_raw_days`` also removes the raw payloads that are older and from which nothing has to be read again.
    """
    warehouse = Warehouse.open(folder)
    with warehouse.lock(), terminal_progress():
        finish(warehouse)
        joined = compact(warehouse)
        publish_with_progress(warehouse)
        freed = remove_unused(warehouse, hours=keep_hours)
        raw = "" if keep_raw_days is None else f"\n{_remove_raw(warehouse, keep_raw_days)}"
    done = f"{joined.n_joined:,} files joined into {joined.n_made:,}" if joined.n_made else "no small files to join"
    return f"{done}; {freed / MEGABYTE:,.1f} MB freed of files out of use for {keep_hours:g} hours{raw}"


def _remove_raw(warehouse: Warehouse, days: float) -> str:
    outdated = outdated_payloads(warehouse, days=days)
    remove_payloads(outdated)
    kept = f"; {outdated.n_kept:,} older ones stay, of rejects or waiting to be read" if outdated.n_kept else ""
    freed = f"{outdated.n_bytes / MEGABYTE:,.1f} MB"
    return f"{len(outdated.paths):,} payloads older than {days:g} days removed, {freed}{kept}"


def pack_warehouse(folder: Path, output: Path) -> str:
    """Write a self-contained copy and say what is in it.

    Raises ``UsageError`` for a file that cannot be written, ``WarehouseError`` where there is nothing to pack.
    """
    warehouse = Warehouse.open(folder)
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent} to write {output.name} in")
    if output.is_dir() or output.resolve() == warehouse.database:
        raise UsageError(f"{output} cannot be replaced by a copy; name another file")
    counts = pack(warehouse, output.absolute())
    size = output.stat().st_size / MEGABYTE
    return f"{output}: {counts['events']:,} events of {counts['event_mentions']:,} mentions, {size:,.1f} MB"


def report_size(folder: Path, *, raw_days: float = RAW_DAYS) -> str:
    """Say how much room the parts of a warehouse take, and what payloads older than ``raw_days`` do."""
    parts = measure(Warehouse.open(folder), raw_days=raw_days)
    columns = ("part", "MB", "files", "rows", "bytes a row")
    rows = [
        (part.name, round(part.n_bytes / MEGABYTE, 2), part.n_files, part.n_rows, _whole(part.bytes_per_row))
        for part in parts
    ]
    whole = [part for part in parts if not part.is_share]
    total = ("together", round(sum(part.n_bytes for part in whole) / MEGABYTE, 2), sum(p.n_files for p in whole))
    return render_table(columns, [*rows, (*total, None, None)])


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
