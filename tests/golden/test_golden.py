import importlib.util
from pathlib import Path

import pytest

import seeds
from transforms.extract.extractor import Extractor

spec = importlib.util.spec_from_file_location("golden", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(spec)
spec.loader.exec_module(golden)

NO_EVENTS = ("sports", "business")


@pytest.fixture(scope="module")
def rendered():
    return golden.render(golden.sample_articles(), Extractor.load())


def test_golden_documents_are_coded_as_stored(rendered):
    """A difference is a change of rows: look at it with tests/golden/regenerate.py, and write it if it is meant."""
    assert rendered == golden.GOLDEN.read_text(encoding="utf-8")


def test_samples_show_every_event_type_and_status(rendered):
    codes = {tuple(line.split()[:3]) for line in rendered.splitlines() if line and not line.startswith("==")}
    types = {row["event_type"] for row in seeds.read_table("lexicon/event_types")}
    assert {code[0] for code in codes} == types
    assert {code[2] for code in codes} == {"asserted", "negated", "planned", "hypothetical"}
