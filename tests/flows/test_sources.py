from datetime import UTC, datetime

import pytest

from flows import sources
from flows.sources import FailedFetch, Fetched, describe_inputs, fetch_to_raw, is_our_own, read_source, suffix_of
from transforms.records import Payload, RawArticle, Reject
from warehouse.raw import load

SEEN = datetime(2016, 3, 4, tzinfo=UTC)


def test_a_run_is_named_by_what_it_reads(articles):
    assert describe_inputs([str(articles)]) == f"{articles.name} (2 files)"
    assert describe_inputs([str(articles / "wire.jsonl")]) == "wire.jsonl"
    assert describe_inputs([str(articles / "wire.jsonl"), str(articles)]) == "wire.jsonl and 1 more"
    assert describe_inputs(["https://example.org/feed.xml"]) == "https://example.org/feed.xml"


@pytest.mark.parametrize(
    ("name", "suffix"), [("news.jsonl.gz", ".jsonl.gz"), ("PAGE.HTML", ".html"), ("page", ""), ("a.b c", ""), ("", "")]
)
def test_payloads_keep_the_suffix_that_tells_the_format(name, suffix):
    assert suffix_of(name) == suffix


def test_a_broken_line_is_rejected_and_its_file_kept(warehouse, articles):
    records = list(read_source(warehouse, articles / "wire.jsonl"))
    (reject,) = [record for record in records if isinstance(record, Reject)]
    assert "line 3" in reject.source
    assert load(warehouse, reject.raw_path) == (articles / "wire.jsonl").read_bytes()
    assert sum(isinstance(record, RawArticle) for record in records) == 3


def test_a_very_large_file_is_not_copied_for_a_reject(warehouse, articles, monkeypatch):
    monkeypatch.setattr(sources, "MAX_KEPT_BYTES", 10)
    rejects = [record for record in read_source(warehouse, articles / "wire.jsonl") if isinstance(record, Reject)]
    assert [reject.raw_path for reject in rejects] == [None]


def test_a_file_that_is_gone_is_a_reject(warehouse, tmp_path):
    (reject,) = read_source(warehouse, tmp_path / "gone.txt")
    assert reject.stage == "read"
    assert reject.raw_path is None


def test_a_fetched_page_is_kept_and_read_from_there(warehouse, monkeypatch):
    data = b'{"text": "The ministers met in Oslo on Friday and signed an agreement."}\n{"text": \n'
    payload = Payload(data, "news.jsonl", "https://example.org/news.jsonl", SEEN, "application/json")
    monkeypatch.setattr(sources, "fetch", lambda *_, **__: payload)
    fetched = fetch_to_raw(warehouse, "https://example.org/news.jsonl")
    assert isinstance(fetched, Fetched)
    assert load(warehouse, fetched.raw_path) == data
    article, reject = read_source(warehouse, fetched)
    assert article.text.startswith("The ministers")
    assert reject.raw_path == fetched.raw_path


def test_a_url_that_could_not_be_fetched_is_a_reject(warehouse):
    (reject,) = read_source(warehouse, FailedFetch("https://example.org/x", "the server answered 404"))
    assert (reject.stage, reject.source) == ("fetch", "https://example.org/x")


def test_a_warehouse_inside_the_input_folder_is_not_read_as_input(tmp_path):
    kept = tmp_path / "warehouse" / "raw" / "ab" / "abc.txt"
    assert is_our_own(tmp_path / "warehouse", kept, [str(tmp_path)])
    assert not is_our_own(tmp_path / "warehouse", tmp_path / "a.txt", [str(tmp_path)])
    assert not is_our_own(tmp_path / "warehouse", kept, [str(kept)])
