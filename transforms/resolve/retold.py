"""Acts that an article tells more than once: the date said with one telling holds for the others.

Two tellings are of one act where they have the same type and share their word or whoever did it, and no two places
or parties speak against it. A date is taken over only where all tellings of the act that have one agree on it.

A narrative goes on with its day: what a simple past tells right after an act of that type that was dated, with the
same parties or none, happened then too ("Militants attacked the town on Friday. They burned the market.").
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from transforms.resolve.dates import ResolvedDate

NARRATIVE_REACH = 2
"""Sentences after a dated act in which an undated one still goes on with its day."""


@dataclass(frozen=True, slots=True)
class TimeOfAct:
    """A date with the words that told it."""

    text: str
    resolved: ResolvedDate


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention of an act: type, status, lemma of its trigger, who takes part, and where, as far as that is known."""

    event_type: str
    status: str
    lemma: str
    actors: frozenset[str]
    recipients: frozenset[str]
    place: str | None
    when: TimeOfAct | None = None
    is_definite: bool = False
    """Told by a noun with a definite article, which takes up what was told before."""
    is_narrated: bool = False
    """Told by a clause in the simple past, which goes on with the time of what was told before."""
    sentence: int = 0
    """Number of the sentence in the article."""


@dataclass(slots=True)
class ToldActs:
    """The acts of one article that were told with a date."""

    _by_type: dict[tuple[str, str], list[Telling]] = field(default_factory=dict)
    _narrative: dict[tuple[str, str], Telling] = field(default_factory=dict)

    def add(self, telling: Telling, *, carried: TimeOfAct | None = None) -> None:
        """Remember a telling, and the date that was ``carried`` to it; one without a date tells nothing later."""
        if telling.when is not None or carried is not None:
            self._narrative[telling.event_type, telling.status] = replace(telling, when=telling.when or carried)
        if telling.when is not None:
            self._by_type.setdefault((telling.event_type, telling.status), []).append(telling)

    def date_of(self, telling: Telling) -> TimeOfAct | None:
        """The date that other tellings of the act agree on, else ``None``.

        A definite noun ("the attack") takes up the act that was told last under that word, so its date is the one.
        """
        dated = self._by_type.get((telling.event_type, telling.status), [])
        if telling.is_definite:
            last = next((other for other in reversed(dated) if other.lemma == telling.lemma), None)
            if last is not None:
                return last.when
        same = [other for other in dated if _is_same_act(telling, other) and _is_day(other)]
        there = [other for other in same if telling.place and other.place == telling.place]
        return _agreed(there or same) or self._narrated_date(telling)

    def _narrated_date(self, telling: Telling) -> TimeOfAct | None:
        """The day of the act of that type told just before, where the telling goes on with it."""
        before = self._narrative.get((telling.event_type, telling.status))
        if before is None or not telling.is_narrated or telling.sentence - before.sentence > NARRATIVE_REACH:
            return None
        return before.when if _goes_on(before, telling) and _is_day(before) else None


def headline_date(headline: Telling, lead: Iterable[Telling]) -> TimeOfAct | None:
    """The date of a headline's act: of the first telling of it in the lead that has one."""
    return next((other.when for other in lead if other.when is not None and _tells_headline(headline, other)), None)


def _tells_headline(headline: Telling, other: Telling) -> bool:
    is_alike = (headline.event_type, headline.status) == (other.event_type, other.status)
    return is_alike and _is_same_act(headline, other)


def _is_same_act(one: Telling, other: Telling) -> bool:
    if one.place and other.place and one.place != other.place:
        return False
    pairs = ((one.actors, other.actors), (one.recipients, other.recipients))
    if any(mine and theirs and not mine & theirs for mine, theirs in pairs):
        return False  # somebody else did it, or to somebody else
    return one.lemma == other.lemma or bool(one.actors & other.actors)


def _goes_on(before: Telling, telling: Telling) -> bool:
    """True where the same place is spoken of, and a party of before or no party that is known."""
    if before.place and telling.place and before.place != telling.place:
        return False
    parties = telling.actors | telling.recipients
    return not parties or bool(parties & (before.actors | before.recipients))


def _is_day(telling: Telling) -> bool:
    """A month or year is told of background as a rule, and of many acts."""
    return telling.when is not None and telling.when.resolved.precision == "day"


def _agreed(tellings: Iterable[Telling]) -> TimeOfAct | None:
    dates = {telling.when.resolved: telling.when for telling in tellings if telling.when is not None}
    return next(iter(dates.values())) if len(dates) == 1 else None
