import gzip
import json
from datetime import UTC, datetime

import pytest

from transforms.read import read_payload
from transforms.read.page_metadata import PageMetadata
from transforms.records import Payload

PARAGRAPHS = (
    "Dockers in the port of Westhaven went back to work on Sunday after a strike of eleven days, their union said.",
    "The port authority agreed to raise wages by four per cent in each of the next two years, and to hire sixty men.",
    "“We got less than we asked for, and more than they offered,” said Ann Lee, who led the talks for the union.",
    "Some forty ships were waiting outside the harbour on Sunday evening, according to the harbour master's office.",
)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "name": "x"},
        {
            "@type": ["NewsArticle"],
            "headline": "Dockers end strike",
            "datePublished": "2024-02-03T04:05:06+01:00",
            "author": [{"@type": "Person", "name": "Jo Doe"}, {"name": "Jo-Doe"}, {"name": "https://example.org/jo"}],
            "publisher": {"name": "The Harbour Echo"},
        },
    ],
}


def page(
    head: str = "", *, language: str = "en", paragraphs: tuple[str, ...] = PARAGRAPHS, charset: str = "utf-8"
) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='{charset}'>"
        f"<title>Dockers end strike | The Harbour Echo</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>Dockers end strike</h1>{body}"
        "</article><footer>All rights reserved</footer></body></html>"
    )


def linked(document: object = LINKED) -> str:
    return f"<script type='application/ld+json'>{json.dumps(document)}</script>"


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt", "a"])
def test_page_with_linked_data(name, write, articles) -> None:
    (article,) = articles(write(name, page(linked() + "<link rel='canonical' href='https://www.example.org/strike'>")))
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "rights reserved" not in article.text
    assert article.title == "Dockers end strike"
    assert article.published_at == "2024-02-03T04:05:06+01:00"
    assert article.authors == ("Jo Doe",)
    assert article.source == "The Harbour Echo"
    assert article.url == "https://www.example.org/strike"
    assert article.language == "en"


def test_page_with_meta_elements_and_broken_linked_data(write, articles) -> None:
    head = (
        "<script type='application/ld+json'>{broken</script>"
        "<meta property='article:published_time' content='2024-02-03T04:05:06Z'>"
        "<meta name='author' content='Jo Doe'><meta property='og:site_name' content='The Harbour Echo'>"
    )
    (article,) = articles(write("a.html.gz", gzip.compress(page(head).encode())))
    assert article.title == "Dockers end strike"
    assert article.published_at == "2024-02-03T04:05:06Z"
    assert article.authors == ("Jo Doe",)


def test_page_in_a_declared_encoding(write, articles) -> None:
    (article,) = articles(write("a.html", page(charset="windows-1252").encode("cp1252")))
    assert "“We got less" in article.text


def test_fetched_page_keeps_its_address() -> None:
    payload = Payload(
        data=page().encode("cp1252"),
        name="",
        location="https://example.org/news/",
        retrieved_at=datetime(2024, 1, 1, tzinfo=UTC),
        media_type="text/html; charset=windows-1252",
    )
    (article,) = read_payload(payload)
    assert article.url == article.location == "https://example.org/news/"
    assert "“We got less" in article.text


@pytest.mark.parametrize(
    "content", [page(paragraphs=()).replace("<h1>Dockers end strike</h1>", ""), b"<html>\x00\x01\x02", "<html></html>"]
)
def test_page_without_article(content, write, rejects) -> None:
    (reject,) = rejects(write("a.html", content))
    assert reject.reason == "no article in the page"


def test_parser_that_fails_costs_the_page(write, rejects, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AttributeError("inside the parser")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    (reject,) = rejects(write("a.html", page()))
    assert "inside the parser" in (reject.detail or "")


def test_metadata_may_be_absent() -> None:
    assert PageMetadata().authors == ()


def test_a_piece_of_a_page(write, articles) -> None:
    (article,) = articles(write("a.html", f"<p>{' '.join(PARAGRAPHS)}</p>"))
    assert article.text.startswith(PARAGRAPHS[0])
