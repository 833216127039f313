"""Acts that an article tells more than once: the date said with one telling holds for the others.

Two tellings are of one act where they have the same type and share their word or whoever did it, and no two places
or parties speak against it. A date is taken over only where all tellings of the act that have one agree on it.

A narrative goes on with its day: what a simple past tells right after an act of that type that was dated, with the
same parties or none, happened then too ("Militants attacked the town on Friday. They burned the market."). So do
deeds told right after a clause of another kind with its day, by the same doer or by none that is named ("A patrol
searched two villages on Friday. Three men were detained.").
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import itemgetter

from transforms.resolve.dates import ResolvedDate

ANYWHERE = "*"
"""Stands for all places together."""

_Group = tuple[str, str, str, str, str | None]
"""Type and status of tellings, what they share (a word or an actor) and which, and the place."""
_Likeness = tuple[frozenset[str], frozenset[str], ResolvedDate]
"""Actors, recipients and date: of tellings that are equal in these the last stands for all."""
NARRATIVE_REACH = 2
"""Sentences after a dated act in which an undated one still goes on with its day."""

STORY_REACH = 5
"""The same for a story, counting the sentences that tell no deeds."""


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
    subject: str | None = None
    """Lemma of the subject of a clause in the simple past; empty for pronouns and passives, None for anything else."""
    occasion: str | None = None
    """Lemma of the occasion that its clause takes up: "search" for "during the search"."""


class ToldActs:
    """The acts of one article that were told with a date.

    An article may be a book: a telling is held only against those that share its word or a party, each kind of them
    kept once, and no further than to the second date.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[str, str, str], Telling] = {}
        self._days: dict[_Group, dict[_Likeness, tuple[int, Telling]]] = defaultdict(dict)
        self._narrative: dict[tuple[str, str], Telling] = {}
        self._count = 0

    def add(self, telling: Telling, *, carried: TimeOfAct | None = None) -> None:
        """Remember a telling, and the date that was ``carried`` to it; one without a date tells nothing later."""
        if telling.when is not None or carried is not None:
            self._narrative[telling.event_type, telling.status] = replace(telling, when=telling.when or carried)
        if telling.when is None:
            return
        self._last[telling.event_type, telling.status, telling.lemma] = telling
        if not _is_day(telling):
            return
        self._count += 1
        word = f"{telling.lemma} by {'somebody' if telling.actors else 'nobody'}"
        likeness = telling.actors, telling.recipients, telling.when.resolved
        for shared in (("word", word), *(("actor", actor) for actor in telling.actors)):
            for place in {telling.place, ANYWHERE}:
                group = self._days[telling.event_type, telling.status, *shared, place]
                group.pop(likeness, None)  # so that the last told stands last
                group[likeness] = (self._count, telling)

    def date_of(self, telling: Telling) -> TimeOfAct | None:
        """The date that other tellings of the act agree on, else ``None``.

        A definite noun ("the attack") takes up the act that was told last under that word, so its date is the one.
        """
        if telling.is_definite:
            last = self._last.get((telling.event_type, telling.status, telling.lemma))
            if last is not None and _takes_up(telling, last):
                return last.when
        return self._agreed_date(telling) or self._narrated_date(telling)

    def _agreed_date(self, telling: Telling) -> TimeOfAct | None:
        for place in (telling.place, None) if telling.place else (ANYWHERE,):
            dates = self._dates(telling, place)
            if dates:
                return max(dates.values(), key=itemgetter(0))[1] if len(dates) == 1 else None
        return None

    def _narrated_date(self, telling: Telling) -> TimeOfAct | None:
        """The day of the act of that type told just before, where the telling goes on with it."""
        before = self._narrative.get((telling.event_type, telling.status))
        if before is None or not telling.is_narrated or telling.sentence - before.sentence > NARRATIVE_REACH:
            return None
        return before.when if _goes_on(before, telling) and _is_day(before) else None

    def _dates(self, telling: Telling, place: str | None) -> dict[ResolvedDate, tuple[int, TimeOfAct]]:
        """The dates of the act's tellings at ``place``, each as it was told last; two are enough to know too many."""
        dates: dict[ResolvedDate, tuple[int, TimeOfAct]] = {}
        shared = [("word", f"{telling.lemma} by nobody"), *(("actor", actor) for actor in telling.actors)]
        if not telling.actors:
            shared.append(("word", f"{telling.lemma} by somebody"))
        for each in shared:
            group = self._days.get((telling.event_type, telling.status, *each, place), {})
            for number, other in reversed(group.values()):
                if other.when is not None and _is_same_act(telling, other):
                    known = dates.get(other.when.resolved)
                    if known is None or known[0] < number:
                        dates[other.when.resolved] = (number, other.when)
                    if len(dates) > 1:
                        return dates
        return dates


class Story:
    """The day that the narrative of an article stands at: of the last main clause with a day of its own.

    What is told in between of how things are ("The leader is a smuggler") does not move it on; a month or year ends it.
    """

    def __init__(self) -> None:
        self._when: TimeOfAct | None = None
        self._sentence = 0
        self._deeds_since = 0
        self._subject = ""
        self._place: str | None = None
        self._occasions: dict[str, TimeOfAct] = {}
        """The day last told with a word, under which it may be taken up ("during the search")."""

    def tell(
        self,
        when: TimeOfAct | None,
        *,
        sentence: int,
        subject: str | None,
        place: str | None,
        occasions: Iterable[str] = (),
    ) -> None:
        """Note the main clause of a sentence, with the place of its act; one not in the past changes nothing."""
        if subject is None:
            return
        self._deeds_since += 1
        if when is None:
            return
        is_day = when.resolved.precision == "day"
        self._when = when if is_day else None
        self._sentence, self._deeds_since, self._subject, self._place = sentence, 0, subject, place
        if is_day:
            self._occasions |= dict.fromkeys(occasions, when)

    def date_of(self, deed: Telling) -> TimeOfAct | None:
        """The day of a deed that goes on with the story, or was done on an occasion that it told of."""
        if deed.status != "asserted":
            return None
        if deed.occasion in self._occasions:
            return self._occasions[deed.occasion]
        is_near = self._deeds_since < NARRATIVE_REACH and 0 < deed.sentence - self._sentence <= STORY_REACH
        if self._when is None or deed.subject is None or not is_near:
            return None
        is_elsewhere = deed.place is not None and self._place is not None and deed.place != self._place
        return self._when if deed.subject in {"", self._subject} and not is_elsewhere else None


def headline_date(headline: Telling, lead: Iterable[Telling]) -> TimeOfAct | None:
    """The date of a headline's act: of the first telling of it in the lead that has one."""
    return next((other.when for other in lead if other.when is not None and _tells_headline(headline, other)), None)


def _tells_headline(headline: Telling, other: Telling) -> bool:
    is_alike = (headline.event_type, headline.status) == (other.event_type, other.status)
    return is_alike and _is_same_act(headline, other)


def _takes_up(telling: Telling, last: Telling) -> bool:
    """False where a noun tells of another place, or far behind a mere year ("these protests", after "in 1968")."""
    if last.when is None or (telling.place and last.place and telling.place != last.place):
        return False
    is_long = last.when.resolved.precision in {"season", "year", "decade"}
    return not is_long or telling.sentence - last.sentence <= NARRATIVE_REACH


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
