"""The teacher's stage on tiny corpora; it runs where the packages of the extra ``train`` are."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from transforms.annotate.training.corpora import TEACHER_PACKAGES, encoder_folder
from transforms.annotate.training.prepare import TRAINED_ON, prepare

for package in TEACHER_PACKAGES:
    pytest.importorskip(package, reason="the teacher needs `pip install '.[train]'`")


def test_a_teacher_parses_what_has_no_parse(corpora: Path, tmp_path: Path) -> None:
    from transforms.annotate.training.teacher.teach import HELD_OUT, teach

    prepared, taught = tmp_path / "prepared", tmp_path / "taught"
    prepare(data=corpora, output=prepared)
    taught.mkdir()
    steps = []
    report = lambda *step: steps.append(step)  # noqa: E731
    scores = teach(prepared=prepared, output=taught, pretrained=encoder_folder(), seed=1, report=report)
    assert set(scores) == set(HELD_OUT)
    assert steps[-1][0] == steps[-1][1]
    vocab = spacy.blank("en").vocab
    for name in TRAINED_ON:
        before = list(DocBin().from_disk(prepared / f"{name}.spacy").get_docs(vocab))
        after = list(DocBin().from_disk(taught / f"{name}.spacy").get_docs(vocab))
        assert [doc.text for doc in after] == [doc.text for doc in before]
        assert all(doc.has_annotation("DEP") for doc in after if doc.has_annotation("SENT_START"))
    assert spacy.load(taught / "vectors").vocab.vectors.shape[1] == 96
