"""Tasks that go wrong in worker processes; in a module of their own, because the workers import it."""

import os

from prefect import task

from flows.coding import BatchCounts


@task
def code_or_fail(batch_ids: tuple[str, ...]) -> BatchCounts:
    """Code nothing: die on a batch called ``kills``, raise on one called ``raises``."""
    if "kills" in batch_ids:
        os._exit(9)
    if "raises" in batch_ids:
        raise ValueError("this batch cannot be coded")
    return BatchCounts(batches=len(batch_ids))
