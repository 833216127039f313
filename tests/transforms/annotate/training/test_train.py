"""What training on a trained pipeline needs."""

from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example

from transforms.annotate.training.train import restore_tree_labels


def test_a_loaded_lemmatiser_gets_its_labels_back(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("trainable_lemmatizer", config={"min_tree_freq": 1})
    words, lemmas = ["Rivers", "ran", "dry"], ["river", "run", "dry"]
    reference = Doc(nlp.vocab, words=words, lemmas=lemmas)
    nlp.initialize(lambda: [Example(nlp.make_doc("Rivers ran dry"), reference)])
    labels = dict(nlp.get_pipe("trainable_lemmatizer").tree2label)
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    restore_tree_labels(loaded)
    assert labels
    assert loaded.get_pipe("trainable_lemmatizer").tree2label == labels
