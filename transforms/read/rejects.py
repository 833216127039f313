"""How a reject comes about, with an id that is the same each time the same thing fails in the same way."""

from datetime import datetime

from transforms.ids import content_id
from transforms.records import Reject


def make_reject(
    *, stage: str, location: str, reason: str, detail: str, seen_at: datetime, raw_path: str | None = None
) -> Reject:
    """Describe what failed.

    Args:
        stage: name of the stage, e.g. ``read`` or ``clean``.
        location: path or URL, with line, row or record where there are many; becomes ``rejects.source``.
        reason: short phrase from a small set, by which rejects can be counted.
        detail: what was found, and what a person can do about it.
        seen_at: when the input was retrieved, not when the code ran, so that a second run gives an equal row.
        raw_path: the stored payload, relative to the warehouse, where it was stored.
    """
    location, detail = _printable(location), _printable(detail)
    return Reject(
        reject_id=content_id("reject", stage, location, reason, detail),
        source=location,
        stage=stage,
        reason=reason,
        detail=detail,
        raw_path=raw_path,
        seen_at=seen_at,
    )


def _printable(text: str) -> str:
    """Write lone surrogates as escapes: file names in old encodings and broken JSON have them, and no table can."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
