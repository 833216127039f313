"""Files that an evaluation writes: near misses, one row each, and the history of figures, one row a state."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from flows.console import UsageError
from transforms.evaluate.near_misses import NearMiss

NEAR_MISS_SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in ("document_id", "sentence", "trigger_text")),
        *(pa.field(name, pa.int32()) for name in ("trigger_start", "trigger_end")),
        *(pa.field(name, pa.string()) for name in ("rule_id", "event_type", "mode", "test", "reason")),
        pa.field("gold_event_type", pa.string()),
    ]
)
WRITERS = {".csv": pa.csv.write_csv, ".parquet": pa.parquet.write_table}

STATE = ("version", "extractor_version", "gold", "part", "documents")
RATES = {
    "event_precision": ("event", "precision"),
    "event_recall": ("event", "recall"),
    "event_f1": ("event", "f1"),
    "event_f1_low": ("event", "intervals", "f1", 0),
    "event_f1_high": ("event", "intervals", "f1", 1),
    "detection_f1": ("detection_any_type", "f1"),
    "types_macro_f1": ("macro_f1", "types", "f1"),
    "quad_classes_macro_f1": ("macro_f1", "quad_classes", "f1"),
    "actor_f1": ("parties", "actor", "f1"),
    "recipient_f1": ("parties", "recipient", "f1"),
    "full_row_f1": ("full_row", "f1"),
    **{
        name: ("fields", name, "accuracy")
        for name in ("status", "attributed_to", "date", "place", "counts", "country", "sector")
    },
}
"""Where in a report each figure of the history stands."""
COLUMNS = ("measured_on", *STATE, *RATES)


@dataclass(frozen=True, slots=True)
class NearMissFile:
    """A file for near misses, whose name says the form."""

    path: Path

    @classmethod
    def to(cls, path: Path) -> "NearMissFile":
        """Raise ``UsageError`` where ``path`` cannot be written."""
        if path.suffix not in WRITERS:
            raise UsageError(f"{path}: near misses are written as {' or '.join(WRITERS)}")
        _check_folder(path)
        return cls(path)

    def write(self, rows: Sequence[NearMiss]) -> int:
        """Write ``rows`` in place of what the file held, and return how many they are."""
        table = pa.Table.from_pylist([asdict(row) for row in rows], schema=NEAR_MISS_SCHEMA)
        WRITERS[self.path.suffix](table, self.path)
        return int(table.num_rows)


@dataclass(frozen=True, slots=True)
class History:
    """A CSV file with the figures of each state that was measured, oldest first."""

    path: Path
    rows: list[dict[str, str]]

    @classmethod
    def read(cls, path: Path) -> "History":
        """Read the rows of ``path``, none where there is no such file. Raises ``UsageError`` for another kind."""
        _check_folder(path)
        if not path.exists():
            return cls(path, [])
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                reader = csv.DictReader(lines)
                rows = list(reader)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise UsageError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise UsageError(f"{path} is no history of figures: its first line must be {','.join(COLUMNS)}")
        return cls(path, rows)

    def append(self, report: dict[str, Any]) -> str:
        """Add the figures of ``report`` as the last row, unless they stand there; returns what was done."""
        figures = {name: report[name] for name in STATE} | {name: _find(report, way) for name, way in RATES.items()}
        row = {"measured_on": f"{datetime.now(UTC):%Y-%m-%d}"}
        row |= {name: "" if figure is None else str(figure) for name, figure in figures.items()}
        if any({**old, "measured_on": ""} == {**row, "measured_on": ""} for old in self.rows):
            return f"{self.path} holds these figures already"
        with self.path.open("a", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
            if not self.rows and not lines.tell():
                writer.writeheader()
            writer.writerow(row)
        return f"a row was added to {self.path}"


def _find(report: Any, way: Sequence[str | int]) -> Any:  # noqa: ANN401 - a value somewhere in nested plain ones
    for step in way:
        is_there = report is not None and (isinstance(step, int) or step in report)
        report = report[step] if is_there else None
    return report


def _check_folder(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file")
