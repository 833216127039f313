"""The stage that makes a teacher and lets it annotate what the corpora leave open."""

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.pipeline.dep_parser import parser_score as dependency_scores
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vocab import Vocab

from transforms.annotate.training.prepare import ATTRIBUTES, TRAINED_ON
from transforms.annotate.training.teacher.tune import Report, tune
from transforms.annotate.training.teacher.tutor import Teacher, annotate
from transforms.annotate.training.teacher.vectors import write_vectors
from transforms.annotate.training.train import VECTORS

HELD_OUT = ("syntax-test-ewt", "syntax-dev-gum", "syntax-dev-gum-news")

TeacherScores = dict[str, dict[str, float]]


def teach(
    *, prepared: Path, output: Path, pretrained: Path, seed: int, report: Report = lambda *_: None
) -> TeacherScores:
    """Tune a teacher, let it fill in the files of ``TRAINED_ON`` and write them to ``output``, with word vectors.

    Returns the teacher's own scores on the held-out treebanks, as fractions of one, by file name.
    """
    nlp = spacy.blank("en")
    lessons = {name: _load(prepared, name, nlp.vocab) for name in TRAINED_ON}
    teacher = tune(pretrained, lessons, seed=seed, report=report)
    teacher.save(output / "teacher.pt")
    for name, docs in lessons.items():
        DocBin(attrs=ATTRIBUTES, docs=annotate(teacher, docs)).to_disk(output / f"{name}.spacy")
    write_vectors(teacher, (doc for docs in lessons.values() for doc in docs), output / VECTORS)
    return {name: score(teacher, _load(prepared, name, nlp.vocab)) for name in HELD_OUT}


def _load(folder: Path, name: str, vocab: Vocab) -> list[Doc]:
    return list(DocBin().from_disk(folder / f"{name}.spacy").get_docs(vocab))


def score(teacher: Teacher, docs: Sequence[Doc]) -> dict[str, float]:
    """Attachment scores of the teacher on gold tokens and sentences; paragraphs too long for it are left out."""
    bare = [
        Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            sent_starts=[bool(token.is_sent_start) for token in doc],
        )
        for doc in docs
    ]
    pairs = [
        (read, gold) for read, gold in zip(annotate(teacher, bare), docs, strict=True) if read.has_annotation("DEP")
    ]
    scores = dependency_scores([Example(read, gold) for read, gold in pairs])
    return {key: scores[key] for key in ("dep_uas", "dep_las")}
