"""Words a second of the whole pipeline beside the bare language model, on the same texts.

    python tests/benchmarks/throughput.py ARTICLES.jsonl.gz [--articles 2000] [--workers 1 2] [--runners processes dask]

Prints one JSON object at the end, and each figure to stderr as it comes. The bare model runs ``nlp.pipe`` in one
process; the extractor adds events and records in the same process; ``plain_functions`` are ingest, coding, loading and
data tests called one after the other in this process, without Prefect; ``dateline run`` is the whole command, timed
from outside. What it takes longer with one worker is the price of orchestration: Prefect's start, its server, its
tasks. On a shared machine compare ``cpu_seconds``, which other work disturbs less, and
``steady_articles_per_second``: those coded after the first batch was committed, when all workers have their model.
"""

import argparse
import gzip
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # not warehouse.py beside this file

from flows.coding import code_batch
from flows.ingest import ingest_records
from transforms.annotate.document import ArticleToCode, split_lines
from transforms.clean import clean_article
from transforms.extract.extractor import Extractor
from transforms.read import read_path
from transforms.records import RawArticle
from warehouse import manifest
from warehouse.catalogue import publish
from warehouse.checks import run_checks
from warehouse.paths import Warehouse

KIB_PER_MIB = 1024


def head_of(path: Path, n_articles: int, folder: Path) -> Path:
    """Copy the first lines of a gzipped JSONL file into ``folder``."""
    target = folder / "articles.jsonl"
    with gzip.open(path, "rt", encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        out.writelines(itertools.islice(lines, n_articles))
    return target


def articles(path: Path) -> Iterator[ArticleToCode]:
    for raw in read_path(path):
        if isinstance(raw, RawArticle):
            article = clean_article(raw, raw_path=None).article
            if article is not None and article.language == "en":
                yield ArticleToCode(article.article_id, article.text, datetime.now(UTC), article.published_at)


@dataclass(frozen=True, slots=True)
class Usage:
    """What something took: seconds on the clock and of all cores, and the memory in MiB of its largest process."""

    seconds: float
    cpu_seconds: float
    peak_mib: int

    def figures(self, words: int, n_articles: int) -> dict[str, object]:
        return {
            "seconds": round(self.seconds, 1),
            "cpu_seconds": round(self.cpu_seconds, 1),
            "words_per_second": round(words / self.seconds),
            "articles_per_second": round(n_articles / self.seconds, 2),
            "peak_process_mib": self.peak_mib,
        }


@contextmanager
def measured(who: int) -> Iterator[list[Usage]]:
    """Measure the block; what it took is in the list afterwards. ``who`` are this process or its ended children."""
    found: list[Usage] = []
    before, start = resource.getrusage(who), time.perf_counter()
    yield found
    seconds, after = time.perf_counter() - start, resource.getrusage(who)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found.append(Usage(seconds, cpu, after.ru_maxrss // KIB_PER_MIB))


def timed_run(path: Path, warehouse: Path, *, workers: int, runner: str, batch_size: int) -> Usage:
    """What ``dateline run`` takes."""
    command = [sys.executable, "-c", "from flows.cli import main; main()"]
    environment = {
        **os.environ,
        "DATELINE_WORKERS": str(workers),
        "DATELINE_TASK_RUNNER": runner,
        "DATELINE_BATCH_SIZE": str(batch_size),
        "PREFECT_HOME": str(warehouse.parent / "prefect"),
    }
    with measured(resource.RUSAGE_CHILDREN) as found:
        subprocess.run(
            [*command, "run", str(path), "--warehouse", str(warehouse)],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return found[0]


def plain_functions(path: Path, folder: Path, extractor: Extractor, batch_size: int) -> Usage:
    """What the same work takes in one process, without Prefect."""
    with measured(resource.RUSAGE_SELF) as found:
        warehouse = Warehouse.create(folder)
        ingested = ingest_records(warehouse, read_path(path), batch_size=batch_size)
        for batch_id in ingested.batches:
            code_batch(warehouse, batch_id, extractor)
        publish(warehouse)
        run_checks(warehouse)
    return found[0]


def steady_rate(warehouse: Path) -> float | None:
    """Articles a second that were coded after the first batch was; None where there was but one."""
    entries = sorted(manifest.entries(Warehouse.open(warehouse), "extract"), key=lambda entry: str(entry.committed_at))
    times = [entry.committed_at for entry in entries if entry.committed_at is not None]
    seconds = (times[-1] - times[0]).total_seconds()
    return round(sum(entry.counts["articles"] for entry in entries[1:]) / seconds, 2) if seconds else None


def measure(path: Path, options: argparse.Namespace, folder: Path) -> dict[str, object]:
    texts = list(articles(path))
    words = sum(len(article.text.split()) for article in texts)
    with measured(resource.RUSAGE_SELF) as loading:
        extractor = Extractor.load()
    lines = [line for article in texts for _, line in split_lines(article.text)]
    start = time.perf_counter()
    for _ in extractor.nlp.pipe(lines, batch_size=128):
        pass
    bare = words / (time.perf_counter() - start)
    start = time.perf_counter()
    mentions = sum(
        len(coding.event_mentions) for coding in extractor.extract(texts) if hasattr(coding, "event_mentions")
    )
    coded = words / (time.perf_counter() - start)
    plain = plain_functions(path, folder / "plain", extractor, options.batch_size)
    figures: dict[str, object] = {
        "articles": len(texts),
        "words": words,
        "mentions": mentions,
        "bare_model_words_per_second": round(bare),
        "extractor_words_per_second": round(coded),
        "extractor_against_model": round(coded / bare, 3),
        "loading_the_model": {
            "seconds": round(loading[0].seconds, 1),
            "cpu_seconds": round(loading[0].cpu_seconds, 1),
        },
        "plain_functions": plain.figures(words, len(texts)),
    }
    sys.stderr.write(f"{figures}\n")
    for runner, workers in itertools.product(options.runners, options.workers):
        warehouse = folder / f"{runner}-{workers}" / "data"
        usage = timed_run(path, warehouse, workers=workers, runner=runner, batch_size=options.batch_size)
        figures[name := f"run_{workers}_{runner}"] = {
            **usage.figures(words, len(texts)),
            "against_model": round(words / usage.seconds / bare, 3),
            "steady_articles_per_second": steady_rate(warehouse),
        }
        sys.stderr.write(f"{name}: {figures[name]}\n")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--batch-size", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--runners", nargs="*", choices=["processes", "dask"], default=["processes"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = head_of(options.path, options.articles, folder)
        sys.stdout.write(json.dumps(measure(path, options, folder), indent=1) + "\n")


if __name__ == "__main__":
    main()
