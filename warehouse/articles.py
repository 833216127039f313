"""What earlier runs stored, read back for deduplication and coding without opening the database."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from warehouse import manifest
from warehouse.errors import UnknownIdError, WarehouseError
from warehouse.manifest import Entry
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse
from warehouse.tables import TABLES

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


def read_stored(entry: Entry, table: str) -> Iterator[dict[str, Any]]:
    """Stream the rows of a table that a manifest entry lists, whole also where its schema is an older one.

    Raises ``WarehouseError`` where they cannot be read.
    """
    later: dict[str, Any] = {column.name: None for column in TABLES[table].stored if column.since > 1}
    for file in entry.files.get(table, ()):
        for row in read_rows(file.path, ranges=file.ranges):
            yield later | row


def find_articles(
    warehouse: Warehouse, *, article_ids: Collection[str] = (), sources: Collection[str] = ()
) -> dict[str, set[str]]:
    """Find articles by id, or its first characters, and by source; all where neither is given.

    Gives their ids by batch. Raises ``UnknownIdError`` for an id that none or several have, ``WarehouseError`` for a
    source that none has.
    """
    found: dict[str, set[str]] = {}
    by_id: dict[str, set[str]] = {each: set() for each in article_ids}
    known_sources: Counter[str] = Counter()
    for entry in manifest.read(warehouse).current:
        for file in entry.files.get("articles", ()):
            for row in read_rows(file.path, ["article_id", "source"], file.ranges):
                article_id, source = row["article_id"], row["source"]
                known_sources[source or ""] += 1
                beginnings = [each for each in by_id if article_id.startswith(each)]
                for each in beginnings:
                    by_id[each].add(article_id)
                if beginnings or source in sources or not (article_ids or sources):
                    found.setdefault(entry.batch_id, set()).add(article_id)
    for beginning, ids in by_id.items():
        if len(ids) != 1:
            raise UnknownIdError(_ambiguous(beginning, ids))
    for source in sources:
        if source not in known_sources:
            listed = ", ".join(name for name, _ in known_sources.most_common(5) if name) or "none"
            raise WarehouseError(f"no article has the source {source!r}; the most frequent are: {listed}")
    return found


def _ambiguous(beginning: str, ids: set[str]) -> str:
    if ids:
        return f"{len(ids)} articles have ids that begin with {beginning!r}; give more of it"
    return f'no article has the id {beginning!r}; see: dateline sql "FROM articles LIMIT 9"'


def read_articles(warehouse: Warehouse, batch_id: str) -> list[dict[str, Any]]:
    """Read what the extractor needs of a batch's articles, in their stored order.

    Each dict has the ``CODING_COLUMNS``, with times aware and in UTC. Raises ``ManifestError`` for a batch that was
    not ingested.
    """
    entry = manifest.read_entry(warehouse, "ingest", batch_id)
    files = entry.files.get("articles", ())
    return [row for file in files for row in read_rows(file.path, CODING_COLUMNS, file.ranges)]
