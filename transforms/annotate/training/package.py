"""Puts the trained parts together to the pipeline that is shipped, with model card and licence."""

import json
import shutil
from pathlib import Path
from string import Template
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import load_config

from seeds import read_table
from transforms.annotate.training.evaluate import ENTITIES, SYNTAX, Scores

NAME = "dateline_news"
LICENCE = "CC BY-SA 4.0"
TEMPLATES = Path(__file__).parent
MACHINE_SETTINGS = (
    *("paths.train", "paths.dev", "paths.log", "paths.vectors", "initialize.vectors", "initialize.before_init"),
    *("corpora.train", "training.logger"),
)


def assemble(*, syntax: Path, entities: Path) -> Language:
    """The pipeline of the trained syntax with the entity recogniser before the lemmas, which look at names."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(entities), before="lemmatizer")
    return nlp


def package(*, syntax: Path, entities: Path, output: Path, version: str, scores: Scores | None = None) -> Path:
    """Write the shipped pipeline to the folder ``output``, in place of what is there, and return it.

    ``syntax`` and ``entities`` are the folders of the trained models. ``scores`` are what ``evaluate`` returned for
    the assembled pipeline; they go to ``meta.json`` and the model card. The folder is replaced at once, so a pipeline
    is there all the time.
    """
    nlp = assemble(syntax=syntax, entities=entities)
    nlp.meta.update(
        {
            "name": NAME,
            "version": version,
            "description": "English news: words, Universal Dependencies, lemmas and entities, trained on open corpora.",
            "author": "The Dateline authors",
            "license": LICENCE,
            "sources": [{"name": row["title"], "url": row["source"], "license": row["licence"]} for row in _corpora()],
            "performance": scores or {},
        }
    )
    fresh = output.with_name(f".{output.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    _forget_words(fresh, nlp)
    _forget_machine(fresh / "config.cfg")
    _write_papers(fresh, nlp=nlp, version=version, scores=scores or {})
    old = output.with_name(f".{output.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    fresh.rename(output)
    shutil.rmtree(old, ignore_errors=True)
    return output


def _corpora() -> tuple[dict[str, str], ...]:
    return read_table("training/corpora")


def _forget_words(folder: Path, nlp: Language) -> None:
    """Keep in the saved vocabulary only strings that labels are made of, not every word of the corpora."""
    labels = {label for pipe in nlp.pipe_labels.values() for label in pipe}
    needed = {
        *spacy.blank(nlp.lang or "en").vocab.strings,
        *labels,
        *(part for label in labels for part in label.split("|")),
    }
    path = folder / "vocab" / "strings.json"
    words = json.loads(path.read_text(encoding="utf-8"))
    kept = [word for word in words if word in needed]
    path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def _forget_machine(path: Path) -> None:
    """Take out of the saved config what only the training machine knows, so that plain spaCy reads it anywhere."""
    config = load_config(path, interpolate=False)
    for setting in MACHINE_SETTINGS:
        *sections, key = setting.split(".")
        section: dict[str, Any] = config
        for name in sections:
            section = section.get(name, {})
        if key in section:
            section[key] = None
    config.to_disk(path)


def _write_papers(folder: Path, *, nlp: Language, version: str, scores: Scores) -> None:
    (folder / "meta.json").write_text(json.dumps(nlp.meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fields = {
        "name": NAME,
        "version": version,
        "licence": LICENCE,
        "size": f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.0f} MB",
        "pipes": ", ".join(nlp.pipe_names),
        "labels": ", ".join(nlp.pipe_labels["ner"]),
        "dependencies": ", ".join(label for label in nlp.pipe_labels["parser"] if "||" not in label),
        "corpora": "\n".join(_corpus_row(row) for row in _corpora()),
        "attribution": "\n".join(_attribution(row) for row in _corpora()),
        "syntax_scores": _table(scores, SYNTAX, "syntax"),
        "entity_scores": _table(scores, ENTITIES, "entities"),
        "label_scores": _label_table(scores),
        "experiments": _experiments(),
        "speed": f"{scores.get('speed', {}).get('words_per_second', 0):,}",
    }
    for template, name in (("model_card.md", "MODEL_CARD.md"), ("model_licence.txt", "LICENSE")):
        text = Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(fields)
        (folder / name).write_text(text, encoding="utf-8")


def _corpus_row(row: dict[str, str]) -> str:
    return f"| [{row['title']}]({row['source']}) | {row['licence']} | {row['attribution']} |"


def _experiments() -> str:
    """The table of what was tried, as ``seeds/training/experiments.csv`` has it."""
    rows = read_table("training/experiments")
    columns = list(rows[0])
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row.values())} |" for row in rows)])


def _attribution(row: dict[str, str]) -> str:
    return f"- {row['title']}, {row['source']}\n  {row['attribution']}\n  {row['licence']}"


def _table(scores: Scores, keys: tuple[str, ...], task: str) -> str:
    lines = [f"| held-out text | {' | '.join(keys)} |", f"|---{'|---:' * len(keys)}|"]
    for name, values in scores.items():
        if name.startswith(task):
            cells = (f"{100 * values[key]:.1f}" if key in values else "" for key in keys)
            lines.append(f"| {name.removeprefix(task + '-')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _label_table(scores: Scores) -> str:
    columns = {name: values["ents_per_type"] for name, values in scores.items() if "ents_per_type" in values}
    labels = sorted({label for by_label in columns.values() for label in by_label})
    titles = [name.removeprefix("entities-") for name in columns]
    lines = [f"| label (F) | {' | '.join(titles)} |", f"|---{'|---:' * len(titles)}|"]
    for label in labels:
        cells = (f"{100 * by_label[label]['f']:.1f}" if label in by_label else "" for by_label in columns.values())
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)
