"""Trees and entities out of scores."""

import numpy as np
import pytest

from transforms.annotate.training.teacher.decode import entity_marks, is_tree, sentence_heads

MARKS = ("O", "B-GPE", "I-GPE", "B-ORG", "I-ORG")


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0], True),
        ([1, 1, 1], True),
        ([1, 2, 2], True),
        ([0, 1, 1], False),  # two roots
        ([1, 0, 2], False),  # a circle beside the root
        ([1, 2, 0], False),  # no root
    ],
)
def test_trees(heads: list[int], *, expected: bool) -> None:
    assert is_tree(heads) is expected


def test_heads_are_the_best_ones_where_they_form_a_tree() -> None:
    assert sentence_heads(np.eye(3)[[1, 1, 1]]) == [1, 1, 1]


def test_where_they_form_none_the_best_tree_is_taken() -> None:
    circle = np.array([[0.0, 5.0, 1.0], [4.0, 0.0, 3.0], [0.0, 0.0, 2.0]])
    assert sentence_heads(circle) == [1, 2, 2]  # 5 + 3 beats 4 + 1
    two_roots = np.array([[2.0, 0.0], [0.5, 1.0]])
    assert sentence_heads(two_roots) == [0, 0]


def sure(*marks: str, of: float = 0.96) -> np.ndarray:
    rest = (1 - of) / (len(MARKS) - 1)
    return np.array([[of if mark == other else rest for other in MARKS] for mark in marks])


def test_the_best_marks_fill_what_is_not_known() -> None:
    found = entity_marks(sure("B-GPE", "I-GPE", "O"), MARKS, ["", "", ""], surely=0.8)
    assert found == ["B-GPE", "I-GPE", "O"]


def test_what_is_known_stays_and_what_follows_fits_it() -> None:
    found = entity_marks(sure("B-GPE", "I-GPE", "O"), MARKS, ["B-ORG", "", "O"], surely=0.2)
    assert found[0] == "B-ORG"
    assert found[1] != "I-GPE"
    assert found[2] == "O"


def test_what_the_encoder_is_not_sure_of_stays_unknown() -> None:
    scores = np.concatenate([sure("B-GPE"), sure("I-GPE", of=0.5), sure("O"), sure("O", of=0.5)])
    assert entity_marks(scores, MARKS, ["", "", "", ""], surely=0.8) == [None, None, "O", None]
