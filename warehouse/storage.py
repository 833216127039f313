"""Where the bytes of a warehouse lie: on this machine, or in an object store under an fsspec URL such as s3://.

A place is a ``Path``, or a ``UPath`` of universal-pathlib, which does for a URL what ``Path`` does for a file; both are
typed as ``Path``. This module holds all in which they differ: what is sent, fetched or listed as a whole, and what an
object store cannot hold.
"""
# ruff: noqa: PLC0415 - imported where needed: the extra `cluster` brings universal-pathlib and s3fs

import hashlib
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from platformdirs import user_cache_path

from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    import duckdb

URL = re.compile(r"([a-z][a-z0-9+.-]+):/{1,2}(?=[^/])")
"""Beginning of a URL; ``Path`` folds its two slashes into one, as the command line and Prefect make of ``s3://``."""
BLOCK = 2 * 1024 * 1024
"""Bytes to a request when parts of a file are read; 50 million are s3fs's own choice."""
KEPT_SECONDS = 3600.0
"""How long a copy of a database stays after a newer one was fetched: somebody may be about to open it."""


def locate(path: Path | str) -> Path:
    """Give the place that ``path`` names; raises ``WarehouseError`` for a store that cannot be used from here."""
    if is_remote(path):
        return cast("Path", path)
    if not is_url(path):
        return Path(path).expanduser().resolve()
    url = spelled(path)
    try:
        from upath import UPath

        place = cast("Path", UPath(url, use_listings_cache=False))  # others write there too
        place.fs  # type: ignore[attr-defined]  # noqa: B018 - imports what the protocol needs
        place.exists()
    except ImportError as error:
        raise WarehouseError(
            f"{url}: an object store needs the extra `cluster`, and stores other than S3 their own package "
            f"({error}): pip install 'dateline[cluster]'"
        ) from error
    except Exception as error:
        raise WarehouseError(
            f"{url} cannot be reached ({_first_line(error)}); see docs/cluster.md for what the environment must hold"
        ) from error
    return place


def is_url(path: Path | str) -> bool:
    """Say whether ``path`` names a place in an object store."""
    return URL.match(str(path)) is not None


def spelled(path: Path | str) -> str:
    """Give what ``path`` names as people write it, with both slashes of a URL."""
    found = URL.match(str(path))
    return f"{found[1]}://{str(path)[found.end() :]}".rstrip("/") if found else str(path)


def is_remote(path: object) -> bool:
    """Say whether a place is in an object store."""
    return not isinstance(path, Path | str)


def local_folder(root: Path) -> Path:
    """Give the folder on this machine for what must be a file of its own: the warehouse itself where it is local."""
    if not is_remote(root):
        return root
    folder = user_cache_path("dateline") / "warehouses" / hashlib.sha256(str(root).encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make_folder(folder: Path) -> None:
    """Make a folder that lists as one though it holds nothing yet."""
    if is_remote(folder):
        (folder / ".folder").write_bytes(b"")
    else:
        folder.mkdir(exist_ok=True)


@contextmanager
def uploading(path: Path) -> Iterator[Path]:
    """Give a path on this machine; what was written there appears whole at the remote ``path`` when the block ends."""
    with TemporaryDirectory(prefix="dateline-") as folder:
        temporary = Path(folder) / path.name
        yield temporary
        _fs(path).put_file(str(temporary), _key(path))


def put_new(path: Path, data: bytes) -> None:
    """Store ``data`` at a remote place where nothing is yet; what is there stays."""
    with suppress(FileExistsError):
        _fs(path).pipe_file(_key(path), data, mode="create")


def touch(path: Path) -> None:
    """Set the time at which a file was last changed to now."""
    if is_remote(path):
        _fs(path).pipe_file(_key(path), read_bytes(path))  # object stores know no other way
    else:
        path.touch()


def readable(path: Path) -> Path | BinaryIO:
    """Give what pyarrow reads a file from."""
    return path.open("rb", BLOCK) if is_remote(path) else path


def read_texts(folder: Path, suffix: str) -> Iterator[tuple[Path, str]]:
    """Read the files of a folder that are no dotfiles, in no order; many at once from an object store."""
    paths = [path for path in folder.glob(f"*{suffix}") if not path.name.startswith(".")]
    if not is_remote(folder):
        yield from ((path, path.read_text(encoding="utf-8")) for path in paths)
    elif paths:
        contents = _fs(folder).cat([_key(path) for path in paths])
        yield from ((path, contents[_key(path)].decode()) for path in paths)


def presence(folder: Path) -> Callable[[Path], bool]:
    """Give a function that says whether a file below ``folder`` is there; one listing answers for an object store."""
    if not is_remote(folder):
        return Path.exists
    keys = frozenset(_fs(folder).find(_key(folder)))
    return lambda path: _key(path) in keys


def local_copy(path: Path, folder: Path) -> Path:
    """Give a file on this machine with the contents of ``path``, fetched into ``folder`` unless it is there already."""
    if not is_remote(path):
        return path
    version = hashlib.sha256(_fs(path).ukey(_key(path)).encode()).hexdigest()[:16]
    copy = folder / f"{version}-{path.name}"
    if not copy.exists():
        temporary = folder / f".{copy.name}.{uuid.uuid4().hex}.tmp"
        try:
            _fs(path).get_file(_key(path), str(temporary))
            temporary.replace(copy)
        finally:
            temporary.unlink(missing_ok=True)
        for other in folder.glob(f"*-{path.name}"):
            if other != copy and other.stat().st_mtime < time.time() - KEPT_SECONDS:
                other.unlink(missing_ok=True)
    return copy


def fetch(path: Path, copy: Path) -> None:
    """Fetch a remote file to ``copy``; where there is none, there is none then either."""
    copy.unlink(missing_ok=True)
    if path.exists():
        _fs(path).get_file(_key(path), str(copy))


def send(copy: Path, path: Path) -> None:
    """Put ``copy`` in the place of a remote file."""
    with uploading(path) as temporary:
        shutil.copyfile(copy, temporary)


def read_bytes(path: Path) -> bytes:
    """Read a small file; from an object store in one request, so that nobody writes in between."""
    return bytes(_fs(path).cat_file(_key(path))) if is_remote(path) else path.read_bytes()


def let_read(database: "duckdb.DuckDBPyConnection", root: Path) -> None:
    """Let a connection read the Parquet files of a warehouse as they are now: they never change, new ones come."""
    if is_remote(root):
        from upath import UPath

        options = {"default_block_size": BLOCK} if _fs(root).protocol[0] == "s3" else {}
        reading = UPath(str(root), protocol=None, **options).fs
        reading.invalidate_cache()
        reading.find(f"{_key(root)}/parquet")  # one listing instead of several requests for each file and query
        database.register_filesystem(reading)


def _fs(path: Path) -> Any:  # noqa: ANN401 - fsspec has no types
    return cast("Any", path).fs


def _key(path: Path) -> str:
    return str(cast("Any", path).path)


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
