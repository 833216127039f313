"""Prepare, train, evaluate and package run on corpora of a few sentences of our own."""

import csv
import gzip
import json
from pathlib import Path

import pytest
import spacy

from transforms.annotate.training.corpora import TrainingDataMissing
from transforms.annotate.training.evaluate import Scores, evaluate
from transforms.annotate.training.package import assemble, package
from transforms.annotate.training.prepare import prepare
from transforms.annotate.training.train import Trained, train

SENTENCES = [
    """Soldiers|NOUN|NNS|2|nsubj arrested|VERB|VBD|0|root Anna|PROPN|NNP|2|obj Holm|PROPN|NNP|3|flat
    in|ADP|IN|6|case Lima|PROPN|NNP|2|obl .|PUNCT|.|2|punct""",
    """Two|NUM|CD|2|nummod boats|NOUN|NNS|4|nsubj:pass were|AUX|VBD|4|aux:pass seized|VERB|VBN|0|root
    by|ADP|IN|6|case rebels|NOUN|NNS|4|obl:agent .|PUNCT|.|4|punct""",
]
ENTITIES = [["O", "O", "B-PER", "I-PER", "O", "B-LOC", "O"], ["O"] * 7]
HELD_OUT = "The long quay of Sella burned all night."
QUICK = {"training.max_steps": 4, "training.eval_frequency": 2}


def conllu(copies: int) -> str:
    blocks = []
    for number in range(copies):
        rows = []
        for index, word in enumerate(SENTENCES[number % 2].split(), start=1):
            form, upos, xpos, head, dep = word.split("|")
            lemma = form.lower().removesuffix("s") if upos == "NOUN" else form
            rows.append(f"{index}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{dep}\t_\t_")
        blocks.append("\n".join([f"# newdoc id = d{number // 2}", f"# sent_id = s{number}", *rows]))
    return "\n\n".join(blocks) + "\n\n"


def tagged(copies: int, *, numbered: bool = False, separator: str = "\t") -> str:
    blocks = []
    for number in range(copies):
        words = [word.split("|")[0] for word in SENTENCES[number % 2].split()]
        pairs = enumerate(zip(words, ENTITIES[number % 2], strict=True), start=1)
        lines = [separator.join([*([str(index)] if numbered else []), word, tag]) for index, (word, tag) in pairs]
        blocks.append("\n".join([*([f"# sent_id = s{number}"] if numbered else []), *lines]))
    return "\n\n".join(blocks) + "\n\n"


def zipped(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding=encoding) as file:
        file.write(text)


def write_gmb(path: Path, sentences: int) -> None:
    path.parent.mkdir(parents=True)
    with gzip.open(path, "wt", encoding="latin-1", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Sentence #", "Word", "POS", "Tag"])
        for number in range(sentences):
            words = [f"{number} farmers met Peruvian officials near Cusco .".split(), "O O O B-gpe O O B-geo O".split()]
            for index, (word, tag) in enumerate(zip(*words, strict=True)):
                writer.writerow([f"Sentence: {number}" if index == 0 else "", word, "X", tag])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for split in ("train", "dev", "test"):
        zipped(folder / "ud_ewt" / f"{split}.conllu.gz", conllu(8))
        zipped(folder / "ud_gum_open" / f"{split}.conllu.gz", conllu(4))
        zipped(folder / "uner_ewt" / f"{split}.iob2.gz", tagged(8, numbered=True))
    zipped(folder / "ner_wikigold" / "wikigold.conll.txt.gz", tagged(4, separator=" ").replace("B-", "I-"))
    politics = folder / "ner_crossner_politics"
    politics.mkdir()
    for split in ("train", "dev", "test"):
        text = tagged(4).replace("-PER", "-politician").replace("-LOC", "-location")
        (politics / f"{split}.txt").write_text(text, encoding="utf-8")
    write_gmb(folder / "ner_gmb" / "ner_dataset.csv.gz", 240)
    re3d = folder / "ner_re3d_open" / "source"
    re3d.mkdir(parents=True)
    documents = [
        {"_id": "a", "text": "Guards saw Anna Holm."},
        {"_id": "b", "text": HELD_OUT},
    ]
    (re3d / "documents.json").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    entity = {"documentId": "a", "begin": 11, "end": 20, "type": "Person", "value": "Anna Holm", "confidence": 1}
    (re3d / "entities.json").write_text(json.dumps(entity), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def prepared(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("prepared")
    held = output / "held.jsonl"
    held.write_text(json.dumps({"text": HELD_OUT}) + "\n", encoding="utf-8")
    counts = prepare(data=data, output=output, exclude_texts=held, gold_repeats=1)
    assert counts["syntax-train"] == 6
    assert counts["syntax-test-ewt"] == 4
    assert all(counts.values())
    return output


@pytest.fixture(scope="module")
def trained(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return train(prepared=prepared, output=tmp_path_factory.mktemp("trained"), overrides=QUICK)


def test_missing_data_lists_sources_and_licences(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataMissing, match=r"(?s)uner_ewt: Universal NER .*https://.*CC BY-SA 4\.0.*ner_gmb: "):
        prepare(data=tmp_path, output=tmp_path / "out")


def test_texts_left_out_are_not_prepared(prepared: Path) -> None:
    docs = spacy.tokens.DocBin().from_disk(prepared / "entities-train.spacy").get_docs(spacy.blank("en").vocab)
    texts = [doc.text for doc in docs]
    assert "Guards saw Anna Holm." in texts
    assert not any("quay" in text for text in texts)


def test_entities_of_all_corpora_carry_the_labels_of_the_model(prepared: Path) -> None:
    docs = spacy.tokens.DocBin().from_disk(prepared / "entities-train.spacy").get_docs(spacy.blank("en").vocab)
    found = {(entity.text, entity.label_) for doc in docs for entity in doc.ents}
    assert {("Anna Holm", "PERSON"), ("Lima", "GPE"), ("Peruvian", "NORP"), ("Cusco", "GPE")} == found


def test_evaluating_nothing_is_an_error(trained: Trained, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="run the stage prepare first"):
        evaluate(model=trained.syntax, prepared=tmp_path)


def test_the_package_is_a_pipeline_with_papers(trained: Trained, prepared: Path, tmp_path: Path) -> None:
    assembled = tmp_path / "assembled"
    assemble(syntax=trained.syntax, entities=trained.entities).to_disk(assembled)
    scores: Scores = evaluate(model=assembled, prepared=prepared)
    assert {"syntax-test-ewt", "syntax-dev-gum", "entities-test-uner", "entities-test-gmb", "speed"} <= set(scores)
    model = tmp_path / "model"
    for _ in range(2):  # the second time in place of the first
        package(syntax=trained.syntax, entities=trained.entities, output=model, version="9.9.9", scores=scores)
    nlp = spacy.load(model)
    assert nlp.meta["name"] == "dateline_news"
    assert nlp.meta["version"] == "9.9.9"
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert nlp("Soldiers arrested Anna Holm.").has_annotation("DEP")
    whole = spacy.load(assembled)("Two boats were seized by rebels.")
    assert [(word.lemma_, word.dep_) for word in nlp(whole.text)] == [(word.lemma_, word.dep_) for word in whole]
    assert "farmers" not in json.loads((model / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert "| test-ewt |" in (model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "by-sa/4.0/legalcode" in (model / "LICENSE").read_text(encoding="utf-8")
    assert str(prepared) not in (model / "config.cfg").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
