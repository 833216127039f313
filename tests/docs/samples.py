"""The sample articles as a warehouse, coded in this process: what ``dateline run seeds/articles`` makes."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.coding import code_batch
from tests.golden.golden import all_articles
from transforms.extract.extractor import Extractor
from warehouse import catalogue
from warehouse.batches import write_batch
from warehouse.paths import Warehouse

RETRIEVED = datetime(2026, 1, 1, tzinfo=UTC)
"""In place of the files' own times, which differ from checkout to checkout."""


def build(folder: Path) -> Warehouse:
    """Make the warehouse in a new folder."""
    warehouse = Warehouse.create(folder)
    articles = [replace(article, retrieved_at=RETRIEVED) for article in all_articles()]
    write_batch(warehouse, stage="ingest", batch_id="samples", rows={"articles": articles})
    code_batch(warehouse, "samples", Extractor.load())
    catalogue.publish(warehouse)
    return warehouse
