"""Articles taken out of the warehouse, and remembered so that they do not come back by themselves.

What is to go is written down first, in a file under ``deletions/``; the rows go then, file by file and entry by entry,
the articles last. So a deletion that is killed anywhere is finished by :func:`finish`, which every writer calls. The
file stays as a tombstone: the ingest leaves its articles out until :func:`lift` takes them off it.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from warehouse import manifest
from warehouse.articles import find_articles
from warehouse.compact import remove_unused
from warehouse.errors import UnknownIdError, WarehouseError
from warehouse.files import atomic_file
from warehouse.manifest import Manifest
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse
from warehouse.purge import affected, purge

COLUMNS = ["article_id", "source", "url", "raw_path", "duplicate_of", "word_count"]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A deleted article: what must be known to keep it away and to let it in again."""

    article_id: str
    source: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Deletion:
    """Articles that go together. ``batches`` and all after it serve to finish what was begun, and are empty then."""

    articles: tuple[Tombstone, ...]
    batches: dict[str, int] = field(default_factory=dict)
    """Words that go of each batch."""
    heirs: dict[str, str | None] = field(default_factory=dict)
    """Near copies of articles that go, with the article that each repeats from now on; null for the first of them."""
    raw_paths: tuple[str, ...] = ()
    """Payloads that nothing else was read from."""
    files: tuple[str, ...] = ()
    """Parquet files that have to be written anew."""
    n_shared: int = 0
    """Payloads that stay because articles that stay were read from them too."""
    is_done: bool = False

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the articles."""
        return frozenset(each.article_id for each in self.articles)


def plan(warehouse: Warehouse, *, article_ids: Collection[str], sources: Collection[str]) -> Deletion:
    """Say what would go with articles, by id or its first characters, and with sources; changes nothing.

    Raises ``UnknownIdError`` and ``WarehouseError`` for articles and sources that are not there.
    """
    listed = manifest.read(warehouse)
    found = find_articles(warehouse, article_ids=article_ids, sources=sources)
    doomed = {article_id for ids in found.values() for article_id in ids}
    going, staying = [], set()
    heirs: dict[str, str | None] = {}
    first_copies: dict[str, str] = {}
    batches = dict.fromkeys(found, 0)
    for batch_id, row in _rows(listed):
        if row["article_id"] in doomed:
            going.append(row)
            batches[batch_id] += row["word_count"]
            continue
        staying.add(row["raw_path"])
        if (original := row["duplicate_of"]) in doomed:
            first = first_copies.setdefault(original, row["article_id"])
            heirs[row["article_id"]] = None if first == row["article_id"] else first
    staying |= {row["raw_path"] for path, ranges in listed.parts("rejects") for row in _raw_paths(path, ranges, doomed)}
    raw_paths = {row["raw_path"] for row in going if row["raw_path"]}
    tombstones = tuple(Tombstone(row["article_id"], row["source"], row["url"]) for row in going)
    alone = tuple(sorted(raw_paths - staying))
    files = (path.relative_to(warehouse.root).as_posix() for path in affected(listed, batches.keys(), heirs.keys()))
    return Deletion(tombstones, batches, heirs, alone, tuple(files), n_shared=len(raw_paths & staying))


def _rows(listed: Manifest) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in sorted(listed.current, key=manifest.age):
        for file in entry.files.get("articles", ()):
            for row in read_rows(file.path, COLUMNS, file.ranges):
                yield entry.batch_id, row


def _raw_paths(path: Path, ranges: Any, doomed: set[str]) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - Ranges
    return (row for row in read_rows(path, ["raw_path", "source"], ranges) if row["source"] not in doomed)


def write_down(warehouse: Warehouse, deletion: Deletion) -> None:
    """Make a deletion certain: whoever writes next finishes it. The caller holds the lock."""
    names = (_folder(warehouse) / f"{min(deletion.ids)}-{number}.json" for number in count(1))
    _write(next(path for path in names if not path.exists()), deletion)


def finish(warehouse: Warehouse) -> int:
    """Take out what was written down and is there still; gives the number of articles. The caller holds the lock.

    The database is not made anew by this. Parquet files that are out of use go at once, whoever has them open: the
    articles are in them. Raises ``WarehouseError`` for what cannot be read.
    """
    unfinished = {path: each for path, each in _read_all(warehouse) if not each.is_done}
    for path, deletion in unfinished.items():
        files = {warehouse.root / name for name in deletion.files}
        purge(warehouse, deletion.ids, files, words=deletion.batches, heirs=deletion.heirs)
        for raw_path in deletion.raw_paths:
            (warehouse.root / raw_path).unlink(missing_ok=True)
        remove_unused(warehouse, hours=0)
        _write(path, Deletion(deletion.articles, is_done=True))
    return sum(len(deletion.articles) for deletion in unfinished.values())


def tombstones(warehouse: Warehouse) -> dict[str, Tombstone]:
    """Give the deleted articles by id."""
    return {each.article_id: each for _, deletion in _read_all(warehouse) for each in deletion.articles}


def lift(warehouse: Warehouse, *, article_ids: Collection[str], sources: Collection[str]) -> list[Tombstone]:
    """Let deleted articles in again when they are next read; gives those. The caller holds the lock.

    Raises ``UnknownIdError`` for an id that is no beginning of a deleted article's, ``WarehouseError`` for a source of
    which none was deleted.
    """
    known = tombstones(warehouse).values()
    for beginning in article_ids:
        if not beginning or not any(each.article_id.startswith(beginning) for each in known):
            raise UnknownIdError(f"no deleted article has the id {beginning!r}")
    for source in sources:
        if not any(each.source == source for each in known):
            raise WarehouseError(f"no article of the source {source!r} was deleted")
    lifted = [each for each in known if each.source in sources or each.article_id.startswith(tuple(article_ids))]
    for path, deletion in _read_all(warehouse):
        kept = tuple(each for each in deletion.articles if each not in lifted)
        if not kept:
            path.unlink()
        elif len(kept) < len(deletion.articles):
            _write(path, replace(deletion, articles=kept))
    return lifted


def _folder(warehouse: Warehouse) -> Path:
    return warehouse.root / "deletions"


def _write(path: Path, deletion: Deletion) -> None:
    with atomic_file(path) as temporary:
        temporary.write_text(json.dumps(asdict(deletion), indent=1) + "\n", encoding="utf-8")


def _read_all(warehouse: Warehouse) -> list[tuple[Path, Deletion]]:
    return [(path, _read(path)) for path in sorted(_folder(warehouse).glob("*.json")) if not path.name.startswith(".")]


def _read(path: Path) -> Deletion:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        articles = tuple(Tombstone(**each) for each in content.pop("articles"))
        return Deletion(
            articles=articles, **{**content, "raw_paths": tuple(content["raw_paths"]), "files": tuple(content["files"])}
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WarehouseError(
            f"{path} is no list of deleted articles ({type(error).__name__}: {error}); put it back from a copy, "
            "or move it away: its articles may then come back"
        ) from error
