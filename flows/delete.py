"""``dateline delete``: articles taken out of the warehouse, and let in again."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from flows.console import UsageError, terminal_progress
from flows.rebuild import publish_with_progress
from warehouse import manifest
from warehouse.deletions import Deletion, finish, lift, plan, write_down
from warehouse.fetches import FetchMemory
from warehouse.parquet import read_rows
from warehouse.paths import Warehouse
from warehouse.search import scrub_index

SHOWN = 5


def delete_articles(
    folder: Path, article_ids: tuple[str, ...], sources: tuple[str, ...], *, confirm: Callable[[str], bool] | None
) -> str:
    """Delete the articles of these ids and sources, after ``confirm`` (None: without asking); say what went.

    Raises ``UsageError`` where nothing is named or nobody can be asked, ``WarehouseError`` for what is not there.
    """
    if not article_ids and not sources:
        raise UsageError("name what is to go: --article ID or --source NAME")
    if confirm is not None and not sys.stdin.isatty():
        raise UsageError("nobody is there to ask; add --yes to delete without asking")
    warehouse = Warehouse.open(folder)
    with warehouse.lock():
        finish(warehouse)
        deletion = plan(warehouse, article_ids=article_ids, sources=sources)
        what = describe(deletion, mentions_of(warehouse, deletion))
        if confirm is not None and not confirm(f"{what}\nDelete this for good?"):
            return "Nothing was deleted."
        with terminal_progress():
            write_down(warehouse, deletion)
            finish(warehouse)
            publish_with_progress(warehouse)
            scrub_index(warehouse)
    return f"Deleted: {what}\nThey do not come back unless asked: `dateline delete --lift` with the same names."


def mentions_of(warehouse: Warehouse, deletion: Deletion) -> int:
    """Count the mentions that would go."""
    return sum(
        row["article_id"] in deletion.ids
        for entry in manifest.read(warehouse).current
        if entry.stage == "extract" and entry.batch_id in deletion.batches
        for file in entry.files.get("event_mentions", ())
        for row in read_rows(file.path, ["article_id"], file.ranges)
    )


def describe(deletion: Deletion, n_mentions: int) -> str:
    """Say what goes, and what stays though one may think that it goes."""
    by_source = Counter(each.source or "no source" for each in deletion.articles).most_common()
    sources = ", ".join(f"{source} {number:,}" for source, number in by_source[:SHOWN])
    more = " ..." if len(by_source) > SHOWN else ""
    parts = [f"{count_of(len(deletion.articles), 'article')} ({sources}{more})", count_of(n_mentions, "mention")]
    lines = [f"{', '.join(parts)}, {count_of(len(deletion.raw_paths), 'payload')}."]
    if deletion.n_shared:
        shared = count_of(deletion.n_shared, "payload")
        lines.append(f"{shared} {stay(deletion.n_shared)}: articles that stay came with it.")
    if n_copies := len(deletion.heirs):
        lines.append(f"{count_of(n_copies, 'near copy', 'near copies')} of them {stay(n_copies)}.")
    return "\n".join(lines)


def stay(number: int) -> str:
    """Agree with a number."""
    return "stays" if number == 1 else "stay"


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Count things: ``1 article``, ``2 articles``."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def lift_articles(folder: Path, article_ids: tuple[str, ...], sources: tuple[str, ...]) -> str:
    """Let deleted articles in again; pages that sources fetched are fetched again when they are next listed."""
    if not article_ids and not sources:
        raise UsageError("name what may come back: --article ID or --source NAME")
    warehouse = Warehouse.open(folder)
    with warehouse.lock():
        finish(warehouse)
        lifted = lift(warehouse, article_ids=article_ids, sources=sources)
        if (warehouse.root / "fetches.sqlite").exists():
            memory = FetchMemory(warehouse)
            try:
                memory.forget(each.url for each in lifted if each.url)
            finally:
                memory.close()
    return f"{count_of(len(lifted), 'article')} may come in again: run its input once more."
