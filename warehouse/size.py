"""How much room a warehouse takes, and for what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse import manifest
from warehouse.paths import Warehouse
from warehouse.retention import outdated_payloads
from warehouse.tables import TABLES

RAW_DAYS = 90.0
"""Age of the payloads that the report looks for, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a warehouse: bytes on disk, files, and rows where it has any."""

    name: str
    n_bytes: int
    n_files: int
    n_rows: int | None = None
    is_share: bool = False
    """Whether this is counted in the part before it."""

    @property
    def bytes_per_row(self) -> float | None:
        """Give the mean size of a row, which is also megabytes per million rows."""
        return self.n_bytes / self.n_rows if self.n_rows else None


def measure(warehouse: Warehouse, *, raw_days: float = RAW_DAYS) -> list[Part]:
    """Measure raw payloads, each table's Parquet, what no manifest entry that counts names, manifest and database.

    One part is the share of the payloads that ``compact --keep-raw`` would remove with ``raw_days``.
    Raises ``ManifestError`` where a file that counts is gone.
    """
    listed = manifest.read(warehouse)
    outdated = outdated_payloads(warehouse, days=raw_days)
    named = {name: listed.files(name) for name in TABLES}
    tables = [_part(f"parquet/{name}", files, listed.rows(name)) for name, files in named.items()]
    counting = {path for files in named.values() for path in files}
    return [
        _part("raw", _files(warehouse.raw)),
        Part(f"raw, would go by compact --keep-raw {raw_days:g}", outdated.n_bytes, len(outdated.paths), is_share=True),
        *tables,
        _part("parquet, not in use", (path for path in _files(warehouse.parquet) if path not in counting)),
        _part("manifest", _files(warehouse.manifest)),
        _part(warehouse.joined.name, _files(warehouse.joined)),
        _part("search index", warehouse.local.glob("search.sqlite*")),
        *(_part(path.name, [path] if path.exists() else []) for path in (warehouse.database, warehouse.joining)),
    ]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _part(name: str, paths: Iterable[Path], n_rows: int | None = None) -> Part:
    sizes = [path.stat().st_size for path in paths]
    return Part(name, sum(sizes), len(sizes), n_rows)
