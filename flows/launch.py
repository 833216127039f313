"""``dateline run``: checks what can be checked at once, then starts the parent flow in this process."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows.console import UsageError, terminal_progress
from flows.prefect_environment import prepare_prefect
from flows.progress import report
from flows.settings import Settings
from transforms.read.expand import expand
from warehouse.paths import Warehouse

if TYPE_CHECKING:
    from flows.summary import RunSummary


class InterruptedRunError(Exception):
    """Somebody stopped the run."""


def launch_run(inputs: Sequence[str], settings: Settings) -> "RunSummary":
    """Run the parent flow on ``inputs``.

    Raises ``InputError``, ``WarehouseError`` and ``UsageError`` before anything is started where the command cannot
    work; ``RunIncompleteError`` after a run in which something failed; ``InterruptedRunError`` after Ctrl-C.
    """
    list(expand(inputs))
    warehouse = Warehouse.create(settings.warehouse)
    require_model(settings)
    prepare_prefect(settings)
    try:
        with terminal_progress():
            report("starting Prefect")
            from flows.run import run_flow

            return run_flow(
                list(inputs), warehouse=warehouse.root, batch_size=settings.batch_size, workers=settings.workers
            )
    except KeyboardInterrupt:
        raise InterruptedRunError(
            f"stopped. Every batch that was finished is safe in {warehouse.root}; "
            "the same command again goes on from there."
        ) from None


def require_model(settings: Settings) -> None:
    """Raise ``UsageError`` where the language model is a folder that is not there or holds none."""
    model = settings.model
    if (model.exists() or len(model.parts) > 1) and not (model / "meta.json").is_file():
        raise UsageError(
            f"there is no language model in {model}; train one by `dateline train --corpora DIR --output {model}`, "
            "or name the folder of a spaCy pipeline in DATELINE_MODEL"
        )
