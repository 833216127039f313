"""Tasks that go wrong in worker processes; in a module of their own, because the workers import it."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from prefect import task

from flows.coding import BatchCounts, code_batch
from transforms.extract.coding import Coding
from warehouse.paths import Warehouse


@task
def code_or_fail(batch_ids: tuple[str, ...]) -> BatchCounts:
    """Code nothing: die on a batch called ``kills``, raise on one called ``raises``."""
    if "kills" in batch_ids:
        os._exit(9)
    if "raises" in batch_ids:
        raise ValueError("this batch cannot be coded")
    return BatchCounts(batches=len(batch_ids))


@dataclass
class Slow:
    """An extractor that takes its time, finds nothing, and says on which process it was."""

    seconds: float
    version: str = "slow-1"

    def extract(self, articles):
        time.sleep(self.seconds)
        for article in articles:
            yield Coding(article.article_id, (), (), (), ())


@task
def code_slowly(warehouse: Path, batch_ids: tuple[str, ...], seconds: float, log: Path) -> BatchCounts:
    """Code batches with :class:`Slow`, and note in ``log`` who began which."""
    for batch_id in batch_ids:
        with log.open("a") as lines:
            lines.write(f"{os.getpid()} {batch_id}\n")
    opened = Warehouse.open(warehouse)
    return sum((code_batch(opened, batch_id, Slow(seconds)) for batch_id in batch_ids), BatchCounts())
