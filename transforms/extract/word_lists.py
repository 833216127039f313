"""Closed lists of words by name in ``seeds/lexicon/word_lists.csv``, which the reading of a tree turns on."""

from functools import cache

import seeds
from seeds import SeedError

TABLE = "lexicon/word_lists"


def word_list(name: str) -> frozenset[str]:
    """The words of one list; raises ``SeedError`` where the table has none of that name."""
    try:
        return _lists()[name]
    except KeyError:
        raise SeedError(f"seeds/{TABLE}.csv has no list {name!r}") from None


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, frozenset[str]] = {}
    for row in seeds.read_table(TABLE):
        name, words = row["list"], row["words"].split("|")
        if name in lists:
            raise SeedError(f"seeds/{TABLE}.csv: the list {name!r} stands twice")
        if len(set(words)) < len(words) or any(word != word.strip() or not word for word in words):
            raise SeedError(f"seeds/{TABLE}.csv: the list {name!r} has a word twice or an empty one")
        lists[name] = frozenset(words)
    return lists
