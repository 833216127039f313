"""How far a training is: a line of JSON for each measured step, and for others now and then, read while it runs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.util import registry

LOG = "steps.jsonl"
"""File with the losses and scores of each measured step."""
STEPS_BETWEEN_LINES = 50

LogStep = Callable[[dict[str, Any] | None], None]


def create_step_log(output_file: Path | None) -> Callable[..., tuple[LogStep, Callable[[], None]]]:
    """A logger for spaCy's ``[training.logger]`` whose lines are there at once, as those of spaCy's own are not."""

    def write(line: dict[str, Any]) -> None:
        if output_file is not None:
            with Path(output_file).open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")

    def set_up(*_: object) -> tuple[LogStep, Callable[[], None]]:
        if output_file is not None:
            Path(output_file).unlink(missing_ok=True)
        step = 0

        def log_step(info: dict[str, Any] | None) -> None:
            nonlocal step
            if info is not None:
                scores = {name: value for name, value in info["other_scores"].items() if isinstance(value, float)}
                losses = {name: float(loss) for name, loss in info["losses"].items()}
                write({"step": info["step"], "score": float(info["score"]), "losses": losses, "scores": scores})
            elif step % STEPS_BETWEEN_LINES == 0:
                write({"step": step})
            step += 1

        return log_step, lambda: None

    return set_up


def last_step(output: Path) -> int:
    """The step at which the training into the folder ``output`` was seen last; 0 before the first time."""
    log = output / LOG
    lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    return int(json.loads(lines[-1])["step"]) if lines else 0


registry.loggers("dateline.step_log.v1", func=create_step_log)
