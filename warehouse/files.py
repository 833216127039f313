"""Files appear whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from warehouse.storage import is_remote, uploading


@contextmanager
def atomic_file(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give a temporary path in the same folder; what was written there replaces ``path`` when the block ends.

    A file that was at ``path`` is replaced, the one behind it where ``path`` is a link; a device or a pipe never is
    (``OSError``). A block that raises leaves nothing behind; a process killed inside leaves a dotfile that no reader
    looks at. For an object store the file is made on this machine and sent as a whole. ``durable`` waits for the disk,
    so that the file outlives a power cut.
    """
    if is_remote(path):
        with uploading(path) as temporary:
            yield temporary
        return
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "not a file that can be replaced", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{uuid4().hex[:8]}.tmp")  # on a shared disk: no one else's
    try:
        yield temporary
        if durable:
            _sync(temporary)
        os.replace(temporary, path)  # noqa: PTH105 - tests let this very step fail
        if durable:
            _sync(path.parent)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
