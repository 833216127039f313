import gzip
from datetime import UTC, datetime

import pytest

from transforms.read import read_path
from transforms.records import RawArticle, Reject

SENTENCES = (
    "Voters in the highlands queued before dawn on Saturday, and polls stayed open an hour longer than planned.",
    "The electoral commission said that turnout had been higher than five years ago, but gave no figure.",
    "Two polling stations near the border opened late because the road was cut by a landslide, it added.",
)


def page(number: int) -> bytes:
    paragraphs = "".join(f"<p>{sentence} Report {number}.</p>" for sentence in SENTENCES)
    return (
        f"<html><head><title>Polls {number}</title></head><body><article>{paragraphs}</article></body></html>".encode()
    )


def archive(*pages: tuple[str, str, bytes], is_compressed: bool = True) -> bytes:
    records = []
    for number, (status, media_type, body) in enumerate(pages, start=1):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
        header = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            "WARC-Date: 2024-03-04T05:06:07Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = header.encode() + answer + b"\r\n\r\n"
        records.append(gzip.compress(record) if is_compressed else record)
    return b"".join(records)


@pytest.mark.parametrize("is_compressed", [True, False])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a"])
def test_pages_are_articles_and_other_records_are_ignored(is_compressed, name, write, articles, caplog) -> None:
    data = archive(
        ("200 OK", "text/html; charset=utf-8", page(1)),
        ("404 Not Found", "text/html", page(2)),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/html", page(4)),
        is_compressed=is_compressed,
    )
    with caplog.at_level("DEBUG", logger="transforms"):
        first, last = articles(write(name, data))
    assert first.url == "https://example.org/1"
    assert first.payload == page(1)
    assert first.retrieved_at == datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert "Report 4." in last.text
    assert last.location.endswith("record 4 (https://example.org/4)")
    assert "2 of 4 records" in caplog.text


def test_page_without_article_is_rejected(write, rejects) -> None:
    (reject,) = rejects(write("a.warc.gz", archive(("200 OK", "text/html", b"<html></html>"))))
    assert (reject.reason, reject.stage) == ("no article in the page", "read")


@pytest.mark.parametrize("is_compressed", [True, False])
def test_cut_off_archive_gives_its_whole_records(is_compressed, write) -> None:
    pages = [("200 OK", "text/html", page(number)) for number in range(40)]
    data = archive(*pages, is_compressed=is_compressed)
    found = list(read_path(write("a.warc.gz", data[: len(data) * 3 // 4 - 150])))
    assert sum(isinstance(item, RawArticle) for item in found) >= 10
    assert isinstance(found[-1], Reject)
    assert found[-1].reason == "broken archive"
    assert "rubbish" not in (found[-1].detail or "")


def test_rubbish_in_an_archive_is_rejected(write) -> None:
    data = archive(("200 OK", "text/html", page(1)), is_compressed=False)
    found = list(read_path(write("a.warc", data + b"rubbish " * 2000)))
    assert isinstance(found[0], RawArticle)
    assert isinstance(found[-1], Reject)
    assert found[-1].reason == "broken archive"


@pytest.mark.parametrize("data", [gzip.compress(b"WARC/1.0\r\nbroken"), archive(("404 Not Found", "text/html", b"x"))])
def test_archive_without_pages_is_rejected(data, write, rejects) -> None:
    (reject,) = rejects(write("a.warc.gz", data))
    assert reject.reason == "no pages in the archive"


def test_a_short_archive_that_is_cut_off_gives_its_whole_records(write) -> None:
    data = archive(*[("200 OK", "text/html", page(number)) for number in range(3)])
    found = list(read_path(write("a.warc.gz", data[:-100])))
    assert [isinstance(item, RawArticle) for item in found] == [True, True, False]
    assert "ends in the middle" in found[-1].detail or "cut off" in found[-1].detail
