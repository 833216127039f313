"""The commands that keep a warehouse: made anew, coded anew, thinned out, proved, packed, measured, exported."""
# ruff: noqa: PLC0415, D301 - imported where needed; \b is a mark for the layout of the help

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import WarehouseOption, WorkersOption
from flows.console import FAILURES, OK
from flows.settings import load_settings

app = typer.Typer()


@app.command()
def rebuild(*, warehouse: WarehouseOption = None) -> None:
    """Make dateline.duckdb again from the Parquet files, for example after the folder was moved.

    \b
    Example:
      dateline rebuild --warehouse /srv/news
    """
    from flows.rebuild import rebuild_database

    typer.echo(rebuild_database(load_settings(warehouse=warehouse).warehouse))


@app.command()
def recode(
    *,
    article: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="An article's id or its first characters.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option("--source", metavar="NAME", help="All articles of it.")] = None,
    outdated: Annotated[
        bool, typer.Option("--outdated", help="What rules, model or actors of an earlier state coded.")
    ] = False,
    changes: Annotated[
        Path | None, typer.Option(metavar="FILE.csv|json|parquet", help="Write the mentions that changed.")
    ] = None,
    warehouse: WarehouseOption = None,
    workers: WorkersOption = None,
) -> None:
    """Code stored articles anew with the present rules, model and actors, and say what that changed.

    Nothing is fetched. The mentions that were gained, lost or changed are in the table mention_changes.

    \b
    Examples:
      dateline recode --outdated
      dateline recode --source "Harbour Gazette" --changes changes.csv
      dateline recode --article 3f2a91c0
      dateline sql "FROM mention_changes WHERE change = 'lost'"
    """
    from flows.recode import launch_recode

    settings = load_settings(warehouse=warehouse, workers=workers)
    chosen = (tuple(article or ()), tuple(source or ()))
    raise typer.Exit(launch_recode(settings, *chosen, outdated=outdated, changes=changes))


@app.command()
def delete(
    *,
    article: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="An article's id or its first characters.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option("--source", metavar="NAME", help="All articles of it.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    lift: Annotated[
        bool, typer.Option("--lift", help="Let deleted articles in again when they are next read.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Take articles out of the warehouse for good: rows, payloads, and whatever was coded from them.

    They are left out when they are read again. New articles of the source still come in: `dateline sources remove`
    ends that.

    \b
    Examples:
      dateline delete --article 3f2a91c0
      dateline delete --source "Harbour Gazette" --yes
      dateline delete --lift --article 3f2a91c0
    """
    from flows.delete import delete_articles, lift_articles

    settings = load_settings(warehouse=warehouse)
    chosen = (tuple(article or ()), tuple(source or ()))
    if lift:
        typer.echo(lift_articles(settings.warehouse, *chosen))
    else:
        typer.echo(delete_articles(settings.warehouse, *chosen, confirm=None if yes else typer.confirm))


@app.command()
def verify(*, warehouse: WarehouseOption = None) -> None:
    """Prove that dateline.duckdb is what the Parquet files give, and that these are as they were written.

    Compares rows and checksums of every table; exit code 1 where something differs.

    \b
    Example:
      dateline verify --warehouse /srv/news
    """
    from flows.upkeep import verify_warehouse

    is_sound, report = verify_warehouse(load_settings(warehouse=warehouse).warehouse)
    typer.echo(report)
    raise typer.Exit(OK if is_sound else FAILURES)


@app.command()
def compact(
    *,
    warehouse: WarehouseOption = None,
    keep_hours: Annotated[
        float, typer.Option(min=0, help="How long files that are out of use stay for readers that are still open.")
    ] = 24,
    keep_raw: Annotated[
        float | None,
        typer.Option(
            min=1,
            metavar="DAYS",
            help="Also remove raw payloads that are older, which coding anew does not need [default: keep all].",
        ),
    ] = None,
) -> None:
    """Join small Parquet files into big ones, and remove those that the last time put out of use.

    \b
    Examples:
      dateline compact --warehouse /srv/news
      dateline compact --keep-raw 90        payloads of rejects, and what waits to be read, stay
    """
    from flows.upkeep import compact_warehouse

    typer.echo(
        compact_warehouse(load_settings(warehouse=warehouse).warehouse, keep_hours=keep_hours, keep_raw_days=keep_raw)
    )


@app.command()
def pack(
    output: Annotated[Path, typer.Argument(metavar="FILE.duckdb", help="File to write, replacing what is there.")],
    *,
    warehouse: WarehouseOption = None,
) -> None:
    """Write a copy of dateline.duckdb that holds all rows itself, for sharing; DuckDB from 1.5 on opens it.

    \b
    Example:
      dateline pack sudan-2019.duckdb --warehouse /srv/news
    """
    from flows.upkeep import pack_warehouse

    typer.echo(pack_warehouse(load_settings(warehouse=warehouse).warehouse, output))


@app.command()
def size(
    *,
    warehouse: WarehouseOption = None,
    keep_raw: Annotated[
        float, typer.Option(min=1, metavar="DAYS", help="Say what compact --keep-raw DAYS would free.")
    ] = 90,
) -> None:
    """Say how much room the warehouse takes, and for what.

    \b
    Example:
      dateline size --warehouse /srv/news
    """
    from flows.upkeep import report_size

    typer.echo(report_size(load_settings(warehouse=warehouse).warehouse, raw_days=keep_raw))


@app.command()
def export(
    *,
    name: Annotated[
        str,
        typer.Option(
            "--as",
            "-a",
            metavar="DATA_SET",
            help="Which columns: gdelt, gdelt-mentions, icews, acled, polecat, phoenix, or csv (event_rows as it is).",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="File to write.")],
    warehouse: WarehouseOption = None,
    kind: Annotated[
        str,
        typer.Option("--format", "-f", help="Which file: native (as the data set is published), tsv, csv or parquet."),
    ] = "native",
) -> None:
    """Write events in the shape of another data set, column for column, or as they are.

    \b
    Examples:
      dateline export --as gdelt --output events.export.CSV
      dateline export --as csv --output events.csv
      dateline export --as polecat --output polecat.parquet
    """
    from flows.exports import export_events

    typer.echo(export_events(load_settings(warehouse=warehouse).warehouse, name, output=output, kind=kind))
