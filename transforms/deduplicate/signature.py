"""MinHash signatures of texts: short, equal on every machine, and comparable without the texts."""

import re

import numpy as np
import numpy.typing as npt

PERMUTATIONS = 64
SEED = 20260101
SHINGLE_WORDS = 3
MIN_WORDS = 30
"""Shorter texts repeat each other by chance (weather, scores, flashes) and are never near duplicates."""

SIGNATURE_BYTES = PERMUTATIONS * 4
_WORD = re.compile(r"\w+")

Row = npt.NDArray[np.uint32]


def signature(text: str) -> bytes | None:
    """Return the signature of a text, or None where it has fewer than :data:`MIN_WORDS` words.

    The signature holds :data:`PERMUTATIONS` little-endian unsigned 32-bit integers over runs of
    :data:`SHINGLE_WORDS` words in lower case. Punctuation and quotes do not count.
    """
    from rensa import RMinHash  # noqa: PLC0415 - only where signatures are made

    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return None
    minhash = RMinHash(PERMUTATIONS, SEED)
    minhash.update(list(map(" ".join, zip(words, words[1:], words[2:], strict=False))))
    return np.asarray(minhash.digest(), dtype="<u4").tobytes()


def as_row(data: bytes) -> Row:
    """Return a signature's integers, shape (PERMUTATIONS,).

    Raises:
        ValueError: for bytes that are no signature of this length.
    """
    if len(data) != SIGNATURE_BYTES:
        raise ValueError(f"a signature has {SIGNATURE_BYTES} bytes, not {len(data)}: it was made by another version")
    return np.frombuffer(data, dtype="<u4").astype(np.uint32, copy=False)


def estimate_similarity(one: bytes, other: bytes) -> float:
    """Estimate the Jaccard similarity (0..1) of the texts of two signatures; standard error at most 0.06."""
    return float(np.mean(as_row(one) == as_row(other)))
