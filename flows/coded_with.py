"""With which table of own actors each version of the extractor coded, so that an actor more costs its articles only.

Two versions that differ by nothing else say the same of every article that mentions none of the names that differ.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from transforms.extract.extractor import Extractor
from transforms.resolve.actor_tables import user_entries
from transforms.resolve.phrases import fold
from warehouse.files import atomic_file
from warehouse.paths import Warehouse

NOT_OF_WORDS = re.compile(r"[\W_]+")


def note_version(warehouse: Warehouse, extractor: Extractor, actors: Path | None) -> None:
    """Keep the names of the table that this version codes with; done before it codes anything."""
    path = _path(warehouse, extractor.version)
    if path.exists():
        return
    entries = user_entries(actors) if actors is not None else ()
    names = sorted({(alias, entry.name, entry.country_code, entry.sector) for alias, entry in entries}, key=str)
    with atomic_file(path) as temporary:
        temporary.write_text(json.dumps({"base": extractor.base_version, "names": names}), encoding="utf-8")


def differing_names(warehouse: Warehouse, version: str, other: str) -> frozenset[str] | None:
    """The names that one of two versions knows otherwise than the other; None where they differ in more than that."""
    one, two = _read(_path(warehouse, version)), _read(_path(warehouse, other))
    if one is None or two is None or one[0] != two[0]:
        return None
    return frozenset(str(alias) for alias, *_ in one[1] ^ two[1])


def mentions_any(text: str, names: Iterable[str]) -> bool:
    """Whether a text may mention one of ``names``: all words of one occur in it, inflected or not."""
    squeezed = _squeeze(text) if names else ""
    return any(all(word in squeezed for word in _words(name)) for name in names)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(_squeeze(word) for word in name.split())


def _squeeze(text: str) -> str:
    return NOT_OF_WORDS.sub("", fold(text).lower())


def _path(warehouse: Warehouse, version: str) -> Path:
    return warehouse.root / "coded_with" / f"{version}.json"


def _read(path: Path) -> tuple[str, frozenset[tuple[str | None, ...]]] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return content["base"], frozenset(tuple(row) for row in content["names"])
    except (OSError, ValueError, KeyError, TypeError):  # without it all is coded anew, which is right in any case
        return None
