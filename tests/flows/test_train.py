"""The training flow's wiring; what its stages do is tested with them."""

from pathlib import Path

import pytest

from transforms.annotate.training.train import Trained

SCORES = {"syntax-test": {"tag_acc": 0.95, "dep_las": 0.8}, "speed": {"words_per_second": 5000}}


def test_stages_follow_each_other(prefect_server, monkeypatch, tmp_path):
    from prefect.artifacts import Artifact

    from flows import train

    done = []

    def prepare(*, data, output, exclude_texts):
        done.append(("prepare", data, exclude_texts))
        return {"syntax-train": 1}

    def train_parts(*, prepared, output, overrides):
        done.append(("train", overrides))
        return Trained(output / "syntax", output / "entities")

    def evaluate(*, model, prepared):
        done.append(("evaluate", model.name))
        return SCORES

    def package(*, syntax, entities, output, version, scores):
        done.append(("package", output.name, scores is not None))
        return output

    for name, stub in (("prepare", prepare), ("train", train_parts), ("evaluate", evaluate), ("package", package)):
        monkeypatch.setattr(train, name, stub)
    scores = train.train_flow(Path("corpora"), tmp_path / "model", tmp_path / "work", steps=20)
    assert scores == SCORES
    assert done == [
        ("prepare", Path("corpora"), None),
        ("train", {"training.max_steps": 20}),
        ("package", "pipeline", False),
        ("evaluate", "pipeline"),
        ("package", "model", True),
    ]
    assert "95.0" in str(Artifact.get("dateline-train").data)


def test_absent_corpora_are_listed_with_their_licences(prefect_server, tmp_path):
    from flows.train import train_flow
    from transforms.annotate.training.corpora import TrainingDataMissing

    with pytest.raises(TrainingDataMissing, match=r"CC BY-SA 4\.0"):
        train_flow(tmp_path, tmp_path / "model", tmp_path / "work")
