from datetime import UTC, datetime

import pytest

from transforms.read.decode import UndecodableError, decode

BODY = "Harbour pilots in Westhaven ended their strike on Sunday after eleven days."


def test_first_line_is_the_title_where_a_blank_line_follows(write, articles) -> None:
    (article,) = articles(write("strike.txt", f"Pilots end strike\n\n{BODY}\n\nMore."))
    assert article.title == "Pilots end strike"
    assert article.text == f"{BODY}\n\nMore."
    assert article.payload_suffix == ".txt"
    assert article.retrieved_at == datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize("content", [BODY, f"{BODY}\nMore.", f"{BODY} {BODY} {BODY}\n\nMore."])
def test_without_a_short_first_line_apart_there_is_no_title(content, write, articles) -> None:
    (article,) = articles(write("strike.txt", content))
    assert article.title is None
    assert article.text == content


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("“Así”, dijo".encode(), "“Así”, dijo"),
        ("\ufeffmark".encode(), "mark"),
        ("wide“".encode("utf-16"), "wide“"),
        ("wider“".encode("utf-32"), "wider“"),
    ],
)
def test_decode_knows_unicode(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_decode_guesses_what_is_not_unicode() -> None:
    english = f"The café owner said “no” – that’s what José told us. {BODY}"
    russian = "Забастовка лоцманов в порту закончилась в воскресенье после одиннадцати дней."
    assert decode(english.encode("cp1252")) == english
    town = "Delegates met in Zürich on Sunday and agreed to meet again before the end of the month."
    assert decode(town.encode("latin-1")) == town
    assert decode(russian.encode("cp1251")) == russian
    assert decode(russian.encode("koi8-r"), declared="koi8-r") == russian


def test_decode_refuses_binary_data() -> None:
    with pytest.raises(UndecodableError):
        decode(bytes(range(256)))


def test_binary_rubbish_is_rejected(write, rejects) -> None:
    (reject,) = rejects(write("rubbish.txt", b"\x89PNG\x00\x01\x02\x03" * 20))
    assert reject.reason == "not text"
