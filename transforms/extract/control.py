"""Verbs that settle who does what a clause beside them says, by class in ``seeds/lexicon/control_verbs.csv``."""

from functools import cache

from spacy.tokens import Token

import seeds

TABLE = "lexicon/control_verbs"


def is_control(verb: Token, name: str) -> bool:
    """True of a verb of that class; nothing is of a class that the table does not have."""
    return verb.lemma_.lower() in _classes().get(name, ())


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {row["class"]: frozenset(row["verbs"].split("|")) for row in seeds.read_table(TABLE)}
