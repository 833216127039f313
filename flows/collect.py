"""Visits sources: asks each for its listing, fetches what is new, and gives what is to be read.

Knows nothing of Prefect. What is new is noted in the warehouse's memory before it is fetched, and read again from
there until it was ingested, so a run that is killed is finished by the next, which fetches nothing twice.
"""

import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path

from flows.source_list import Kind, NewsSource, TextFrom
from flows.sources import FailedFetch, Fetched, is_our_own, read_source, suffix_of
from transforms.read import InputError, check_form, expand
from transforms.read.fetch import Answer, FetchError, Validators
from transforms.read.links import Link, ListingError, address_key, read_links, tell_listing
from transforms.read.links import Listing as Form
from transforms.read.polite import ClosedHostError, PoliteFetcher, RefusedByRobotsError, host_of
from transforms.read.source import TooLargeError, open_payload
from transforms.records import Payload, RawArticle, Reject
from warehouse.fetches import FetchMemory, Item, Listing, Visit
from warehouse.paths import Warehouse
from warehouse.raw import store

VISITS_AT_ONCE = 8
MAX_SITEMAPS = 20
"""Sitemaps of one index that are read in a run: the newest by their date, or the last. Deeper indexes are not read."""

MAX_LISTING_BYTES = 50 * 1024 * 1024
"""Largest listing, unpacked: what the protocol of sitemaps allows."""
FAILURES_IN_A_ROW = 3
"""Pages of a host that must fail before the rest of them waits for the next run: it is down or wants its peace."""
VISIT_SECONDS = 900.0
"""Time after which a visit asks for no more pages, pauses between them not counted: slow sites hold up the others."""

EXPECTED_FORMS = {
    Kind.FEED: {Form.FEED},
    Kind.SITEMAP: {Form.SITEMAP, Form.SITEMAP_INDEX},
    Kind.PAGE: {Form.PAGE},
}


class ChangedShapeError(ValueError):
    """A source answers, but not with what it used to."""


@dataclass(frozen=True, slots=True)
class FetchedPages:
    """How many pages were fetched, how many failed, and what was wrong with the last of these."""

    fetched: int = 0
    failed: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Collector:
    """What visits need: who fetches, what is remembered, and where payloads are kept."""

    warehouse: Warehouse
    memory: FetchMemory
    fetcher: PoliteFetcher
    base: Path
    """Folder of the file of sources, from which paths count."""

    def visit(self, source: NewsSource) -> Visit:
        """Ask ``source`` what it has, fetch what is new, and say what was found; nothing is raised for a bad source."""
        visit, started = Visit(source.name, datetime.now(UTC), 0.0, "ok"), time.monotonic()
        try:
            listed, new = self._list(source)
            outcome = "unchanged" if listed is None else "ok"
            visit = replace(visit, outcome=outcome, n_listed=listed or 0, n_new=new)
        except RefusedByRobotsError as error:
            visit = replace(visit, outcome="refused", problem=error.problem)
        except FetchError as error:
            visit = replace(visit, outcome="failed", problem=error.problem)
        except InputError as error:
            visit = replace(visit, outcome="failed", problem=str(error))
        except ChangedShapeError as error:
            visit = replace(visit, outcome="changed", problem=str(error))
        queued = self.memory.queued(source.name, source.pages_per_run)
        pages = self.fetch(source, queued, until=started + VISIT_SECONDS + len(queued) * source.pause_seconds)
        return replace(
            visit,
            problem=visit.problem or pages.problem,
            n_fetched=pages.fetched,
            n_failed=pages.failed,
            n_waiting=self.memory.count_queued(source.name),
            seconds=time.monotonic() - started,
        )

    def read(self, source: NewsSource) -> Iterator[RawArticle | Reject]:
        """Read everything of ``source`` that was fetched and not ingested yet."""
        for item in self.memory.to_read(source.name):
            for record in read_source(self.warehouse, _readable(item)):
                yield _described(record, item, source) if isinstance(record, RawArticle) else record

    def _list(self, source: NewsSource) -> tuple[int | None, int]:
        """List ``source``; return how many it lists, None where nothing changed, and how many are new."""
        if not source.kind.is_web:
            return self._list_files(source)
        return self._ask(source, source.location, follows_index=True) or (None, 0)

    def _ask(self, source: NewsSource, url: str, *, follows_index: bool) -> tuple[int, int] | None:
        """Ask for one listing; return how many it lists and how many are new, None where it is as it was."""
        known = self.memory.listing(url)
        validators = Validators(known.etag, known.last_modified) if known else None
        answer = self.fetcher.get(url, validators=validators, pause_seconds=source.pause_seconds)
        if answer is None:
            return None
        form, links = understand(source, answer)
        if form is Form.SITEMAP_INDEX and follows_index:
            return self._ask_index(source, links)
        wanted = [link for link in links if source.links is None or re.search(source.links, link.url)]
        if not wanted:
            before = f", and listed {known.n_links} before" if known else ""
            raise ChangedShapeError(f"it lists no article{before}; look at {url}")
        if source.text is TextFrom.FEED:
            items = [self._listing_itself(source, answer)]
        else:
            items = [Item(link.url, source.name, link.title, link.published_at) for link in wanted]
        listing = Listing(url, answer.validators.etag, answer.validators.last_modified, len(wanted))
        new = self.memory.note_listing(listing, items, fetched=source.text is TextFrom.FEED)
        return len(wanted), new

    def _ask_index(self, source: NewsSource, links: list[Link]) -> tuple[int, int] | None:
        """Ask the newest sitemaps of an index; the index itself is asked for anew each time.

        What the others list is noted before the trouble with one of them is raised.
        """
        newest = sorted(enumerate(links), key=lambda each: (each[1].published_at or "", each[0]))[-MAX_SITEMAPS:]
        answered, troubles = [], []
        for _, link in newest:
            try:
                found = self._ask(source, link.url, follows_index=False)
            except ClosedHostError:
                raise
            except (FetchError, ChangedShapeError) as error:
                troubles.append(error)
            else:
                answered += [found] if found is not None else []
        if troubles:
            raise troubles[0]
        if not answered:
            return None
        return sum(listed for listed, _ in answered), sum(new for _, new in answered)

    def _listing_itself(self, source: NewsSource, answer: Answer) -> Item:
        fetched = self._keep(Item(answer.payload.location, source.name), answer)
        return replace(fetched, url=f"{fetched.url}#{fetched.raw_path}")  # each state of the feed is read once

    def _list_files(self, source: NewsSource) -> tuple[int | None, int]:
        """List the files of a folder or collection; new are those whose size or time are not as they were."""
        files = self.files(source)
        return len(files), self.note_files(source, files)

    def files(self, source: NewsSource) -> list[Path]:
        """The files of a folder or collection, without the warehouse's own; raises as :func:`files_of`."""
        given = [str(source.path(self.base))]
        return [file for file in files_of(source, self.base) if not is_our_own(self.warehouse.address, file, given)]

    def note_files(self, source: NewsSource, files: Sequence[Path]) -> int:
        """Queue the files whose size or time are not as they were; return how many these are."""
        new = 0
        for file in files:
            url, stat = str(file.resolve()), file.stat()
            stamp, known = f"{stat.st_size}-{stat.st_mtime_ns}", self.memory.listing(url)
            if known is None or known.etag != stamp:
                item = Item(url, source.name, name=str(file))
                new += self.memory.note_listing(Listing(url, stamp, None, 1), [item], fetched=True)
        return new

    def fetch(self, source: NewsSource, items: Sequence[Item], *, until: float = inf) -> FetchedPages:
        """Fetch queued ``items``, the rest staying queued at the time ``until`` of ``time.monotonic``.

        A host that cannot be had costs its items nothing but time, whereas an item that fails is tried a few runs only.
        """
        fetched, failed, problem = 0, 0, None
        in_a_row: Counter[str] = Counter()
        for item in items:
            host = host_of(item.url)
            if in_a_row[host] >= FAILURES_IN_A_ROW or time.monotonic() > until:
                continue
            try:
                answer = self.fetcher.get(item.url, pause_seconds=source.pause_seconds)
            except FetchError as error:
                failed, problem = failed + 1, error.problem
                if isinstance(error, ClosedHostError):
                    in_a_row[host] = FAILURES_IN_A_ROW
                    continue
                in_a_row[host] = in_a_row[host] + 1 if error.is_temporary else 0
                self.memory.note_failed(item.url, str(error), for_good=not error.is_temporary)
                continue
            assert answer is not None, "nothing was asked conditionally"
            self.memory.note_fetched(self._keep(item, answer))
            fetched, in_a_row[host] = fetched + 1, 0
        return FetchedPages(fetched, failed, problem)

    def _keep(self, item: Item, answer: Answer) -> Item:
        payload = answer.payload
        return replace(
            item,
            raw_path=store(self.warehouse, payload.data, suffix_of(payload.name)),
            name=payload.name,
            media_type=payload.media_type,
            retrieved_at=payload.retrieved_at,
        )


def files_of(source: NewsSource, base: Path) -> list[Path]:
    """The files that a folder or collection names; raises ``InputError`` for none, and for a single one of no form."""
    given = source.path(base)
    if given.is_file():
        check_form(given)
    return [file for file in expand([str(given)]) if isinstance(file, Path)]


def understand(source: NewsSource, answer: Answer, *, is_any: bool = False) -> tuple[Form, list[Link]]:
    """Read a listing; raises ``ChangedShapeError`` where it is not what ``source`` says that it is.

    ``is_any`` takes any listing.
    """
    payload = answer.payload
    data = unpacked(payload)
    form = tell_listing(data, media_type=payload.media_type) if data.strip() else None
    if form is None or not (is_any or form in EXPECTED_FORMS[source.kind]):
        found = f"a {form}" if form else (payload.media_type or "something else") if data.strip() else "empty"
        raise ChangedShapeError(f"it should be a {source.kind} and is {found}; look at {payload.location}")
    try:
        return form, read_links(data, form, base=payload.location)
    except ListingError as error:
        raise ChangedShapeError(f"{error}; look at {payload.location}") from error


def our_fault(error: Exception) -> str:
    """What is told of a source where nobody foresaw what it did."""
    return f"{type(error).__name__}: {error}. This is a fault of dateline; please report it with the address."


def unpacked(payload: Payload) -> bytes:
    """The bytes of a listing, which may come gzipped; raises ``ChangedShapeError`` where they cannot be had."""
    try:
        with open_payload(payload) as opened:
            return opened.whole(MAX_LISTING_BYTES)
    except (OSError, EOFError, zlib.error, TooLargeError) as error:
        raise ChangedShapeError(f"it cannot be read ({error}); look at {payload.location}") from error


def _readable(item: Item) -> Path | Fetched | FailedFetch:
    if item.problem is not None:
        return FailedFetch(item.url, item.problem)
    if item.raw_path is None or item.retrieved_at is None:
        return Path(item.name or item.url)
    location = item.url.partition("#")[0]
    return Fetched(item.raw_path, item.name or "", location, item.retrieved_at, item.media_type)


def _described(article: RawArticle, item: Item, source: NewsSource) -> RawArticle:
    """Add what the listing and the list of sources know of an article; what it says itself of date and title stays."""
    own_outlet = article.source if not source.kind.is_web else None
    return replace(
        article,
        title=article.title or item.title,
        published_at=article.published_at or item.published_at,
        url=article.url or address_key(item.url.partition("#")[0]),
        source=own_outlet or source.outlet,
        language=article.language or source.language,
    )
