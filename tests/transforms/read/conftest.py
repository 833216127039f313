"""Inputs of each form, written by the tests themselves."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from transforms.read import read_path
from transforms.records import RawArticle, Reject

MODIFIED = datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file with a fixed modification time."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        os.utime(path, (MODIFIED.timestamp(), MODIFIED.timestamp()))
        return path

    return write_file


@pytest.fixture
def articles() -> Callable[[Path], list[RawArticle]]:
    """Read a file in which nothing may fail."""

    def read(path: Path) -> list[RawArticle]:
        found = list(read_path(path))
        assert not [item for item in found if isinstance(item, Reject)]
        return [item for item in found if isinstance(item, RawArticle)]

    return read


@pytest.fixture
def rejects() -> Callable[[Path], list[Reject]]:
    """Read a file and keep what failed."""

    def read(path: Path) -> list[Reject]:
        return [item for item in read_path(path) if isinstance(item, Reject)]

    return read
