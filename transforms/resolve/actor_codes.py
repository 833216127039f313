"""Who a phrase means, as far as it says so: name, country and sector."""

from dataclasses import dataclass
from datetime import date

from transforms.resolve.actor_tables import Entry


@dataclass(frozen=True, slots=True)
class ActorCode:
    """Who a phrase means, as far as it says so."""

    name: str | None
    actor_id: str | None
    country_code: str | None
    """ISO 3166-1 alpha-3; ``None`` where unknown, contested or of no one country."""
    sector: str | None


UNKNOWN = ActorCode(None, None, None, None)


def code_of(entry: Entry, on: date | None, *, sector: str | None = None) -> ActorCode:
    """The entry's code; out of its time it keeps name and country, and the sector only where a title gives one."""
    holds = on is None or entry.holds(on)
    return ActorCode(entry.name, entry.actor_id, entry.country_code, entry.sector if holds else sector)
