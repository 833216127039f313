"""Words a second of the whole pipeline beside the bare language model, on the same texts.

    python tests/benchmarks/throughput.py ARTICLES.jsonl.gz [--articles 2000] [--workers 1 2]

Prints one JSON object. The bare model runs ``nlp.pipe`` in one process; the extractor adds events and records in the
same process; ``dateline run`` is the whole command with ingest, Parquet, DuckDB and Prefect, timed from outside.
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
from datetime import UTC, datetime
from pathlib import Path

from transforms.annotate.document import ArticleToCode, split_lines
from transforms.clean import clean_article
from transforms.extract.extractor import Extractor
from transforms.read import read_path
from transforms.records import RawArticle

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


def timed_run(path: Path, warehouse: Path, workers: int) -> tuple[float, int]:
    """Seconds of ``dateline run`` and the peak memory in MiB of its largest process."""
    command = [str(Path(sys.executable).with_name("dateline")), "run", str(path), "--warehouse", str(warehouse)]
    environment = {**os.environ, "DATELINE_WORKERS": str(workers), "PREFECT_HOME": str(warehouse.parent / "prefect")}
    start = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // KIB_PER_MIB


def measure(path: Path, workers: list[int], folder: Path) -> dict[str, object]:
    texts = list(articles(path))
    words = sum(len(article.text.split()) for article in texts)
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
    figures: dict[str, object] = {
        "articles": len(texts),
        "words": words,
        "mentions": mentions,
        "bare_model_words_per_second": round(bare),
        "extractor_words_per_second": round(coded),
        "extractor_against_model": round(coded / bare, 3),
    }
    for n_workers in workers:
        seconds, peak = timed_run(path, folder / f"warehouse-{n_workers}" / "data", n_workers)
        figures[f"run_{n_workers}_workers"] = {
            "seconds": round(seconds, 1),
            "words_per_second": round(words / seconds),
            "against_model": round(words / seconds / bare, 3),
            "peak_process_mib": peak,
        }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = head_of(options.path, options.articles, folder)
        sys.stdout.write(json.dumps(measure(path, options.workers, folder), indent=1) + "\n")


if __name__ == "__main__":
    main()
