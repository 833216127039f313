"""Rows of articles taken out of the Parquet files, those that several batches share among them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from warehouse import manifest
from warehouse.compact import ROW_GROUPS
from warehouse.manifest import Entry, Manifest
from warehouse.parquet import ROW_GROUP, WrittenFile, join_files, read_rows
from warehouse.paths import Warehouse
from warehouse.tables import TABLES

Key = tuple[str, str, str | None]
OWNER = {"participants": "event_mention_id", "rejects": "source"}
"""The column that says whose a row is, where it is not ``article_id``."""


def affected(listed: Manifest, batches: Collection[str], heirs: Collection[str]) -> list[Path]:
    """List the files that hold rows of ``batches``, of any version of their coding, and articles among ``heirs``."""
    found: dict[Path, None] = {}
    for entry in listed.entries:
        tables = entry.files if entry.batch_id in batches else {"articles"} & entry.files.keys()
        for table in tables:
            for file in entry.files[table]:
                if entry.batch_id in batches or _holds(file, heirs):
                    found[file.path] = None
    return list(found)


def _holds(file: WrittenFile, article_ids: Collection[str]) -> bool:
    ids = read_rows(file.path, ["article_id"], file.ranges) if article_ids else ()
    return any(row["article_id"] in article_ids for row in ids)


def purge(
    warehouse: Warehouse,
    article_ids: Collection[str],
    files: Collection[Path],
    *,
    words: Mapping[str, int],
    heirs: Mapping[str, str | None],
) -> None:
    """Write ``files`` anew without the rows of these articles, and let the entries name the new ones.

    ``words`` are those that go, by batch; ``heirs`` say which article a near copy repeats from now on. Files that no
    entry names any more are left alone, so what was begun is finished by the same call. Codings go before articles. The
    caller holds the lock, publishes the database, and removes the files that are out of use then.
    """
    listed = manifest.read(warehouse)
    named: dict[str, dict[Path, list[tuple[Entry, WrittenFile]]]] = {table: defaultdict(list) for table in TABLES}
    for entry in listed.entries:
        for table, written in entry.files.items():
            for file in written:
                if file.path in files:
                    named[table][file.path].append((entry, file))
    gone = {
        row["event_mention_id"]
        for sharing in named["event_mentions"].values()
        for _, file in sharing
        for row in read_rows(file.path, ["event_mention_id", "article_id"], file.ranges)
        if row["article_id"] in article_ids
    }
    new_files: dict[Key, dict[str, list[WrittenFile]]] = defaultdict(lambda: defaultdict(list))
    for table, paths in named.items():
        ids = pa.array(sorted(gone if table == "participants" else article_ids), pa.string())
        for path, sharing in paths.items():
            for entry, file in _without(table, path, sharing, ids, heirs):
                new_files[_key(entry)][table].append(file)
    touched = [entry for entry in listed.entries if _key(entry) in new_files]
    for entry in sorted(touched, key=lambda each: each.stage == "ingest"):
        rewritten = _without_replaced(entry, files, new_files[_key(entry)])
        _store(warehouse, entry, rewritten, article_ids, words.get(entry.batch_id, 0))


def _without(
    table: str,
    path: Path,
    sharing: list[tuple[Entry, WrittenFile]],
    gone: Any,  # noqa: ANN401 - pyarrow has no types
    heirs: Mapping[str, str | None],
) -> list[tuple[Entry, WrittenFile]]:
    in_order = sorted(sharing, key=lambda each: each[1].first_row)
    parts = list(dict.fromkeys((file.path, file.ranges) for _, file in in_order))
    rows = [0] * len(parts)

    def change(number: int, batch: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
        kept = _drop(batch, OWNER.get(table, "article_id"), gone)
        kept = _inherit(kept, heirs) if table == "articles" else kept
        rows[number] += kept.num_rows
        return kept

    fresh = _fresh(path)
    written = join_files(fresh, TABLES[table], parts, row_group=ROW_GROUPS.get(table, ROW_GROUP), change=change)
    if not written.rows:
        fresh.unlink()
    firsts = [sum(rows[:number]) for number in range(len(parts))]
    made = {}
    for part, n_rows, first in zip(parts, rows, firsts, strict=True):
        is_shared = n_rows != written.rows
        made[part] = (
            WrittenFile(fresh, n_rows, written.sha256, first, written.rows) if is_shared
            else WrittenFile(fresh, n_rows, written.sha256)
        )  # fmt: skip
    return [(entry, made[file.path, file.ranges]) for entry, file in sharing]


def _drop(batch: Any, column: str, gone: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    is_gone = pc.is_in(batch.column(column), value_set=gone)
    return batch.filter(pc.invert(is_gone))


def _inherit(batch: Any, heirs: Mapping[str, str | None]) -> Any:  # noqa: ANN401 - pyarrow has no types
    ids, originals = batch.column("article_id").to_pylist(), batch.column("duplicate_of").to_pylist()
    fresh = [heirs.get(each, original) for each, original in zip(ids, originals, strict=True)]
    position = batch.schema.get_field_index("duplicate_of")
    return batch.set_column(position, batch.schema.field(position), pa.array(fresh, pa.string()))


def _fresh(path: Path) -> Path:
    """A name for the new file that no file has."""
    stem = path.stem.partition("~")[0]
    names: Callable[[int], Path] = lambda number: path.with_name(f"{stem}~{number}{path.suffix}")  # noqa: E731
    return next(names(number) for number in count(1) if not names(number).exists())


def _without_replaced(
    entry: Entry, replaced: Collection[Path], new: Mapping[str, list[WrittenFile]]
) -> dict[str, tuple[WrittenFile, ...]]:
    files = {
        table: tuple(
            file for file in (*(f for f in written if f.path not in replaced), *new.get(table, ())) if file.rows
        )
        for table, written in entry.files.items()
    }
    return {table: written for table, written in files.items() if written}


def _store(
    warehouse: Warehouse, entry: Entry, files: dict[str, tuple[WrittenFile, ...]], gone: Collection[str], words: int
) -> None:
    if not files and (entry.stage == "ingest" or not _is_left(warehouse, entry.batch_id, gone)):
        manifest.remove(warehouse, entry)
        return
    totals = {table: sum(file.rows for file in written) for table, written in files.items()}
    counts = {name: number for name, number in entry.counts.items() if name not in entry.files} | totals
    if entry.stage == "ingest" and "words" in counts:
        counts["words"] -= words
    outdated = tuple(each for each in entry.outdated if each not in gone)
    manifest.rewrite(warehouse, replace(entry, files=files, counts=counts, outdated=outdated))


def _is_left(warehouse: Warehouse, batch_id: str, gone: Collection[str]) -> bool:
    """Whether anything of the batch stays; its ingest is looked at before it is written anew."""
    ingest = manifest.read_entry(warehouse, "ingest", batch_id)
    ids = (
        row["article_id"]
        for f in ingest.files.get("articles", ())
        for row in read_rows(f.path, ["article_id"], f.ranges)
    )
    return bool(ingest.files.get("rejects")) or any(each not in gone for each in ids)


def _key(entry: Entry) -> Key:
    return entry.stage, entry.batch_id, entry.version
