"""Our events in the shape of other data sets, column for column, so that work written for those runs unchanged.

Their columns are listed in ``seeds/crosswalks/columns.csv``; the SQL file of a view gives those that Dateline can fill,
and all others are null.
"""

from dataclasses import dataclass

from seeds import read_table
from warehouse.schema import Column, Table, Type

EMPTY = "Left empty: Dateline does not know it."

DESCRIPTIONS = {
    "gdelt_events": "Events that happened, in the 61 columns of GDELT 2.0's event table.",
    "gdelt_mentions": "Mentions of these events, in the 16 columns of GDELT 2.0's mentions table.",
    "icews_events": "Mentions of what happened, in the 20 columns of ICEWS; only those with actor and recipient.",
    "acled_events": "Events that happened and that ACLED would record, in its 31 columns.",
    "polecat_events": "Mentions of what happened or is planned, in the 40 columns of POLECAT.",
    "phoenix_events": "Events that happened, in the 26 columns of Phoenix, coded in CAMEO.",
}


def _tables() -> dict[str, Table]:
    columns: dict[str, list[Column]] = {name: [] for name in DESCRIPTIONS}
    for row in read_table("crosswalks/columns"):
        columns[row["view"]].append(Column(row["column"], Type[row["type"]], row["meaning"] or EMPTY))
    return {name: Table(name, DESCRIPTIONS[name], tuple(columns[name])) for name in DESCRIPTIONS}


CROSSWALK_VIEWS = _tables()
"""The views by name."""


def empty(table: Table) -> tuple[Column, ...]:
    """Give the columns that are always null."""
    return tuple(column for column in table.columns if column.description == EMPTY)


@dataclass(frozen=True, slots=True)
class Form:
    """How a data set is published: what divides the columns, whether there is a header line, what stands for null."""

    view: str
    separator: str
    has_header: bool
    null: str = ""


FORMS = {
    "gdelt": Form("gdelt_events", "\t", has_header=False),
    "gdelt-mentions": Form("gdelt_mentions", "\t", has_header=False),
    "icews": Form("icews_events", "\t", has_header=True),
    "acled": Form("acled_events", ",", has_header=True),
    "polecat": Form("polecat_events", "\t", has_header=True, null="None"),
    "phoenix": Form("phoenix_events", "\t", has_header=False),
    "csv": Form("event_rows", ",", has_header=True),
}
"""The data sets that ``dateline export`` writes, by the name that the command takes."""
