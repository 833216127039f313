"""Tagged words become natural text with spans in it."""

from pathlib import Path

import pytest

from transforms.annotate.training.labels import Span
from transforms.annotate.training.tagged import TaggedSentence, entity_groups, passage, read_tagged, spacing


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("The mayor 's office , in Lyon , paid $ 5 .", "The mayor's office, in Lyon, paid $5."),
        ('He said : " Go home . " They did n\'t .', 'He said: "Go home." They didn\'t.'),
        ("Workers ' rights ( all of them ) fell 5 % .", "Workers' rights (all of them) fell 5%."),
    ],
)
def test_spacing(words: str, text: str) -> None:
    forms = words.split()
    assert "".join(form + " " * gap for form, gap in zip(forms, spacing(forms), strict=True)) == text


def test_groups_of_both_schemes() -> None:
    assert list(entity_groups(["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-LOC"])) == [
        (0, 2, "PER"),
        (2, 3, "PER"),
        (4, 6, "LOC"),
    ]


def test_passage_of_two_sentences() -> None:
    first = TaggedSentence(("Ana", "Ruiz", "won", "."), ("B-PER", "I-PER", "O", "O"))
    second = TaggedSentence(("Quito", "cheered", "."), ("B-LOC", "O", "O"))
    found = passage("made", [first, second])
    assert found.text == "Ana Ruiz won. Quito cheered."
    assert found.spans == (Span(0, 8, "PER"), Span(14, 19, "LOC"))
    assert found.text[14:19] == "Quito"


def test_reading(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("-DOCSTART- O\n\n# sent_id = a-1\nQuito I-LOC\nslept O\n\nIt O\nrained O\n", encoding="utf-8")
    sentences = list(read_tagged(path))
    assert sentences[0] == TaggedSentence(("Quito", "slept"), ("I-LOC", "O"), "a-1")
    assert sentences[1].words == ("It", "rained")


def test_reading_columns(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("1\tQuito\tB-LOC\t-\tsomeone\n2\tslept\tO\n", encoding="utf-8")
    (sentence,) = read_tagged(path, word=1, tag=2, separator="\t")
    assert sentence == TaggedSentence(("Quito", "slept"), ("B-LOC", "O"))
