"""What tests of several folders need."""

from pathlib import Path

import pytest

from tests.tiny_corpora import write_corpora


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tiny corpora, written for these tests, in the forms of the real ones."""
    return write_corpora(tmp_path_factory.mktemp("corpora"))
