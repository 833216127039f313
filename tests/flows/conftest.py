"""Prefect for the tests of flows, small inputs, and what a warehouse holds."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.collect import Collector
from flows.prefect_environment import prepare_prefect
from flows.settings import Settings
from transforms.read.polite import PoliteFetcher
from warehouse import manifest
from warehouse.fetches import FetchMemory
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse

RAID = (
    "Rebel fighters stormed two towns near the border on Thursday, the army said. "
    "At least 12 soldiers were killed. The defence ministry denied that troops had fled."
)
TALKS = (
    "The Norwegian foreign minister met her Kenyan counterpart in Nairobi on Tuesday. "
    "They agreed to hold another round of talks in Oslo next month."
)
MARCH = (
    "Thousands of students marched through the capital on Saturday against higher fees. "
    "Police arrested 30 protesters and fired tear gas at the crowd."
)
GERMAN = (
    "Der Minister besuchte am Dienstag die Hauptstadt und sprach mit dem Präsidenten über die Lage im Land. "
    "Am Abend reiste er wieder ab, ohne sich vor der Presse zu äußern."
)

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One Prefect server for all tests of flows; it takes 15 seconds to come up."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("prefect")
        patch.setenv("PREFECT_HOME", str(home))
        prepare_prefect(Settings(), home=home)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse.create(tmp_path / "warehouse")


@pytest.fixture(scope="session")
def write_jsonl() -> Callable[[Path, list[object]], Path]:
    """Write articles as JSON lines; a string is written as it is, which makes a broken line."""

    def write(path: Path, lines: list[object]) -> Path:
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory, write_jsonl: Callable[[Path, list[object]], Path]) -> Path:
    """A folder with four articles, one of them in German, and a line that is none."""
    folder = tmp_path_factory.mktemp("articles")
    write_jsonl(
        folder / "wire.jsonl",
        [
            {"id": "raid", "title": "Towns stormed", "text": RAID, "published_at": "2016-03-04", "source": "Wire"},
            {"id": "talks", "title": "Ministers meet", "text": TALKS, "published_at": "2016-03-09"},
            '{"id": "broken", "text": ',
            {"id": "german", "title": "Besuch", "text": GERMAN, "published_at": "2016-03-09"},
        ],
    )
    (folder / "march.txt").write_text(f"Students march\n\n{MARCH}\n", encoding="utf-8")
    return folder


def stored_rows(warehouse: Warehouse) -> Tables:
    """All rows of the Parquet tables, each table in the order of its first column."""
    listed = manifest.read(warehouse)
    tables = ("articles", "rejects", "sentences", "entities", "event_mentions", "participants")
    return {
        table: sorted((row for path in listed.files(table) for row in read_rows(path)), key=str) for table in tables
    }


@pytest.fixture
def collector(warehouse: Warehouse, tmp_path: Path) -> Iterator[Collector]:
    """A collector over an empty warehouse, which asks each address once."""
    with PoliteFetcher(attempts=1) as fetcher:
        memory = FetchMemory(warehouse)
        yield Collector(warehouse, memory, fetcher, tmp_path)
        memory.close()
