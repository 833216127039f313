from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from transforms.resolve.dates import ResolvedDate, find_dates, resolve_date, resolve_near

TUESDAY = date(2017, 6, 6)
TABLE = seeds.read_csv(Path(__file__).with_name("dates.csv"))
PIECES = st.sampled_from(
    "on in the from to since last next this 3 31st June may March Friday week 2013 2013-06 ago two days early , . ( - "
    "between and overnight 24 hours 12/31/2015 Sept. ’s weekend summer of 1990s".split(" ")
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['expression']} ({row['tense']})")
def test_expression_resolves_as_the_table_says(row):
    published = date.fromisoformat(row["published"]) if row["published"] else TUESDAY
    resolved = resolve_date(row["expression"], published=published, tense=row["tense"])
    found = (str(resolved.start), str(resolved.end), resolved.precision) if resolved else ("-", "", "")
    assert found == (row["start"], row["end"], row["precision"])


def test_table_is_large_enough():
    assert len(TABLE) >= 120


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army attacked on Friday and again last night.", ["Friday", "last night"]),
        ("Since 2013 the town has changed hands twice.", ["Since 2013"]),
        ("Talks ran from 3 to 5 June in Geneva.", ["from 3 to 5 June"]),
        ("He was held on the 5th, and freed on the 9th.", ["on the 5th", "on the 9th"]),
        ("Troops may march in March, not in May.", ["in March", "in May"]),
        ("They march on; it may rain.", []),
        ("About 2000 people fled in 2011.", ["in 2011"]),
        ("The 2013 attack killed 90 people.", ["2013"]),
        ("On Monday, May 18, 2015, the court met.", ["Monday, May 18, 2015"]),
        ("Rebels shelled the town two weeks ago, in late April.", ["two weeks ago", "late April"]),
        ("It lives on the 5th floor of 10 Downing Street.", []),
        ("In the past 24 hours, 14 soldiers died.", ["In the past 24 hours"]),
        ("The 9/11 attacks changed the 1990s consensus.", ["9/11", "the 1990s"]),
        ("Two days later, the ceasefire broke down.", ["Two days later"]),
        ("Friday's raid and Sunday’s attack.", ["Friday", "Sunday"]),
        ("Two days after the vote, the Sunday Times told of Good Friday.", []),
        ("He wept for the past few days.", ["for the past few days"]),
        ("President April Jones met Mr. May.", []),
        ("The deal, signed June 3, 2017, lapsed in December 2019.", ["June 3, 2017", "December 2019"]),
        ("Police said Friday that the man was held Thursday night.", ["Friday", "Thursday night"]),
        ("The vote is due early next month.", ["early next month"]),
    ],
)
def test_expressions_are_found_in_text(text, expected):
    assert [found.text for found in find_dates(text)] == expected


def test_without_a_publication_date_only_full_dates_resolve():
    assert resolve_date("June 3, 2017", published=None, tense="past") == ResolvedDate(
        date(2017, 6, 3), date(2017, 6, 3), "day"
    )
    assert resolve_date("in 2013", published=None, tense="past") == ResolvedDate(
        date(2013, 1, 1), date(2013, 12, 31), "year"
    )
    expressions = [row["expression"] for row in TABLE]
    for expression in expressions:
        resolved = resolve_date(expression, published=None, tense="past")
        assert resolved is None or any(char.isdigit() for char in expression)
    for expression in ("Friday", "yesterday", "in April", "June 3", "two weeks ago", "last month", "on the 5th"):
        assert resolve_date(expression, published=None, tense="past") is None


def test_expressions_that_count_from_an_event_use_the_anchor():
    anchor = date(2011, 3, 11)
    for expression, day in [
        ("the following day", 12), ("two days later", 13), ("the previous day", 10), ("a day earlier", 10),
        ("the same day", 11), ("that day", 11),
    ]:  # fmt: skip
        resolved = resolve_date(expression, published=TUESDAY, tense="past", anchor=anchor)
        assert resolved == ResolvedDate(date(2011, 3, day), date(2011, 3, day), "day")


def test_the_library_reads_what_own_rules_leave():
    resolved = resolve_date("3 June 2016 at 10:30 pm", published=TUESDAY, tense="past")
    assert resolved == ResolvedDate(date(2016, 6, 3), date(2016, 6, 3), "day")
    assert resolve_date("3 June 2016 at 10:30 pm", published=None, tense="past") == resolved
    assert resolve_date("seen of late in June 2016 there", published=TUESDAY, tense="past") is None
    assert resolve_date("3 June 2016 " + "and so on " * 20, published=TUESDAY, tense="past") is None


def test_present_tense_takes_the_nearest_day():
    assert resolve_date("Thursday", published=TUESDAY, tense="present").start == date(2017, 6, 8)
    assert resolve_date("June", published=TUESDAY, tense="present").start == date(2017, 6, 1)
    assert resolve_date("this week, on Monday", published=TUESDAY, tense="past").start == date(2017, 6, 5)
    assert resolve_date("two weekends ago", published=TUESDAY, tense="past").precision == "week"


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
def test_spans_lie_in_the_text_and_never_overlap(text):
    last = 0
    for found in find_dates(text):
        assert text[found.start : found.end] == found.text != ""
        assert last <= found.start < found.end <= len(text)
        last = found.end


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=8).map(" ".join), st.dates(date(1990, 1, 1), date(2030, 1, 1)),
       st.sampled_from(["past", "present", "future"]))  # fmt: skip
def test_any_expression_resolves_to_an_ordered_span_or_none(expression, published, tense):
    for found in find_dates(expression):
        resolved = resolve_date(found.text, published=published, tense=tense)
        assert resolved is None or resolved.start <= resolved.end


def test_without_publication_a_full_date_nearby_lends_its_year():
    others = ["4 April", "from 5-6 April 2016"]
    assert resolve_near("4 April", others, None) == resolve_date("4 April 2016", published=None, tense="past")
    assert resolve_near("30 December", [], date(2017, 1, 2)).start == date(2016, 12, 30)
    assert resolve_near("4 April", ["4 April"], None) is None
    assert resolve_near("Friday", others, date(2016, 4, 5)) is None
