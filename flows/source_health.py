"""How each source does, told from what its visits found: is it read, does it give what is expected, is it odd."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from flows.source_list import NewsSource
from warehouse.fetches import FetchMemory, Visit

DAY = timedelta(days=1)
REMEMBERED = timedelta(days=60)
"""How far back visits are looked at."""
FAILURES_THAT_COUNT = 3
"""Visits in a row that must fail before it is more than a passing trouble."""


class Status(StrEnum):
    """How a source does."""

    OK = "ok"
    PAUSED = "paused"
    UNREAD = "not read yet"
    TROUBLED = "in trouble"
    FAILED = "failed"
    REFUSED = "refused"
    CHANGED = "changed"
    SILENT = "silent"
    BELOW_FLOOR = "below floor"

    @property
    def is_alarming(self) -> bool:
        """Whether a person should look at it."""
        return self in {Status.FAILED, Status.REFUSED, Status.CHANGED, Status.SILENT, Status.BELOW_FLOOR}

    @property
    def is_troubled(self) -> bool:
        """Whether it could not be read as it should."""
        return self is Status.TROUBLED or self.is_alarming

    @property
    def is_shortfall(self) -> bool:
        """Whether the source gave less than is expected of it."""
        return self in {Status.SILENT, Status.BELOW_FLOOR}


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source does."""

    name: str
    status: Status
    remark: str = ""
    last_visit: datetime | None = None
    last_success: datetime | None = None
    last_article: datetime | None = None
    articles_in_a_day: int = 0
    floor: float | None = None
    failures: int = 0
    """Visits in a row that failed, up to now."""
    waiting: int = 0
    """Articles that wait to be fetched."""

    def __str__(self) -> str:
        return f"{self.name}: {self.status}" + (f", {self.remark}" if self.remark else "")


def health_of(sources: Iterable[NewsSource], memory: FetchMemory, *, now: datetime) -> list[SourceHealth]:
    """Tell how each of ``sources`` does, the alarming ones first."""
    found = [judge(source, memory.visits(source.name, since=now - REMEMBERED), now=now) for source in sources]
    return sorted(found, key=lambda health: (not health.status.is_alarming, health.name))


def judge(source: NewsSource, visits: Sequence[Visit], *, now: datetime) -> SourceHealth:
    """Tell how ``source`` does from its visits of the last weeks, the oldest first."""
    fruitful = [visit.started_at for visit in visits if visit.n_articles]
    answered = [visit.started_at for visit in visits if visit.outcome in {"ok", "unchanged"}]
    failures = len(list(takewhile(lambda visit: visit.outcome == "failed", reversed(visits))))
    in_a_day = sum(visit.n_articles for visit in visits if visit.started_at > now - DAY)
    status, remark = _judge(source, visits, fruitful=fruitful, failures=failures, in_a_day=in_a_day, now=now)
    return SourceHealth(
        name=source.name,
        status=status,
        remark=remark,
        last_visit=visits[-1].started_at if visits else None,
        last_success=answered[-1] if answered else None,
        last_article=fruitful[-1] if fruitful else None,
        articles_in_a_day=in_a_day,
        floor=source.articles_per_day,
        failures=failures,
        waiting=visits[-1].n_waiting if visits else 0,
    )


def _judge(
    source: NewsSource,
    visits: Sequence[Visit],
    *,
    fruitful: Sequence[datetime],
    failures: int,
    in_a_day: int,
    now: datetime,
) -> tuple[Status, str]:
    if source.paused:
        return Status.PAUSED, ""
    if not visits:
        return Status.UNREAD, ""
    last, first = visits[-1], visits[0].started_at
    if last.outcome in {"refused", "changed"}:
        return Status(last.outcome), last.problem or ""
    if failures >= FAILURES_THAT_COUNT:
        return Status.FAILED, f"{failures} times in a row: {last.problem}"
    floor = source.articles_per_day
    if floor is not None and first <= now - DAY and in_a_day < floor:
        return Status.BELOW_FLOOR, f"{in_a_day} new articles in 24 hours, expected {floor:g}"
    quiet = now - (fruitful[-1] if fruitful else first)
    if quiet >= timedelta(days=source.silent_after_days):
        return Status.SILENT, f"no new article for {quiet.days} days"
    if last.outcome == "failed":
        return Status.TROUBLED, last.problem or ""
    if not last.n_failed:
        return Status.OK, ""
    remark = f"{last.n_failed} page{'' if last.n_failed == 1 else 's'} not fetched" + (
        f", the last one: {last.problem}" if last.problem else ""
    )
    return (Status.OK if last.n_fetched else Status.TROUBLED), remark
