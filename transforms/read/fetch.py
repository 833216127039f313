"""Fetches one address, within limits, and says plainly what went wrong where it does not work."""

from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from transforms.records import Payload

TIMEOUT_SECONDS = 30.0
MAX_BYTES = 20 * 1024 * 1024
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

    ``url`` is the address, ``status`` the HTTP status where the server answered, and ``is_temporary`` tells whether
    trying again later may help.
    """

    def __init__(self, url: str, problem: str, *, status: int | None = None, is_temporary: bool = False) -> None:
        super().__init__(f"cannot fetch {url}: {problem}")
        self.url = url
        self.problem = problem
        self.status = status
        self.is_temporary = is_temporary

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error travel between processes with all it says."""
        return partial(type(self), status=self.status, is_temporary=self.is_temporary), (self.url, self.problem)


def user_agent(contact: str | None = None) -> str:
    """Name this program to servers; ``contact`` is an address or page at which its operator can be reached."""
    try:
        name = f"dateline/{version('dateline')}"
    except PackageNotFoundError:  # run from a source tree that is not installed
        name = "dateline"
    return f"{name} (+{contact})" if contact else name


def fetch(
    url: str,
    *,
    contact: str | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
    max_bytes: int = MAX_BYTES,
    transport: httpx.BaseTransport | None = None,
) -> Payload:
    """Fetch ``url``, following redirects.

    Args:
        url: http or https address.
        contact: see :func:`user_agent`.
        timeout_seconds: for connecting, and for each wait for more data.
        max_bytes: size beyond which the transfer is given up.
        transport: how requests travel; tests pass ``httpx.MockTransport``.

    Raises:
        FetchError: for whatever goes wrong, with what to do about it.
    """
    client = httpx.Client(
        timeout=timeout_seconds,
        follow_redirects=True,
        headers={"User-Agent": user_agent(contact)},
        transport=transport,
    )
    try:
        with client, client.stream("GET", url) as response:
            _check_status(url, response.status_code)
            data = _read(url, response, max_bytes=max_bytes)
            return Payload(
                data=data,
                name=_name(str(response.url)),
                location=url,
                retrieved_at=datetime.now(tz=UTC),
                media_type=response.headers.get("Content-Type"),
            )
    except httpx.TimeoutException as error:
        raise FetchError(url, f"no answer within {timeout_seconds:g} s; try again later", is_temporary=True) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:  # the latter for impossible host names
        raise FetchError(url, f"{error}; give an address that begins with http:// or https://") from error
    except httpx.TooManyRedirects as error:
        raise FetchError(url, "it redirects in a circle; open it in a browser and give the final address") from error
    except httpx.HTTPError as error:
        raise FetchError(url, f"{error}; check the address and the connection", is_temporary=True) from error


def _check_status(url: str, status: int) -> None:
    if httpx.codes.is_success(status):
        return
    is_temporary = status == _TOO_MANY_REQUESTS or status >= _FIRST_SERVER_ERROR
    default = "the server has a problem; try again later" if is_temporary else "open it in a browser and check"
    problem = f"the server answered {status}; {_ADVICE.get(status, default)}"
    raise FetchError(url, problem, status=status, is_temporary=is_temporary)


def _read(url: str, response: httpx.Response, *, max_bytes: int) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > max_bytes:
            problem = f"larger than {max_bytes / 1024**2:.0f} MiB; download it and give the file"
            raise FetchError(url, problem, status=response.status_code)
    return bytes(data)


def _name(url: str) -> str:
    """Return the last part of the address's path, whose suffix may tell the format."""
    return PurePosixPath(unquote(urlsplit(url).path)).name
