"""``dateline calibrate``: the weights behind ``confidence``, fitted anew on mentions that people judged."""

import csv
from collections.abc import Iterator
from pathlib import Path

import seeds
from flows.coding import load_extractor
from flows.confidence_diagram import draw_reliability
from flows.console import UsageError, note
from flows.render import render_table
from flows.settings import Settings
from transforms.evaluate import read_gold
from transforms.evaluate.calibration import Calibration, Judged, calibrate
from transforms.evaluate.judged import Text, read_judgements, read_texts
from transforms.evaluate.matching import Matched
from transforms.extract.confidence import ALWAYS, TABLE
from transforms.extract.extractor import Extractor
from transforms.records import Reject

HEAD = (
    "# What speaks for a coded event or against it, in log odds.\n"
    "# `dateline calibrate --write` fits weight and mentions and keeps what is written of the meaning.\n"
)
COLUMNS = ("sign", "weight", "mentions", "meaning")


def calibrate_confidence(
    gold: Path | None, corpora: Path | None, settings: Settings, *, write: bool, diagram: Path | None
) -> str:
    """Fit on the judged mentions and those of ``gold``; return the report as text.

    Raises ``GoldError`` for a file that is not gold, ``UsageError`` for a folder without the corpora.
    """
    documents = read_gold(gold) if gold is not None else []
    extractor = load_extractor(settings.model, settings.actors)
    try:
        judged = list(_judged(extractor, corpora))
    except FileNotFoundError as error:
        raise UsageError(
            f"{error.filename} is missing: --corpora must hold the corpora of seeds/training/corpora.csv"
        ) from error
    for document, examined in zip(documents, extractor.examine(d.to_code() for d in documents), strict=True):
        if isinstance(examined.outcome, Reject):
            continue
        matched = Matched.of(document, examined.outcome)
        answered = {mention: event for event, mention in matched.pairs.items()}
        for number, signs in enumerate(examined.outcome.signs):
            is_optional = number in answered and matched.events[answered[number]].optional
            if not is_optional:
                judged.append(Judged(document.doc_id, signs, number in answered))
    calibration = calibrate(judged)
    if diagram is not None:
        diagram.write_text(draw_reliability(calibration.reliability()), encoding="utf-8")
    if write:
        _write_weights(calibration)
    return render_calibration(calibration)


def _judged(extractor: Extractor, corpora: Path | None) -> Iterator[Judged]:
    """The judged mentions that are still coded, with today's signs of them."""
    judgements: dict[Text, dict[tuple[int, str], bool]] = {}
    for one in read_judgements():
        judgements.setdefault(one.text, {})[one.trigger_start, one.event_type] = one.is_right
    n_found = 0
    texts = list(read_texts(judgements.keys(), corpora))
    for (text, _), outcome in zip(texts, extractor.extract(article for _, article in texts), strict=True):
        if isinstance(outcome, Reject):
            raise UsageError(f"{' '.join(text)} {outcome.reason}: {outcome.detail}")
        for mention, signs in zip(outcome.event_mentions, outcome.signs, strict=True):
            is_right = judgements[text].get((mention.trigger_start, mention.event_type))
            if is_right is not None:
                n_found += 1
                yield Judged(" ".join(text), signs, is_right)
    n_judged = sum(len(judgements[text]) for text, _ in texts)
    note(f"{n_found} of {n_judged} judged mentions in {len(texts)} texts are coded today")


def _write_weights(calibration: Calibration) -> None:
    """Replace weights and counts of the table; what its signs mean stays, a new sign's meaning is to be written."""
    meanings = {row["sign"]: row["meaning"] for row in seeds.read_table(TABLE)}
    with (seeds.ROOT / f"{TABLE}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for sign, weight in calibration.weights.items():
            count = len(calibration.is_right) if sign == ALWAYS else calibration.counts[sign]
            table.writerow([sign, f"{weight:.2f}", count, meanings.get(sign, "")])


def render_calibration(calibration: Calibration) -> str:
    """Figures on texts left out, bands, thresholds, and the weights from the most against to the most for."""
    figures = [[name.replace("_", " "), value] for name, value in calibration.figures().items()]
    bands = [list(band.values()) for band in calibration.reliability()]
    thresholds = [list(row.values()) for row in calibration.thresholds()]
    weights = [
        [f"{weight:+.2f}", calibration.counts.get(sign, len(calibration.is_right)), sign]
        for sign, weight in sorted(calibration.weights.items(), key=lambda item: item[1])
    ]
    return "\n\n".join(
        [
            f"{len(calibration.is_right)} mentions; figures are of texts that the weights were not fitted on",
            render_table(["figure", "value"], figures),
            render_table(["from", "to", "mentions", "mean confidence", "right"], bands),
            render_table(["threshold", "mentions kept", "right of these", "right ones kept"], thresholds),
            render_table(["weight", "mentions", "sign"], weights),
        ]
    )
