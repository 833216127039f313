"""The training flow runs whole on tiny corpora, and goes on where it stood."""

import json

import pytest
import spacy


def test_corpora_become_a_pipeline_and_nothing_is_done_twice(prefect_server, corpora, tmp_path, monkeypatch):
    from prefect.artifacts import Artifact

    from flows import train

    model, work = tmp_path / "model", tmp_path / "work"
    scores = train.train_flow(corpora, model, work, steps=4, with_teacher=False)
    assert scores["syntax-test-ewt, gold tokens and sentences"]["dep_las"] >= 0
    nlp = spacy.load(model)
    assert nlp.pipe_names == ["tok2vec", "tagger", "morphologizer", "parser", "ner", "lemmatizer"]
    assert nlp.meta["version"] == train.MODEL_VERSION
    assert "syntax-test-ewt" in str(Artifact.get("dateline-train").data)
    assert json.loads(Artifact.get("dateline-train-corpora").data)[0]["treebanks"] == 6

    def again(*_, **__):
        raise AssertionError("a finished stage was done again")

    monkeypatch.setattr(train, "prepare", again)
    monkeypatch.setattr(train, "train_part", again)
    before = (work / "syntax" / "steps.jsonl").stat().st_mtime_ns
    assert train.train_flow(corpora, model, work, steps=4, with_teacher=False).keys() == scores.keys()
    assert (work / "syntax" / "steps.jsonl").stat().st_mtime_ns == before


def test_absent_corpora_are_listed_with_their_licences(prefect_server, tmp_path):
    from flows.train import train_flow
    from transforms.annotate.training.corpora import TrainingDataMissing

    with pytest.raises(TrainingDataMissing, match=r"CC BY-SA 4\.0"):
        train_flow(tmp_path, tmp_path / "model", tmp_path / "work", with_teacher=False)
