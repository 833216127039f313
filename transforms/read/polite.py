"""Fetches many addresses as their owners ask: robots.txt, a pause between requests to a host, and patience.

One :class:`PoliteFetcher` serves a run, from several threads. It asks robots.txt of each host once, never asks a host
faster than its pause, asks again only where that may help, and waits longer each time.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import httpx
from protego import Protego
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from transforms.read.fetch import (
    MAX_BYTES,
    TIMEOUT_SECONDS,
    Answer,
    FetchError,
    Validators,
    make_client,
    request,
)

PRODUCT = "dateline"
"""The name by which robots.txt addresses this program."""
PAUSE_SECONDS = 1.0
"""Least time between two requests to a host, where neither the source nor robots.txt asks for more."""
MAX_PAUSE_SECONDS = 60.0
"""A host that wants more time than this between requests, or after an error, is left for the next run."""
ATTEMPTS = 4
MAX_ROBOTS_BYTES = 512 * 1024
_ROBOTS_SECONDS = 3600.0
_backoff = wait_exponential_jitter(initial=1.0, max=30.0, exp_base=3, jitter=1.0)


class RefusedByRobotsError(FetchError):
    """The host's robots.txt asks this program not to fetch the address."""


class NoRobotsError(FetchError):
    """The host's robots.txt cannot be had, so nobody knows what may be fetched; the next run asks again."""


class PoliteFetcher:
    """Fetches addresses; use it as a context manager, from as many threads as you like."""

    def __init__(
        self,
        *,
        contact: str | None = None,
        pause_seconds: float = PAUSE_SECONDS,
        timeout_seconds: float = TIMEOUT_SECONDS,
        attempts: int = ATTEMPTS,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = make_client(contact=contact, timeout_seconds=timeout_seconds, transport=transport)
        self._pause = pause_seconds
        self._attempts = attempts
        self._sleep = sleep
        self._robots: dict[str, tuple[float, Protego | FetchError]] = {}
        self._robots_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._next_turn: dict[str, float] = {}
        self._turns = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        pause_seconds: float | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> Answer | None:
        """Fetch ``url``; None where it is as it was when ``validators`` were given.

        Args:
            url: http or https address.
            validators: of the last answer.
            pause_seconds: least time between requests to this host; what robots.txt asks for goes before it.
            max_bytes: size beyond which the transfer is given up.

        Raises:
            RefusedByRobotsError: where robots.txt forbids it.
            FetchError: for all else that goes wrong, after the attempts that may help.
        """
        pause = self._pause if pause_seconds is None else pause_seconds
        headers = validators.headers() if validators else {}
        for attempt in self._attempts_at():
            with attempt:
                return request(
                    self._client,
                    url,
                    headers=headers,
                    max_bytes=max_bytes,
                    before=lambda address: self._take_turn(address, pause),
                )
        raise AssertionError("the last attempt raises")

    def _attempts_at(self) -> Retrying:
        return Retrying(
            stop=stop_after_attempt(self._attempts),
            wait=_wait,
            retry=retry_if_exception(_may_help),
            sleep=self._sleep,
            reraise=True,
        )

    def _take_turn(self, url: str, pause: float) -> None:
        """Wait until this host may be asked again; raises ``RefusedByRobotsError`` where it may not be asked at all."""
        if not url.lower().startswith(("http://", "https://")):
            return  # the client says what is wrong with it
        rules = self._rules_of(url, pause)
        if not rules.can_fetch(url, PRODUCT):
            raise RefusedByRobotsError(url, "the site's robots.txt asks programs not to fetch it; ask its owner")
        wanted = max(pause, rules.crawl_delay(PRODUCT) or 0.0)
        if wanted > MAX_PAUSE_SECONDS:
            raise FetchError(url, f"its robots.txt asks for {wanted:.0f} s between requests, too long for a run")
        self._wait_for(url, wanted)

    def _wait_for(self, url: str, pause: float) -> None:
        host = urlsplit(url).netloc.lower()
        with self._turns:
            now = time.monotonic()
            turn = max(now, self._next_turn.get(host, now))
            self._next_turn[host] = turn + pause
        if turn > now:
            self._sleep(turn - now)

    def _rules_of(self, url: str, pause: float) -> Protego:
        parts = urlsplit(url)
        origin = urlunsplit((parts.scheme, parts.netloc.lower(), "", "", ""))
        with self._turns:
            lock = self._robots_locks[origin]
        with lock:
            asked_at, rules = self._robots.get(origin, (float("-inf"), None))
            if rules is None or time.monotonic() - asked_at > _ROBOTS_SECONDS:
                rules = self._ask_robots(origin, pause)
                self._robots[origin] = (time.monotonic(), rules)
        if isinstance(rules, FetchError):
            raise NoRobotsError(url, f"its robots.txt cannot be had ({rules.problem})", is_temporary=True)
        return rules

    def _ask_robots(self, origin: str, pause: float) -> Protego | FetchError:
        """Ask for the rules, as RFC 9309 has it: none where there is no such file, refusal where the server fails."""
        url = f"{origin}/robots.txt"
        try:
            for attempt in self._attempts_at():
                with attempt:
                    answer = request(
                        self._client, url, max_bytes=MAX_ROBOTS_BYTES, before=lambda _: self._wait_for(url, pause)
                    )
                    assert answer is not None, "nothing was asked conditionally"
                    return Protego.parse(answer.payload.data.decode("utf-8", errors="replace"))
        except FetchError as error:
            if error.status is not None and not error.is_temporary:
                return Protego.parse("")
            return error
        raise AssertionError("the last attempt raises")


def _wait(state: RetryCallState) -> float:
    """How long to wait before the next attempt: what the server asked for, else longer each time, with jitter."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, FetchError) else None
    return max(_backoff(state), asked or 0.0)


def _may_help(error: BaseException) -> bool:
    """Whether asking again soon may help."""
    if not isinstance(error, FetchError) or isinstance(error, NoRobotsError):
        return False
    return error.is_temporary and (error.retry_after or 0.0) <= MAX_PAUSE_SECONDS
