"""A warehouse is a folder, or the like in an object store; this is where its parts lie, and who may write."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse import storage
from warehouse.errors import WarehouseBusyError, WarehouseError
from warehouse.lease import lease

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+]*")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A folder that is a warehouse. Make one by :meth:`open` or :meth:`create`, which check the folder."""

    root: Path

    @classmethod
    def open(cls, path: Path | str) -> "Warehouse":
        """Open an existing warehouse; raises ``WarehouseError`` where ``path``, a folder or a URL, is none."""
        root, path = storage.locate(path), storage.spelled(path)
        if not root.exists():
            raise WarehouseError(f"{path}: there is no such folder; `dateline run ... --warehouse {path}` makes one")
        if not root.is_dir():
            raise WarehouseError(f"{path} is a file; a warehouse is the folder that `dateline run` writes")
        if not (root / "manifest").is_dir():
            raise WarehouseError(
                f"{path} is a folder but not a warehouse (it holds no manifest/); "
                f"`dateline run ... --warehouse DIR` makes one in a new or empty folder"
            )
        return cls(root)

    @classmethod
    def create(cls, path: Path | str) -> "Warehouse":
        """Open the warehouse at ``path``, or make one in a new or empty folder.

        Raises ``WarehouseError`` for a file, and for a folder that holds other things.
        """
        root, path = storage.locate(path), storage.spelled(path)
        if root.exists() and not root.is_dir():
            raise WarehouseError(f"{path} is a file; a warehouse needs a folder of its own")
        if not (root / "manifest").is_dir():
            with _writing(path):
                if not storage.is_remote(root):
                    root.mkdir(parents=True, exist_ok=True)
                children = root.iterdir() if root.exists() else ()
                foreign = sorted(child.name for child in children if not child.name.startswith("."))
                if foreign:
                    raise WarehouseError(
                        f"{path} is not a warehouse and not empty (it holds {foreign[0]}); name a new or empty folder"
                    )
                storage.make_folder(root / "manifest")
        return cls(root)

    @property
    def address(self) -> Path:
        """What flows, tasks and processes hand each other: :meth:`open` makes the same warehouse of it."""
        return Path(str(self.root))

    @property
    def local(self) -> Path:
        """The folder on this machine for what must be a file of its own: the warehouse itself where it is local."""
        return storage.local_folder(self.root)

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.root / "dateline.duckdb"

    @property
    def joining(self) -> Path:
        """How mentions were joined so far; only the holder of the lock opens it."""
        return self.local / "joining.duckdb"

    @property
    def joined(self) -> Path:
        """Links, events and rows made of them: one folder for each table."""
        return self.root / "joined"

    @property
    def raw(self) -> Path:
        """Payloads as they were obtained."""
        return self.root / "raw"

    @property
    def parquet(self) -> Path:
        """One folder for each table."""
        return self.root / "parquet"

    @property
    def manifest(self) -> Path:
        """One JSON file for each commit."""
        return self.root / "manifest"

    def parquet_file(self, table: str, batch_id: str, version: str | None = None) -> Path:
        """Say where a batch's rows of ``table`` lie."""
        return self.parquet / table / f"{batch_name(batch_id, version)}.parquet"

    @contextmanager
    def lock(self, *, timeout: float = 0) -> Iterator[None]:
        """Be the one writer; raises ``WarehouseBusyError`` after ``timeout`` seconds.

        Whoever writes batches or publishes holds it, once for the whole run: it is not reentrant. Worker processes of
        that run need not hold it themselves. Readers need no lock.
        """
        if storage.is_remote(self.root):
            with lease(self.root / "lease", timeout=timeout):
                yield
            return
        lock = FileLock(self.root / "lock")
        try:
            with _writing(self.root):
                lock.acquire(timeout=timeout)
        except Timeout:
            raise WarehouseBusyError(
                f"{self.root}: another dateline process is writing to this warehouse; "
                "wait until it is done, or name another one by --warehouse"
            ) from None
        try:
            yield
        finally:
            lock.release()


@contextmanager
def _writing(path: Path | str) -> Iterator[None]:
    """Turn an error of the file system into one that says what to do; a lock's time-out goes through."""
    try:
        yield
    except Timeout:
        raise
    except OSError as error:
        raise WarehouseError(
            f"cannot write in {path} ({error.strerror or error}); name a folder that you may write in by --warehouse"
        ) from error


def batch_name(batch_id: str, version: str | None) -> str:
    """Join batch and version into a file name's stem; raises ``ValueError`` where it would be ambiguous."""
    if not NAME.fullmatch(batch_id):
        raise ValueError(f"batch_id {batch_id!r}: letters, digits, '.', '_' and '+' only, since it names files")
    if version is None:
        return batch_id
    if not VERSION.fullmatch(version):
        raise ValueError(f"version {version!r}: letters, digits, '.', '_', '+' and '-' only, since it names files")
    return f"{batch_id}-{version}"
