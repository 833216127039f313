"""Processes that work side by side, in Prefect's task runner for them, which ends whatever became of them."""

import multiprocessing
from types import TracebackType
from typing import Self

from prefect.task_runners import ProcessPoolTaskRunner


class WorkerPool(ProcessPoolTaskRunner):
    """Prefect's pool of processes; an interruption ends its workers, and a dead worker does not hold up the end.

    What interrupted workers had not committed is made again.
    """

    def __enter__(self) -> Self:
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
