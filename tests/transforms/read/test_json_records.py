import gzip
import json

import pytest

from transforms.clean import clean_article
from transforms.read import json_records, read_path
from transforms.read.fields import split_authors
from transforms.records import RawArticle, Reject

TEXT = "Two men were held in Eastbridge on Monday."
FULL = {
    "id": 17,
    "title": "Two held",
    "text": TEXT,
    "published_at": "2024-02-03",
    "url": "https://example.org/17",
    "source": "Echo",
    "language": "en",
}


def lines(*records: object) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "nosuffix"])
def test_one_article_a_line(name, write, articles) -> None:
    path = write(name, lines(FULL, {"text": TEXT}))
    first, second = articles(path)
    assert first.external_id == "17"
    assert (first.title, first.text, first.published_at) == ("Two held", TEXT, "2024-02-03")
    assert (first.url, first.source, first.language) == ("https://example.org/17", "Echo", "en")
    assert first.location == f"{path}, line 1"
    assert json.loads(first.payload) == FULL
    assert (second.external_id, second.title, second.authors) == (None, None, ())


def test_gzip_is_read_as_what_it_holds(write, articles) -> None:
    assert len(articles(write("a.jsonl.gz", gzip.compress(lines(FULL, FULL).encode())))) == 2


def test_other_names_of_fields_are_understood(write, articles, caplog) -> None:
    record = {
        "ID": 3.0,
        "Headline": "Two held",
        "content_original": TEXT,
        "date": "2024-02-03",
        "authors": "By Ann Lee and John Doe",
        "source": {"id": "echo", "name": "Echo"},
        "topic": "crime",
        "body": None,
    }
    with caplog.at_level("DEBUG"):
        (article,) = articles(write("a.jsonl", lines(record)))
    assert article.external_id == "3"
    assert article.title == "Two held"
    assert article.text == TEXT
    assert article.authors == ("Ann Lee", "John Doe")
    assert article.source == "Echo"
    assert "fields ignored: topic" in caplog.text


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee, John Doe Jr. and Li Na", ("Ann Lee", "John Doe Jr.", "Li Na")),
        ("John Doe, Jr.; Ann Lee", ("John Doe, Jr.", "Ann Lee")),
        ("Alexander Andrews", ("Alexander Andrews",)),
        ("", ()),
    ],
)
def test_bylines_are_split(byline: str, names: tuple[str, ...]) -> None:
    assert split_authors(byline) == names


@pytest.mark.parametrize("authors", [["Ann Lee"], [{"name": "Ann Lee"}], {"name": "Ann Lee"}, "Ann Lee"])
def test_authors_may_be_lists_and_objects(authors, write, articles) -> None:
    (article,) = articles(write("a.jsonl", lines({"text": TEXT, "authors": authors})))
    assert article.authors == ("Ann Lee",)


def test_markup_in_text_is_removed(write, articles) -> None:
    (article,) = articles(
        write("a.jsonl", lines({"text": "<p>Shots &amp; smoke<br>by the\nriver.</p><p>None hurt.</p>"}))
    )
    assert article.text == "Shots & smoke\nby the river.\n\nNone hurt."


@pytest.mark.parametrize("date", [True, ["on a Friday"], {"day": 4}, "some day"])
def test_a_date_of_a_wrong_type_costs_the_date_only(date, write, articles) -> None:
    (article,) = articles(write("a.jsonl", lines({"text": TEXT, "published_at": date})))
    cleaned = clean_article(article, raw_path=None)
    assert cleaned.article is not None
    assert cleaned.article.published_at is None
    assert [reject.reason for reject in cleaned.rejects] == ["unreadable publication date"]


@pytest.mark.parametrize(
    ("line", "reason", "advice"),
    [
        ("{broken", "not JSON", "line 2 is not JSON"),
        ("[" * 100_000, "not JSON", "mend or remove the line"),
        (f'{{"text": {"9" * 5000}}}', "not JSON", "too long a number"),
        ("[1]", "not an article", "found list"),
        ('{"title": "x"}', "no text", "fields found: title"),
        ('{"text": " "}', "empty text", "'text' is empty"),
        ('{"text": ["x"]}', "field of a wrong type", "'text' holds list"),
        ('{"text": "x", "title": {"a": 1}}', "field of a wrong type", "'title' holds dict"),
        ('{"text": "\x00\x01"}', "not text", "binary"),
    ],
)
def test_a_bad_line_costs_only_itself(line, reason, advice, write) -> None:
    path = write("a.jsonl", f"{lines(FULL)}{line}\n\n{lines(FULL)}")
    first, reject, last = read_path(path)
    assert isinstance(first, RawArticle)
    assert isinstance(last, RawArticle)
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.source, reject.reason) == ("read", f"{path}, line 2", reason)
    assert advice in (reject.detail or "")


def test_a_line_without_end_is_not_held_in_memory(write, monkeypatch) -> None:
    monkeypatch.setattr(json_records, "MAX_LINE_BYTES", 1000)
    first, second = read_path(write("a.jsonl", '{"text": "' + "x" * 5000 + '"}\n' + lines(FULL)))
    assert isinstance(first, Reject)
    assert first.reason == "line too long"
    assert isinstance(second, RawArticle)


@pytest.mark.parametrize("document", [FULL, [FULL], {"status": "ok", "articles": [FULL]}, {"items": [FULL]}])
def test_json_documents(document, write, articles) -> None:
    (article,) = articles(write("a.json", json.dumps(document, indent=1)))
    assert article.external_id == "17"
    assert json.loads(article.payload)["text"] == TEXT


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{]", "not JSON"),
        ("7", "no articles in the JSON"),
        ('{"a": 1}', "no articles in the JSON"),
        ("[7]", "not an article"),
        ('[{"title": "x"}]', "no text"),
        (b"\x00\x01\x02", "not text"),
        ("", "empty file"),
        (" \n ", "empty file"),
    ],
)
def test_bad_json_documents(content, reason, write, rejects) -> None:
    (reject,) = rejects(write("a.json", content))
    assert reject.reason == reason
    assert reject.detail


def test_rejects_are_equal_on_a_second_reading(write, rejects) -> None:
    path = write("a.jsonl", "{\n[]\n")
    assert rejects(path) == rejects(path)
    assert len({reject.reject_id for reject in rejects(path)}) == 2


def test_truncated_gzip_gives_what_it_has(write) -> None:
    records = [{"text": f"{TEXT} {number} {number * 7919}"} for number in range(20_000)]
    data = gzip.compress(lines(*records).encode())
    *found, last = read_path(write("a.jsonl.gz", data[: len(data) // 2]))
    assert found
    assert all(isinstance(item, RawArticle) for item in found)
    assert isinstance(last, Reject)
    assert last.reason == "broken gzip"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_number_of_thousands_of_digits_costs_its_record_only(name, write) -> None:
    endless = f'{{"id": {"9" * 5000}, "text": "x"}}'
    first, *rest = read_path(write(name, endless if name == "a.json" else f"{endless}\n{lines(FULL)}"))
    assert isinstance(first, Reject)
    assert first.reason == "not JSON"
    assert [type(item) for item in rest] == ([] if name == "a.json" else [RawArticle])


def test_lone_surrogates_can_be_told_of(write, rejects) -> None:
    (reject,) = rejects(write("a.jsonl", '{"te\\ud800xt": "no text"}\n'))
    assert "te\\ud800xt" in reject.detail


@pytest.mark.parametrize("content", ["[]", '{"articles": []}', '{"items": []}'])
def test_an_empty_list_is_told_of(content, write, rejects) -> None:
    (reject,) = rejects(write("a.json", content))
    assert (reject.reason, "is empty" in reject.detail) == ("no articles in the JSON", True)


@pytest.mark.parametrize("topics", [[], ["crime"]])
def test_an_article_may_have_a_list_of_its_own(topics, write, articles) -> None:
    (article,) = articles(write("a.json", json.dumps({"text": TEXT, "items": topics})))
    assert article.text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_lines_with_a_byte_order_mark(encoding, write, articles) -> None:
    content = '{"text": "“Two” men were held."}\n' + lines({"text": TEXT})
    first, second = articles(write("a.jsonl", content.encode(encoding)))
    assert (first.text, second.text) == ("“Two” men were held.", TEXT)
