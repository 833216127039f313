"""``dateline evaluate`` on gold of other forms: places, press releases, event records, classes of sentences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from flows.coding import load_extractor
from flows.render import render_table
from flows.settings import Settings
from transforms.annotate.document import ArticleToCode
from transforms.evaluate.classes import read_classes, score_classes
from transforms.evaluate.records import read_records, score_records
from transforms.evaluate.releases import read_releases, score_releases
from transforms.evaluate.texts import SingleText
from transforms.evaluate.toponyms import ToponymFigures, ToponymText, read_toponyms, score_toponyms
from transforms.extract.coding import Coding
from transforms.extract.extractor import Extractor
from transforms.records import Reject

Text = TypeVar("Text", bound=SingleText)
Figures = TypeVar("Figures")

NOTHING = Coding("", (), (), (), ())


def is_other(path: Path) -> bool:
    """True of a file of one of these forms: its name tells, and for press releases its first line."""
    return is_toponyms(path) or is_records(path) or is_classes(path) or is_releases(path)


def is_records(path: Path) -> bool:
    """True of a JSON file, which is one list."""
    return path.suffix == ".json"


def is_classes(path: Path) -> bool:
    """True of a table with tabs."""
    return path.suffix == ".tsv"


def is_toponyms(path: Path) -> bool:
    """True of an XML file, plain or gzipped."""
    return ".xml" in path.suffixes


def is_releases(path: Path) -> bool:
    """True of a file whose first line has ``conversations``."""
    if not path.is_file() or path.suffix != ".jsonl":
        return False
    with path.open(encoding="utf-8", errors="replace") as lines:
        return lines.readline().startswith('{"conversations"')


def evaluate_other(path: Path, settings: Settings, *, part: str | None = None) -> dict[str, Any]:
    """Code the texts of ``path`` and compare; ``part`` "A" or "B" takes half of the texts, but for press releases.

    Raises ``GoldError`` for a file that is none of them, ``ModelError``.
    """
    if is_records(path):
        return asdict(_score(read_records(path), score_records, settings, part))
    if is_classes(path):
        return _score(read_classes(path), score_classes, settings, part)
    if is_releases(path):
        return _score(read_releases(path), score_releases, settings, None)
    return asdict(_score(read_toponyms(path), _score_places, settings, part))


def render_figures(figures: dict[str, Any]) -> str:
    """One line for each figure."""
    return render_table(["figure", "value"], [[name, value] for name, value in figures.items()])


def _score(
    texts: Iterable[Text],
    score: Callable[[Sequence[Text], Iterable[Coding]], Figures],
    settings: Settings,
    part: str | None,
) -> Figures:
    """Code the texts of a part, or all, and score them."""
    chosen = [text for text in texts if part in (None, text.part)]
    return score(chosen, _codings(load_extractor(settings.model, settings.actors), (text.to_code() for text in chosen)))


def _score_places(texts: Sequence[ToponymText], codings: Iterable[Coding]) -> ToponymFigures:
    return score_toponyms(texts, (coding.entities for coding in codings))


def _codings(extractor: Extractor, articles: Iterable[ArticleToCode]) -> Iterator[Coding]:
    for outcome in extractor.extract(articles):
        yield NOTHING if isinstance(outcome, Reject) else outcome
