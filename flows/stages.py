"""Stages that are done once: what a killed run had finished, the next one takes as it is."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

MARKER = "stage.json"
"""Written when a stage is whole; a folder without it is begun anew."""


def once(folder: Path, *, key: str, make: Callable[[Path], Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Return what ``make`` returned for ``folder`` under the same ``key``, calling it only where that is not done yet.

    The result must be JSON. Whatever an unfinished or differing stage left in the folder is removed first.
    """
    marker = folder / MARKER
    if marker.is_file():
        stage = json.loads(marker.read_text(encoding="utf-8"))
        if stage["key"] == key:
            return stage["result"]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result = make(folder)
    fresh = marker.with_suffix(".new")
    fresh.write_text(json.dumps({"key": key, "result": result}), encoding="utf-8")
    fresh.replace(marker)
    return result


def digest(*values: object, files: Iterable[Path] = ()) -> str:
    """A key from ``values`` and the contents of ``files``."""
    found = hashlib.sha256(repr(values).encode())
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()
