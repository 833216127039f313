"""Fetches many addresses as their owners ask: robots.txt, a pause between requests to a host, and patience.

One :class:`PoliteFetcher` serves a run, from several threads. It asks robots.txt of each host once, never asks a host
faster than its pause, asks again only where that may help, and waits longer each time.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from protego import Protego
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from transforms.read.fetch import (
    MAX_BYTES,
    TIMEOUT_SECONDS,
    Answer,
    FetchError,
    SlowAnswerError,
    Validators,
    make_client,
    request,
)

PRODUCT = "dateline"
"""The name by which robots.txt addresses this program."""
PAUSE_SECONDS = 1.0
"""Least time between two requests to a host, where neither the source nor robots.txt asks for more."""
MAX_PAUSE_SECONDS = 60.0
"""A host that wants more time than this between requests is not read; after an error it is left alone."""
MAX_REST = timedelta(days=1)
"""Longest time for which a host is left alone because it asks for it; one may say a hundred years by mistake."""
MAX_SECONDS = 120.0
"""Longest time for one answer as a whole; other pages wait meanwhile."""
ATTEMPTS = 4
MAX_ROBOTS_BYTES = 512 * 1024
NO_SUCH_FILE = range(400, 500)
"""What a server answers where it has no robots.txt, but for those by which it asks for patience."""
_ROBOTS_SECONDS = 3600.0
_backoff = wait_exponential_jitter(initial=1.0, max=30.0, exp_base=3, jitter=1.0)


class RefusedByRobotsError(FetchError):
    """The host's robots.txt asks this program not to fetch the address."""


class ClosedHostError(FetchError):
    """The host may not be asked at present, so the address was not; a later run may."""


class NoRobotsError(ClosedHostError):
    """The host's robots.txt cannot be had, so nobody knows what may be fetched; the next run asks again."""


class RestingHostError(ClosedHostError):
    """The host asked to be left alone for longer than a run waits."""


class PoliteFetcher:
    """Fetches addresses; use it as a context manager, from as many threads as you like."""

    def __init__(
        self,
        *,
        contact: str | None = None,
        pause_seconds: float = PAUSE_SECONDS,
        timeout_seconds: float = TIMEOUT_SECONDS,
        max_seconds: float = MAX_SECONDS,
        attempts: int = ATTEMPTS,
        resting: Mapping[str, datetime] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = make_client(contact=contact, timeout_seconds=timeout_seconds)
        self.resting = dict(resting or {})
        """Hosts that asked to be left alone, and until when; give it to the next fetcher."""
        self._pause = pause_seconds
        self._max_seconds = max_seconds
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
            ClosedHostError: where nothing may be asked of the host at present.
            FetchError: for all else that goes wrong, after the attempts that may help.
        """
        pause = self._pause if pause_seconds is None else pause_seconds
        asked = url

        def take_turn(address: str) -> None:
            nonlocal asked
            asked = address
            self._take_turn(address, pause)

        try:
            for attempt in self._attempts_at():
                with attempt:
                    return request(
                        self._client,
                        url,
                        headers=validators.headers() if validators else {},
                        max_bytes=max_bytes,
                        max_seconds=self._max_seconds,
                        before=take_turn,
                    )
        except FetchError as error:
            if (error.retry_after or 0.0) > MAX_PAUSE_SECONDS:
                raise self._let_rest(asked, error) from error
            raise
        raise AssertionError("the last attempt raises")

    def _let_rest(self, url: str, error: FetchError) -> RestingHostError:
        """Ask nothing of a host any more until the time that it asked for."""
        seconds = min(error.retry_after or 0.0, MAX_REST.total_seconds())
        until = self.resting[host_of(url)] = datetime.now(UTC) + timedelta(seconds=seconds)
        return RestingHostError(
            error.url,
            f"{error.problem.partition(';')[0]}; {_left_alone(until)}",
            status=error.status,
            is_temporary=True,
        )

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
        until = self.resting.get(host_of(url))
        if until is not None and datetime.now(UTC) < until:
            raise RestingHostError(url, f"the site asked for patience; {_left_alone(until)}", is_temporary=True)
        rules = self._rules_of(url, pause)
        if not rules.can_fetch(url, PRODUCT):
            raise RefusedByRobotsError(url, "the site's robots.txt asks programs not to fetch it; ask its owner")
        wanted = max(pause, rules.crawl_delay(PRODUCT) or 0.0)
        if wanted > MAX_PAUSE_SECONDS:
            raise FetchError(url, f"its robots.txt asks for {wanted:.0f} s between requests, too long for a run")
        self._wait_for(url, wanted)

    def _wait_for(self, url: str, pause: float) -> None:
        host = host_of(url)
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
            problem = f"its robots.txt cannot be had: {rules.problem}"
            raise NoRobotsError(url, problem, is_temporary=True, retry_after=rules.retry_after)
        return rules

    def _ask_robots(self, origin: str, pause: float) -> Protego | FetchError:
        """Ask for the rules, as RFC 9309 has it: none where there is no such file, refusal where the server fails."""
        url = f"{origin}/robots.txt"
        try:
            for attempt in self._attempts_at():
                with attempt:
                    answer = request(
                        self._client,
                        url,
                        max_bytes=MAX_ROBOTS_BYTES,
                        max_seconds=self._max_seconds,
                        is_cut=True,
                        before=lambda _: self._wait_for(url, pause),
                    )
                    assert answer is not None, "nothing was asked conditionally"
                    return Protego.parse(answer.payload.data.decode("utf-8", errors="replace"))
        except FetchError as error:
            if error.status in NO_SUCH_FILE and not error.is_temporary:
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
    if not isinstance(error, FetchError) or isinstance(error, ClosedHostError | SlowAnswerError):
        return False
    return error.is_temporary and (error.retry_after or 0.0) <= MAX_PAUSE_SECONDS


def host_of(url: str) -> str:
    """The host of an address with its port, by which turns are taken and hosts are left alone."""
    return urlsplit(url).netloc.lower()


def _left_alone(until: datetime) -> str:
    return f"it is left alone until {until:%Y-%m-%d %H:%M} UTC"
