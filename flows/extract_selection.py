"""Which articles are to be coded anew, in a file: ids by batch are too much for what Prefect keeps of a run."""

import json
from collections.abc import Mapping
from pathlib import Path


def write_selection(path: Path, only: Mapping[str, set[str]]) -> None:
    """Write ids of articles by batch."""
    path.write_text(json.dumps({batch: sorted(ids) for batch, ids in only.items()}), encoding="utf-8")


def read_selection(path: Path) -> dict[str, set[str]]:
    """Read what :func:`write_selection` wrote."""
    return {batch: set(ids) for batch, ids in json.loads(path.read_text(encoding="utf-8")).items()}
