"""``dateline recode``: stored articles coded anew, and what that changed."""
# ruff: noqa: PLC0415 - imported where needed

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from flows.console import FAILURES, INTERRUPTED, OK, UsageError, fail, terminal_progress
from flows.delete import count_of
from flows.extract_selection import write_selection
from flows.launch import prefect, require_model
from flows.queries import answer
from flows.render import Format, render_table
from flows.settings import Settings
from transforms.resolve.actor_tables import user_entries
from warehouse.articles import find_articles
from warehouse.deletions import finish
from warehouse.paths import Warehouse

if TYPE_CHECKING:
    from flows.extract import ExtractSummary
    from flows.load import Loaded

FORMS = {".csv": Format.CSV, ".json": Format.JSON, ".parquet": Format.PARQUET}
CHANGES_QUERY = "FROM mention_changes ORDER BY article_id, event_mention_id"
SELECTION = ".recode.json"
"""Which articles are coded anew, while that is done: too much for what Prefect keeps of a run."""
KINDS = ("gained", "lost", "changed")


def launch_recode(
    settings: Settings, article_ids: tuple[str, ...], sources: tuple[str, ...], *, outdated: bool, changes: Path | None
) -> int:
    """Code articles anew, those named or all, print what changed, and return the exit code.

    Raises ``UsageError`` and ``WarehouseError`` before anything is coded where the command cannot work.
    """
    if outdated and (article_ids or sources):
        raise UsageError("--outdated goes without --article and --source")
    if changes is not None and (changes.suffix not in FORMS or not changes.absolute().parent.is_dir()):
        raise UsageError(f"{changes}: name a .csv, .json or .parquet file in a folder that is there")
    require_model(settings)
    if settings.actors is not None:
        list(user_entries(settings.actors))
    warehouse = Warehouse.open(settings.warehouse)
    selection = warehouse.root / SELECTION
    try:
        with warehouse.lock(), terminal_progress():
            finish(warehouse)
            if not outdated:
                write_selection(selection, find_articles(warehouse, article_ids=article_ids, sources=sources))
            with prefect(settings, home=warehouse.root / "prefect"):
                from flows.run import recode_flow

            only = None if outdated else selection
            coded, loaded = recode_flow(warehouse.root, settings.model, settings.actors, settings.workers, only)
    except KeyboardInterrupt:
        fail("stopped. Every batch that was finished is safe; the same command again does the rest.")
        return INTERRUPTED
    finally:
        selection.unlink(missing_ok=True)
    sys.stdout.write(describe(coded, loaded) + "\n")
    if changes is not None:
        answer(warehouse.root, CHANGES_QUERY, form=FORMS[changes.suffix], output=changes, rows=0)
    for batch_id, reason in coded.failed.items():
        fail(f"batch {batch_id} was not coded: {reason}")
    for check in loaded.errors:
        fail(f"data test {check.name} found {check.n_rows:,} rows: {check.description}")
    return FAILURES if coded.failed or loaded.errors else OK


def describe(coded: "ExtractSummary", loaded: "Loaded") -> str:
    """Put into words what was coded, and show the changes by event type."""
    counts, published = coded.counts, loaded.published.counts
    mentions = count_of(counts.mentions.total(), "mention")
    lines = [f"{count_of(counts.articles, 'article')} coded with rules and model {coded.version}: {mentions}"]
    lines.append(change_table(counts.changes) if counts.changes else "No mention was gained, lost or changed.")
    lines.append(f"In the warehouse: {published['events']:,} events of {published['event_mentions']:,} mentions")
    if counts.changes:
        lines.append('See them: dateline sql "FROM mention_changes"')
    return "\n\n".join(lines)


def change_table(changes: Counter[tuple[str, str]]) -> str:
    """One row for each event type, the most changed first, and one for all together."""
    by_type: Counter[str] = Counter()
    for (_, event_type), number in changes.items():
        by_type[event_type] += number
    rows = [
        (event_type, *(changes[kind, event_type] for kind in KINDS))
        for event_type, _ in sorted(by_type.items(), key=lambda each: (-each[1], each[0]))
    ]
    total = ("together", *(sum(n for (kind, _), n in changes.items() if kind == wanted) for wanted in KINDS))
    return render_table(("event_type", *KINDS), [*rows, total])
