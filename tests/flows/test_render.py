from datetime import UTC, datetime
from decimal import Decimal

import pytest

from flows.render import MIN_WIDTH, fit, format_cell, render_table


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (0.123456789, "0.123457"),
        (datetime(2017, 6, 1, 10, 30, tzinfo=UTC), "2017-06-01 10:30:00+00:00"),
        (["military", "election"], '["military", "election"]'),
        (b"\x01\x02", "0102"),
        (bytes(40), "000000000000000000000000…"),
        ("two\nlines  here", "two lines here"),
    ],
)
def test_cells_are_one_line(value, text):
    assert format_cell(value) == text


def test_numbers_stand_to_the_right_and_text_to_the_left():
    table = render_table(["type", "n", "share"], [["ASSAULT", 12, Decimal("0.5")], ["AID", 3, None]])
    assert table.splitlines() == [
        "type      n  share",
        "───────  ──  ─────",
        "ASSAULT  12    0.5",
        "AID       3",
    ]


def test_long_text_is_cut_to_the_width():
    table = render_table(["event_date", "sentence"], [["2017-06-01", "word " * 60]], width=60)
    assert all(len(line) <= 60 for line in table.splitlines())
    assert table.splitlines()[2].endswith("…")
    assert "2017-06-01" in table, "narrow columns stay whole"


def test_too_many_columns_become_a_block_for_each_row():
    columns = [f"column_{number}" for number in range(30)]
    table = render_table(columns, [["a long enough value"] * 29 + [None]], width=100)
    assert table.splitlines()[0].startswith("─ row 1 ")
    assert "column_28" in table
    assert "column_29" not in table, "empty values are left out"


def test_no_rows_still_show_the_columns():
    assert render_table(["event_id"], []).splitlines()[0] == "event_id"


def test_columns_shrink_from_the_widest():
    assert fit([10, 50, 20], 60) == [10, 30, 20]
    assert fit([MIN_WIDTH] * 10, 40) is None
