"""How a long operation tells whoever listens how far it is.

Operations know nothing of terminals or of Prefect: they call :func:`report`, and the command line listens. With
nobody listening, as in a scheduled run, a report costs nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    stage: str
    """What is being done, as a person would say it: ``reading``, ``coding events``."""
    done: int = 0
    total: int | None = None
    """How many there are, where that is known beforehand."""
    unit: str = "articles"


def describe(progress: Progress) -> str:
    """Put progress into words: ``coding events: 400 of 2,000 articles``."""
    if progress.total is not None:
        return f"{progress.stage}: {progress.done:,} of {progress.total:,} {progress.unit}"
    if progress.done:
        return f"{progress.stage}: {progress.done:,} {progress.unit}"
    return f"{progress.stage} ..."


Listener = Callable[[Progress], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def report(stage: str, *, done: int = 0, total: int | None = None, unit: str = "articles") -> None:
    """Tell the listener, if there is one, that ``done`` of ``total`` are through ``stage``."""
    tell = _listener.get()
    if tell is not None:
        tell(Progress(stage=stage, done=done, total=total, unit=unit))


def listener() -> Listener | None:
    """Whoever is listening now."""
    return _listener.get()


@contextmanager
def listening(to: Listener) -> Iterator[None]:
    """Send the reports made inside the ``with`` block to ``to``."""
    token = _listener.set(to)
    try:
        yield
    finally:
        _listener.reset(token)
