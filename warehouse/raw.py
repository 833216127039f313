"""Payloads as they were obtained, each stored once under the hash of its bytes."""

import hashlib
import re

from warehouse.files import atomic_file
from warehouse.paths import Warehouse
from warehouse.storage import is_remote, put_new, read_bytes

SUFFIX = re.compile(r"(\.[a-z0-9]{1,10}){0,2}")


def store(warehouse: Warehouse, data: bytes, suffix: str) -> str:
    """Keep ``data`` and give its path relative to the warehouse, ``raw/ab/abcd....jsonl``.

    Bytes that are there already are left alone. ``suffix`` is the format's, such as ``.html`` or ``.html.gz``; raises
    ``ValueError`` for one that is none. Waiting for the disk would cost more than all else for small payloads, so a
    power cut may leave a short file: it is found by its size, and written again when it is next obtained.
    """
    if not SUFFIX.fullmatch(suffix):
        raise ValueError(f"suffix {suffix!r} is not the suffix of a file name, such as '.html.gz'")
    digest = hashlib.sha256(data).hexdigest()
    path = warehouse.raw / digest[:2] / f"{digest}{suffix}"
    if is_remote(path):
        put_new(path, data)
    elif not path.exists() or path.stat().st_size != len(data):
        with atomic_file(path, durable=False) as temporary:
            temporary.write_bytes(data)
    return path.relative_to(warehouse.root).as_posix()


def load(warehouse: Warehouse, raw_path: str) -> bytes:
    """Read the payload that ``store`` kept under ``raw_path``; raises ``FileNotFoundError`` where it is gone."""
    return read_bytes(warehouse.root / raw_path)
