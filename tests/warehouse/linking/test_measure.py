import pytest

from tests.warehouse.linking.measure import b_cubed, pairwise
from tests.warehouse.linking.told import gold, told

RIGHT = {"m1": "A", "m2": "A", "m3": "A", "m4": "B", "m5": "B"}


def test_figures_of_a_joining_made_by_hand():
    found = {"m1": "x", "m2": "x", "m3": "y", "m4": "y", "m5": "z"}
    assert (pairwise(found, RIGHT).precision, pairwise(found, RIGHT).recall) == (1 / 2, 1 / 4)
    assert b_cubed(found, RIGHT).precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1) / 5)
    assert b_cubed(found, RIGHT).recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)
    assert pairwise(found, RIGHT).f1 == pytest.approx(1 / 3)


@pytest.mark.parametrize("figure", [pairwise, b_cubed])
def test_the_right_joining_is_perfect_and_others_are_not(figure):
    assert figure(RIGHT, RIGHT).f1 == 1
    assert figure(dict.fromkeys(RIGHT, "all"), RIGHT).recall == 1 > figure(dict.fromkeys(RIGHT, "all"), RIGHT).f1
    assert (
        figure({each: each for each in RIGHT}, RIGHT).precision == 1 > figure({each: each for each in RIGHT}, RIGHT).f1
    )


def test_the_set_is_large_and_no_mention_is_told_twice():
    rows = told()
    assert len(gold(rows)) == len(rows) >= 120
    assert len({row["event"] for row in rows}) >= 30
