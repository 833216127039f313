"""What a user names on the command line becomes files and URLs, in a fixed order and each once."""

import difflib
import glob
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from transforms.read.formats import SUPPORTED_FORMS, detect_format
from transforms.read.source import open_path

_URL = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_SHOWN_CHARACTERS = 200
_SIDE_FILE = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|attribution|changelog|sources?|provenance)(?:\.(?:txt|rst|html))?"
    r"|provenance\.(?:csv|json)|.*\.md|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
"""Files that lie beside articles and are none: ignored by name in folders and globs, never when named directly."""


class InputError(ValueError):
    """An input that the user named is not there or is of no known form."""


def expand(inputs: Sequence[str]) -> Iterator[Path | str]:
    """Yield the files and URLs that ``inputs`` name.

    A file is itself; a folder gives all files beneath it and a glob (``**`` goes deep) all files that match, sorted
    by path; a URL stays a string. Each file or URL comes once, however often it is named. What a file holds is not
    looked at; :func:`check_form` does that for one that was named directly.

    Raises:
        InputError: for a file that is missing, an empty folder, a glob without match, or a scheme other than http
            and https.
    """
    seen: set[Path | str] = set()
    for given in inputs:
        for item in _expand_one(given):
            key = item if isinstance(item, str) else item.resolve()
            if key not in seen:
                seen.add(key)
                yield item


def _expand_one(given: str) -> list[Path | str]:
    if _URL.match(given):
        return [given]
    if _OTHER_SCHEME.match(given):
        raise InputError(f"cannot read {given}: only http:// and https:// addresses and local files can be read")
    if not given.strip():
        raise InputError("an input is empty; name a file, a folder, a glob or a URL, and . for the current folder")
    try:
        path = Path(given).expanduser()
        if path.is_file():
            return [path]
        if path.is_dir():
            return _folder(path)
        if glob.has_magic(given):
            return _glob(path)
        if path.exists():
            raise InputError(f"{given} is neither a file nor a folder; write what it gives to a file")
        raise InputError(f"no such file or folder: {given}{_suggestion(path)}")
    except (OSError, RuntimeError) as error:  # no permission, a name too long for any file, ~ of nobody
        problem = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"cannot read {given[:_SHOWN_CHARACTERS]}: {problem}") from error


def _folder(path: Path) -> list[Path | str]:
    found = (file for file in path.rglob("*") if not _is_side_file(file.relative_to(path)))
    files = [file for file in found if file.is_file() or _is_dangling(file)]
    if not files:
        raise InputError(f"the folder {path} holds no articles; it should hold files of these forms: {SUPPORTED_FORMS}")
    return [*sorted(files)]


def _glob(path: Path) -> list[Path | str]:
    found = [Path(match) for match in glob.glob(str(path), recursive=True)]  # noqa: PTH207 - absolute patterns too
    files = [file for file in found if (file.is_file() or _is_dangling(file)) and not _is_side_file(Path(file.name))]
    if not files:
        raise InputError(f"no file matches {path}; put the pattern in quotes and check the folder's name")
    return [*sorted(files)]


def _is_dangling(path: Path) -> bool:
    """True of a link to nothing, whose reading tells so; leaving it out would not."""
    return path.is_symlink() and not path.exists()


def _is_side_file(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts) or _SIDE_FILE.fullmatch(relative.name) is not None


def check_form(path: Path) -> None:
    """Raise ``InputError`` for a file that is empty, cannot be opened, or is of no known form."""
    try:
        with open_path(path) as source:
            is_blank, form = source.is_blank(), detect_format(name=source.name, head=source.head())
    except (OSError, EOFError, zlib.error) as error:
        problem = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError(f"cannot read {path}: {problem}") from error
    if is_blank:
        raise InputError(f"{path} is empty; remove it or fetch it again")
    if form is None:
        raise InputError(f"{path} is of no form that can be read; these can: {SUPPORTED_FORMS}")


def unreadable(inputs: Sequence[str]) -> dict[str, str]:
    """Say of each file that was named directly and cannot be read what is wrong with it."""
    found: dict[str, str] = {}
    for given in inputs:
        try:
            if is_file(given):
                check_form(Path(given).expanduser())
        except InputError as error:
            found[given] = str(error)
    return found


def is_file(given: str) -> bool:
    """Whether an input is a file that was named directly."""
    return not _OTHER_SCHEME.match(given) and Path(given).expanduser().is_file()


def _suggestion(path: Path) -> str:
    if not path.parent.is_dir():
        return f" (there is no folder {path.parent} either)"
    close = difflib.get_close_matches(path.name, [sibling.name for sibling in path.parent.iterdir()], n=1)
    return f"; did you mean {path.parent / close[0]}?" if close else ""
