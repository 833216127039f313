"""What the command line says on stderr: progress, notes, and errors of one line."""
# ruff: noqa: PLC0415 - imported where needed

import errno
import os
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flows.progress import Progress, describe, listening

OK, FAILURES, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all done; finished, but something failed; wrong usage or input; stopped by Ctrl-C."""

PLAIN_INTERVAL = 5.0
"""Seconds between progress lines where stderr is not a terminal."""


class UsageError(ValueError):
    """Something that the person who typed the command can put right; the message says what."""


def fail(message: str) -> None:
    """Print ``message`` as one red line on stderr (several, where the message itself has several)."""
    text = f"dateline: {message}"
    sys.stderr.write(f"\x1b[31m{text}\x1b[0m\n" if sys.stderr.isatty() else f"{text}\n")


def note(message: str) -> None:
    """Print a line on stderr that is no result, so that stdout stays clean for pipes."""
    sys.stderr.write(f"{message}\n")


EXPECTED = {
    "flows.console": "UsageError",
    "flows.server": "ServerError",
    "flows.settings": "SettingsError",
    "seeds": "SeedError",
    "transforms.annotate.pipeline": "ModelError",
    "transforms.annotate.training.conllu": "CorpusError",
    "transforms.annotate.training.corpora": "TrainingDataMissing",
    "transforms.evaluate.gold": "GoldError",
    "transforms.read.expand": "InputError",
    "transforms.resolve.gazetteer": "GazetteerError",
    "warehouse.errors": "WarehouseError",
}
"""Modules and the errors of theirs whose message tells a person what to do; all else is a fault of Dateline's."""


def is_expected(error: BaseException) -> bool:
    """Whether the message of ``error`` is all that a person needs; its module is loaded if it was raised at all."""
    return any(
        isinstance(error, getattr(sys.modules[module], name))
        for module, name in EXPECTED.items()
        if module in sys.modules
    )


SYSTEM_ADVICE = {
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room, or ask for a larger quota",
    errno.EFBIG: "the system allows no larger file (ulimit -f)",
    errno.EROFS: "name a place that can be written",
    errno.EACCES: "check the permissions",
    errno.EPERM: "check the permissions",
    errno.EMFILE: "the system allows no more open files (ulimit -n)",
    errno.ENFILE: "the system allows no more open files",
    errno.EIO: "check the disk",
    errno.ENOMEM: "use fewer --workers, or a machine with more memory",
}
"""Troubles of the machine, and what a person can do."""


def explain_system(error: BaseException) -> str | None:
    """Put a trouble of the machine into words, such as a full disk; None where ``error`` is none."""
    if isinstance(error, sqlite3.OperationalError) and "disk is full" in str(error):
        error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if isinstance(error, MemoryError):
        error = OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
    if not isinstance(error, OSError) or error.errno not in SYSTEM_ADVICE:
        return None
    where = f"{error.filename}: " if error.filename else ""
    advice = SYSTEM_ADVICE[error.errno]
    return f"{where}{os.strerror(error.errno)}; {advice}, then give the same command again: what was finished is kept"


def write_crash_log(error: BaseException) -> Path:
    """Save the traceback of an error that nobody foresaw, and return the file's path."""
    from platformdirs import user_log_path

    name = f"error-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
    told = "".join(traceback.format_exception(error)).encode("utf-8", errors="backslashreplace")
    try:
        path = user_log_path("dateline", appauthor=False, ensure_exists=True) / name
        path.write_bytes(told)
    except (OSError, RuntimeError):  # no home folder, or none that may be written in, as in containers
        path = Path(tempfile.mkdtemp(prefix="dateline-")) / name
        path.write_bytes(told)
    return path


class PlainProgress:
    """Progress for logs and pipes: a line when a stage begins and ends, and every few seconds between."""

    def __init__(self, *, interval: float = PLAIN_INTERVAL) -> None:
        self._interval = interval
        self._stage: str | None = None
        self._spoken = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        finished = progress.total is not None and progress.done >= progress.total
        if progress.stage == self._stage and not finished and now - self._spoken < self._interval:
            return
        self._stage, self._spoken = progress.stage, now
        note(describe(progress))


@contextmanager
def terminal_progress() -> Iterator[None]:
    """Show the progress of what runs inside the ``with`` block, as a bar where stderr is a terminal."""
    if not sys.stderr.isatty():
        with listening(PlainProgress()):
            yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("starting", total=None)

        def show(progress: Progress) -> None:
            bars.update(bar, description=describe(progress), completed=progress.done, total=progress.total)

        with listening(show):
            yield


def hush_tear_down() -> None:
    """Close stderr for what the interpreter's tear-down has to say.

    Where threads of Prefect's are about, DuckDB's bindings print a page about objects that are still referred to. The
    exit code stays, which the command line's own end (``os._exit``) would not keep for Prefect's processes.
    """
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
