"""Visits the past of sources: what their listings name of a period is fetched, whatever a run would take of it.

Feeds name the last days only; sitemaps, pages and listings by date (``archive``) may go back years. What cannot be told
by date is left out and counted, never fetched by guess. Knows nothing of Prefect.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from flows.collect import ChangedShapeError, Collector, understand
from flows.console import UsageError
from flows.source_list import Kind, NewsSource, TextFrom
from transforms.clean.dates import parse_publication_time
from transforms.read import InputError
from transforms.read.fetch import FetchError
from transforms.read.links import Link
from transforms.read.links import Listing as Form
from warehouse.fetches import Item, Visit

NOT_FOUND = (404, 410)
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01])|(?!\d))")
"""Year and month, and a day that is set off in the same way."""


class NoPastError(ValueError):
    """A source that cannot give what is older by date; the message says what can."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @classmethod
    def between(cls, first: date | None, last: date | None) -> "Period | None":
        """The days from ``first`` to ``last``, today where that is left out; None where there is no first.

        Raises ``UsageError`` for a period that ends before it begins, or begins in the future.
        """
        if first is None:
            if last is not None:
                raise UsageError("a backfill needs its first day too: --from DATE")
            return None
        today = datetime.now(UTC).date()
        if first > today:
            raise UsageError(f"nothing has been published from {first} on: it is {today} today")
        if last is not None and last < first:
            raise UsageError(f"the backfill ends on {last}, before it begins on {first}; exchange --from and --to")
        return cls(first, min(last or today, today))

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"

    def holds(self, days: tuple[date, date]) -> bool:
        """Whether the two have a day in common."""
        return days[0] <= self.last and days[1] >= self.first

    def days(self) -> Iterator[date]:
        """Each day, the first first."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


@dataclass(slots=True)
class Found:
    """What the listings of a source name."""

    links: dict[str, Link] = field(default_factory=dict)
    """Those of the period."""
    counts: Counter[str] = field(default_factory=Counter)
    """``undated`` links, and ``listings`` that answered."""
    problems: list[str] = field(default_factory=list)
    span: tuple[date, date] | None = None
    """First and last day that is named."""


def visit_past(collector: Collector, source: NewsSource, period: Period) -> Visit:
    """Fetch what ``source`` names of ``period``; the visit's ``problem`` says what could not be had, and why."""
    visit, started = Visit(source.name, datetime.now(UTC), 0.0, "ok"), time.perf_counter()
    try:
        visit = (_web if source.kind.is_web else _files)(collector, source, period, visit)
    except NoPastError as error:
        visit = replace(visit, outcome="no past", problem=str(error))
    except (FetchError, InputError, ChangedShapeError) as error:
        visit = replace(visit, outcome="failed", problem=getattr(error, "problem", None) or str(error))
    return replace(visit, seconds=time.perf_counter() - started)


def _web(collector: Collector, source: NewsSource, period: Period, visit: Visit) -> Visit:
    if source.text is TextFrom.FEED:
        raise NoPastError("its text is taken from the feed, which has the last articles only; every run reads those")
    found = Found()
    addresses = archive_addresses(source, period)
    for address in addresses:
        _ask(collector, source, address, period, found, is_one_of_many=len(addresses) > 1)
    items = [Item(link.url, source.name, link.title, link.published_at) for link in found.links.values()]
    new, waiting = collector.memory.queue(items)
    pages = collector.fetch(source, waiting)
    problems = [*found.problems, *_remarks(source, period, found)]
    left = len(waiting) - pages.fetched
    if left:
        problems.append(f"{left:,} pages not fetched" + (f": {pages.problem}" if pages.problem else ""))
    return replace(
        visit,
        outcome="ok" if found.links and not found.problems else "no past" if not found.links else "failed",
        problem="; ".join(problems) or None,
        n_listed=len(found.links),
        n_new=new,
        n_fetched=pages.fetched,
        n_failed=pages.failed,
    )


def archive_addresses(source: NewsSource, period: Period) -> list[str]:
    """The listings to ask for: those of the period's days where ``archive`` tells their address, else the source's."""
    if source.archive is None:
        return [source.location]
    return list(dict.fromkeys(day.strftime(source.archive) for day in period.days()))


def _ask(
    collector: Collector,
    source: NewsSource,
    address: str,
    period: Period,
    found: Found,
    *,
    is_one_of_many: bool,
    follows_index: bool = True,
) -> None:
    try:
        answer = collector.fetcher.get(address, pause_seconds=source.pause_seconds)
    except FetchError as error:
        if not is_one_of_many:
            raise
        if error.status not in NOT_FOUND:  # a day without a listing is no trouble
            found.problems.append(f"{address}: {error.problem}")
        return
    assert answer is not None, "nothing was asked conditionally"
    form, links = understand(source, answer, is_any=source.archive is not None)
    found.counts["listings"] += 1
    if form is Form.SITEMAP_INDEX and follows_index:
        for link in links:
            if _may_hold(link, period):
                _ask(collector, source, link.url, period, found, is_one_of_many=True, follows_index=False)
        return
    of_listing = days_in_name(address) if form is not Form.PAGE or source.links is not None else None
    for link in links:
        if source.links is None or re.search(source.links, link.url):
            _sort(link, period, found, of_listing=of_listing)


def _sort(link: Link, period: Period, found: Found, *, of_listing: tuple[date, date] | None) -> None:
    days = days_of(link) or of_listing
    if days is None:
        found.counts["undated"] += 1
        return
    span = found.span or days
    found.span = min(span[0], days[0]), max(span[1], days[1])
    if period.holds(days):
        found.links.setdefault(link.url, link)


def _may_hold(sitemap: Link, period: Period) -> bool:
    """Whether a sitemap of an index can name articles of the period: by its name, else by when it was changed last."""
    named = days_in_name(sitemap.url)
    if named is not None:
        return period.holds(named)
    changed = _day(sitemap.published_at)
    return changed is None or changed >= period.first


def days_of(link: Link) -> tuple[date, date] | None:
    """The days on one of which an article came out: by its address, else by what the listing says."""
    day = _day(link.published_at)
    named = days_in_name(link.url)
    if named is not None and (day is None or not named[0] <= day <= named[1]):
        return named  # a sitemap's date may be that of a later change
    return (day, day) if day is not None else None


def days_in_name(name: str) -> tuple[date, date] | None:
    """The day or month that an address or file name holds, such as ``/2019/04/12/`` or ``-20190412103000-``."""
    for match in _DAY_IN_NAME.finditer(name):
        year, month, day = int(match[1]), int(match[3]), int(match[4] or 0)
        try:
            if day:
                return date(year, month, day), date(year, month, day)
        except ValueError:
            continue
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return None


def _day(written: str | None) -> date | None:
    told = parse_publication_time(written) if written else None
    return told.at.date() if told else None


def _remarks(source: NewsSource, period: Period, found: Found) -> Iterator[str]:
    if found.counts["undated"]:
        yield f"{found.counts['undated']:,} addresses without a date were left out"
    if not found.counts["listings"]:
        yield "none of its listings by date is there; check `archive`"
    elif not found.links:
        spans = f"; it names {found.span[0]} to {found.span[1]}" if found.span else ""
        yield f"it names no article of {period}{spans}; {_advice(source)}"


def _advice(source: NewsSource) -> str:
    if source.archive is not None:
        return "check `archive`"
    if source.kind is Kind.SITEMAP:
        return "older articles may be in a web archive: add its WARC files as a source"
    return (
        f"a {source.kind} has the newest only: give the source an `archive`, the address of its listings by date, or "
        "add the site's sitemap"
    )


def _files(collector: Collector, source: NewsSource, period: Period, visit: Visit) -> Visit:
    dated = {file: days for file in collector.files(source) if (days := days_in_name(file.name)) is not None}
    if not dated:
        raise NoPastError("its files have no dates in their names; every run reads all of them, whatever their dates")
    wanted = [file for file, days in dated.items() if period.holds(days)]
    new = collector.note_files(source, wanted)
    problem = None if wanted else f"none of its {len(dated):,} files with a date in their names is of {period}"
    outcome = "ok" if wanted else "no past"
    return replace(visit, outcome=outcome, problem=problem, n_listed=len(wanted), n_new=new, n_fetched=new)
