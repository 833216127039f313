"""All that the published database declares, and the version of it.

``SCHEMA`` counts the versions of the database's tables and views: a file of an older one is made anew by
``dateline rebuild``, one of a newer is refused. (``manifest.FORMAT`` is that of the record beneath it.)
"""

import hashlib
from collections.abc import Iterator

from warehouse.analysis import ANALYSIS_VIEWS
from warehouse.crosswalks import CROSSWALK_VIEWS
from warehouse.marts import DATA_TESTS, MART_TABLES, VIEWS, WAREHOUSE_META
from warehouse.schema import Table
from warehouse.tables import TABLES

SCHEMA = 5
"""To be raised whenever a table, column or type of the database changes."""

GROUPS = {
    "Stored tables": TABLES,
    "Tables made by the load": {**MART_TABLES, WAREHOUSE_META.name: WAREHOUSE_META, DATA_TESTS.name: DATA_TESTS},
    "Views": {**VIEWS, **ANALYSIS_VIEWS},
    "Crosswalks": CROSSWALK_VIEWS,
}
"""The tables and views of the database by kind, as the data dictionary lists them."""

DECLARED: dict[str, Table] = {name: table for group in GROUPS.values() for name, table in group.items()}
"""The tables and views of the database by name."""


def fingerprint() -> str:
    """Hash the names and types of all columns: what ``SCHEMA`` is the number of."""
    return hashlib.sha256("\n".join(_columns()).encode()).hexdigest()[:12]


def _columns() -> Iterator[str]:
    for table in DECLARED.values():
        for column in table.columns:
            yield f"{table.name}\t{column.name}\t{column.type.value}"
