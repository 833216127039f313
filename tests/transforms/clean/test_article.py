import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean import Cleaned, clean_article
from transforms.ids import content_id
from transforms.records import Article, RawArticle

RAW = RawArticle(
    text="Police in Northport  said on Monday that\u00a0they had freed two hostages.",
    location="news.jsonl, line 1",
    retrieved_at=datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
    payload=b"{}",
    payload_suffix=".json",
    external_id=" n-1 ",
    title=" Hostages\nfreed ",
    authors=("Ann  Lee", " "),
    published_at="2024-05-06",
    url="https://www.example.org/news/1",
    language="en-GB",
)


def article_of(cleaned: Cleaned) -> Article:
    assert cleaned.article is not None
    return cleaned.article


def test_every_field_is_cleaned() -> None:
    cleaned = clean_article(RAW, raw_path="raw/ab/abcd.json")
    article = article_of(cleaned)
    assert article.text == "Police in Northport said on Monday that they had freed two hostages."
    assert article.title == "Hostages freed"
    assert article.external_id == "n-1"
    assert article.authors == ("Ann Lee",)
    assert article.source == "example.org"
    assert article.language == "en"
    assert article.published_at == datetime(2024, 5, 6, tzinfo=UTC)
    assert article.published_at_precision == "day"
    assert article.word_count == 12
    assert article.raw_path == "raw/ab/abcd.json"
    assert article.article_id == article.content_hash == content_id("article", article.title, article.text)
    assert article.duplicate_of is None
    assert article.minhash is None
    assert cleaned.rejects == ()


def test_bad_date_costs_the_date_only() -> None:
    cleaned = clean_article(replace(RAW, published_at="03/04/2024"), raw_path="raw/x.json")
    article = article_of(cleaned)
    assert article.published_at is None
    assert article.published_at_precision is None
    (reject,) = cleaned.rejects
    assert (reject.stage, reject.reason, reject.source) == ("clean", "unreadable publication date", RAW.location)
    assert reject.raw_path == "raw/x.json"
    assert "'03/04/2024'" in (reject.detail or "")


def test_text_that_cleaning_empties_is_rejected() -> None:
    cleaned = clean_article(replace(RAW, text="\u200b \x00 — 12"), raw_path=None)
    assert cleaned.article is None
    assert cleaned.rejects[0].reason == "empty text"


def test_source_is_kept_and_without_address_unknown() -> None:
    assert article_of(clean_article(replace(RAW, source="The Echo"), raw_path=None)).source == "The Echo"
    assert article_of(clean_article(replace(RAW, url=None), raw_path=None)).source is None
    assert article_of(clean_article(replace(RAW, url="http://[broken"), raw_path=None)).source is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.text(max_size=30), st.integers(0, 200), st.integers(0, 200))
def test_words_found_in_the_text_are_where_their_offsets_say(text: str, title: str, one: int, other: int) -> None:
    cleaned = clean_article(replace(RAW, text=f"{RAW.text}\n{text}", title=title), raw_path=None)
    article = article_of(cleaned)
    start, end = sorted((one % len(article.text), other % len(article.text)))
    assert article.text[:start] + article.text[start:end] + article.text[end:] == article.text
    assert len(article.text.encode("utf-32-le")) == 4 * len(article.text)
    assert article == article_of(clean_article(replace(RAW, text=article.text, title=article.title), raw_path=None))


SCRIPT = """
import sys
from datetime import UTC, datetime
from transforms.clean import clean_article
from transforms.deduplicate import Deduplicator
from transforms.records import RawArticle
text = "Caf\\u00e9 owners in Southport said \\u201cno\\u201d to the curfew on Friday, a spokesman told reporters. " * 5
raw = RawArticle(text=text, location="x", retrieved_at=datetime(2024, 1, 1, tzinfo=UTC), payload=b"", payload_suffix="",
                 published_at="soon")
cleaned = clean_article(raw, raw_path=None)
article = Deduplicator().admit(cleaned.article)
print(article.article_id, article.minhash.hex(), cleaned.rejects[0].reject_id)
"""


def test_ids_and_signatures_are_equal_in_two_processes() -> None:
    root = Path(__file__).resolve().parents[3]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_letters_may_come_late() -> None:
    raw = RawArticle(
        text="=" * 3000 + "\n\nThe bridge was closed on Friday.",
        location="x",
        retrieved_at=datetime(2024, 1, 1, tzinfo=UTC),
        payload=b"",
        payload_suffix="",
    )
    assert clean_article(raw, raw_path=None).article is not None
