"""Acts that an article tells more than once: the date said with one telling holds for the others.

Two tellings are of one act where they have the same type and share their word or whoever did it, and no two places
or parties speak against it. A date is taken over only where all tellings of the act that have one agree on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from transforms.resolve.dates import ResolvedDate


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


@dataclass(slots=True)
class ToldActs:
    """The acts of one article that were told with a date."""

    _by_type: dict[tuple[str, str], list[Telling]] = field(default_factory=dict)

    def add(self, telling: Telling) -> None:
        """Remember a telling; one without a date tells nothing later."""
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
        return _agreed(there or same)


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


def _is_day(telling: Telling) -> bool:
    """A month or year is told of background as a rule, and of many acts."""
    return telling.when is not None and telling.when.resolved.precision == "day"


def _agreed(tellings: Iterable[Telling]) -> TimeOfAct | None:
    dates = {telling.when.resolved: telling.when for telling in tellings if telling.when is not None}
    return next(iter(dates.values())) if len(dates) == 1 else None
