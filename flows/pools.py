"""Processes that work side by side, in Prefect's task runner for them, which ends whatever became of them."""

import multiprocessing
import os
from types import TracebackType
from typing import Self

from prefect.task_runners import ProcessPoolTaskRunner

THREADS_OF_MATRICES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Settings that numpy's libraries read as a process begins."""


class WorkerPool(ProcessPoolTaskRunner):
    """Prefect's pool of processes; an interruption ends its workers, and a dead worker does not hold up the end.

    What interrupted workers had not committed is made again.
    """

    def __enter__(self) -> Self:
        # There is a process for each core: more threads for matrices would only wait for one another, which made the
        # training of two parts side by side eight times as slow. What the user has set counts.
        for name in THREADS_OF_MATRICES:
            os.environ.setdefault(name, "1")
        super().__enter__()
        # Workers send their logs through this queue. One that is killed while it sends keeps the queue's lock for ever,
        # and this process, which sends "stop" through it, would at its own end wait for that lock.
        if self._subprocess_message_queue is not None:
            self._subprocess_message_queue.cancel_join_thread()
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if exc_type is not None:
            for child in multiprocessing.active_children():
                child.kill()
        super().__exit__(exc_type, exc_value, traceback)
