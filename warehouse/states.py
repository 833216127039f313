"""The batches that count, each under a name that tells whether its rows are still those of an earlier look."""

from warehouse.manifest import Entry, Manifest


def batch_states(listed: Manifest) -> dict[str, list[Entry]]:
    """Give the entries of each batch by its state: one that changes when its rows do, not when they lie elsewhere."""
    batches: dict[str, list[Entry]] = {}
    for entry in listed.current:
        batches.setdefault(entry.batch_id, []).append(entry)
    return {" ".join(map(_state, entries)): entries for entries in batches.values()}


def _state(entry: Entry) -> str:
    return f"{entry.stage} {entry.batch_id} {entry.version} {entry.committed_at} {sorted(entry.counts.items())}"
