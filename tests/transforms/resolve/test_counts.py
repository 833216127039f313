import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.resolve.counts import parse_count

STATED = {
    "at least 90": 90,
    "two people": 2,
    "a soldier": 1,
    "one": 1,
    "an Afghan police officer": 1,
    "another soldier": 1,
    "another three": 3,
    "1,300": 1300,
    "70,000 people": 70_000,
    "a dozen": 12,
    "half a dozen": 6,
    "two dozen": 24,
    "more than a dozen fighters": 12,
    "a score of men": 20,
    "twenty-five": 25,
    "twelve": 12,
    "some 40": 40,
    "nearly 40 civilians": 40,
    "as many as 40": 40,
    "more than 200": 200,
    "over a hundred prisoners": 100,
    "two hundred and five people": 205,
    "three thousand two hundred": 3200,
    "1.5 million people": 1_500_000,
    "between 10 and 15": 10,
    "10-15 fighters": 10,
    "ten to fifteen": 10,
    "8 or 9 men": 8,
    "a 14-year-old boy": 1,
    "14-year-old boy": 1,
    "a man, 34,": 1,
    "a woman and two children aged 4 and 7": 3,
    "leader and four others": 5,
    "the group's leader and four others": 5,
    "two soldiers and a policeman": 3,
    "three soldiers, two police officers and a driver": 6,
    "a man and his son": 2,
    "13 people, including two children": 13,
    "one of the soldiers": 1,
    "a family of five": 5,
    "a total of 25 people": 25,
    "a couple of guards": 2,
    "both men": 2,
    "the two men": 2,
    "2013 people": 2013,
    "no civilians": 0,
    "no one": 0,
}
NOT_STATED = (
    "several",
    "dozens",
    "scores",
    "dozens of people",
    "hundreds of fighters",
    "several hundred people",
    "a few hundred",
    "dozens of soldiers and two officers",
    "a group of soldiers",
    "a crowd of protesters",
    "a number of suspects",
    "a third of the town",
    "one third of the members",
    "90 percent of the town",
    "the 2013 attack",
    "the 5th brigade",
    "$5 million",
    "$20",
    "the soldier",
    "the police",
    "civilians",
    "five-year-old twins",
    "",
)


@pytest.mark.parametrize(("phrase", "count"), STATED.items())
def test_stated_numbers_are_read(phrase, count):
    assert parse_count(phrase) == count


@pytest.mark.parametrize("phrase", NOT_STATED)
def test_vague_quantities_ages_years_and_shares_are_no_counts(phrase):
    assert parse_count(phrase) is None


def test_a_named_person_counts_one_where_the_caller_says_so():
    assert parse_count("Amina Yusuf") is None
    assert parse_count("Amina Yusuf", names_person=True) == 1


@given(st.text(max_size=80) | st.lists(st.sampled_from([*STATED, *NOT_STATED]), max_size=5).map(" and ".join))
def test_any_phrase_gives_a_number_or_none(phrase):
    count = parse_count(phrase)
    assert count is None or count >= 0
