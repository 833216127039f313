"""Which coded mention answers which gold event, and whether the fields of the two agree.

A mention answers an event where their types agree and its trigger stands in the event's sentence; they are paired one
to one, nearest triggers first. An optional event that is answered takes its mention out of all counts.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.evaluate.gold import GoldDocument, GoldEvent, Party
from transforms.extract.coding import Coding
from transforms.records import EventMention, Participant

FILLER = frozenset({"the", "a", "an", "of", "s"})
COUNTS = ("killed", "injured", "detained")
ROLES = ("actor", "recipient")
HALF = 0.5

Agrees = Callable[[GoldEvent, EventMention], bool]
Pairs = dict[int, int]
"""Position of a mention by position of the gold event that it answers."""


def same_type(event: GoldEvent, mention: EventMention) -> bool:
    return event.event_type == mention.event_type


def same_quad_class(event: GoldEvent, mention: EventMention) -> bool:
    return event.quad_class == mention.quad_class


def any_type(_event: GoldEvent, _mention: EventMention) -> bool:
    return True


def pair(gold: Sequence[GoldEvent], coded: Sequence[EventMention], agrees: Agrees = same_type) -> Pairs:
    """Pair gold events with mentions that agree, nearest triggers first."""
    distances = sorted(
        (abs(event.trigger.start + event.trigger.end - mention.trigger_start - mention.trigger_end), i, j)
        for i, event in enumerate(gold)
        for j, mention in enumerate(coded)
        if event.sent_start <= mention.trigger_start < event.sent_end and agrees(event, mention)
    )
    pairs: Pairs = {}
    taken: set[int] = set()
    for _, i, j in distances:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def same_phrase(first: str | None, second: str | None) -> bool:
    """True where the words of the shorter phrase are in the longer, or half of all their words are shared."""
    a, b = _words(first), _words(second)
    return bool(a and b) and (a <= b or b <= a or len(a & b) / len(a | b) >= HALF)


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower())) - FILLER


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of a matched pair; ``detail`` says in what way it is wrong."""

    field: str
    is_right: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """A mention with its participants."""

    mention: EventMention
    participants: tuple[Participant, ...]

    def of(self, role: str) -> list[Participant]:
        return [party for party in self.participants if party.role == role]


@dataclass(frozen=True)
class Matched:
    """A document with what was coded in it, paired by type."""

    document: GoldDocument
    coded: tuple[Coded, ...]

    @classmethod
    def of(cls, document: GoldDocument, coding: Coding) -> "Matched":
        """Bring a document and its coding together."""
        return cls(
            document,
            tuple(
                Coded(mention, tuple(p for p in coding.participants if p.event_mention_id == mention.event_mention_id))
                for mention in coding.event_mentions
            ),
        )

    @property
    def events(self) -> tuple[GoldEvent, ...]:
        return self.document.events

    @property
    def mentions(self) -> list[EventMention]:
        return [coded.mention for coded in self.coded]

    @cached_property
    def pairs(self) -> Pairs:
        return pair(self.events, self.mentions)

    @property
    def required_pairs(self) -> Iterator[tuple[GoldEvent, Coded]]:
        """Pairs whose event is not optional: the ones that count."""
        for i, j in self.pairs.items():
            if not self.events[i].optional:
                yield self.events[i], self.coded[j]

    @property
    def missed(self) -> list[GoldEvent]:
        return [event for i, event in enumerate(self.events) if i not in self.pairs and not event.optional]

    @property
    def spurious(self) -> list[Coded]:
        return [coded for j, coded in enumerate(self.coded) if j not in self.pairs.values()]


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one role: gold ones that were coded, gold ones that were not, and coded ones that are no gold."""

    right: int
    missed: tuple[Party, ...]
    spurious: tuple[Participant, ...]


def match_parties(event: GoldEvent, coded: Coded, role: str) -> Parties:
    """Pair the gold parties of ``role`` with the first coded one of the same phrase or name."""
    gold = event.actors if role == "actor" else event.recipients
    free = coded.of(role)
    missed: list[Party] = []
    for party in gold:
        found = next((one for one in free if _is_same_party(party, one)), None)
        if found is None:
            missed.append(party)
        else:
            free.remove(found)
    return Parties(len(gold) - len(missed), tuple(missed), tuple(free))


def _is_same_party(party: Party, coded: Participant) -> bool:
    return same_phrase(party.text, coded.text) or same_phrase(party.name, coded.text)


def compare_fields(event: GoldEvent, coded: Coded) -> Iterator[Compared]:
    """Every field of a matched pair that has something to compare, parties aside."""
    mention = coded.mention
    yield Compared("status", event.status == mention.status, f"{mention.status} for {event.status}")
    if event.date:
        told = str(mention.date_start or "") if mention.date_source != "publication" else ""
        yield Compared("date", told.startswith(event.date), "another" if told else "none coded")
    if event.place:
        is_right = same_phrase(event.place.text, mention.place_text)
        yield Compared("place", is_right, "another" if mention.place_text else "none coded")
    if event.attributed_to or mention.attributed_to:
        yield _compare_attribution(event.attributed_to.text if event.attributed_to else None, mention.attributed_to)
    for name in COUNTS:
        wanted, found = getattr(event, name), getattr(mention, name)
        if wanted is not None or found is not None:
            yield Compared("counts", wanted == found, name)
    yield from _compare_codes(event, coded)


def _compare_attribution(gold: str | None, coded: str | None) -> Compared:
    detail = "none coded" if coded is None else "none in gold" if gold is None else "another"
    return Compared("attributed_to", same_phrase(gold, coded), detail)


def _compare_codes(event: GoldEvent, coded: Coded) -> Iterator[Compared]:
    """Country and sector of each gold party that was coded in either role under the same phrase."""
    found = [*coded.of("actor"), *coded.of("recipient")]
    for party in (*event.actors, *event.recipients):
        one = next((one for one in found if same_phrase(party.text, one.text)), None)
        if one is None:
            continue
        for name, wanted, has in (
            ("country", party.country, one.country_code),
            ("sector", party.sector, one.sector),
        ):
            if wanted:
                yield Compared(name, wanted == has, f"{has or 'none'} for {wanted}")
