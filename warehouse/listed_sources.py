"""What the file of sources says of who publishes, kept in the warehouse so that SQL can join it to the articles.

``sources-listed.json`` is written by each run of sources before it publishes, and read by every publication. A source
that was taken out of the file stays in it, since its articles stay.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse.errors import WarehouseError
from warehouse.files import atomic_file
from warehouse.paths import Warehouse

FILE = "sources-listed.json"


@dataclass(frozen=True, slots=True)
class ListedSource:
    """One entry; fields are named as in the declaration ``marts.LISTED_SOURCES``."""

    name: str
    source: str
    """The outlet, as ``articles.source`` says it."""
    language: str | None = None
    country_code: str | None = None
    tier: int | None = None


def note(warehouse: Warehouse, sources: Iterable[ListedSource]) -> None:
    """Keep ``sources`` beside those that are known, in place of those of their names; the caller holds the lock."""
    known = {each.name: each for each in read(warehouse.root)}
    fresh = known | {each.name: each for each in sources}
    if fresh == known:
        return
    rows = [asdict(fresh[name]) for name in sorted(fresh)]
    with atomic_file(warehouse.root / FILE) as temporary:
        temporary.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")


def read(root: Path) -> list[ListedSource]:
    """Give what is known, by name; raises ``WarehouseError`` for a file that is broken."""
    path = root / FILE
    try:
        return [ListedSource(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        problem = f"{path} cannot be read ({error}); remove it: the next run of sources writes it again"
        raise WarehouseError(problem) from error
