"""The actors of one document, found by their words, roles, initials and sentences without a look at all the others.

An article may be a book: with a look at every earlier mention, the cost would grow with the square of its length.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import inf

from transforms.resolve.actor_kinds import ActorKind
from transforms.resolve.actors import ActorCode
from transforms.resolve.coreference_words import Gender


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a phrase refers to: the name or wording that the document gave, and its code."""

    name: str
    code: ActorCode


@dataclass(slots=True, eq=False)
class DocumentActor:
    """One actor of the document with all that its mentions have said; compared by identity."""

    name: str
    code: ActorCode
    kind: ActorKind | None
    is_person_name: bool
    gender: Gender | None
    roles: set[str]
    words: tuple[str, ...]
    initials: frozenset[str]
    first_start: float = inf
    """Offset of the earliest mention."""

    def antecedent(self) -> Antecedent:
        return Antecedent(self.code.name or self.name, self.code)


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    sentence: int
    actor: DocumentActor
    is_subject: bool


class ActorIndex:
    """Actors by key, and who of them was mentioned before a position under given words."""

    def __init__(self) -> None:
        self._by_key: dict[str, DocumentActor] = {}
        self._by_name: defaultdict[str, list[DocumentActor]] = defaultdict(list)
        self._by_word: defaultdict[str, list[DocumentActor]] = defaultdict(list)
        self._by_role: defaultdict[str, list[DocumentActor]] = defaultdict(list)
        self._by_initials: defaultdict[str, list[DocumentActor]] = defaultdict(list)
        self._by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)

    def get(self, key: str) -> DocumentActor | None:
        return self._by_key.get(key)

    def add(self, key: str, actor: DocumentActor) -> DocumentActor:
        """Keep a new actor and give it back."""
        self._by_key[key] = actor
        self._by_name[actor.antecedent().name].append(actor)  # a name stays; what else its code says may be learnt
        for index, keys in (
            (self._by_word, set(actor.words)),
            (self._by_role, actor.roles),
            (self._by_initials, actor.initials),
        ):
            for each in keys:
                index[each].append(actor)
        return actor

    def add_roles(self, actor: DocumentActor, words: Iterable[str]) -> None:
        for word in set(words) - actor.roles:
            actor.roles.add(word)
            self._by_role[word].append(actor)

    def mention(self, mention: Mention) -> None:
        mention.actor.first_start = min(mention.actor.first_start, mention.start)
        self._by_sentence[mention.sentence].append(mention)

    def of(self, antecedent: Antecedent | None) -> DocumentActor | None:
        """The first actor that an antecedent was made of."""
        if antecedent is None:
            return None
        return next(
            (actor for actor in self._by_name.get(antecedent.name, ()) if actor.antecedent() == antecedent), None
        )

    def mentions(self, sentences: Iterable[int], position: int) -> list[Mention]:
        """The mentions in these sentences that begin before ``position``."""
        return [
            mention
            for sentence in sentences
            for mention in self._by_sentence.get(sentence, ())
            if mention.start < position
        ]

    def with_all(self, words: Collection[str], position: int) -> Iterator[DocumentActor]:
        """Actors mentioned before ``position`` whose name has all these words."""
        sought = set(words)
        rarest = _rarest(self._by_word, sought)
        return (actor for actor in rarest if actor.first_start < position and sought.issubset(actor.words))

    def with_roles(self, words: Collection[str], position: int) -> Iterator[DocumentActor]:
        """Actors mentioned before ``position`` of whom all these words were said."""
        sought = set(words)
        rarest = _rarest(self._by_role, sought)
        return (actor for actor in rarest if actor.first_start < position and sought <= actor.roles)

    def with_initials(self, acronym: str, position: int) -> Iterator[DocumentActor]:
        """Actors mentioned before ``position`` whose name the acronym may stand for."""
        return (actor for actor in self._by_initials.get(acronym, ()) if actor.first_start < position)


def _rarest(index: dict[str, list[DocumentActor]], keys: Collection[str]) -> list[DocumentActor]:
    """The shortest of the lists under ``keys``, since whoever is under all of them is there too."""
    return min((index.get(key, []) for key in keys), key=len)
