"""What a run reads: local files, and URLs that were fetched into the warehouse first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from transforms.read import expand, read_path, read_payload
from transforms.read.fetch import fetch
from transforms.read.rejects import make_reject
from transforms.records import Payload, RawArticle, Reject
from warehouse.paths import Warehouse
from warehouse.raw import load, store

MAX_KEPT_BYTES = 16 * 1024 * 1024
"""Largest local file that is copied into the warehouse because something in it could not be read."""

SUFFIX = re.compile(r"(\.[a-z0-9]{1,10})?(\.gz)?$")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A URL's payload, which lies in the warehouse: what is needed to read it without fetching again."""

    raw_path: str
    name: str
    location: str
    retrieved_at: datetime
    media_type: str | None


@dataclass(frozen=True, slots=True)
class FailedFetch:
    """A URL that could not be fetched, and why."""

    url: str
    message: str


Source = Path | Fetched | FailedFetch


def is_our_own(warehouse: Path, source: Path, inputs: Sequence[str]) -> bool:
    """Whether a file lies in the warehouse itself, which may lie in a folder that was named as input.

    What was named inside the warehouse, such as a kept payload to be read again, is read.
    """
    root = warehouse.resolve()
    return source.resolve().is_relative_to(root) and not any(
        Path(given).expanduser().resolve().is_relative_to(root) for given in inputs if not is_web_address(given)
    )


def fetch_to_raw(warehouse: Warehouse, url: str, *, contact: str | None = None) -> Fetched:
    """Fetch ``url`` and keep its payload; ``contact`` is named to the server. Raises ``FetchError``."""
    payload = fetch(url, contact=contact)
    return Fetched(
        raw_path=store(warehouse, payload.data, suffix_of(payload.name)),
        name=payload.name,
        location=payload.location,
        retrieved_at=payload.retrieved_at,
        media_type=payload.media_type,
    )


def read_source(warehouse: Warehouse, source: Source) -> Iterator[RawArticle | Reject]:
    """Read the articles of one source; what cannot be read is a ``Reject`` that says where its payload lies."""
    if isinstance(source, FailedFetch):
        yield reject_fetch(source)
    elif isinstance(source, Fetched):
        data = load(warehouse, source.raw_path)
        payload = Payload(data, source.name, source.location, source.retrieved_at, source.media_type)
        for record in read_payload(payload):
            yield replace(record, raw_path=source.raw_path) if isinstance(record, Reject) else record
    else:
        for record in read_path(source):
            yield keep_rejected(warehouse, source, record) if isinstance(record, Reject) else record


def reject_fetch(source: FailedFetch) -> Reject:
    return make_reject(
        stage="fetch",
        location=source.url,
        reason="not fetched",
        detail=source.message,
        seen_at=datetime.now(UTC),
    )


def keep_rejected(warehouse: Warehouse, path: Path, reject: Reject) -> Reject:
    """Keep the file that ``reject`` is about, so that it can be looked at later, unless it is very large."""
    try:
        if path.stat().st_size > MAX_KEPT_BYTES:
            return reject
        return replace(reject, raw_path=store(warehouse, path.read_bytes(), suffix_of(path.name)))
    except OSError:  # the reject itself says why the file cannot be read
        return reject


def suffix_of(name: str) -> str:
    """The suffix under which a payload of this name is kept: ``.jsonl.gz`` of ``news.jsonl.gz``."""
    found = SUFFIX.search(name.lower())
    return found.group() if found else ""


def describe_inputs(inputs: Sequence[str]) -> str:
    """Name what is processed, for people who look through a list of runs: ``articles-2017-06 (33 files)``."""
    first = inputs[0] if is_web_address(inputs[0]) else Path(inputs[0]).name or str(Path(inputs[0]).resolve())
    more = f" and {len(inputs) - 1} more" if len(inputs) > 1 else ""
    files = sum(1 for _ in expand(inputs))
    count = f" ({files:,} files)" if files > len(inputs) else ""
    return f"{first}{more}{count}"


def is_web_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
