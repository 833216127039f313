"""The shipped pipeline loads, and others are refused with a reason."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from seeds import MODEL
from transforms.annotate.pipeline import ModelError, load_pipeline


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def test_absent_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot load the language model .*nowhere"):
        load_pipeline(tmp_path / "nowhere")


def test_model_without_parser(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="has no 'parser'"):
        load_pipeline(tmp_path)


def test_model_with_other_labels(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("dobj")
    nlp.add_pipe("ner").add_label("PERSON")
    nlp.initialize()
    nlp.to_disk(tmp_path)
    with pytest.raises(ModelError, match="does not parse with Universal Dependencies"):
        load_pipeline(tmp_path)


def test_loaded_once(nlp: Language) -> None:
    assert load_pipeline() is nlp


def test_components_and_labels(nlp: Language) -> None:
    assert {"tok2vec", "tagger", "morphologizer", "lemmatizer", "parser", "ner"} <= set(nlp.pipe_names)
    assert {"PERSON", "ORG", "GPE", "LOC", "NORP"} <= set(nlp.pipe_labels["ner"])
    assert {"nsubj", "obj", "obl", "nsubj:pass", "obl:agent", "compound:prt"} <= set(nlp.pipe_labels["parser"])


def test_a_plain_clause(nlp: Language) -> None:
    doc = nlp("The soldiers arrested three protesters on Friday.")
    found = {token.text: (token.lemma_, token.pos_, token.dep_, token.head.text) for token in doc}
    assert found["soldiers"] == ("soldier", "NOUN", "nsubj", "arrested")
    assert found["arrested"][:3] == ("arrest", "VERB", "ROOT")
    assert found["protesters"] == ("protester", "NOUN", "obj", "arrested")
    assert found["Friday"][2:] == ("obl", "arrested")


def test_a_passive_clause(nlp: Language) -> None:
    doc = nlp("Two villagers were killed by rebels on Monday.")
    found = {token.text: token.dep_ for token in doc}
    assert found["villagers"] == "nsubj:pass"
    assert found["were"] == "aux:pass"
    assert found["rebels"] == "obl:agent"


def test_sentences_of_a_paragraph(nlp: Language) -> None:
    doc = nlp("The army shelled the town. Hundreds of people fled. “We have lost everything,” one woman said.")
    assert len(list(doc.sents)) == 3


def test_entities(nlp: Language) -> None:
    doc = nlp("President Vladimir Putin met Turkish officials in Ankara on Tuesday.")
    found = {entity.text: entity.label_ for entity in doc.ents}
    assert found["Vladimir Putin"] == "PERSON"
    assert found["Turkish"] == "NORP"
    assert found["Ankara"] == "GPE"
    assert found["Tuesday"] == "DATE"


def test_what_is_shipped() -> None:
    files = {path.name for path in MODEL.iterdir()}
    assert {"meta.json", "config.cfg", "MODEL_CARD.md", "LICENSE", "tokenizer", "vocab"} <= files
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 40e6


def test_nothing_of_the_training_machine_is_shipped() -> None:
    for name in ("config.cfg", "meta.json", "MODEL_CARD.md", "LICENSE"):
        assert "/work" not in (MODEL / name).read_text(encoding="utf-8")
