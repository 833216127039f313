"""An evaluation as text: figures, mistakes counted by cause, and each with gold and coded side by side."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from flows.render import render_table
from transforms.evaluate.mistakes import CAUSES

Report = dict[str, Any]

RATES = ("precision", "recall", "f1")
COUNTS = ("right", "spurious", "missed")
MOST_RULES = 15
"""Rules shown with what they coded in vain; JSON holds all."""
SIDES = ("event_type", "trigger", "status", "actors", "recipients", "attributed_to", "date", "place", "counts")


def render_report(report: Report, *, rows: int) -> str:
    """Lay a report out; of each cause at most ``rows`` mistakes, all for 0."""
    return "\n\n".join(_blocks(report, rows))


def _blocks(report: Report, rows: int) -> Iterator[str]:
    part = f" of part {report['part']}" if report["part"] else ""
    yield f"{report['documents']} documents{part}; intervals are of 95 %, by bootstrap over documents"
    if report["documents"]:
        yield _events(report)
        yield _fields(report)
        yield _confidence(report["by_confidence"])
    yield _parts(report["parts"])
    if "mistakes" in report:
        yield _causes(report["causes"])
        yield _rules(report["rules"])
        yield from _mistakes(report["mistakes"], rows)


def _events(report: Report) -> str:
    rates = {
        **report["by_type"],
        **report["by_quad_class"],
        "all types": report["event"],
        "any type": report["detection_any_type"],
        **report["parties"],
        "full row": report["full_row"],
    }
    lines = [
        [name, *(row[rate] for rate in RATES), interval(row["intervals"]["f1"]), *(row[count] for count in COUNTS)]
        for name, row in rates.items()
    ]
    table = render_table(["", *RATES, "95 % of f1", *COUNTS], lines)
    macro = (
        f"macro f1 of {name.replace('_', ' ')}: {figure['f1']} {interval(figure['interval'])}"
        for name, figure in report["macro_f1"].items()
    )
    return "\n".join([table, "", *macro])


def _fields(report: Report) -> str:
    lines = [
        [name, row["accuracy"], interval(row["interval"]), row["right"], row["compared"]]
        for name, row in report["fields"].items()
    ]
    return render_table(["field of matched events", "accuracy", "95 %", "right", "compared"], lines)


def _confidence(bands: dict[str, Report]) -> str:
    lines = [
        [
            *(name, band["mentions"], band["type"]["precision"], interval(band["type"]["interval"])),
            *(band["full_row"]["precision"], interval(band["full_row"]["interval"])),
        ]
        for name, band in bands.items()
    ]
    return render_table(["confidence", "mentions", "type right", "95 %", "full row right", "95 %"], lines)


def _parts(parts: dict[str, Report]) -> str:
    lines = []
    for name, figures in parts.items():
        if not figures["documents"]:
            continue
        event, status = figures["event"], figures["fields"].get("status", {})
        lines.append(
            [
                *(name, figures["documents"], event["right"] + event["missed"], event["f1"]),
                *(interval(event["intervals"]["f1"]), figures["detection_any_type"]["f1"]),
                *(figures["parties"][role]["f1"] for role in ("actor", "recipient")),
                *(status.get("accuracy"), figures["full_row"]["f1"]),
            ]
        )
    columns = ["part", "documents", "events", "f1", "95 %", "any type", "actor", "recipient", "status", "full row"]
    return render_table(columns, lines)


def interval(bounds: Sequence[float] | None) -> str:
    return f"{bounds[0]:.2f}-{bounds[1]:.2f}" if bounds else ""


def _causes(causes: dict[str, dict[str, int]]) -> str:
    lines = []
    for cause, details in causes.items():
        often = ", ".join(f"{detail} {count}" for detail, count in details.items() if detail)
        lines.append([cause, CAUSES[cause], sum(details.values()), often])
    return render_table(["cause", "event was", "mistakes", "most often"], lines)


def _rules(rules: dict[str, dict[str, int]]) -> str:
    worst = [(rule_id, counts) for rule_id, counts in rules.items() if counts["spurious"]][:MOST_RULES]
    lines = [[rule_id, counts["spurious"], counts["right"]] for rule_id, counts in worst]
    return render_table(["rules that coded in vain", "spurious", "right"], lines)


def _mistakes(mistakes: Sequence[Report], rows: int) -> Iterator[str]:
    order = list(CAUSES)
    ordered = sorted(mistakes, key=lambda mistake: (order.index(mistake["cause"]), mistake["detail"]))
    for cause, found in groupby(ordered, key=lambda mistake: mistake["cause"]):
        listed = list(found)
        shown = listed[: rows or None]
        yield f"── {cause}: {len(shown)} of {len(listed)} ".ljust(100, "─")
        yield from (_mistake(mistake) for mistake in shown)


def _mistake(mistake: Report) -> str:
    rule = f"  by {mistake['rule_id']}" if mistake["rule_id"] else ""
    text, start, end = mistake["sentence"], mistake["start"], mistake["end"]
    marked = " ".join(f"{text[:start]}»{text[start:end]}«{text[end:]}".split())
    lines = [f"{mistake['detail'] or mistake['cause']}{rule}  in {mistake['document_id']}", f"  {marked}"]
    lines += [f"  dropped {tried}" for tried in mistake["tried"]]
    gold, coded = mistake["gold"] or {}, mistake["coded"] or {}
    sides = [
        ["*" if gold and coded and gold[name] != coded[name] else "", name, gold.get(name, ""), coded.get(name, "")]
        for name in SIDES
        if gold.get(name) or coded.get(name)
    ]
    table = render_table(["", "", "gold", "coded"], sides, width=96)
    return "\n".join([*lines, *(f"  {line}" for line in table.splitlines())])
