"""``dateline train``: open corpora -> the language model, as a flow of four stages."""

from pathlib import Path
from typing import Annotated, Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows.progress import report
from transforms.annotate.training.evaluate import Scores, evaluate
from transforms.annotate.training.package import package
from transforms.annotate.training.prepare import prepare
from transforms.annotate.training.train import Trained, train

MODEL_VERSION = "1.0.0"

SHOWN_SCORES = ("tag_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_p", "ents_r", "ents_f")


@task(task_run_name="prepare the corpora", cache_policy=NO_CACHE)
def prepare_corpora(corpora: Path, work: Path, exclude_texts: Path | None) -> dict[str, int]:
    """Turn the corpora into files to train and measure on."""
    return prepare(data=corpora, output=work, exclude_texts=exclude_texts)


@task(task_run_name="train", cache_policy=NO_CACHE)
def train_parts(work: Path, steps: int | None) -> Trained:
    """Train the parts of the pipeline."""
    overrides = {} if steps is None else {"training.max_steps": steps}
    return train(prepared=work, output=work, overrides=overrides)


@task(task_run_name="measure the pipeline", cache_policy=NO_CACHE)
def measure(model: Path, work: Path) -> Scores:
    """Score the assembled pipeline on texts that were held out."""
    return evaluate(model=model, prepared=work)


@task(task_run_name="write {output}", cache_policy=NO_CACHE)
def write_pipeline(parts: Trained, output: Path, scores: Scores | None) -> Path:
    """Put the parts together to one pipeline with its model card."""
    return package(syntax=parts.syntax, entities=parts.entities, output=output, version=MODEL_VERSION, scores=scores)


@flow(name="dateline-train", flow_run_name="train {output}")
def train_flow(
    corpora: Path,
    output: Path,
    work: Path,
    steps: Annotated[int | None, Field(ge=1)] = None,
    exclude_texts: Path | None = None,
) -> Scores:
    """Train the language model: prepare, train, evaluate, package.

    Args:
        corpora: Folder with the corpora of seeds/training/corpora.csv.
        output: Folder of the pipeline; what is there is replaced at the end.
        work: Folder for prepared corpora and models on the way.
        steps: Most training steps of each part; as configured where left out.
        exclude_texts: JSON lines with texts to be tested on; documents that overlap with one are not trained on.

    Raises:
        TrainingDataMissing: with sources and licences, where a corpus is not there.
    """
    report("preparing the corpora", unit="files")
    prepare_corpora(corpora, work, exclude_texts)
    report("training", unit="steps")
    parts = train_parts(work, steps)
    report("measuring", unit="files")
    scores = measure(write_pipeline(parts, work / "pipeline", None), work)
    write_pipeline(parts, output, scores)
    create_table_artifact(score_rows(scores), key="dateline-train", description=f"Scores of {output}")
    return scores


def score_rows(scores: Scores) -> list[dict[str, Any]]:
    """One row for each held-out file, in per cent."""
    return [
        {"held-out text": name, **{key: f"{100 * values[key]:.1f}" for key in SHOWN_SCORES if key in values}}
        for name, values in scores.items()
        if name != "speed"
    ]
