"""What tests of several folders need."""

import faulthandler
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tiny_corpora import write_corpora

SECONDS_TO_END = 180


def pytest_unconfigure() -> None:
    """After the last test: a thread that keeps the interpreter from ending is told, and fails the run, in minutes."""
    faulthandler.dump_traceback_later(SECONDS_TO_END, exit=True)


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tiny corpora, written for these tests, in the forms of the real ones."""
    return write_corpora(tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's cache folder of this session, new, so that the place index is built once, by the code under test."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder
