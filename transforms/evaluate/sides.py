"""An event as gold or as coded, in words that can be laid side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from transforms.evaluate.gold import GoldEvent
from transforms.evaluate.matching import COUNTS, Coded
from transforms.records import EventMention


@dataclass(frozen=True, slots=True)
class Side:
    event_type: str
    trigger: str
    status: str
    actors: str
    """Phrases with country and sector: ``rebels [SYR REB]; police``."""
    recipients: str
    attributed_to: str
    date: str
    place: str
    counts: str

    @classmethod
    def of_gold(cls, event: GoldEvent) -> "Side":
        """What the gold file says; empty where it says nothing."""
        return cls(
            event_type=event.event_type,
            trigger=event.trigger.text,
            status=event.status,
            actors=_list((party.text, party.country, party.sector) for party in event.actors),
            recipients=_list((party.text, party.country, party.sector) for party in event.recipients),
            attributed_to=event.attributed_to.text if event.attributed_to else "",
            date=event.date or "",
            place=event.place.text if event.place else "",
            counts=_counts(event),
        )

    @classmethod
    def of_coded(cls, coded: Coded) -> "Side":
        """What was coded; a date that only falls back on publication is none."""
        mention = coded.mention
        return cls(
            event_type=mention.event_type,
            trigger=mention.trigger_text,
            status=mention.status,
            actors=_list((party.text, party.country_code, party.sector) for party in coded.of("actor")),
            recipients=_list((party.text, party.country_code, party.sector) for party in coded.of("recipient")),
            attributed_to=mention.attributed_to or "",
            date=str(mention.date_start or "") if mention.date_source != "publication" else "",
            place=mention.place_text or "",
            counts=_counts(mention),
        )


def _list(parties: Iterable[tuple[str, str | None, str | None]]) -> str:
    return "; ".join(
        f"{text} [{' '.join(code or '-' for code in codes)}]" if any(codes) else text for text, *codes in parties
    )


def _counts(event: GoldEvent | EventMention) -> str:
    told = ((name, getattr(event, name)) for name in COUNTS)
    return ", ".join(f"{name} {count}" for name, count in told if count is not None)
