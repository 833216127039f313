"""How far a run is, in the Prefect UI: an artifact with a bar, which says what is being done."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.progress import Progress, describe, listener, listening

KEY = "dateline-progress"
UPDATE_SECONDS = 5.0
"""Least time between two updates of a stage."""
WHOLE = 100.0

logger = logging.getLogger(__name__)


@contextmanager
def progress_in_ui() -> Iterator[None]:
    """Show the progress of what runs inside the ``with`` block with the run that this is called from.

    Whoever listened before, such as the terminal, is told as well.
    """
    before = listener()
    artifact = create_progress_artifact(progress=0.0, key=KEY, description="starting")
    assert isinstance(artifact, UUID), "called from flows that are not asynchronous"
    bar = Bar(artifact)

    def tell(progress: Progress) -> None:
        if before is not None:
            before(progress)
        bar(progress)

    with listening(tell):
        yield
    bar.end()


class Bar:
    """The bar of one run; an update that fails costs nothing but the update."""

    def __init__(self, artifact: UUID, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._artifact = artifact
        self._clock = clock
        self._stage: str | None = None
        self._sending: threading.Thread | None = None
        self._updated = 0.0

    def __call__(self, progress: Progress) -> None:
        """Show ``progress`` where its stage is new, or has not been shown for some seconds."""
        now = self._clock()
        if progress.stage == self._stage and now - self._updated < UPDATE_SECONDS:
            return
        if self._sending is not None and self._sending.is_alive():
            return  # the server is slow; the next call shows what is then
        self._stage, self._updated = progress.stage, now
        share = progress.done / progress.total if progress.total else 0.0
        # Not in this thread: Prefect's client makes of a Ctrl-C while it waits an error like any other.
        self._sending = threading.Thread(
            target=copy_context().run, args=(self.update, WHOLE * min(share, 1.0), describe(progress)), daemon=True
        )
        self._sending.start()

    def end(self) -> None:
        """Show that all is done, after what is still being sent."""
        if self._sending is not None:
            self._sending.join(UPDATE_SECONDS)
        self.update(WHOLE, "done")

    def update(self, percent: float, text: str) -> None:
        """Set the bar and what stands above it."""
        try:
            update_progress_artifact(self._artifact, progress=percent, description=text)
        except Exception as error:  # noqa: BLE001 - a run goes on where the server is slow to answer
            logger.debug("progress not shown: %s", error)
