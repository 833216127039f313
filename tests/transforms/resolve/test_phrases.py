"""Splitting into words and the look-up of names."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.resolve.phrases import PhraseIndex, fold, split_words

INDEX = PhraseIndex(
    [("China", 1), ("South China Sea", 2), ("US", 3), ("al-Qaeda", 4), ("army", 5), ("Côte d'Ivoire", 6)]
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("U.S.-backed forces", ["us", "backed", "forces"]),
        ("U.S forces of the U.N.", ["us", "forces", "of", "the", "un"]),
        ("Turkey's army", ["turkey", "army"]),
        ("rebels’ camp", ["rebels", "camp"]),
        ("N'Djamena", ["ndjamena"]),
        ("1,300 people", ["1,300", "people"]),
        ("Mr. Doe, 40", ["mr", "doe", ",", "40"]),
        ("Türkiye", ["turkiye"]),
        ("", []),
    ],
)
def test_split_words(text: str, keys: list[str]) -> None:
    assert [word.key for word in split_words(text)] == keys


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the South China Sea near China", [2, 1]),
        ("china", []),
        ("told us of US troops", [3]),
        ("Al Qaeda", [4]),
        ("THE ARMY", [5]),
        ("Cote d’Ivoire", [6]),
    ],
)
def test_scan(text: str, found: list[int]) -> None:
    assert [match.entries[0] for match in INDEX.scan(split_words(text))] == found


def test_ending_at_takes_the_longest() -> None:
    index = PhraseIndex([("minister", 1), ("foreign minister", 2)])
    match = index.ending_at(split_words("Iranian foreign minister"), 3)
    assert match is not None
    assert (match.start, match.end, match.entries) == (1, 3, (2,))


@given(st.text(max_size=80))
def test_words_lie_in_the_text_in_order(text: str) -> None:
    words = split_words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(first.end <= second.start for first, second in itertools.pairwise(words))
    assert fold(fold(text)) == fold(text)
