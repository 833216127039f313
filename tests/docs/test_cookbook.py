import pytest

from tests.docs import samples
from tests.docs.pages import COOKBOOK, QUERY, answered
from warehouse.query import run_sql


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    return samples.build(tmp_path_factory.mktemp("samples") / "news")


@pytest.fixture(scope="module")
def page():
    return COOKBOOK.read_text(encoding="utf-8")


def test_every_output_is_what_the_query_gives(page, warehouse):
    """A difference is a change of rows: look at it with tests/docs/regenerate.py, and write it if it is meant."""
    assert page == answered(page, warehouse)


def test_there_are_twenty_questions_and_more_each_with_an_answer(page):
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert len(headings) == len(QUERY.findall(page)) == page.count("```sql") >= 20
    assert [int(heading.split(".")[0].removeprefix("## ")) for heading in headings] == list(range(1, len(headings) + 1))


def test_no_output_hangs_on_the_order_in_which_rows_happen_to_come(page, warehouse):
    for sql, _ in QUERY.findall(page):
        assert run_sql(warehouse, sql).num_rows < 2 or "ORDER BY" in sql, sql
