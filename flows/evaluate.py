"""``dateline evaluate``: the coder's figures on texts coded by hand, and its mistakes by cause."""

from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flows.coding import load_extractor
from flows.console import note
from flows.evaluation_files import History, NearMissFile
from flows.settings import Settings
from transforms.evaluate import Evaluation, evaluate, read_gold
from transforms.evaluate.mistakes import count_causes

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked of an evaluation beside the figures."""

    part: str | None = None
    """ "A" or "B": figures by type, mistakes and near misses of these documents only."""
    errors: bool = False
    near_misses: Path | None = None
    history: Path | None = None


def evaluate_gold(gold: Path, settings: Settings, wanted: Wanted) -> Report:
    """Code the texts of ``gold``, compare, and write the files that are wanted.

    Returns plain values for :func:`flows.evaluation_report.render_report` or JSON. Raises ``GoldError`` for a file
    that is not gold, ``UsageError`` for a file that cannot be written, ``ModelError``; mistakes in what was typed show
    before the model is loaded.
    """
    near_misses = NearMissFile.to(wanted.near_misses) if wanted.near_misses else None
    history = History.read(wanted.history) if wanted.history else None
    documents = read_gold(gold)
    extractor = load_extractor(settings.model, settings.actors)
    evaluation = evaluate(documents, extractor)
    for reject in evaluation.rejects:
        note(f"a document {reject.reason} and counts as missed: {reject.detail}")
    chosen = evaluation.part(wanted.part)
    report: Report = {
        "gold": gold.name,
        "version": version("dateline"),
        "extractor_version": extractor.version,
        "part": wanted.part,
        **chosen.figures(),
        "parts": evaluation.figures_of_parts(),
    }
    if wanted.errors:
        report |= errors(chosen)
    if near_misses is not None:
        note(f"{near_misses.write(chosen.near_misses)} near misses written to {wanted.near_misses}")
    if history is not None:
        note(history.append(report))
    return report


def errors(evaluation: Evaluation) -> Report:
    """Mistakes counted by cause, each with its sentence and both sides, and how often each rule is right."""
    mistakes = evaluation.mistakes
    return {
        "causes": count_causes(mistakes),
        "rules": evaluation.rules(),
        "mistakes": [asdict(mistake) for mistake in mistakes],
    }
