"""The commands of ``dateline sources``."""
# ruff: noqa: PLC0415, D301 - imported where needed; \b is a mark for the layout of the help

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import WarehouseOption
from flows.console import FAILURES, OK
from flows.settings import Settings, load_settings

app = typer.Typer(
    help="""Add, list, pause, resume, remove and check the feeds, sitemaps, pages and folders that runs read.

    They stand in a TOML file, sources.toml in the warehouse unless --sources names another, which can be kept in git.

    \b
    Examples:
      dateline sources add https://example.org/world/feed.xml --country KEN --articles-per-day 20
      dateline sources list
      dateline run @sources
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)

FileOption = Annotated[
    Path | None,
    typer.Option(
        "--sources",
        "-s",
        "--file",
        "-f",
        metavar="FILE",
        help="File of sources [default: sources.toml in the warehouse].",
    ),
]
NamesArgument = Annotated[list[str], typer.Argument(metavar="NAME...", help="Sources.")]
NameArgument = Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="Sources; all where left out.")]


@app.command()
def add(
    location: Annotated[str, typer.Argument(metavar="URL_OR_PATH", help="Feed, sitemap, page, folder or WARC files.")],
    *,
    name: Annotated[str | None, typer.Option(help="Short name [default: made of the address].")] = None,
    kind: Annotated[
        str | None, typer.Option(help="feed, sitemap, page, folder or warc [default: found out by asking].")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Who publishes it: articles.source [default: name].")] = None,
    language: Annotated[str | None, typer.Option(help="Language, ISO 639-1: en.")] = None,
    country: Annotated[str | None, typer.Option(help="Country, ISO 3166-1 alpha-3: KEN.")] = None,
    tier: Annotated[int | None, typer.Option(help="Reliability as you judge it, 1 (best) to 5.")] = None,
    schedule: Annotated[str | None, typer.Option(help="Cron schedule in UTC [default: 5 * * * *].")] = None,
    articles_per_day: Annotated[float | None, typer.Option(help="Fewer in 24 hours are reported.")] = None,
    text: Annotated[str | None, typer.Option(help="Text of a feed's articles: pages or feed [default: pages].")] = None,
    links: Annotated[str | None, typer.Option(help="Regular expression for the addresses of articles.")] = None,
    archive: Annotated[
        str | None, typer.Option(help="Address of listings by date, with %Y, %m and %d, for `dateline backfill`.")
    ] = None,
    file: FileOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Add a source.

    \b
    Examples:
      dateline sources add https://example.org/world/feed.xml --country KEN --tier 2
      dateline sources add https://example.org/front --kind page --links /news/20
      dateline sources add inbox --schedule "0 6 * * *"
    """
    from flows import source_commands

    fields: dict[str, object] = {
        "name": name,
        "kind": kind,
        "title": title,
        "language": language,
        "country": country,
        "tier": tier,
    }
    fields |= {
        "schedule": schedule,
        "articles_per_day": articles_per_day,
        "text": text,
        "links": links,
        "archive": archive,
    }
    typer.echo(source_commands.add(location, settings_of(file, warehouse), **fields))


@app.command("list")
def list_(*, file: FileOption = None, warehouse: WarehouseOption = None) -> None:
    """List the sources, and how each does.

    \b
    Example:
      dateline sources list
    """
    from flows import source_commands

    typer.echo(source_commands.table(settings_of(file, warehouse)))


@app.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME")], *, file: FileOption = None, warehouse: WarehouseOption = None
) -> None:
    """Remove a source; its articles stay.

    \b
    Example:
      dateline sources remove example-world
    """
    from flows import source_commands

    typer.echo(source_commands.remove(name, settings_of(file, warehouse)))


@app.command()
def pause(names: NamesArgument, *, file: FileOption = None, warehouse: WarehouseOption = None) -> None:
    """Keep sources in the list and do not read them; `dateline serve` minds it within seconds.

    \b
    Example:
      dateline sources pause example-world
    """
    from flows import source_commands

    typer.echo(source_commands.set_paused(names, settings_of(file, warehouse), is_paused=True))


@app.command()
def resume(names: NamesArgument, *, file: FileOption = None, warehouse: WarehouseOption = None) -> None:
    """Read paused sources again, by their schedules.

    \b
    Example:
      dateline sources resume example-world
    """
    from flows import source_commands

    typer.echo(source_commands.set_paused(names, settings_of(file, warehouse), is_paused=False))


@app.command()
def check(names: NameArgument = None, *, file: FileOption = None, warehouse: WarehouseOption = None) -> None:
    """Ask sources once and tell what they give; nothing is stored. Ends with 1 where one gives nothing.

    \b
    Examples:
      dateline sources check
      dateline sources check example-world
    """
    from flows import source_commands

    code = OK
    for checked in source_commands.check(names or (), settings_of(file, warehouse)):
        typer.echo(f"{'ok  ' if checked.is_sound else 'FAIL'}  {checked.name}: {checked.remark}")
        code = code if checked.is_sound else FAILURES
    raise typer.Exit(code)


def settings_of(file: Path | None, warehouse: Path | None) -> Settings:
    return load_settings(sources=file, warehouse=warehouse)
