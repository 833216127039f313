"""What sort of thing a phrase means: the test that verb frames put to their subjects and objects."""

from typing import Literal

from transforms.resolve.actor_phrases import ActorPhrase, Known
from transforms.resolve.actor_tables import Role
from transforms.resolve.phrases import Match
from transforms.resolve.word_classes import word_class

ActorKind = Literal["person", "group", "state", "organisation", "place", "thing"]

GROUP_SECTORS = frozenset(("REB", "IMG", "CRM", "MIL", "COP"))
KINDS_OF_LABELS: dict[str | None, ActorKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}


def kind_of(phrase: ActorPhrase, role: Match[Role] | None) -> ActorKind | None:
    """The kind of what the phrase means, by its head: a pronoun, a known name, a role noun, a number, a label."""
    if is_pronoun(phrase):
        return _kind_of_pronoun(phrase.words[0].key)
    known = phrase.at(phrase.head)
    if known and not (phrase.label == "PERSON" and known.entry.kind not in ("person", "organisation")):
        return _kind_of_known(phrase, known)
    if phrase.label == "PERSON":
        return "person"
    if role and role.entries[0].kind != "modifier":
        return role.entries[0].kind
    return "person" if is_number(phrase) else KINDS_OF_LABELS.get(phrase.label)


def is_pronoun(phrase: ActorPhrase) -> bool:
    """Whether the phrase is a single pronoun; "US" and "WHO" in capitals are none."""
    word = phrase.words[0]
    if len(phrase.words) > 1 or (word.cased.isupper() and word.cased != "I"):
        return False
    return any(word.key in word_class(name) for name in ("person pronoun", "group pronoun", "other pronoun"))


def is_number(phrase: ActorPhrase) -> bool:
    """Whether the head is a numeral or a number word that counts people; "Boeing 737" is a name."""
    key = phrase.head_word().key
    is_part_of_name = phrase.head > 0 and phrase.words[phrase.head - 1].cased[0].isupper()
    return (key[0].isdigit() and not is_part_of_name) or key in word_class("number")


def is_ground(phrase: ActorPhrase, known: Known) -> bool:
    """Whether a country or capital is meant as ground: "northern Syria", "Moscow suburbs"."""
    if phrase.label in ("LOC", "FAC"):
        return True
    if known.start and phrase.words[known.start - 1].key in word_class("direction"):
        return True
    return known.entry.kind == "capital" and len(phrase.words) > known.end - known.start


def _kind_of_pronoun(key: str) -> ActorKind | None:
    if key in word_class("person pronoun"):
        return "person"
    return "group" if key in word_class("group pronoun") else None


def _kind_of_known(phrase: ActorPhrase, known: Known) -> ActorKind:
    entry = known.entry
    if entry.kind in ("person", "demonym"):
        return "person"
    if entry.kind == "organisation":
        return "group" if entry.sector in GROUP_SECTORS else "organisation"
    return "place" if entry.kind == "place" or is_ground(phrase, known) else "state"
