"""The small words by class in ``seeds/actors/words.csv``: pronouns, prepositions, titles and the like."""

from functools import cache

import seeds


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class; raises ``seeds.SeedError`` where the table has no such class."""
    for row in seeds.read_table("actors/words"):
        if row["class"] == name:
            return frozenset(row["words"].split("|"))
    raise seeds.SeedError(f"seeds/actors/words.csv has no class {name!r}")
