"""Who a pronoun, a short form or a description such as "the group" stands for, within one document.

The memory is filled in document order and asked in document order. Every rule is cautious: an antecedent is given
only where exactly one actor fits; where two fit, nothing is said.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from transforms.resolve.actor_phrases import is_capitalised
from transforms.resolve.actors import ActorCode, ActorKind
from transforms.resolve.coreference_fit import both, fits, new_actor, pronoun_test
from transforms.resolve.coreference_index import ActorIndex, Antecedent, DocumentActor, Mention
from transforms.resolve.coreference_words import (
    descriptions,
    gender_of,
    is_pronoun,
    singular,
    title_words,
)
from transforms.resolve.phrases import Word, split_words
from transforms.resolve.word_classes import word_class

__all__ = ["Antecedent", "DocumentActors"]

DESCRIPTION_WINDOW = 2
"""Sentences back within which a description such as "the group" finds its actor."""
OPENING = 2
"""Sentences within which a statement names who issues it."""
ISSUING_KINDS = frozenset(("state", "organisation"))
MAX_DESCRIPTION_WORDS = 2
PAIR_WORDS = 2
PAIR_KINDS: tuple[tuple[str, tuple[ActorKind, ...]], ...] = (
    ("person pair", ("person",)),
    ("party pair", ("state", "group", "organisation")),
)
"""Word classes of nouns of which two were named before, with the kinds that they may mean, the likeliest first."""
GROUND_KINDS = frozenset(("state", "place"))
BRACKETED = re.compile(r"\s*\(\s*[\"“']?([A-Z][\w&.-]{1,11})[\"”']?\s*[),;]")
ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z-]*")


class DocumentActors:
    """The actors of one document, in the order of their mentions.

    ``text`` is the article's text, ``sentence_starts`` the sorted offsets at which its sentences begin.
    """

    def __init__(self, text: str, *, sentence_starts: Sequence[int]) -> None:
        self._text = text
        self._sentence_starts = sentence_starts
        self._actors = ActorIndex()
        self._acronyms: dict[str, list[DocumentActor]] = {}

    def mention(
        self,
        text: str,
        start: int,
        label: str | None,
        code: ActorCode,
        *,
        kind: ActorKind | None = None,
        is_subject: bool = False,
        refers_to: Antecedent | None = None,
    ) -> None:
        """Register an actor phrase: its text, offset, entity label, code, kind, and whether it is a subject.

        Phrases are registered in document order. A pronoun or description counts as a mention of what it was
        resolved to (``refers_to``); a pronoun, or a bare "South", that was not resolved is left out.
        """
        key = _key(text, code)
        known = self._actors.of(refers_to) or self._actors.get(key) or self._known_person(text, label, code)
        if not key or (not known and (is_pronoun(text) or key in word_class("compass point"))):
            return
        actor = known or self._actors.add(key, new_actor(text, label, code, kind))
        if known:
            self._learn(actor, text, code)
        self._actors.mention(Mention(start, self._sentence(start), actor, is_subject))
        acronym = BRACKETED.match(self._text, start + len(text)) if self._text.startswith(text, start) else None
        if acronym:
            self._acronyms.setdefault(acronym[1].upper().replace(".", ""), []).append(actor)

    def resolve(
        self,
        phrase: str,
        head: str,
        position: int,
        *,
        speaker: Antecedent | None = None,
        others: Collection[str] = (),
    ) -> Antecedent | None:
        """Find what the phrase at offset ``position`` refers to among the mentions before it.

        ``speaker`` is whoever says the quotation that the phrase stands in, for "we" and "I"; ``others`` are the names
        of those whom a pronoun cannot mean. Returns ``None`` where nothing or more than one thing fits.
        """
        words = [word.key for word in split_words(phrase)]
        if not words:
            return None
        if (pair := self._pair(words, position)) is not None:
            return pair
        if is_pronoun(phrase):
            return speaker if words[0] in word_class("speaker pronoun") else self._pronoun(words[0], position, others)
        if words[0] in word_class("indefinite") or words[0][0].isdigit():
            return None
        is_definite = words[0] in word_class("determiner")
        if is_definite:
            words = words[1:]
        actor = (
            self._named(phrase, position)
            or self._half(words, position)
            or self._described(words, head, position, is_name=_is_name(phrase), is_definite=is_definite)
        )
        return actor.antecedent() if actor else None

    def issuer(self) -> Antecedent | None:
        """Who says "we" in a statement that quotes nobody: the one state or body that its opening has for a subject."""
        opening = self._actors.mentions(range(1, OPENING + 1), len(self._text))
        speaking = [m.actor for m in opening if m.is_subject and m.actor.kind in ISSUING_KINDS]
        actor = _only(speaking)
        return actor.antecedent() if actor is not None and actor.code.actor_id else None

    def _pair(self, words: Sequence[str], position: int) -> Antecedent | None:
        """Both of "the two leaders" or "either side": the only two persons or parties of the nearest sentence."""
        words = words[1:] if words[0] in word_class("determiner") else words
        if len(words) != PAIR_WORDS or words[0] not in word_class("pair opener"):
            return None
        noun, sentence = singular(words[1]), self._sentence(position)
        kinds = next((kinds for name, kinds in PAIR_KINDS if noun in word_class(name)), ())
        for place in range(sentence, sentence - DESCRIPTION_WINDOW - 1, -1):
            near = [mention.actor for mention in self._actors.mentions((place,), position)]
            for kind in kinds:
                fits = [a for a in near if a.kind == kind and (kind != "person" or a.is_person_name)]
                named = list({id(actor): actor for actor in fits}.values())
                if named:
                    return both(*named) if len(named) == PAIR_WORDS else None
        return None

    def _half(self, words: Sequence[str], position: int) -> DocumentActor | None:
        """The state that "the North" stands for: the only one whose name begins with the word."""
        if not 0 < len(words) <= PAIR_WORDS or words[0] not in word_class("compass point"):
            return None
        if len(words) == PAIR_WORDS and words[1] not in word_class("party pair"):
            return None
        return _only(
            actor
            for actor in self._actors.with_all(words[:1], position)
            if actor.kind == "state" and actor.words[0] == words[0]
        )

    def _named(self, phrase: str, position: int) -> DocumentActor | None:
        words = [word for word in split_words(phrase) if word.key not in word_class("determiner")]
        if not words or not words[-1].cased[0].isupper():
            return None
        if len(words) == 1 and ACRONYM.fullmatch(words[0].cased):
            found = self._acronym(words[0].cased.upper(), position)
            if found:
                return found
        sought = tuple(word.key for word in words)
        same = (actor for actor in self._actors.with_all(sought, position) if actor.words == sought)
        return _only(same) or self._short_person(words, position) or self._short_name(words, position)

    def _acronym(self, acronym: str, position: int) -> DocumentActor | None:
        if acronym in self._acronyms:
            return _only(self._acronyms[acronym])
        return _only(actor for actor in self._actors.with_initials(acronym, position) if not actor.is_person_name)

    def _short_person(self, words: Sequence[Word], position: int) -> DocumentActor | None:
        """The person whose full name ends in the surname, if what stands before it is a title or that name."""
        given = {word.key for word in words[:-1] if is_capitalised(word)} - title_words()
        return _only(
            actor
            for actor in self._actors.with_all((words[-1].key,), position)
            if actor.is_person_name
            and len(names := actor.words) > 1
            and names[-1] == words[-1].key
            and given <= set(names)
        )

    def _short_name(self, words: Sequence[Word], position: int) -> DocumentActor | None:
        """The organisation of whose name the phrase is a part: "the Observatory"."""
        keys = [word.key for word in words]
        return _only(
            actor
            for actor in self._actors.with_all(keys, position)
            if not actor.is_person_name
            and actor.kind in ("organisation", "group")
            and len(actor.words) > len(keys)
            and actor.name[:1].isupper()
        )

    def _described(
        self, words: Sequence[str], head: str, position: int, *, is_name: bool, is_definite: bool
    ) -> DocumentActor | None:
        """The actor near that "the group" or "the soldiers" takes up, or the one person with that title.

        A bare plural ("militants said") tells of some, which need not be those named before.
        """
        if not words or len(words) > MAX_DESCRIPTION_WORDS or head.lower() != words[-1]:
            return None
        if not is_definite and " ".join(words) in descriptions():
            return None
        sentence = self._sentence(position)
        near = self._actors.mentions(range(sentence - DESCRIPTION_WINDOW, sentence + 1), position)
        description = None if is_name else descriptions().get(" ".join(words))
        fitting = [mention for mention in near if fits(mention.actor, description, words)]
        if fitting and description and description.kinds <= GROUND_KINDS:
            # A country or town is named so often that only the sentence nearest by can tell which one is meant.
            nearest = max(mention.sentence for mention in fitting)
            fitting = [mention for mention in fitting if mention.sentence == nearest]
        found = [mention.actor for mention in fitting]
        if found or description:
            return _only(found)
        return _only(actor for actor in self._actors.with_roles(words, position) if actor.is_person_name)

    def _pronoun(self, pronoun: str, position: int, others: Collection[str]) -> Antecedent | None:
        is_fit = pronoun_test(pronoun)
        sentence = self._sentence(position)
        for place in (sentence, sentence - 1):
            near = self._actors.mentions((place,), position)
            mentions = [m for m in near if is_fit(m.actor) and m.actor.antecedent().name not in others]
            subjects = [mention for mention in mentions if mention.is_subject]
            if subjects or mentions:
                actor = _only(mention.actor for mention in subjects or mentions)
                return actor.antecedent() if actor else None
        return None

    def _sentence(self, position: int) -> int:
        return bisect_right(self._sentence_starts, position)

    def _learn(self, actor: DocumentActor, text: str, code: ActorCode) -> None:
        """Add what another mention says of a known actor: its titles, and the code where it was unknown."""
        words = [word.key for word in split_words(text)]
        self._actors.add_roles(actor, words)
        actor.gender = actor.gender or gender_of(words, actor.name)
        actor.code = replace(
            actor.code,
            country_code=actor.code.country_code or code.country_code,
            sector=actor.code.sector or code.sector,
        )

    def _known_person(self, text: str, label: str | None, code: ActorCode) -> DocumentActor | None:
        """The person named in full before whose surname this is, though recognisers take some for an organisation."""
        words = split_words(code.name or text)
        is_unknown = code.actor_id is None and code.country_code is None and code.sector is None
        may_be_surname = label == "PERSON" or (label == "ORG" and is_unknown)
        return self._short_person(words, len(self._text) + 1) if may_be_surname and len(words) == 1 else None


def _is_name(phrase: str) -> bool:
    """Whether the last word is capitalised: "the Coalition" is a name, not a description of the nearest group."""
    words = split_words(phrase)
    return words[-1].cased[0].isupper() and words[0].key in word_class("determiner")


def _only(actors: Iterable[DocumentActor]) -> DocumentActor | None:
    """The one actor of all that fit, ``None`` where there are two."""
    distinct = {id(actor): actor for actor in actors}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def _key(text: str, code: ActorCode) -> str:
    return code.actor_id or _folded(code.name or text)


def _folded(text: str) -> str:
    return " ".join(word.key for word in split_words(text))
