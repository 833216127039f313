"""Fetches one address, within limits, and says plainly what went wrong where it does not work."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from transforms.read.deadline import Deadline
from transforms.records import Payload

TIMEOUT_SECONDS = 30.0
MAX_SECONDS = 300.0
"""Longest time for one answer as a whole: a server that sends a byte now and then never times out."""
PACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""Content codings that are unpacked: those that are asked for. A bomb in a bomb would unpack to terabytes at once."""
MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 10
_ADVICE = {
    401: "the site asks for a login; save the page and give the file",
    403: "the site refuses programs; save the page and give the file",
    404: "check the address",
    410: "the page was taken away; look for it in a web archive",
    429: "the site asks to be left alone for a while; try again later",
}
_TOO_MANY_REQUESTS = 429
_FIRST_SERVER_ERROR = 500


class FetchError(OSError):
    """An address that could not be fetched.

    ``url`` is the address, ``status`` the HTTP status where the server answered, ``is_temporary`` tells whether
    trying again later may help, and ``retry_after`` after how many seconds, where the server said so.
    """

    def __init__(
        self,
        url: str,
        problem: str,
        *,
        status: int | None = None,
        is_temporary: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"cannot fetch {url}: {problem}")
        self.url = url
        self.problem = problem
        self.status = status
        self.is_temporary = is_temporary
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error travel between processes with all it says."""
        more: dict[str, Any] = {
            "status": self.status,
            "is_temporary": self.is_temporary,
            "retry_after": self.retry_after,
        }
        return partial(type(self), **more), (self.url, self.problem)


class SlowAnswerError(FetchError):
    """The server answers, but so slowly that it does not come to an end; asking again soon will not help."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with an answer, so that it can be asked later whether there is a newer one."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave."""

    payload: Payload
    validators: Validators


def user_agent(contact: str | None = None) -> str:
    """Name this program to servers; ``contact`` is an address or page at which its operator can be reached."""
    try:
        name = f"dateline/{version('dateline')}"
    except PackageNotFoundError:  # run from a source tree that is not installed
        name = "dateline"
    return f"{name} (+{contact})" if contact else name


def make_client(
    *, contact: str | None, timeout_seconds: float, transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    """Make a client that names itself, follows no redirect by itself, and connects anew for each request.

    The pause between requests outlasts most connections that servers keep open, and :class:`Deadline` needs its own.
    """
    return httpx.Client(
        timeout=timeout_seconds,
        headers={"User-Agent": user_agent(contact), "Accept-Encoding": "gzip, deflate"},
        limits=httpx.Limits(max_keepalive_connections=0),
        transport=transport,
    )


def fetch(
    url: str,
    *,
    contact: str | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
    max_seconds: float = MAX_SECONDS,
    max_bytes: int = MAX_BYTES,
    transport: httpx.BaseTransport | None = None,
) -> Payload:
    """Fetch ``url``, following redirects.

    Args:
        url: http or https address.
        contact: see :func:`user_agent`.
        timeout_seconds: for connecting, and for each wait for more data.
        max_seconds: time after which an answer that is not complete is given up.
        max_bytes: size, unpacked, beyond which the transfer is given up.
        transport: how requests travel; tests pass ``httpx.MockTransport``.

    Raises:
        FetchError: for whatever goes wrong, with what to do about it.
    """
    with make_client(contact=contact, timeout_seconds=timeout_seconds, transport=transport) as client:
        answer = request(client, url, max_bytes=max_bytes, max_seconds=max_seconds)
    assert answer is not None, "nothing was asked conditionally"
    return answer.payload


def request(
    client: httpx.Client,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
    is_cut: bool = False,
    before: Callable[[str], None] = lambda _: None,
) -> Answer | None:
    """Ask for ``url`` once, following redirects; None where the server answers that nothing has changed.

    ``before`` is called with each address that is about to be asked, the redirects' too, and may raise. With
    ``is_cut`` the first ``max_bytes`` of a larger answer are taken instead of none.

    Raises:
        FetchError: for whatever goes wrong, with what to do about it.
    """
    with explained(url, client.timeout.read):
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            before(address)
            with (
                _in_time(url, max_seconds) as deadline,
                client.stream("GET", address, headers=headers, extensions={"trace": deadline.trace}) as response,
            ):
                if response.next_request is not None:
                    address = str(response.next_request.url)
                    continue
                if headers and response.status_code == httpx.codes.NOT_MODIFIED:
                    return None
                _check_status(url, response)
                return _answer(url, response, _read(url, response, deadline, max_bytes=max_bytes, is_cut=is_cut))
        raise httpx.TooManyRedirects("too many redirects")


@contextmanager
def _in_time(url: str, seconds: float) -> Iterator[Deadline]:
    """Shut the connection after ``seconds``, and say so: what the HTTP library then says is not the cause."""
    with Deadline(seconds) as deadline:
        try:
            yield deadline
        except httpx.HTTPError as error:
            if not deadline.is_over:
                raise
            raise _too_slow(url, seconds) from error


def _too_slow(url: str, seconds: float) -> SlowAnswerError:
    return SlowAnswerError(url, f"not complete after {seconds:g} s; try again later", is_temporary=True)


@contextmanager
def explained(url: str, timeout_seconds: float | None) -> Iterator[None]:
    """Turn the errors of the HTTP library into ``FetchError``, with what to do about it."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise FetchError(url, f"no answer within {timeout_seconds:g} s; try again later", is_temporary=True) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:  # the latter for impossible host names
        raise FetchError(url, f"{error}; give an address that begins with http:// or https://") from error
    except httpx.TooManyRedirects as error:
        raise FetchError(url, "it redirects in a circle; open it in a browser and give the final address") from error
    except httpx.HTTPError as error:
        problem = str(error).rstrip(".")
        raise FetchError(url, f"{problem}; check the address and the connection", is_temporary=True) from error


def _answer(url: str, response: httpx.Response, data: bytes) -> Answer:
    payload = Payload(
        data=data,
        name=_name(str(response.url)),
        location=url,
        retrieved_at=datetime.now(tz=UTC),
        media_type=response.headers.get("Content-Type"),
    )
    return Answer(payload, Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")))


def _check_status(url: str, response: httpx.Response) -> None:
    status = response.status_code
    if response.is_success:
        return
    is_temporary = status == _TOO_MANY_REQUESTS or status >= _FIRST_SERVER_ERROR
    default = "try again later" if is_temporary else "open it in a browser and check"
    problem = f"the server answered {status}; {_ADVICE.get(status, default)}"
    retry_after = _seconds_asked(response.headers.get("Retry-After", ""))
    raise FetchError(url, problem, status=status, is_temporary=is_temporary, retry_after=retry_after)


def _seconds_asked(retry_after: str) -> float | None:
    """Read a ``Retry-After``, which is a number of seconds or a date; None where it is neither."""
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, IndexError, OverflowError):
        return None
    return max((until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _read(url: str, response: httpx.Response, deadline: Deadline, *, max_bytes: int, is_cut: bool) -> bytes:
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in PACKED:
        problem = f"it comes packed as {coding!r}, which was not asked for; download it and give the file"
        raise FetchError(url, problem, status=response.status_code)
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > max_bytes and is_cut:
            break
        if len(data) > max_bytes:
            problem = f"larger than {max_bytes / 1024**2:.3g} MiB; download it and give the file"
            raise FetchError(url, problem, status=response.status_code)
        if deadline.is_over:
            break
    if deadline.is_over:  # a connection that was shut looks like the end of an answer whose length is not given
        raise _too_slow(url, deadline.seconds)
    return bytes(data[:max_bytes])


def _name(url: str) -> str:
    """Return the last part of the address's path, whose suffix may tell the format."""
    return PurePosixPath(unquote(urlsplit(url).path)).name
