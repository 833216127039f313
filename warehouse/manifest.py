"""The list of what counts: one small JSON file for each commit, written after its Parquet files.

A Parquet file that no entry names does not exist for any reader, so a run that is killed at any point leaves either
the whole batch or nothing of it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from warehouse.errors import ManifestError
from warehouse.files import atomic_file
from warehouse.parquet import Ranges, WrittenFile
from warehouse.paths import Warehouse, batch_name
from warehouse.storage import presence, read_bytes, read_texts
from warehouse.tables import TABLES

FORMAT = 2
"""Format of entries and tables that this version writes; a higher one found in a warehouse is refused."""
# Format 2 has files that several batches share; a reader of format 1 would take the whole of them for each batch.
STAGES = ("ingest", "extract")


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit: the files that a stage wrote for a batch. ``version`` is the extractor's, null for ingest."""

    stage: str
    batch_id: str
    version: str | None
    files: Mapping[str, tuple[WrittenFile, ...]]
    counts: Mapping[str, int] = field(default_factory=dict)
    committed_at: datetime | None = None
    """Set by ``commit``; tells which of several extractor versions coded a batch last."""
    outdated: tuple[str, ...] = ()
    """Articles whose rows are those of an earlier version still: others of the batch were coded anew without them."""


@dataclass(frozen=True)
class Manifest:
    """All entries as they were at one moment, in the order of stage, batch and version."""

    root: Path
    entries: tuple[Entry, ...]

    @cached_property
    def current(self) -> tuple[Entry, ...]:
        """The entries that count: every ingest, and for each of these batches the newest extract."""
        ingested = {entry.batch_id: entry for entry in self.entries if entry.stage == "ingest"}
        extracted: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.stage == "extract" and entry.batch_id in ingested:
                other = extracted.get(entry.batch_id)
                if other is None or age(entry) > age(other):
                    extracted[entry.batch_id] = entry
        return (*ingested.values(), *extracted.values())

    def files(self, table: str) -> list[Path]:
        """List the Parquet files of ``table`` that count, in the order of stage and batch.

        Raises ``ManifestError`` where one of them is gone.
        """
        return [path for path, _ in self.parts(table)]

    def parts(self, table: str, *, by_commit: bool = False) -> list[tuple[Path, Ranges]]:
        """List the same files with the rows of each that count, where not all of them do.

        ``by_commit`` gives them in the order in which their batches were committed.
        """
        return self._parts(sorted(self.current, key=age) if by_commit else self.current, table)

    def parts_of(self, entry: Entry, table: str) -> list[tuple[Path, Ranges]]:
        """List the files of one entry so."""
        return self._parts([entry], table)

    def _parts(self, entries: Iterable[Entry], table: str) -> list[tuple[Path, Ranges]]:
        found: dict[Path, list[WrittenFile]] = {}
        for entry in entries:
            for file in self._present(entry, table):
                found.setdefault(file.path, []).append(file)
        return [(path, _counting(files)) for path, files in found.items()]

    def _present(self, entry: Entry, table: str) -> tuple[WrittenFile, ...]:
        for file in entry.files.get(table, ()):
            if not self._is_there(file.path):
                listed = _entry_name(entry.stage, entry.batch_id, entry.version)
                raise ManifestError(
                    f"{file.path} is gone; put it back from a copy, or move manifest/{listed} away "
                    "and run the same input again: its batch is then made anew"
                )
        return entry.files.get(table, ())

    @cached_property
    def _is_there(self) -> Callable[[Path], bool]:
        return presence(self.root / "parquet")

    def rows(self, table: str) -> int:
        """Count the rows of ``table`` in the files that count."""
        return sum(file.rows for entry in self.current for file in entry.files.get(table, ()))

    def pending(self, version: str) -> list[str]:
        """List the batches that were ingested and not, or not wholly, coded by the extractor of this version."""
        done = {
            entry.batch_id
            for entry in self.current
            if entry.stage == "extract" and entry.version == version and not entry.outdated
        }
        return [entry.batch_id for entry in self.entries if entry.stage == "ingest" and entry.batch_id not in done]

    def find(self, stage: str, batch_id: str, version: str | None = None) -> Entry | None:
        """Give the entry of this commit, if it was made."""
        wanted = (stage, batch_id, version)
        return next((entry for entry in self.entries if (entry.stage, entry.batch_id, entry.version) == wanted), None)


def read(warehouse: Warehouse) -> Manifest:
    """Read all entries; raises ``ManifestError`` for one that is damaged or of a newer format."""
    found = (_load(warehouse, path, text) for path, text in read_texts(warehouse.manifest, ".json"))
    order = sorted(found, key=lambda entry: (STAGES.index(entry.stage), entry.batch_id, entry.version or ""))
    return Manifest(warehouse.root, tuple(order))


def commit(warehouse: Warehouse, entry: Entry) -> Entry:
    """Make the files of ``entry`` count, and give the entry as it was stored.

    An entry of the same stage, batch and version is replaced. Raises ``ManifestError`` where a file is missing,
    lies outside the warehouse or belongs to a table that is not declared.
    """
    return rewrite(warehouse, replace(entry, committed_at=datetime.now(UTC)))


def rewrite(warehouse: Warehouse, entry: Entry) -> Entry:
    """Store an entry as it is, with its time of commit: for rows that lie in other files now. Raises as ``commit``."""
    _check(warehouse, entry)
    with atomic_file(_entry_path(warehouse, entry.stage, entry.batch_id, entry.version)) as temporary:
        temporary.write_text(json.dumps(_to_json(warehouse, entry), indent=1) + "\n", encoding="utf-8")
    return entry


def is_committed(warehouse: Warehouse, stage: str, batch_id: str, version: str | None = None) -> bool:
    """Say whether this commit was made, without reading the others."""
    return _entry_path(warehouse, stage, batch_id, version).exists()


def read_entry(warehouse: Warehouse, stage: str, batch_id: str, version: str | None = None) -> Entry:
    """Read one entry, without reading the others; raises ``ManifestError`` where there is none."""
    path = _entry_path(warehouse, stage, batch_id, version)
    if not path.exists():
        raise ManifestError(f"{warehouse.root}: {stage} of batch {batch_id} was not committed")
    return _load(warehouse, path, read_bytes(path).decode())


def coding(warehouse: Warehouse, batch_id: str) -> Entry | None:
    """Give the entry of the extractor that coded a batch last, without reading those of other batches."""
    return max(codings(warehouse, batch_id), key=age, default=None)


def codings(warehouse: Warehouse, batch_id: str) -> list[Entry]:
    """List the entries of all versions of the extractor that coded a batch."""
    paths = warehouse.manifest.glob(f"extract-{batch_id}-*.json")
    return [_load(warehouse, path, read_bytes(path).decode()) for path in paths]


def remove(warehouse: Warehouse, entry: Entry) -> None:
    """Let an entry no longer count; its files stay until they are removed as unused."""
    _entry_path(warehouse, entry.stage, entry.batch_id, entry.version).unlink(missing_ok=True)


def superseded(listed: Manifest) -> list[Entry]:
    """List the codings that a later one took the place of."""
    current = set(map(id, listed.current))
    ingested = {entry.batch_id for entry in listed.entries if entry.stage == "ingest"}
    return [entry for entry in listed.entries if id(entry) not in current and entry.batch_id in ingested]


def entries(warehouse: Warehouse, stage: str | None = None) -> list[Entry]:
    """List all entries, or those of one stage."""
    return [entry for entry in read(warehouse).entries if stage in (None, entry.stage)]


def pending(warehouse: Warehouse, version: str) -> list[str]:
    """List the batches that were ingested and not yet coded by the extractor of this version."""
    return read(warehouse).pending(version)


def files(warehouse: Warehouse, table: str) -> list[Path]:
    """List the Parquet files of ``table`` that count."""
    return read(warehouse).files(table)


def _counting(files: list[WrittenFile]) -> Ranges:
    if sum(file.rows for file in files) == (files[0].file_rows or files[0].rows):
        return ()
    return tuple(sorted(span for file in files for span in file.ranges))


def age(entry: Entry) -> tuple[datetime, str, str]:
    """Order entries by the time of their commit."""
    return entry.committed_at or datetime.min.replace(tzinfo=UTC), entry.version or "", entry.batch_id


def _entry_path(warehouse: Warehouse, stage: str, batch_id: str, version: str | None) -> Path:
    return warehouse.manifest / _entry_name(stage, batch_id, version)


def _entry_name(stage: str, batch_id: str, version: str | None) -> str:
    return f"{stage}-{batch_name(batch_id, version)}.json"


def _check(warehouse: Warehouse, entry: Entry) -> None:
    where = f"commit of {entry.stage} {entry.batch_id}"
    if entry.stage not in STAGES:
        raise ManifestError(f"{where}: no such stage; there are {', '.join(STAGES)}")
    if (entry.version is None) != (entry.stage == "ingest"):
        raise ManifestError(f"{where}: extract needs a version and ingest has none, but it is {entry.version!r}")
    for table, written in entry.files.items():
        if table not in TABLES or entry.stage not in TABLES[table].stages:
            raise ManifestError(f"{where}: {entry.stage} does not write a table {table}")
        for file in written:
            if not file.path.is_relative_to(warehouse.root) or not file.path.is_file():
                raise ManifestError(f"{where}: {file.path} is not a file in the warehouse {warehouse.root}")


def _to_json(warehouse: Warehouse, entry: Entry) -> dict[str, object]:
    return {
        "format": FORMAT,
        "stage": entry.stage,
        "batch_id": entry.batch_id,
        "version": entry.version,
        "committed_at": entry.committed_at.isoformat() if entry.committed_at else None,
        "files": {
            table: [
                {"path": file.path.relative_to(warehouse.root).as_posix(), "rows": file.rows, "sha256": file.sha256}
                | ({} if file.file_rows is None else {"first_row": file.first_row, "file_rows": file.file_rows})
                for file in written
            ]
            for table, written in entry.files.items()
        },
        "counts": dict(entry.counts),
    } | ({"outdated": list(entry.outdated)} if entry.outdated else {})


def _load(warehouse: Warehouse, path: Path, text: str) -> Entry:
    try:
        content = json.loads(text)
        newer = content["format"] > FORMAT
        entry = None if newer else _from_json(warehouse, content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestError(
            f"{path} is not a manifest entry ({type(error).__name__}: {error}); "
            "move it away and run again: its batch is then made anew"
        ) from error
    if entry is None:
        raise ManifestError(
            f"{path} was written by a newer dateline (format {content['format']}, this one knows {FORMAT}); "
            "upgrade dateline to use this warehouse"
        )
    return entry


def _from_json(warehouse: Warehouse, content: dict[str, Any]) -> Entry:
    return Entry(
        stage=STAGES[STAGES.index(content["stage"])],
        batch_id=content["batch_id"],
        version=content["version"],
        files={
            table: tuple(WrittenFile(**{**file, "path": warehouse.root / file["path"]}) for file in found)
            for table, found in content["files"].items()
        },
        counts=content["counts"],
        committed_at=datetime.fromisoformat(content["committed_at"]),
        outdated=tuple(content.get("outdated", ())),
    )
