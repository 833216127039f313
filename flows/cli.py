"""The command line, ``dateline``.

Modules that load slowly are imported inside the commands that need them, so that ``dateline sql`` answers at once.
"""
# ruff: noqa: PLC0415, D301 - imported where needed; \b is a mark for the layout of the help

import atexit
import io
import json
import os
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.actors_cli import app as actors_app
from flows.cli_options import SourcesOption, WarehouseOption, WorkersOption
from flows.console import FAILURES, OK, USAGE, explain_system, fail, is_expected, note, write_crash_log
from flows.render import Format
from flows.settings import load_settings
from flows.source_cli import app as source_app
from flows.upkeep_cli import app as upkeep_app

app = typer.Typer(
    help="""Turn news into an event table: who did what to whom, where, when, and whether it happened.

    \b
    Start here:
      dateline run seeds/articles
      dateline sql "SELECT event_date, event_type, actors, recipients FROM event_rows LIMIT 10"
      dateline explain EVENT_ID

    Settings come from options or from the environment, for example DATELINE_WAREHOUSE=/srv/news.
    Exit codes: 0 all done, 1 finished but something failed, 2 wrong usage or input.
    """,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(source_app, name="sources")
app.add_typer(actors_app, name="actors")
app.add_typer(upkeep_app)


@dataclass(slots=True)
class State:
    """What the options before the command's name say, and how the command ended."""

    debug: bool = False
    exit_code: int = OK


state = State()


def print_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it with the option's value
    if wanted:
        typer.echo(f"dateline {installed_version('dateline')}")
        raise typer.Exit


@app.callback()
def common(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error that nobody foresaw.")] = False,
) -> None:
    state.debug = debug


@app.command()
def run(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="PATH_OR_URL...", help="Files, folders, globs or URLs; or @sources.")
    ] = None,
    *,
    sources: SourcesOption = None,
    warehouse: WarehouseOption = None,
    batch_size: Annotated[int | None, typer.Option(min=1, help="Articles to a batch [default: 200].")] = None,
    workers: WorkersOption = None,
) -> None:
    """Read articles, code their events, and load the tables: ingest + extract + load.

    Reads .txt, .html, .json, .jsonl, .csv, .parquet, RSS and Atom feeds and WARC, also gzipped; a folder with all
    that lies beneath it; a quoted glob; a URL. What is stored already is left out, so running the same input again
    changes nothing, and a run that was killed is finished by running it again.

    \b
    Examples:
      dateline run seeds/articles
      dateline run news/2017-06.jsonl.gz --warehouse /srv/news
      dateline run "archive/2017/**/*.html" --workers 4
      dateline run https://example.org/feed.xml
      dateline run @sources
    """
    from flows.launch import launch_run, launch_sources

    settings = load_settings(warehouse=warehouse, sources=sources, batch_size=batch_size, workers=workers)
    if inputs == ["@sources"] or (sources is not None and not inputs):
        raise typer.Exit(launch_sources(settings))
    if inputs and "@sources" in inputs:
        raise typer.BadParameter(
            "@sources stands alone; read other inputs by a command of their own", param_hint="@sources"
        )
    if not inputs:
        raise typer.BadParameter("name a file, a folder, a glob, a URL or @sources", param_hint="PATH_OR_URL...")
    if sources is not None:
        raise typer.BadParameter("goes with @sources or alone, not with other inputs", param_hint="--sources")
    raise typer.Exit(launch_run(inputs, settings))


@app.command()
def backfill(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="Sources; all that are not paused where left out.")
    ] = None,
    *,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="First day.")],
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE", help="Last day [default: today]."),
    ] = None,
    sources: SourcesOption = None,
    warehouse: WarehouseOption = None,
    workers: WorkersOption = None,
) -> None:
    """Fetch what the sources name of a past period, code it, and load the tables.

    Sitemaps may name years, with their dates. Feeds and pages name the newest only, unless the source says by
    `archive` where its listings by date are, such as https://example.org/archive/%Y/%m/%d. Of WARC collections, the
    files are read whose names hold a date of the period. What a source cannot give is told. Stopped, it goes on where
    it stood when it is given again.

    \b
    Examples:
      dateline backfill --from 2019-04-01 --to 2019-04-30
      dateline backfill world africa --from 2026-01-01
    """
    from flows.launch import launch_sources

    settings = load_settings(warehouse=warehouse, sources=sources, workers=workers)
    raise typer.Exit(launch_sources(settings, names or (), first=first.date(), last=last.date() if last else None))


@app.command()
def serve(
    *,
    sources: SourcesOption = None,
    warehouse: WarehouseOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the Prefect UI.")] = 4200,
    workers: WorkersOption = None,
) -> None:
    """Read the sources by their schedules until Ctrl-C, with the Prefect server and its UI.

    \b
    Examples:
      dateline sources add https://example.org/world/feed.xml
      dateline serve
      dateline serve --port 4300 --workers 1
    """
    from flows.serve import serve as serve_schedules

    settings = load_settings(warehouse=warehouse, sources=sources, workers=workers)
    raise typer.Exit(serve_schedules(settings, port=port))


@app.command()
def sql(
    query: Annotated[str, typer.Argument(metavar="SQL", help="One statement that reads; - takes it from stdin.")],
    *,
    warehouse: WarehouseOption = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the result.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file [default: stdout].")
    ] = None,
    rows: Annotated[int, typer.Option(min=0, help="Most rows that a table shows; 0 for all.")] = 50,
) -> None:
    """Ask the warehouse, in DuckDB's SQL. Nothing can be changed.

    Good to begin with: event_rows (one readable row for each mention), events, daily_counts.

    \b
    Examples:
      dateline sql "SHOW TABLES"
      dateline sql "DESCRIBE event_rows"
      dateline sql "SELECT event_type, count(*) FROM events WHERE status = 'asserted' GROUP BY ALL ORDER BY 2 DESC"
      dateline sql "FROM event_rows WHERE country_code = 'SYR'" --format csv > syria.csv
      dateline sql - --format parquet --output dyads.parquet < dyads.sql
    """
    from flows.queries import answer

    answer(load_settings(warehouse=warehouse).warehouse, query, form=form, output=output, rows=rows)


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words; "words in a row", begin*, AND, OR, NOT, ( ).')],
    *,
    warehouse: WarehouseOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Most sentences to show.")] = 20,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the result.")] = Format.TABLE,
) -> None:
    """Find titles and sentences by their words, the best first, with the events that they tell.

    All words have to be there, in any inflection, with or without accents.

    \b
    Examples:
      dateline search "teachers strike"
      dateline search '"peace talks" NOT Geneva' --limit 50
      dateline search "shell* AND (hospital OR school)" --format csv
    """
    from flows.search import answer_search

    answer_search(load_settings(warehouse=warehouse).warehouse, query, limit=limit, form=form)


@app.command()
def explain(
    id_: Annotated[str, typer.Argument(metavar="EVENT_OR_MENTION_ID", help="An id, or its first characters.")],
    *,
    warehouse: WarehouseOption = None,
) -> None:
    """Say why a row is there: the sentence, the rule that fired, how each field was found, what was rejected.

    \b
    Examples:
      dateline sql "SELECT event_id, sentence FROM event_rows LIMIT 5"
      dateline explain 3f2a91c0
    """
    from flows.explain import explain_id

    for line in explain_id(id_, load_settings(warehouse=warehouse)):
        typer.echo(line)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Texts with their events coded by hand.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures, and with --errors all mistakes.")] = False,
    part: Annotated[
        Literal["A", "B"] | None, typer.Option(help="Only one half, to work on, the other to check [default: all].")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List the mistakes by cause.")] = False,
    rows: Annotated[int, typer.Option(min=0, help="Most mistakes of one cause that are listed; 0 for all.")] = 10,
    near_misses: Annotated[
        Path | None, typer.Option(metavar="FILE.csv|parquet", help="Write every reading that a test threw out.")
    ] = None,
    history: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Append the figures as one row.")] = None,
) -> None:
    """Measure the coder against texts coded by hand: precision, recall and F1 for each event type, and the fields.

    \b
    Examples:
      dateline evaluate gold/dev.jsonl
      dateline evaluate gold/dev.jsonl --errors --part A
      dateline evaluate gold/dev.jsonl --json > figures.json
    """
    from flows.evaluate import Wanted, evaluate_gold
    from flows.evaluate_other import evaluate_other, is_other, render_figures
    from flows.evaluation_report import render_report

    if is_other(gold):
        figures = evaluate_other(gold, load_settings(), part=part)
        typer.echo(json.dumps(figures, indent=2) if as_json else render_figures(figures))
        return
    wanted = Wanted(part=part, errors=errors, near_misses=near_misses, history=history)
    report = evaluate_gold(gold, load_settings(), wanted)
    typer.echo(json.dumps(report, indent=2) if as_json else render_report(report, rows=rows))


@app.command()
def calibrate(
    gold: Annotated[
        Path | None,
        typer.Argument(metavar="[GOLD.jsonl]", help="Texts coded by hand, beside the judged mentions."),
    ] = None,
    *,
    corpora: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder that holds the corpora [default: only sample articles].")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the weights into seeds/lexicon/confidence.csv.")] = False,
    diagram: Annotated[Path | None, typer.Option(metavar="FILE.svg", help="Draw the reliability diagram.")] = None,
) -> None:
    """Fit what `confidence` weighs on mentions that people judged, and say how well it holds on texts left out.

    \b
    Examples:
      dateline calibrate
      dateline calibrate gold/dev.jsonl --corpora corpora --write --diagram docs/confidence.svg
    """
    from flows.calibrate import calibrate_confidence

    typer.echo(calibrate_confidence(gold, corpora, load_settings(), write=write, diagram=diagram))


@app.command()
def train(
    *,
    corpora: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder that holds the corpora [default: corpora].", show_default=False)
    ] = Path("corpora"),
    output: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            help="Folder of the trained pipeline, replaced at the end [default: model].",
            show_default=False,
        ),
    ] = Path("model"),
    steps: Annotated[int | None, typer.Option(min=1, help="Most steps of each part [default: as configured].")] = None,
    exclude_texts: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="Texts to be tested on: nothing like them is trained on.")
    ] = None,
    teacher: Annotated[
        bool, typer.Option(help="Let a teacher annotate newswire first; needs `pip install '.[train]'`.")
    ] = True,
) -> None:
    """Train the language model from open corpora. Running Dateline needs no training: a model comes with it.

    Takes an hour and a half on two cores; a run that was stopped goes on where it stood. Without the corpora it lists
    each with its source and licence.

    \b
    Examples:
      dateline train --corpora corpora --output model
      dateline train --corpora corpora --output /tmp/model --steps 200
    """
    from flows.launch import launch_training

    typer.echo(
        launch_training(corpora=corpora, output=output, steps=steps, exclude_texts=exclude_texts, with_teacher=teacher)
    )


@app.command()
def version() -> None:
    """Print the version.

    \b
    Example:
      dateline version
    """
    print_version(wanted=True)


def main() -> None:
    """Run the command line; an error is one line on stderr and an exit code, never a traceback."""
    atexit.register(end_process)
    stdout = sys.stdout
    if isinstance(stdout, io.TextIOWrapper):
        stdout.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter is no reason to end
    try:
        app()
    except SystemExit as ending:
        state.exit_code = ending.code if isinstance(ending.code, int) else OK
    except Exception as error:  # noqa: BLE001 - the last stop: what is not caught here is a traceback
        state.exit_code = report_error(error)
    try:
        stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        state.exit_code = state.exit_code or report_error(error)
        return
    else:
        if sys.stdout is stdout:
            return
    # Whoever read our output has seen enough, as in ``dateline sql ... | head``: Typer puts another stdout then.
    state.exit_code = OK
    os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


def end_process() -> None:
    """Leave without the interpreter's tear-down.

    Registered first, so it runs last, after Prefect has stopped its server. Where threads of Prefect's are about,
    the tear-down lets DuckDB's bindings find objects that are still referred to, and they print a page about it.
    """
    with suppress(OSError):  # told already
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(state.exit_code)


def report_error(error: Exception) -> int:
    """Say what went wrong and return the exit code."""
    if is_expected(error):
        fail(str(error))
        return USAGE
    trouble = explain_system(error)
    if trouble is not None:
        fail(trouble)
        return FAILURES
    log = write_crash_log(error)
    if state.debug:
        note("".join(traceback.format_exception(error)))
    summary = " ".join(str(error).split()) or "no message"
    fail(f"{type(error).__name__}: {summary[:300]} (details in {log}; `dateline --debug ...` shows them)")
    return FAILURES
