"""``dateline run`` and ``train``: what can be checked is checked at once, then the flow starts in this process."""
# ruff: noqa: PLC0415 - imported where needed

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flows.collect_past import Period
from flows.console import FAILURES, INTERRUPTED, OK, UsageError, fail, note, terminal_progress
from flows.prefect_environment import prepare_prefect
from flows.progress import report
from flows.render import render_table
from flows.server import ServerError, advice, start_server
from flows.settings import Settings, require_runner
from flows.source_file import named_sources
from transforms.read import InputError, expand, unreadable
from transforms.resolve.actor_tables import user_entries
from warehouse.paths import Warehouse
from warehouse.storage import spelled

if TYPE_CHECKING:
    from flows.summary import RunSummary


def launch_run(inputs: Sequence[str], settings: Settings) -> int:
    """Run the parent flow on ``inputs``, print what it did, and return the exit code.

    Raises ``InputError``, ``WarehouseError``, ``SeedError`` and ``UsageError`` before anything is started where the
    command cannot work.
    """
    list(expand(inputs))
    problems = unreadable(inputs)
    if len(problems) == len(set(inputs)):
        raise InputError("; ".join(problems.values()))
    for problem in problems.values():
        note(f"{problem}; the other inputs are read")
    return launch(settings, lambda warehouse: run_inputs(inputs, settings, warehouse))


def launch_sources(
    settings: Settings, names: Sequence[str] = (), *, first: date | None = None, last: date | None = None
) -> int:
    """Visit the sources of the settings' file, those of these names or all, as :func:`launch_run` does with inputs.

    With a ``first`` day, what they name from it to the ``last`` is fetched instead of what is new.
    """
    if not named_sources(settings.source_file, names):
        raise UsageError(f"{settings.source_file} holds no source; `dateline sources add URL` adds one")
    if first is not None:
        Period.between(first, last)
    return launch(settings, lambda warehouse: run_sources(names, settings, warehouse, first=first, last=last))


def launch(settings: Settings, run: "Callable[[Warehouse], RunSummary]") -> int:
    """Check what can be checked, run, print what was done, and return the exit code."""
    require_model(settings)
    require_runner(settings.task_runner)
    if settings.actors is not None:
        list(user_entries(settings.actors))  # a mistake in the table shows before anything is started
    warehouse = Warehouse.create(settings.warehouse)
    with warehouse.lock():
        pass  # the flow takes it; here it only tells at once that somebody else has it
    try:
        with terminal_progress():
            summary, failure = run_in_prefect(run, settings, warehouse)
    except KeyboardInterrupt:
        fail(
            f"stopped. Every batch that was finished is safe in {warehouse.root}; "
            "the same command again goes on from there."
        )
        return INTERRUPTED
    sys.stdout.write(ending(summary, settings) + "\n")
    if failure:
        fail(failure)
    return FAILURES if failure else OK


def run_inputs(inputs: Sequence[str], settings: Settings, warehouse: Warehouse) -> "RunSummary":
    """Run the flow that reads ``inputs``."""
    from flows.run import run_flow

    return run_flow(list(inputs), warehouse=warehouse.address, batch_size=settings.batch_size, workers=settings.workers)


def run_sources(
    names: Sequence[str], settings: Settings, warehouse: Warehouse, *, first: date | None, last: date | None
) -> "RunSummary":
    """Run the flow that visits the sources."""
    from flows.run_sources import sources_flow

    summary = sources_flow(
        sources=settings.source_file.resolve(),
        names=list(names) or None,
        warehouse=warehouse.address,
        batch_size=settings.batch_size,
        workers=settings.workers,
        published_from=first,
        published_to=last,
    )
    return cast("RunSummary", summary)  # a state that is no failure gives what it holds


def run_in_prefect(
    run: "Callable[[Warehouse], RunSummary]", settings: Settings, warehouse: Warehouse
) -> "tuple[RunSummary, str | None]":
    """Start Prefect and what ``run`` does; return the summary, and what failed if something did."""
    with prefect(settings, home=warehouse.local / "prefect"):
        from prefect.exceptions import PrefectHTTPStatusError

        from flows.run import RunIncompleteError
        from flows.run_sources import SourcesBelowFloorError
        from flows.summary import counted
    try:
        summary = run(warehouse)
    except (RunIncompleteError, SourcesBelowFloorError) as error:
        return error.summary, str(error)
    except PrefectHTTPStatusError as error:
        raise ServerError(f"Prefect's server failed ({str(error).splitlines()[0]}); {advice()}") from error
    except RuntimeError as error:
        if not str(error).startswith("Failed to reach API"):
            raise
        raise UsageError(
            f"no Prefect server answers at {settings.prefect_api_url or 'the address of your Prefect profile'}; "
            "start it, or unset PREFECT_API_URL and PREFECT_PROFILE to run without one"
        ) from error
    left = len(summary.not_read)
    return (
        summary,
        f"not everything could be had of {counted(left, 'source')}, see above; all else is done" if left else None,
    )


@contextmanager
def prefect(settings: Settings, *, home: Path) -> Iterator[None]:
    """Start what Prefect needs while the block imports flows, which takes seconds; the server is up after it."""
    report("starting Prefect")
    prepare_prefect(settings, home=home)
    server = None if settings.has_prefect_server else start_server()
    yield
    if server is not None:
        server.wait_until_healthy()


def ending(summary: "RunSummary", settings: Settings) -> str:
    """Word the end of a run: what it did, and the query to try next."""
    from flows.summary import NEXT_QUERY, to_text

    parts = [to_text(summary)]
    if summary.is_unchanged:
        parts.append("Nothing new: all of this was in the warehouse already.")
    elsewhere = settings.warehouse != Settings.model_fields["warehouse"].default
    option = f" --warehouse {shlex.quote(spelled(settings.warehouse))}" if elsewhere else ""
    parts.append(f'Next:\n  dateline sql "{NEXT_QUERY}"{option}')
    return "\n\n".join(parts)


def require_model(settings: Settings) -> None:
    """Raise ``UsageError`` where the language model is a folder or package that is not there, or holds none."""
    model = settings.model
    is_package = str(model).isidentifier() and not model.exists() and find_spec(str(model)) is not None
    if not is_package and not (model / "meta.json").is_file():
        raise UsageError(
            f"there is no language model in {model}; train one by `dateline train --corpora DIR --output {model}`, "
            "or name the folder or the installed package of a spaCy pipeline in DATELINE_MODEL"
        )


def launch_training(
    *, corpora: Path, output: Path, steps: int | None, exclude_texts: Path | None, with_teacher: bool
) -> str:
    """Run the training flow and return its scores as a table.

    Raises ``TrainingDataMissing`` before anything is started where a corpus or the teacher is not there.
    """
    from transforms.annotate.training.corpora import corpus_folders, encoder_folder

    corpus_folders(corpora)
    if with_teacher:
        encoder_folder()
    work = output.with_name(f".{output.name}-training").resolve()
    with terminal_progress():
        with prefect(Settings(), home=work / "prefect"):
            from flows.train import SHOWN_SCORES, score_rows, train_flow

        scores = train_flow(
            corpora.resolve(),
            output.resolve(),
            work,
            steps=steps,
            exclude_texts=exclude_texts,
            with_teacher=with_teacher,
        )
    columns = ["held-out text", *SHOWN_SCORES]
    table = render_table(columns, [[row.get(column) for column in columns] for row in score_rows(scores)])
    return f"{table}\n\n{output}: {scores['speed']['words_per_second']:,} words/s"
