"""One writer to a warehouse in an object store, which has no locks: a lease, renewed while its holder lives.

Each holder's lease is an object of its own, numbered; the highest number counts. A lease is taken by creating the next
number, which the store lets one of several do; its holder alone writes to it. One that was not renewed for
``LEASE_SECONDS``, or was given back, may be followed by the next. Given back, it stays, so that numbers only grow and
nobody takes one that was in use; the next holder removes it. Clocks must agree within ``LEASE_SECONDS``.
"""

import json
import logging
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from warehouse.errors import WarehouseBusyError
from warehouse.storage import read_bytes

LEASE_SECONDS = 120.0
BEAT_SECONDS = 20.0
"""How often a lease is renewed."""
LOOK_SECONDS = 2.0
"""How often a lease of somebody else's is looked at."""


@contextmanager
def lease(folder: Path, *, timeout: float) -> Iterator[None]:
    """Hold the lease of the remote ``folder``; raises ``WarehouseBusyError`` after ``timeout`` seconds of waiting.

    Raises it at the end, too, where the lease was lost meanwhile, since this process stood still for so long.
    """
    deadline = time.monotonic() + timeout
    while (held := _take(folder)) is None:
        if time.monotonic() >= deadline:
            raise WarehouseBusyError(
                f"{folder.parent}: another dateline process is writing to this warehouse, or was killed less than "
                f"{LEASE_SECONDS:.0f} seconds ago; try again later, or name another one by --warehouse"
            )
        time.sleep(min(LOOK_SECONDS, max(deadline - time.monotonic(), 0)))
    ended = threading.Event()
    beats = threading.Thread(target=held.beat, args=(ended,), daemon=True)
    beats.start()
    try:
        yield
    finally:
        ended.set()
        beats.join()
        was_lost = held.give_back()
    if was_lost:
        raise WarehouseBusyError(
            f"{folder.parent}: another dateline process took the lease over, since this one stood still for too long; "
            "run the same again: nothing is lost"
        )


class _Lease:
    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self._path = _path(folder, number)
        self._holder = f"{socket.gethostname()} {uuid.uuid4().hex}"

    def create(self) -> bool:
        """Take this number; False where another process has it, or a higher one."""
        try:
            self._write(time.time() + LEASE_SECONDS, mode="create")
        except FileExistsError:
            return False
        numbers = _numbers(self.folder)
        if numbers and numbers[-1] > self.number:
            self._path.unlink(missing_ok=True)
            return False
        for older in numbers:
            if older < self.number:
                _path(self.folder, older).unlink(missing_ok=True)
        return True

    def beat(self, ended: threading.Event) -> None:
        while not ended.wait(BEAT_SECONDS):
            try:
                self._write(time.time() + LEASE_SECONDS)
            except Exception as error:  # noqa: BLE001 - each store has its own; what counts is whether the lease is lost
                logging.getLogger(__name__).warning("the lease of %s was not renewed: %s", self.folder, error)

    def give_back(self) -> bool:
        """Let the next one in; True where it is in already."""
        if _numbers(self.folder)[-1:] == [self.number]:
            self._write(0.0)
            return False
        return True

    def _write(self, until: float, mode: str = "overwrite") -> None:
        content = json.dumps({"holder": self._holder, "until": until}).encode()
        cast("Any", self._path).fs.pipe_file(cast("Any", self._path).path, content, mode=mode)


def _take(folder: Path) -> _Lease | None:
    numbers = _numbers(folder)
    if numbers and _is_held(_path(folder, numbers[-1])):
        return None
    ours = _Lease(folder, numbers[-1] + 1 if numbers else 1)
    return ours if ours.create() else None


def _is_held(path: Path) -> bool:
    try:
        until: float = json.loads(read_bytes(path))["until"]
    except FileNotFoundError:  # a later one has replaced it since
        return True
    return until > time.time()


def _numbers(folder: Path) -> list[int]:
    return sorted(int(path.stem) for path in folder.glob("*.json"))


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:012}.json"
