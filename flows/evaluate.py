"""``dateline evaluate``: the coder's figures on texts coded by hand."""

from pathlib import Path
from typing import Any

from flows.coding import load_extractor
from flows.render import render_table
from flows.settings import Settings
from transforms.evaluate import evaluate, read_gold

Figures = dict[str, Any]

RATES = ("precision", "recall", "f1", "right", "spurious", "missed")


def evaluate_gold(gold: Path, settings: Settings) -> Figures:
    """Code the texts of ``gold`` and compare. Raises ``GoldError`` for a file that is not gold, ``ModelError``."""
    read_gold(gold)  # a mistake in the file shows before the model is loaded
    figures: Figures = evaluate(gold, load_extractor(settings.model, settings.actors)).to_dict()
    return figures


def render_report(figures: Figures) -> str:
    """Lay the figures out: each event type, all types, both parties, and the other fields."""
    rates = {
        **figures["by_type"],
        "all types": figures["event"],
        "any type": figures["detection_any_type"],
        **figures["parties"],
    }
    first = render_table(["", *RATES], [[name, *(row[rate] for rate in RATES)] for name, row in rates.items()])
    fields = [[name, row["accuracy"], row["right"], row["compared"]] for name, row in figures["fields"].items()]
    second = render_table(["field of matched events", "accuracy", "right", "compared"], fields)
    return f"{figures['documents']} documents\n\n{first}\n\n{second}"
