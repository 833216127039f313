import pytest

from transforms.read.formats import Format, detect_format


@pytest.mark.parametrize(
    ("name", "head", "media_type", "expected"),
    [
        ("a.csv", b"x", None, Format.CSV),
        ("a.html", b"<rss version='2'>", None, Format.FEED),
        ("a.rss", b"<!DOCTYPE html><html>", None, Format.HTML),
        ("a.json", b'{"a": 1}\n{"a": 2}\n', None, Format.JSON_LINES),
        ("a.json", b'{"a": 1,\n"b": 2}', None, Format.JSON),
        ("", b"<?xml version='1.0'?><feed xmlns='x'>", "text/xml", Format.FEED),
        ("", b"text", "text/plain; charset=utf-8", Format.TEXT),
        ("a.jsonl", b"{}", "text/plain", Format.JSON_LINES),
        ("feed/", b"x", "application/rss+xml", Format.FEED),
        ("", b" [1]", None, Format.JSON),
        ("", b"{}", None, Format.JSON),
        ("", b"PAR1", None, Format.PARQUET),
        ("", b"WARC/1.0", "application/octet-stream", Format.WARC),
        ("a.xml", b"<?xml version='1.0'?><urlset>", "text/xml", None),
        ("a.png", b"\x89PNG", "image/png", None),
    ],
)
def test_formats_are_told(name: str, head: bytes, media_type: str | None, expected: Format | None) -> None:
    assert detect_format(name=name, head=head, media_type=media_type) == expected
