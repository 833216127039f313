"""Views that answer what analysts ask most, declared once; each is filled by the file of its name in ``sql/views``."""

from warehouse.marts import EVENTS
from warehouse.schema import Column, Table, Type

TEXT, COUNT, REAL, DATE, INSTANT = Type.TEXT, Type.COUNT, Type.REAL, Type.DATE, Type.INSTANT


def _event(column: str, name: str | None = None, description: str | None = None) -> Column:
    return EVENTS[column].derived(name, description)


def _count(name: str, description: str, unit: str = "events") -> Column:
    return Column(name, COUNT, description, unit)


INTENSITY = "-10 (conflict) to +10"
MONTH = Column("month", DATE, "First day of the month.")
KILLED = Column("killed", COUNT, "Killed, by the best figure of each event.", "people")
INJURED = Column("injured", COUNT, "Injured, by the best figure of each event.", "people")

DYADS = Table(
    "dyads",
    "Who did what to whom: events that happened, by month, first actor, first recipient and quad class.",
    (
        MONTH,
        _event("actor_name"),
        _event("actor_country_code"),
        _event("actor_sector"),
        _event("recipient_name"),
        _event("recipient_country_code"),
        _event("recipient_sector"),
        _event("quad_class"),
        _count("n_events", "Events."),
        _count("n_mentions", "Mentions of these events.", "mentions"),
        Column("mean_intensity", REAL, "Mean PLOVER intensity of the events.", INTENSITY),
    ),
)

CONFLICT_INTENSITY = Table(
    "conflict_intensity",
    "How hostile events were, by country and week; events that happened, their date known to the day or week.",
    (
        _event("country_code"),
        Column("week", DATE, "Monday of the week."),
        _count("n_events", "Events of all kinds."),
        _count("n_conflict", "Of these, verbal and material conflict."),
        _count("n_material_conflict", "Of these, material conflict."),
        Column("mean_intensity", REAL, "Mean PLOVER intensity of all events.", INTENSITY),
        Column("conflict_score", REAL, "Sum of the intensities of conflict events, as a positive figure."),
        KILLED,
    ),
)

ACTOR_TIMELINE = Table(
    "actor_timeline",
    "What known actors did and what was done to them: one row for each event, actor and role.",
    (
        Column("actor_id", TEXT, "The actor; see actors."),
        Column("actor", TEXT, "Its name."),
        _event("date_start", "event_date", "First day of the event."),
        _event("date_precision"),
        Column("role", TEXT, "Whether it acted or was acted upon.", values=("actor", "recipient")),
        _event("event_type"),
        _event("mode"),
        _event("status"),
        Column("counterpart", TEXT, "First recipient of what it did, or first actor of what was done to it."),
        _event("place_name"),
        _event("country_code"),
        _event("intensity"),
        _event("n_mentions"),
        _event("n_sources"),
        _event("event_id"),
    ),
)

PLACE_TIMELINE = Table(
    "place_timeline",
    "What happened at a place, by its name; places that were resolved.",
    (
        _event("geoname_id"),
        _event("place_name"),
        _event("admin1"),
        _event("country_code"),
        _event("latitude"),
        _event("longitude"),
        _event("date_start", "event_date", "First day of the event."),
        _event("date_precision"),
        _event("event_type"),
        _event("mode"),
        _event("status"),
        _event("actor_name"),
        _event("recipient_name"),
        _event("killed_best"),
        _event("injured_best"),
        _event("n_sources"),
        _event("event_id"),
    ),
)

UNREST_BY_ADMIN1 = Table(
    "unrest_by_admin1",
    "Protest, repression and violence that happened, by first-level division and month.",
    (
        _event("country_code"),
        _event("admin1", description="First-level division; null where only the country is known."),
        MONTH,
        _count("n_protests", "PROTEST, peaceful or not."),
        _count("n_riots", "Of these, riots and vandalism."),
        _count("n_repression", "COERCE: arrests, bans, raids, curfews."),
        _count("n_violence", "ASSAULT: all use of violence."),
        KILLED,
        INJURED,
    ),
)

SOURCE_COVERAGE = Table(
    "source_coverage",
    "What each source gave: articles, mentions, and how far behind the events it is.",
    (
        Column("source", TEXT, "The outlet's name or web host; null where none is known."),
        _count("n_articles", "Articles stored.", "articles"),
        _count("n_duplicates", "Of these, near duplicates of others.", "articles"),
        _count("n_mentions", "Mentions coded.", "mentions"),
        Column("mentions_per_article", REAL, "Mentions for each article.", "mentions"),
        Column("first_published_at", INSTANT, "Publication of the earliest article.", "UTC"),
        Column("last_published_at", INSTANT, "Publication of the latest article.", "UTC"),
        Column("median_lag_days", REAL, "Median time from event to publication, where the text gives the day.", "days"),
        Column("median_fetch_hours", REAL, "Median time from publication to retrieval.", "hours"),
    ),
)

ANALYSIS_VIEWS = {
    table.name: table
    for table in (
        DYADS,
        CONFLICT_INTENSITY,
        ACTOR_TIMELINE,
        PLACE_TIMELINE,
        UNREST_BY_ADMIN1,
        SOURCE_COVERAGE,
    )
}
"""The views by name, in the order of making."""
