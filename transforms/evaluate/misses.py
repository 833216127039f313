"""Why a gold event was not coded: whether the lexicon has its word, and which test dropped the reading."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Token

from transforms.evaluate.gold import GoldEvent
from transforms.evaluate.matching import Coded, Matched
from transforms.extract.candidates import Dropped
from transforms.extract.entries import Rule
from transforms.extract.extractor import Examined
from transforms.extract.lexicon import load_lexicon
from transforms.extract.readings import SentenceReading
from transforms.records import Reject


@dataclass(frozen=True, slots=True)
class Miss:
    """Cause and detail; where a test decided, its rule; and all entries that were dropped at the trigger."""

    cause: str
    detail: str
    rule_id: str | None = None
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AtTrigger:
    """What was read at the trigger of a gold event."""

    tokens: tuple[Token, ...]
    is_standing: bool
    senses: tuple[Dropped, ...]
    scope: tuple[Dropped, ...]

    @classmethod
    def of(cls, event: GoldEvent, readings: Collection[SentenceReading]) -> "AtTrigger":
        tokens = tuple(
            token for one in readings for token in tokens_between(one, event.trigger.start, event.trigger.end)
        )
        return cls(
            tokens=tokens,
            is_standing=any(reading.candidate.trigger in tokens for one in readings for reading in one.readings),
            senses=tuple(drop for one in readings for drop in one.dropped_senses if drop.trigger in tokens),
            scope=tuple(drop for one in readings for drop in one.dropped_from_scope if drop.trigger in tokens),
        )


def explain_miss(event: GoldEvent, matched: Matched, examined: Examined) -> Miss:
    """The first thing that kept ``event``, which no spurious mention is at, from being coded."""
    if isinstance(examined.outcome, Reject):
        return Miss("not read", f"rejected: {examined.outcome.reason}")
    found = AtTrigger.of(event, examined.readings)
    tried = tuple(f"{drop.rule_id}: {drop.reason}" for drop in (*found.scope, *found.senses))
    if any(is_at(coded, event) for coded in matched.coded):
        return Miss("coded once", "", tried=tried)
    if not found.tokens:
        return Miss("not read", "outside all sentences")
    if found.is_standing:
        return Miss("domain gate", examined.domain or "", tried=tried)
    if found.scope:
        return Miss("scope", name_of_test(found.scope[0].reason), found.scope[0].rule_id, tried)
    return _without_reading(event, found, tried)


def _without_reading(event: GoldEvent, found: AtTrigger, tried: tuple[str, ...]) -> Miss:
    """The miss where no reading got past the tests of its entry, or where there was no entry."""
    entries = {rule.rule_id: rule for token in found.tokens for rule in entries_of(token)}
    if not entries:
        return Miss("no lexicon entry", "none for the word", tried=tried)
    of_type = {rule_id for rule_id, rule in entries.items() if rule.event_type == event.event_type}
    if not of_type:
        return Miss("no lexicon entry", "none of the event's type", tried=tried)
    dropped = [drop for drop in found.senses if drop.rule_id in of_type]
    # An entry for "break up" is none for "break".
    tested = [drop for drop in dropped if name_of_test(drop.reason) != "particle"]
    if tested:
        return Miss("sense", name_of_test(tested[0].reason), tested[0].rule_id, tried)
    if dropped:
        return Miss("no lexicon entry", "only with another particle", tried=tried)
    first = found.tokens[0]
    kept_from = f"{first.ent_type_} in the recogniser's eyes" if first.ent_type_ else f"{first.pos_} as {first.dep_}"
    return Miss("not tried", kept_from, min(of_type), tried)


def entries_of(token: Token) -> list[Rule]:
    """Every entry of the lexicon under the token's lemma or form, in whatever part of speech."""
    lexicon = load_lexicon()
    found: list[Rule] = []
    for key in dict.fromkeys((token.lemma_.lower(), token.lower_)):
        for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives):
            found += table.get(key, ())
        found += [rule for rules in lexicon.constructions.values() for rule in rules if rule.noun.split()[-1] == key]
    return found


def tokens_between(read: SentenceReading, start: int, end: int) -> list[Token]:
    """The tokens of a sentence that overlap the characters ``start`` to ``end`` of the article."""
    line = read.sentence.line
    return [
        token
        for token in read.sentence.span
        if line.offset(token) < end and start < line.offset(token) + len(token.text)
    ]


def is_at(coded: Coded, event: GoldEvent) -> bool:
    """True where the triggers of the two overlap."""
    return coded.mention.trigger_start < event.trigger.end and event.trigger.start < coded.mention.trigger_end


def name_of_test(reason: str) -> str:
    """The test in a reason, without the words that failed it: "object", "content of", "idiom"."""
    return re.sub(r""":.*|\s+(['"]).*\1|\s+by \S+$""", "", reason)
