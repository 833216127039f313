"""Reads and edits the TOML file of sources; what a person wrote there, comments too, stays as it is."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.items import AoT

from flows.console import UsageError
from flows.source_list import NewsSource, SourceList
from warehouse.files import atomic_file

HEADER = """\
# The sources of scheduled runs. `dateline sources add` writes here, and so may you; it can be kept in git.
# `dateline sources check` tries them, `dateline run @sources` reads them at once, `dateline serve` by schedule.
"""


class SourceFileError(UsageError):
    """The file of sources is missing or wrong; the message names file, source and field."""


def read_sources(path: Path) -> SourceList:
    """Read the file; raises ``SourceFileError``."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceFileError(
            f"{path}: there is no such file of sources; `dateline sources add URL --sources {path}` makes one"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFileError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SourceFileError(f"{path} is no TOML: {error}") from error
    return _validate(path, content)


def named_sources(path: Path, names: Sequence[str]) -> list[NewsSource]:
    """Read the file and give the sources of these names, or all; raises ``SourceFileError`` for an unknown name."""
    listed = read_sources(path).source
    known = {source.name for source in listed}
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise SourceFileError(f"{path} has no source {unknown!r}; it has {', '.join(sorted(known)) or 'none'}")
    return [source for source in listed if not names or source.name in names]


def add_source(path: Path, source: NewsSource) -> None:
    """Write ``source`` at the end of the file, which is made where there is none; raises ``SourceFileError``."""
    document = _document(path)
    entry = tomlkit.table()
    for field, value in source.model_dump(mode="json", exclude_defaults=True).items():
        entry.append(field, value)
    listed = document.setdefault("source", tomlkit.aot())
    if not isinstance(listed, AoT):
        raise SourceFileError(f"{path}: source must be a list of tables, each headed by [[source]]")
    entry.trivia.indent = "\n"
    listed.append(entry)
    _write(path, document)


def remove_source(path: Path, name: str) -> None:
    """Take the source of this name out of the file; raises ``SourceFileError`` where there is none."""
    named_sources(path, [name])
    document = _document(path)
    listed: Any = document["source"]
    del listed[next(position for position, entry in enumerate(listed) if entry["name"] == name)]
    _write(path, document)


def change_sources(path: Path, names: Sequence[str], *, paused: bool) -> None:
    """Set whether the sources of these names are paused; raises ``SourceFileError`` for an unknown name."""
    named_sources(path, names)
    document = _document(path)
    listed: Any = document["source"]
    for entry in listed:
        if entry["name"] in names and paused:
            entry["paused"] = True
        elif entry["name"] in names:
            entry.pop("paused", None)
    _write(path, document)


def _document(path: Path) -> tomlkit.TOMLDocument:
    if not path.exists():
        return tomlkit.parse(HEADER)
    read_sources(path)  # a mistake in it is told as such
    return tomlkit.parse(path.read_text(encoding="utf-8"))


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    text = tomlkit.dumps(document)
    _validate(path, tomllib.loads(text))
    try:
        with atomic_file(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SourceFileError(f"{path} cannot be written: {error.strerror or error}") from error


def _validate(path: Path, content: Mapping[str, Any]) -> SourceList:
    try:
        return SourceList.model_validate(content)
    except ValidationError as error:
        raise SourceFileError(f"{path}: {explain(error, content)}") from None


def explain(error: ValidationError, content: Mapping[str, Any]) -> str:
    """Put the first mistake into words: which source, which field, what is wrong."""
    first = error.errors()[0]
    where, message = list(first["loc"]), first["msg"].removeprefix("Value error, ")
    parts = []
    if where[:1] == ["source"] and len(where) > 1 and isinstance(where[1], int):
        entry = content["source"][where[1]]
        name = entry.get("name") if isinstance(entry, dict) else None
        parts.append(f"source {where[1] + 1}" + (f" ({name})" if name else ""))
        where = where[2:]
    if first["type"] == "extra_forbidden" and not parts:
        message = "there is no such part; a source is a table headed by [[source]]"
    elif first["type"] in {"tuple_type", "model_type", "model_attributes_type"} and where in ([], ["source"]):
        message = "it must be a table headed by [[source]]"
    elif first["type"] == "string_pattern_mismatch":
        message = f"{first['input']!r} may hold lower-case letters, digits and hyphens only"
    elif first["type"] == "extra_forbidden":
        message = f"there is no such field; fields are {', '.join(NewsSource.model_fields)}"
    elif first["type"] == "missing":
        message = "it is missing"
    parts += [str(part) for part in where]
    return ", ".join(parts) + (": " if parts else "") + message[:1].lower() + message[1:]
