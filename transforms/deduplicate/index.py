"""Finds signatures like a given one among millions: locality-sensitive hashing over sorted arrays.

A signature is cut into bands; signatures that share a band are candidates, and candidates are compared in full. New
signatures wait in a dictionary and are merged into sorted arrays now and then, as log-structured stores do: about
550 bytes an article, twice that while arrays grow.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from transforms.deduplicate.signature import PERMUTATIONS, Row

BANDS = 16
ROWS = PERMUTATIONS // BANDS
"""A pair of similarity 0.6 shares a band with probability 0.89, of 0.7 with 0.99, of 0.3 with 0.12."""

BUFFER_SIZE = 4096
_Keys = npt.NDArray[np.uint64]
_Positions = npt.NDArray[np.uint32]


class SignatureIndex:
    """Signatures in the order in which they were added; a position is the number in that order."""

    def __init__(self) -> None:
        self._rows = np.empty((BUFFER_SIZE, PERMUTATIONS), dtype=np.uint32)
        self._size = 0
        self._sorted: list[tuple[_Keys, _Positions]] = []
        self._recent: defaultdict[int, list[int]] = defaultdict(list)
        self._recent_from = 0

    def __len__(self) -> int:
        return self._size

    def add(self, row: Row) -> int:
        """Add a signature and return its position."""
        if self._size == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        position = self._size
        self._rows[position] = row
        self._size += 1
        for key in _band_keys(row[np.newaxis])[0].tolist():
            self._recent[key].append(position)
        if self._size - self._recent_from >= BUFFER_SIZE:
            self._merge_recent()
        return position

    def first_similar(self, row: Row, *, threshold: float) -> int | None:
        """Return the lowest position of a signature that agrees with ``row`` in at least that share of its places."""
        positions = np.fromiter(sorted(set(self._candidates(row))), dtype=np.int64)
        if not len(positions):
            return None
        agreement = np.mean(self._rows[positions] == row, axis=1)
        similar = np.flatnonzero(agreement >= threshold)
        return int(positions[similar[0]]) if len(similar) else None

    def _candidates(self, row: Row) -> Iterator[int]:
        keys = _band_keys(row[np.newaxis])[0]
        for key in keys.tolist():
            yield from self._recent.get(key, ())
        for sorted_keys, positions in self._sorted:
            starts, ends = np.searchsorted(sorted_keys, keys, "left"), np.searchsorted(sorted_keys, keys, "right")
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                yield from positions[start:end].tolist()

    def _merge_recent(self) -> None:
        """Move what is recent into a sorted run, and join runs of like size, so that there are few of them."""
        keys = _band_keys(self._rows[self._recent_from : self._size]).ravel()
        positions = np.repeat(np.arange(self._recent_from, self._size, dtype=np.uint32), BANDS)
        runs = [*self._sorted, (keys, positions)]
        while len(runs) > 1 and len(runs[-2][0]) <= 2 * len(runs[-1][0]):
            runs[-2:] = [_join(runs[-2:])]
        runs[-1] = _join(runs[-1:])
        self._sorted = runs
        self._recent.clear()
        self._recent_from = self._size


def _join(runs: Iterable[tuple[_Keys, _Positions]]) -> tuple[_Keys, _Positions]:
    keys, positions = (np.concatenate(parts) for parts in zip(*runs, strict=True))
    order = np.argsort(keys, kind="stable")
    return keys[order], positions[order]


def _band_keys(rows: npt.NDArray[np.uint32]) -> _Keys:
    """Mix each band of each signature, with the band's number, into 64 bits; shape (n, BANDS)."""
    bands = rows.reshape(len(rows), BANDS, ROWS).astype(np.uint64)
    keys = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), bands.shape[:2]).copy()
    for place in range(ROWS):
        # FNV-1a over whole words, with a shift that carries high bits down; wraps around by design.
        keys = (keys ^ bands[:, :, place]) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(29)
    return keys
