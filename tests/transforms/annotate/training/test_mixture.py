"""What a training reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from transforms.annotate.training.mixture import create_mixture

ATTRIBUTES = ("ORTH", "SPACY", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")


def unchanged(_: Language, example: Example) -> Iterator[Example]:
    yield example


@pytest.fixture
def nlp() -> Language:
    return spacy.blank("en")


@pytest.fixture
def folder(tmp_path: Path, nlp: Language) -> Path:
    parsed = Doc(nlp.vocab, words=["Guards", "left"], heads=[1, 1], deps=["nsubj", "ROOT"])
    named = Doc(nlp.vocab, words=["Lima", "slept"], ents=["B-GPE", "O"])
    for name, docs in {"treebanks": [parsed], "names": [named], "newswire": [named, parsed]}.items():
        DocBin(attrs=ATTRIBUTES, docs=docs).to_disk(tmp_path / f"{name}.spacy")
    return tmp_path


def test_files_are_read_as_often_as_said(folder: Path, nlp: Language) -> None:
    times = {"treebanks": 3, "names": 1, "newswire": 1}
    read = create_mixture(folder, times, "DEP", unchanged)
    assert [example.reference.text for example in read(nlp)] == ["Guards left "] * 4
    read = create_mixture(folder, times, "ENT_IOB", unchanged)
    assert [example.reference.text for example in read(nlp)] == ["Lima slept "] * 2


def test_an_unknown_file_is_named(folder: Path) -> None:
    with pytest.raises(ValueError, match="is called headlines; there are treebanks, names, newswire"):
        create_mixture(folder, {"headlines": 1}, "DEP", unchanged)
