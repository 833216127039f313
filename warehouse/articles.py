"""What earlier runs stored, read back for deduplication and coding without opening the database."""

from collections.abc import Iterator
from typing import Any

from warehouse import manifest
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse

CODING_COLUMNS = ["article_id", "text", "title", "published_at", "retrieved_at", "language", "duplicate_of", "raw_path"]


def known_articles(warehouse: Warehouse) -> Iterator[tuple[str, bytes | None, str | None]]:
    """Stream (article_id, minhash, duplicate_of) of all stored articles; texts are not read.

    They come in the order in which they were stored: what is like several of them repeats the earliest, also when a
    run is taken up again that was killed.
    """
    for path, ranges in manifest.read(warehouse).parts("articles", by_commit=True):
        for row in read_rows(path, ["article_id", "minhash", "duplicate_of"], ranges):
            yield row["article_id"], row["minhash"], row["duplicate_of"]


def known_rejects(warehouse: Warehouse) -> Iterator[str]:
    """Stream the reject_id of all stored rejects, so that none is stored twice."""
    for path, ranges in manifest.read(warehouse).parts("rejects"):
        for row in read_rows(path, ["reject_id"], ranges):
            yield row["reject_id"]


def read_articles(warehouse: Warehouse, batch_id: str) -> list[dict[str, Any]]:
    """Read what the extractor needs of a batch's articles, in their stored order.

    Each dict has the ``CODING_COLUMNS``, with times aware and in UTC. Raises ``ManifestError`` for a batch that was
    not ingested.
    """
    entry = manifest.read_entry(warehouse, "ingest", batch_id)
    files = entry.files.get("articles", ())
    return [row for file in files for row in read_rows(file.path, CODING_COLUMNS, file.ranges)]
