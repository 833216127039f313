"""What a run leaves in the Prefect UI: a page that answers the questions of whoever is on call, and tables behind it.

Keys are the same for every run, so that the UI shows each run's beside those before it.
"""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.source_health import SourceHealth
from flows.summary import NEXT_QUERY, SOURCES_VISITED, RunSummary, summary_lines
from warehouse.checks import CheckResult

RUN_KEY = "dateline-run"
REJECTS_KEY = "dateline-rejects"
SOURCES_KEY = "dateline-sources"
CHECKS_KEY = "dateline-checks"

ODD_SHARE = 0.2
"""Share of rejects among what was read from which on a run counts as odd."""
WIDEST_REMARK = 60
"""Characters of a remark from which on it stands below the table, whose cells the UI does not break."""
REJECTS_QUERY = "SELECT reason, detail, source FROM rejects WHERE reason = '{}' LIMIT 20"


def leave_artifacts(summary: RunSummary, *, description: str) -> None:
    """Leave everything that is known of a run with the run that this is called from."""
    create_markdown_artifact(to_markdown(summary), key=RUN_KEY, description=description)
    rejects = summary.ingest.rejects + summary.extract.counts.rejects
    if rejects:
        create_table_artifact(
            reject_rows(rejects, summary.warehouse), key=REJECTS_KEY, description="What this run rejected, by reason"
        )
    if summary.sources:
        create_table_artifact(health_rows(summary.sources), key=SOURCES_KEY, description="How each source does")
    if summary.load.failed_checks:
        create_table_artifact(
            check_rows(summary.load.failed_checks), key=CHECKS_KEY, description="Data tests that found rows"
        )


def to_markdown(summary: RunSummary) -> str:
    """Write the page: did it run, is anything odd, then what came in and what was coded, and where to look further."""
    odd = list(oddities(summary))
    rows = [
        (what, figure, "see above" if remark and what == SOURCES_VISITED else remark)
        for what, figure, remark in summary_lines(summary)
    ]
    lines = ["## Did it run", verdict(summary), "## Is anything odd"]
    lines += [f"- {line}" for line in odd] if odd else ["Nothing."]
    lines += ["## What came in, what was coded, what was rejected", "| what | how many | |\n|---|---:|---|"]
    lines[-1] += "".join(
        f"\n| {what} | {figure} | {cell(remark) if len(remark) <= WIDEST_REMARK else 'see below'} |"
        for what, figure, remark in rows
    )
    lines += [f"**{what}**: {cell(remark)}" for what, _, remark in rows if len(remark) > WIDEST_REMARK]
    lines += ["## Where to look", f"Warehouse `{summary.warehouse}`", ask(NEXT_QUERY, summary.warehouse)]
    rejects = summary.ingest.rejects + summary.extract.counts.rejects
    lines += [ask(REJECTS_QUERY.format(reason), summary.warehouse) for reason, _ in rejects.most_common(3)]
    if summary.extract.version:
        lines.append(f"Coded by rules and model `{summary.extract.version}`")
    return "\n\n".join(lines)


def ask(query: str, warehouse: Path) -> str:
    """Word a command that asks ``query``, to be pasted into a terminal."""
    return f'`dateline sql "{query}" --warehouse {shlex.quote(str(warehouse))}`'


def verdict(summary: RunSummary) -> str:
    """Say in a sentence whether the run did what it should."""
    if summary.extract.failed or summary.load.errors:
        return "It came to its end, and **not all of it can be trusted**: see below."
    if not summary.is_complete or summary.not_read:
        return "Yes, in part: what could be had is in the tables, and **something is missing**."
    return "Yes. Nothing was new." if summary.is_unchanged else "Yes."


def oddities(summary: RunSummary) -> Iterator[str]:
    """Yield each thing that a person should look at."""
    ingest = summary.ingest
    for health in summary.troubles:
        yield f"source **{health.name}**, {health.status}: {health.remark}"
    for url in ingest.not_fetched:
        yield f"**not fetched:** {url}"
    for path in ingest.not_read:
        yield f"**not read:** {path}, see the rejects"
    for batch_id, reason in summary.extract.failed.items():
        yield f"**not coded:** batch `{batch_id}`: {reason}; the next run tries it again"
    for check in summary.load.failed_checks:
        yield f"data test **{check.name}** ({check.severity}) found {check.n_rows:,} rows: {check.description}"
    rejects = ingest.rejects.total()
    if rejects > ODD_SHARE * (ingest.read + rejects):
        reason, number = ingest.rejects.most_common(1)[0]
        yield f"{rejects:,} rejects to {ingest.read:,} articles read, {number:,} of them: {reason}"
    if ingest.new and ingest.not_english > ingest.new / 2:
        yield f"{ingest.not_english:,} of {ingest.new:,} new articles are not in English and were not coded"


def reject_rows(rejects: Counter[str], warehouse: Path) -> list[dict[str, object]]:
    """One row for each reason, with the query that shows the rejected."""
    return [
        {"reason": reason, "rejects": number, "look": ask(REJECTS_QUERY.format(reason), warehouse).strip("`")}
        for reason, number in rejects.most_common()
    ]


def health_rows(sources: Sequence[SourceHealth]) -> list[dict[str, object]]:
    """One row for each source."""
    return [
        {
            "source": health.name,
            "status": str(health.status),
            "remark": health.remark,
            "articles in 24 h": health.articles_in_a_day,
            "expected": health.floor,
            "last article": moment(health.last_article),
            "last success": moment(health.last_success),
            "last visit": moment(health.last_visit),
            "waiting": health.waiting,
        }
        for health in sources
    ]


def check_rows(checks: Sequence[CheckResult]) -> list[dict[str, object]]:
    """One row for each data test that found rows."""
    return [
        {"test": check.name, "severity": check.severity, "rows": check.n_rows, "what": check.description}
        for check in checks
    ]


def moment(instant: datetime | None) -> str:
    """Write an instant for people: ``2026-03-10 12:00 UTC``."""
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else ""


def cell(text: str) -> str:
    """Keep text from ending the cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")
