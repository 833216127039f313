"""``dateline train``: open corpora -> the language model, as a flow of stages that are each done once."""

from pathlib import Path
from typing import Annotated, Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait
from pydantic import Field

import seeds
from flows.pools import WorkerPool
from flows.progress import report
from flows.stages import digest, once
from transforms.annotate.training.corpora import corpus_folders, encoder_folder
from transforms.annotate.training.evaluate import Scores, evaluate
from transforms.annotate.training.package import package
from transforms.annotate.training.prepare import prepare
from transforms.annotate.training.steps import last_step
from transforms.annotate.training.train import CONFIGS, PARTS, VECTORS, Overrides, most_steps, train_part

MODEL_VERSION = "2.1.0"
SEED = 20261126
SECONDS_BETWEEN_REPORTS = 5.0
ONLY_TOLD = frozenset({"experiments"})
"""Tables that the model card shows and nothing is trained from."""

SHOWN_SCORES = ("tag_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_p", "ents_r", "ents_f")


@task(task_run_name="prepare the corpora", cache_policy=NO_CACHE)
def prepare_corpora(corpora: Path, folder: Path, key: str, exclude_texts: Path | None) -> dict[str, int]:
    """Turn the corpora into files to train and measure on; returns paragraphs by file."""
    counts: dict[str, int] = once(
        folder, key=key, make=lambda output: prepare(data=corpora, output=output, exclude_texts=exclude_texts)
    )
    return counts


@task(task_run_name="pre-train: a teacher and word vectors", cache_policy=NO_CACHE)
def teach_corpora(pretrained: Path, prepared: Path, folder: Path, key: str) -> dict[str, dict[str, float]]:
    """Tune the teacher and let it fill in what the corpora leave open; returns its scores."""
    from transforms.annotate.training.teacher.teach import teach  # noqa: PLC0415 - its packages are optional

    def progress(step: int, steps: int) -> None:
        report("tuning the teacher", done=step, total=steps, unit="steps")

    scores: dict[str, dict[str, float]] = once(
        folder,
        key=key,
        make=lambda output: teach(prepared=prepared, output=output, pretrained=pretrained, seed=SEED, report=progress),
    )
    return scores


@task(task_run_name="train {part}", cache_policy=NO_CACHE)
def train_one(
    *, part: str, texts: Path, prepared: Path, vectors: Path | None, folder: Path, key: str, overrides: Overrides
) -> Path:
    """Train one part of the pipeline, in a process of its own; returns the folder of the best model."""
    return Path(
        once(
            folder,
            key=key,
            make=lambda output: str(
                train_part(part, texts=texts, prepared=prepared, output=output, vectors=vectors, overrides=overrides)
            ),
        )
    )


@task(task_run_name="measure the pipeline", cache_policy=NO_CACHE)
def measure(model: Path, prepared: Path) -> Scores:
    """Score the assembled pipeline on texts that were held out."""
    return evaluate(model=model, prepared=prepared)


@task(task_run_name="write {output}", cache_policy=NO_CACHE)
def write_pipeline(parts: dict[str, Path], output: Path, scores: Scores | None) -> Path:
    """Put the parts together to one pipeline with its model card."""
    return package(**parts, output=output, version=MODEL_VERSION, scores=scores)


@flow(name="dateline-train", flow_run_name="train {output}")
def train_flow(
    corpora: Path,
    output: Path,
    work: Path,
    *,
    steps: Annotated[int | None, Field(ge=1)] = None,
    exclude_texts: Path | None = None,
    with_teacher: bool = True,
) -> Scores:
    """Train the language model: prepare, pre-train, train, evaluate, package.

    Each stage is done once: what a run that was stopped has finished, the next run takes as it is.

    Args:
        corpora: Folder with the corpora of seeds/training/corpora.csv.
        output: Folder of the pipeline; what is there is replaced at the end.
        work: Folder for prepared corpora and models on the way.
        steps: Most training steps of each part; as configured where left out.
        exclude_texts: JSON lines with texts to be tested on; documents that overlap with one are not trained on.
        with_teacher: Whether a teacher annotates newswire first, which needs the extra ``train``.

    Raises:
        TrainingDataMissing: with sources and licences, where a corpus is not there.
        TeacherMissing: where the packages of the teacher are not there.
    """
    pretrained = encoder_folder() if with_teacher else None
    prepared, taught = work / "prepared", work / "taught"
    files = sorted(path for folder in corpus_folders(corpora).values() for path in folder.rglob("*") if path.is_file())
    tables = sorted(path for path in (seeds.ROOT / "training").glob("*.csv") if path.stem not in ONLY_TOLD)
    key = digest(files=[*files, *tables, *([exclude_texts] if exclude_texts else [])])

    report("preparing the corpora", unit="files")
    counts = prepare_corpora(corpora, prepared, key, exclude_texts)
    create_table_artifact([counts], key="dateline-train-corpora", description="Paragraphs in each file")
    texts = prepared
    if pretrained is not None:
        report("tuning the teacher", unit="steps")
        key, texts = digest(key, str(pretrained), SEED), taught
        teacher_scores = teach_corpora(pretrained, prepared, taught, key)
        create_table_artifact(score_rows(teacher_scores), key="dateline-train-teacher", description="The teacher")
    parts = train_parts(work, texts=texts, prepared=prepared, key=key, steps=steps)
    report("measuring", unit="files")
    scores = measure(write_pipeline(parts, work / "pipeline", None), prepared)
    write_pipeline(parts, output, scores)
    create_table_artifact(score_rows(scores), key="dateline-train", description=f"Scores of {output}")
    return scores


def train_parts(work: Path, *, texts: Path, prepared: Path, key: str, steps: int | None) -> dict[str, Path]:
    """Train the parts side by side, each in a process of its own; returns the folder of each part's best model."""
    overrides = {} if steps is None else {"training.max_steps": steps}
    vectors = texts / VECTORS
    shared = {
        "texts": texts,
        "prepared": prepared,
        "vectors": vectors if vectors.is_dir() else None,
        "overrides": overrides,
    }
    with WorkerPool(len(PARTS)) as pool:
        futures = {
            part: pool.submit(
                train_one,
                {
                    **shared,
                    "part": part,
                    "folder": work / part,
                    "key": digest(key, overrides, files=[CONFIGS / f"{part}.cfg"]),
                },
            )
            for part in PARTS
        }
        while wait(list(futures.values()), timeout=SECONDS_BETWEEN_REPORTS).not_done:
            report_steps(work, overrides)
        return {part: future.result() for part, future in futures.items()}


def report_steps(work: Path, overrides: Overrides) -> None:
    """Tell how far the parts are together."""
    done = sum(last_step(work / part) for part in PARTS)
    total = sum(most_steps(part, overrides) for part in PARTS)
    report("training", done=done, total=total, unit="steps")


def score_rows(scores: Scores) -> list[dict[str, Any]]:
    """One row for each held-out file, in per cent."""
    return [
        {"held-out text": name, **{key: f"{100 * values[key]:.1f}" for key in SHOWN_SCORES if key in values}}
        for name, values in scores.items()
        if name != "speed"
    ]
