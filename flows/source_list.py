"""What a source is: the declaration of one entry of the file of sources."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

import pycountry
from cronsim import CronSim, CronSimError
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    PositiveFloat,
    PositiveInt,
    model_validator,
)

from warehouse.listed_sources import ListedSource

HOURLY = "5 * * * *"
CRON_FIELDS = 5


class Kind(StrEnum):
    """What a source is."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"
    FOLDER = "folder"
    WARC = "warc"

    @property
    def is_web(self) -> bool:
        """Whether it lists addresses of articles on the web."""
        return self in {Kind.FEED, Kind.SITEMAP, Kind.PAGE}


class TextFrom(StrEnum):
    """Where the text of a feed's articles is taken from."""

    PAGES = "pages"
    FEED = "feed"


def _language(code: str) -> str:
    if code != code.lower() or pycountry.languages.get(alpha_2=code) is None:
        raise ValueError(f"{code!r} is no language of ISO 639-1, such as 'en'")
    return code


def _country(code: str) -> str:
    if code != code.upper() or pycountry.countries.get(alpha_3=code) is None:
        raise ValueError(f"{code!r} is no country of ISO 3166-1 alpha-3, such as 'KEN'")
    return code


def _cron(text: str) -> str:
    example = f"{HOURLY!r} is five past each hour"
    if len(text.split()) != CRON_FIELDS:
        raise ValueError(f"{text!r} is no cron schedule of five fields; {example}")
    try:
        CronSim(text, datetime.now(UTC))
    except CronSimError as error:
        raise ValueError(f"{text!r} is no cron schedule ({str(error).lower()}); {example}") from error
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from error
    return text


def _archive(address: str) -> str:
    if not address.lower().startswith(("http://", "https://")):
        raise ValueError(f"{address!r} is no address that begins with http:// or https://")
    if address.count("%") != len(re.findall("%[YmdBbj%]", address)) or "%Y" not in address:
        raise ValueError(f"{address!r} must hold %Y, and may hold %m, %d, %B, %b and %j; %% stands for a percent sign")
    return address


Cron = Annotated[str, AfterValidator(_cron)]


class NewsSource(BaseModel):
    """One source: where articles come from, what is known about it, and what is expected of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Short name, by which it is told from others.")
    kind: Kind = Field(description="feed, sitemap or page on the web; folder or warc on a disk.")
    location: str = Field(min_length=1, description="Address; or path from the file of sources, or glob.")
    title: str | None = Field(default=None, description="Who publishes it, as articles.source says it.")
    language: Annotated[str, AfterValidator(_language)] | None = Field(default=None, description="ISO 639-1.")
    country: Annotated[str, AfterValidator(_country)] | None = Field(default=None, description="ISO 3166-1 alpha-3.")
    tier: int | None = Field(default=None, ge=1, le=5, description="Reliability as you judge it, 1 the best.")
    schedule: Cron = Field(default=HOURLY, description="When it is read: a cron schedule, in UTC.")
    articles_per_day: PositiveFloat | None = Field(
        default=None, description="Floor: fewer new articles in 24 hours are reported."
    )
    silent_after_days: PositiveFloat = Field(
        default=7.0, description="Days without a new article after which it counts as silent."
    )
    text: TextFrom = Field(default=TextFrom.PAGES, description="Take a feed's articles from their pages or the feed.")
    links: Annotated[str, AfterValidator(_pattern)] | None = Field(
        default=None, description="Regular expression that an article's address must contain."
    )
    archive: Annotated[str, AfterValidator(_archive)] | None = Field(
        default=None,
        description="Address of its listings by date, with %Y, %m and %d: what `dateline backfill` reads.",
    )
    pages_per_run: PositiveInt = Field(default=100, description="Most pages fetched in one run; the rest waits.")
    pause_seconds: NonNegativeFloat = Field(default=1.0, le=60.0, description="Least time between two requests.")
    paused: bool = Field(default=False, description="Keep it in the list and do not read it.")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        is_address = self.location.lower().startswith(("http://", "https://"))
        if self.kind.is_web and not is_address:
            raise ValueError(f"a {self.kind} needs a location that begins with http:// or https://")
        if not self.kind.is_web and "://" in self.location:
            raise ValueError(f"a {self.kind} is read from a disk: download {self.location} and name the path")
        if self.text is TextFrom.FEED and self.kind is not Kind.FEED:
            raise ValueError(f"text = 'feed' fits feeds only, and this is a {self.kind}")
        if self.links is not None and not self.kind.is_web:
            raise ValueError(f"links fits sources on the web only, and this is a {self.kind}")
        if self.archive is not None and not self.kind.is_web:
            raise ValueError(f"archive fits sources on the web only, and this is a {self.kind}")
        if self.kind is Kind.PAGE and self.links is None:
            raise ValueError("a page needs links, a regular expression for articles' addresses, such as '/news/20'")
        return self

    @property
    def outlet(self) -> str:
        """What ``articles.source`` says of its articles."""
        return self.title or self.name

    def path(self, base: Path) -> Path:
        """Where a folder or WARC collection lies, ``base`` being the folder of the file of sources."""
        return base / Path(self.location).expanduser()


def as_listed(source: NewsSource) -> ListedSource:
    """What analysts can join to the articles of a source."""
    return ListedSource(source.name, source.outlet, source.language, source.country, source.tier)


class SourceList(BaseModel):
    """All sources of a file, by unique names and locations."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: tuple[NewsSource, ...] = ()

    @model_validator(mode="after")
    def _are_unique(self) -> Self:
        for field in ("name", "location"):
            values = [getattr(source, field) for source in self.source]
            twice = next((value for value in values if values.count(value) > 1), None)
            if twice is not None:
                raise ValueError(f"two sources have the {field} {twice!r}")
        return self

    def schedules(self) -> dict[str, list[str]]:
        """Names of the sources that are not paused, by schedule."""
        found: dict[str, list[str]] = {}
        for source in self.source:
            if not source.paused:
                found.setdefault(source.schedule, []).append(source.name)
        return found

    def due(self, schedule: str | None = None, names: tuple[str, ...] = ()) -> list[NewsSource]:
        """The sources to read: those of one schedule, or those named, or all; none that are paused unless named."""
        if names:
            return [source for source in self.source if source.name in names]
        return [source for source in self.source if not source.paused and schedule in {None, source.schedule}]
