"""Cleaning: what changes, what must not, and that a second pass changes nothing."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean import clean_line, clean_text

NASTY = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from(
            list("aZ.,-;é “”’&<>#\n\r\t\x00\x1b\x85\xa0\xad\u0301\u200b\u200d\u200e\u2028\u202e\u3000\ufeff\ufffd")
        ),
        st.sampled_from(["Ã", "©", "â", "€", "œ", "\ud800", "\udc00", "ﬁ", "&amp;", "&lt;", "\r\n", "\n\n", "  "]),
    ),
    max_size=100,
).map("".join)
WRAPPED = """\
The two delegations met for three hours in the old customs house on
the river, and both sides said afterwards that they would meet again
before the end of the month. No date was given by either of them, and
the mediator left by a side door without speaking to the reporters."""


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
        ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
        ("  padded  \n  lines  ", "padded lines"),
        ("First.  \n\n\n\n  Second.", "First.\n\nSecond."),
        ("zero\u200bwidth \u202eleft\u202c so\u00adft", "zerowidth left soft"),
        ("bell\x07 null\x00", "bell null"),
        ("cafe\u0301", "café"),
        ("“Typographic” – quotes’ stay…", "“Typographic” – quotes’ stay…"),
        ("The minister\u00e2\u20ac\u2122s visit", "The minister’s visit"),
        ("Smith &amp; Sons &quot;said&quot;", 'Smith & Sons "said"'),
        ("o\ufb03ce", "office"),
        ("one\u2028two.\u2029Three", "one two.\nThree"),
        ("pair \ud83d\ude00 lone \ud800.", "pair 😀 lone \ufffd."),
        ("AT&T and R&D stay", "AT&T and R&D stay"),
    ],
)
def test_clean_text_normalises(given_text: str, expected: str) -> None:
    assert clean_text(given_text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A dateline stays.\n\nSo does a blank line, “quotes” and é.",
        "TITLE IN CAPITALS\nMonday, May 4, 2020\nThe first sentence stands alone.\nThe second does too.",
        "The kit holds:\n- water\n- blankets\n- salt",
        "Monday, May 4, 2020\ndelegates arrived in the capital.",
        "He asked:\nwhy now?",
    ],
)
def test_clean_text_leaves_clean_text_alone(text: str) -> None:
    assert clean_text(text) == text


def test_broken_line_is_joined_without_moving_what_follows() -> None:
    broken = "Aircraft of the\ncoalition\nstruck twice. Nobody was hurt."
    cleaned = clean_text(broken)
    assert cleaned == "Aircraft of the coalition struck twice. Nobody was hurt."
    assert cleaned.index("Nobody") == broken.index("Nobody")


def test_hard_wrapped_text_is_unwrapped_and_its_paragraphs_kept() -> None:
    cleaned = clean_text(f"{WRAPPED}\n\n{WRAPPED}")
    assert cleaned.count("\n") == 2
    assert "customs house on the river" in cleaned
    assert clean_text(WRAPPED) == WRAPPED.replace("\n", " ")


def test_hard_wrapped_capitals_are_unwrapped() -> None:
    assert clean_text(WRAPPED.upper()) == WRAPPED.upper().replace("\n", " ")


def test_short_lines_in_hard_wrapped_text_stay_lines() -> None:
    cleaned = clean_text(f"SECOND ROUND\nNorthport, Monday.\n{WRAPPED}")
    assert cleaned.startswith("SECOND ROUND\nNorthport, Monday.\nThe two delegations")
    assert cleaned.count("\n") == 2


def test_word_hyphenated_at_the_line_end_is_put_together() -> None:
    assert clean_text("a govern-\nment minister") == "a govern-ment minister"


def test_one_sentence_a_line_is_not_hard_wrapped() -> None:
    lines = ["The police came at nine.", "They searched two houses.", "Four men were held.", "One was freed later."]
    assert clean_text("\n".join(lines)) == "\n".join(lines)


def test_clean_line_has_no_newline_and_no_empty_string() -> None:
    assert clean_line(" A title\n\nover lines ") == "A title over lines"
    assert clean_line(" \u200b ") is None
    assert clean_line(None) is None


@settings(max_examples=200, deadline=None)
@given(NASTY)
def test_clean_text_is_idempotent(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned


@settings(max_examples=200, deadline=None)
@given(NASTY)
def test_clean_text_holds_nothing_that_disturbs_offsets(text: str) -> None:
    cleaned = clean_text(text)
    assert not [
        character for character in cleaned if unicodedata.category(character) in {"Cc", "Cs"} and character != "\n"
    ]
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned
    assert "  " not in cleaned
    assert " \n" not in cleaned
    assert "\n " not in cleaned
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="abcXYZ ,-", min_size=1, max_size=90), max_size=12))
def test_lines_lose_no_letter(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join(clean_text(text).split()) == "".join(text.split())
