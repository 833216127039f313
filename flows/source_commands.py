"""``dateline sources``: add, list, remove and check."""

import re
import shlex
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from flows.collect import VISITS_AT_ONCE, ChangedShapeError, files_of, our_fault, understand, unpacked
from flows.console import UsageError
from flows.render import render_table
from flows.settings import Settings
from flows.source_file import add_source, change_sources, explain, named_sources, read_sources, remove_source
from flows.source_health import SourceHealth, health_of, judge
from flows.source_list import Kind, NewsSource
from transforms.read import InputError
from transforms.read.fetch import FetchError
from transforms.read.links import Listing, feeds_of_page, tell_listing
from transforms.read.polite import PoliteFetcher
from warehouse.errors import WarehouseError
from warehouse.fetches import FetchMemory
from warehouse.paths import Warehouse

CHECK_SECONDS = 60.0
"""Longest time for one answer: a person waits."""
WORD = re.compile(r"[a-z0-9]+")
NOT_TELLING = {"www", "com", "org", "net", "co", "uk", "rss", "feed", "feeds", "xml", "index", "atom", "news", "html"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What asking a source once gave."""

    name: str
    is_sound: bool
    remark: str


def add(location: str, settings: Settings, **given: object) -> str:
    """Add a source to the file and say so; what kind it is is found out by asking it, where that is not given.

    Raises ``UsageError`` where it cannot be told, or a field is wrong.
    """
    fields = {name: value for name, value in given.items() if value is not None}
    if "kind" not in fields:
        fields["kind"] = tell_kind(location, settings)
    fields.setdefault("name", name_for(location))
    if settings.sources is None:
        Warehouse.create(settings.warehouse)
    try:
        source = NewsSource.model_validate({"location": location, **fields})
    except ValidationError as error:
        raise UsageError(explain(error, {})) from None
    add_source(settings.source_file, source)
    where = options(settings)
    return (
        f"added {source.name}, a {source.kind}, to {settings.source_file}\n"
        f"Next:\n  dateline sources check {source.name}{where}\n  dateline run @sources{where}"
    )


def options(settings: Settings) -> str:
    """The options that name the same warehouse and file of sources again."""
    named = []
    if settings.sources is not None:
        named += ["--sources", shlex.quote(str(settings.sources))]
    if settings.warehouse != Settings.model_fields["warehouse"].default:
        named += ["--warehouse", shlex.quote(str(settings.warehouse))]
    return "".join(f" {each}" for each in named)


def remove(name: str, settings: Settings) -> str:
    """Take a source out of the file and say so; its articles stay."""
    remove_source(settings.source_file, name)
    return f"removed {name} from {settings.source_file}; its articles stay in the warehouse"


def set_paused(names: Sequence[str], settings: Settings, *, is_paused: bool) -> str:
    """Pause or resume sources and say so; raises ``SourceFileError`` for a name that is not there."""
    change_sources(settings.source_file, names, paused=is_paused)
    left = read_sources(settings.source_file).schedules()
    told = f"{'paused' if is_paused else 'resumed'} {', '.join(names)} in {settings.source_file}"
    return told if left else f"{told}; no source is read any more"


def table(settings: Settings) -> str:
    """All sources with how they do, as a table."""
    sources = read_sources(settings.source_file).source
    if not sources:
        return f"{settings.source_file} holds no source; `dateline sources add URL` adds one"
    health = {each.name: each for each in known_health(sources, settings)}
    columns = ["name", "kind", "schedule", "country", "tier", "status", "24 h", "expected", "last article", "remark"]
    rows = []
    for source in sources:
        known = health[source.name]
        last = f"{known.last_article:%Y-%m-%d %H:%M}" if known.last_article else None
        told = (source.name, source.kind, source.schedule, source.country, source.tier)
        rows.append([*told, known.status, known.articles_in_a_day, known.floor, last, known.remark])
    return render_table(columns, rows)


def known_health(sources: Sequence[NewsSource], settings: Settings) -> list[SourceHealth]:
    """How the sources did in the warehouse, where there is one yet."""
    try:
        memory = FetchMemory(Warehouse.open(settings.warehouse))
    except WarehouseError:
        return [judge(source, [], now=datetime.now(UTC)) for source in sources]
    with closing(memory):
        return health_of(sources, memory, now=datetime.now(UTC))


def check(names: Sequence[str], settings: Settings) -> Iterator[Checked]:
    """Ask the named sources once, or all, side by side, and tell what each gives; nothing is stored."""
    base = settings.source_file.resolve().parent
    sources = named_sources(settings.source_file, names)
    fetcher = PoliteFetcher(contact=settings.contact, attempts=1, max_seconds=CHECK_SECONDS)
    with fetcher, ThreadPoolExecutor(VISITS_AT_ONCE) as pool:
        yield from pool.map(lambda source: check_one(source, fetcher, base), sources)


def check_one(source: NewsSource, fetcher: PoliteFetcher, base: Path) -> Checked:
    """Ask one source; nothing is raised for a bad one."""
    try:
        return Checked(source.name, is_sound=True, remark=try_out(source, fetcher, base))
    except (FetchError, InputError, ChangedShapeError) as error:
        return Checked(source.name, is_sound=False, remark=str(error))
    except Exception as error:  # noqa: BLE001 - what a server may answer is without end
        return Checked(source.name, is_sound=False, remark=our_fault(error))


def try_out(source: NewsSource, fetcher: PoliteFetcher, base: Path) -> str:
    """Ask a source what it has; raises what its visit would report."""
    if not source.kind.is_web:
        return f"{len(files_of(source, base)):,} files"
    answer = fetcher.get(source.location, pause_seconds=source.pause_seconds)
    assert answer is not None, "nothing was asked conditionally"
    form, links = understand(source, answer)
    what = "sitemaps" if form is Listing.SITEMAP_INDEX else "articles"
    wanted = [link for link in links if form is Listing.SITEMAP_INDEX or re.search(source.links or "", link.url)]
    if not wanted:
        among = f" among {len(links)} links" if links else ""
        raise ChangedShapeError(f"it lists no article{among}; look at {source.location}")
    first = wanted[0]
    return f"{len(wanted):,} {what}, the first {first.url}" + (
        f" of {first.published_at}" if first.published_at else ""
    )


def tell_kind(location: str, settings: Settings) -> Kind:
    """Find out what a source is; raises ``UsageError`` or ``FetchError`` with what to do where that fails."""
    if not location.lower().startswith(("http://", "https://")):
        base = settings.source_file.resolve().parent
        is_pattern = any(sign in location for sign in "*?[")
        if not is_pattern and not (base / Path(location).expanduser()).exists():
            raise UsageError(
                f"{location} is neither a web address (https://...) nor a path that exists in {base}, where "
                "the file of sources lies; to add it all the same, say what it is by --kind"
            )
        return Kind.WARC if ".warc" in Path(location).name.lower() else Kind.FOLDER
    try:
        with PoliteFetcher(contact=settings.contact, attempts=1, max_seconds=CHECK_SECONDS) as fetcher:
            answer = fetcher.get(location)
    except FetchError as error:
        raise UsageError(f"{error}; to add it all the same, say what it is by --kind") from error
    assert answer is not None, "nothing was asked conditionally"
    try:
        data = unpacked(answer.payload)
    except ChangedShapeError as error:
        raise UsageError(str(error)) from error
    form = tell_listing(data, media_type=answer.payload.media_type)
    if form is Listing.FEED:
        return Kind.FEED
    if form in {Listing.SITEMAP, Listing.SITEMAP_INDEX}:
        return Kind.SITEMAP
    feeds = feeds_of_page(data, base=location) if form is Listing.PAGE else []
    if feeds:
        raise UsageError(f"{location} is a page; it names these feeds, of which to add one: {', '.join(feeds)}")
    raise UsageError(
        f"{location} is no feed or sitemap; to read the articles that a page links, "
        "give --kind page and --links PATTERN, such as '/news/20'"
    )


def name_for(location: str) -> str:
    """Make a short name out of an address or path: ``example-world`` of ``https://www.example.org/world/feed.xml``."""
    parts = urlsplit(location.lower())
    words = [word for word in WORD.findall(f"{parts.netloc} {parts.path}") if word not in NOT_TELLING]
    return "-".join(dict.fromkeys(words[:4])) or "source"
