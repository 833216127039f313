"""What the manifest lists and the joining does not know yet, and the other way round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from warehouse.manifest import Entry, Manifest, age

Identity = tuple[str, str, str, str]
"""Stage, batch, the making of a commit, and what it holds now."""
CHUNK = 500_000
"""Mentions that are joined at once: what they are compared with has to fit into memory."""
CHUNK_BATCHES = 500


@dataclass(frozen=True, slots=True)
class Changes:
    """Commits that come and go together, each that comes with the number that it gets as an owner of rows."""

    told: Mapping[int, Entry]
    """Codings that are new."""
    trimmed: Mapping[int, tuple[int, Entry]]
    """Codings that lost articles and are otherwise as they were, with the former owner."""
    ingested: Mapping[int, Entry]
    """Ingests that are new or lost articles."""
    gone: frozenset[int] = frozenset()
    """Owners of codings that no longer count."""
    dropped: frozenset[int] = frozenset()
    """All owners that no longer are: also those of trimmed codings and of ingests."""
    is_secret: bool = False
    """Whether articles were taken out, of which nothing is to stay."""

    def numbered(self, first: int) -> "Changes":
        """Count the owners that come from ``first`` instead of 0."""
        return replace(
            self,
            told={first + owner: entry for owner, entry in self.told.items()},
            trimmed={first + owner: each for owner, each in self.trimmed.items()},
            ingested={first + owner: entry for owner, entry in self.ingested.items()},
        )

    @property
    def coded(self) -> dict[int, Entry]:
        """The codings whose rows are read."""
        return {**self.told, **{owner: entry for owner, (_, entry) in self.trimmed.items()}}

    @property
    def commits(self) -> dict[int, Entry]:
        """All commits that come."""
        return {**self.coded, **self.ingested}


def identity(entry: Entry) -> Identity:
    """Name a commit and what it holds; moving its rows to other files by ``compact`` changes neither."""
    rows = {table: sum(file.rows for file in files) for table, files in sorted(entry.files.items())}
    return entry.stage, entry.batch_id, f"{entry.version} {entry.committed_at}", str(rows)


def changes_of(listed: Manifest, known: Mapping[Identity, int]) -> Iterator[Changes]:
    """Say what has to be taken in, in pieces that are not too large; all that goes does so with the first.

    ``known`` are the commits that were taken in, with their owners; new owners are numbered from 0.
    """
    current = {identity(entry): entry for entry in listed.current}
    lost = {each: owner for each, owner in known.items() if each not in current}
    former = {each[:3]: owner for each, owner in lost.items()}
    added = sorted((each for each in current if each not in known), key=lambda each: (age(current[each]), each))
    trimmed = [each for each in added if each[0] == "extract" and each[:3] in former]
    replaced = [each for each in added if each[0] == "ingest" and each[:3] in former]
    numbers = {each: number for number, each in enumerate(added)}
    fresh = [each for each in added if each[:3] not in former]
    pieces = list(_pieces(fresh, current)) or [[]]
    if not added and not lost:
        return
    for position, piece in enumerate(pieces):
        told = {numbers[each]: current[each] for each in piece if each[0] == "extract"}
        ingested = {numbers[each]: current[each] for each in piece if each[0] == "ingest"}
        if position:
            yield Changes(told, {}, ingested)
            continue
        kept = {former[each[:3]] for each in trimmed}
        yield Changes(
            told,
            {numbers[each]: (former[each[:3]], current[each]) for each in trimmed},
            ingested | {numbers[each]: current[each] for each in replaced},
            gone=frozenset(owner for each, owner in lost.items() if each[0] == "extract" and owner not in kept),
            dropped=frozenset(lost.values()),
            is_secret=any(each[0] == "ingest" for each in lost),
        )


def _pieces(fresh: list[Identity], current: Mapping[Identity, Entry]) -> Iterator[list[Identity]]:
    """Split into pieces of whole batches, in the order of commits."""
    batches: dict[str, list[Identity]] = {}
    for each in fresh:
        batches.setdefault(each[1], []).append(each)
    piece: list[Identity] = []
    mentions = n_batches = 0
    for batch in batches.values():
        n = sum(file.rows for each in batch for file in current[each].files.get("event_mentions", ()))
        if piece and (mentions + n > CHUNK or n_batches == CHUNK_BATCHES):
            yield piece
            piece, mentions, n_batches = [], 0, 0
        piece += batch
        mentions, n_batches = mentions + n, n_batches + 1
    if piece:
        yield piece
