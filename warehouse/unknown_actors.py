"""Named parties that no table knows, for ``dateline actors unknown``."""

from typing import Any

from warehouse.paths import Warehouse
from warehouse.query import run_sql
from warehouse.statements import read_sql


def unknown_actors(warehouse: Warehouse, limit: int) -> Any:  # noqa: ANN401 - pyarrow has no types
    """The most frequent named parties without actor, country and sector.

    Gives a ``pyarrow.Table`` of ``actor``, ``mentions``, ``articles`` and one ``example`` sentence, at most ``limit``
    rows. Raises ``WarehouseError``.
    """
    return run_sql(warehouse, read_sql("queries/unknown_actors"), [limit])
