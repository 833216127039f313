import pickle

import httpx
import pytest

from transforms.read import read_payload
from transforms.read.fetch import FetchError, fetch, user_agent

URL = "https://example.org/news/a.jsonl"
LINE = b'{"text": "The ferry sank on Monday; all were saved."}'


def answer(status: int = 200, content: bytes = LINE, **headers: str) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, content=content, headers=headers))


def failing(error: Exception) -> httpx.MockTransport:
    def handle(_: httpx.Request) -> httpx.Response:
        raise error

    return httpx.MockTransport(handle)


def test_payload_is_readable() -> None:
    payload = fetch(URL, transport=answer(**{"Content-Type": "text/plain"}))
    assert (payload.name, payload.location, payload.media_type) == ("a.jsonl", URL, "text/plain")
    assert payload.retrieved_at.utcoffset() is not None
    (article,) = read_payload(payload)
    assert article.text == "The ferry sank on Monday; all were saved."


def test_redirects_are_followed_and_the_operator_is_named() -> None:
    requests = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if request.url.path == "/old":
            return httpx.Response(301, headers={"Location": URL})
        return httpx.Response(200, content=LINE)

    payload = fetch("https://example.org/old", contact="desk@example.org", transport=httpx.MockTransport(handle))
    assert payload.name == "a.jsonl"
    assert payload.location == "https://example.org/old"
    assert requests[-1].headers["User-Agent"] == user_agent("desk@example.org")
    assert user_agent().startswith("dateline")
    assert user_agent("desk@example.org").endswith("(+desk@example.org)")


@pytest.mark.parametrize(
    ("status", "is_temporary", "advice"),
    [
        (404, False, "check the address"),
        (403, False, "save the page"),
        (429, True, "later"),
        (503, True, "later"),
        (418, False, "browser"),
    ],
)
def test_status_errors_say_what_to_do(status: int, is_temporary: bool, advice: str) -> None:  # noqa: FBT001
    with pytest.raises(FetchError, match=advice) as caught:
        fetch(URL, transport=answer(status))
    assert (caught.value.status, caught.value.url, caught.value.is_temporary) == (status, URL, is_temporary)
    assert isinstance(caught.value, OSError)


@pytest.mark.parametrize(
    ("error", "is_temporary", "advice"),
    [
        (httpx.ReadTimeout("slow"), True, "no answer within"),
        (httpx.ConnectError("refused"), True, "check the address and the connection"),
        (httpx.TooManyRedirects("circle"), False, "circle"),
    ],
)
def test_transport_errors_say_what_to_do(error: Exception, is_temporary: bool, advice: str) -> None:  # noqa: FBT001
    with pytest.raises(FetchError, match=advice) as caught:
        fetch(URL, transport=failing(error))
    assert caught.value.is_temporary is is_temporary


def test_error_survives_the_way_between_processes() -> None:
    error = FetchError(URL, "the server answered 503", status=503, is_temporary=True)
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert (copy.url, copy.status, copy.is_temporary) == (URL, 503, True)


def test_addresses_that_are_none() -> None:
    for url in ("ftp://example.org/a", "https://", "https://exa mple.org:port/", f"https://{'a' * 300}.org"):
        with pytest.raises(FetchError, match="address"):
            fetch(url)


def test_large_answers_are_given_up() -> None:
    with pytest.raises(FetchError, match="download it"):
        fetch(URL, max_bytes=10, transport=answer())
