from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.dates import parse_publication_time


@pytest.mark.parametrize(
    ("written", "at", "precision"),
    [
        ("2021-03-04", "2021-03-04T00:00:00+00:00", "day"),
        ("20210304", "2021-03-04T00:00:00+00:00", "day"),
        ("2021-03-04T05:06:07Z", "2021-03-04T05:06:07+00:00", "second"),
        ("2021-03-04T05:06:07+02:00", "2021-03-04T03:06:07+00:00", "second"),
        ("2021-03-04 05:06", "2021-03-04T05:06:00+00:00", "minute"),
        ("20210304T050607Z", "2021-03-04T05:06:07+00:00", "second"),
        ("1614834367", "2021-03-04T05:06:07+00:00", "second"),
        ("1614834367000", "2021-03-04T05:06:07+00:00", "second"),
        ("Thu, 04 Mar 2021 05:06:07 GMT", "2021-03-04T05:06:07+00:00", "second"),
        ("Thu, 04 Mar 2021 05:06:07 -0500", "2021-03-04T10:06:07+00:00", "second"),
        ("March 4, 2021", "2021-03-04T00:00:00+00:00", "day"),
        ("Thursday, 4 March 2021", "2021-03-04T00:00:00+00:00", "day"),
        ("4 mars 2021", "2021-03-04T00:00:00+00:00", "day"),
        ("March 4, 2021 5:06 a.m. EST", "2021-03-04T10:06:00+00:00", "minute"),
        ("4.3.2021", "2021-03-04T00:00:00+00:00", "day"),
        ("24/3/2021 05:06", "2021-03-24T05:06:00+00:00", "minute"),
        ("3/24/21", "2021-03-24T00:00:00+00:00", "day"),
        ("5/5/71", "1971-05-05T00:00:00+00:00", "day"),
        ("2021/3/4", "2021-03-04T00:00:00+00:00", "day"),
        ("2021-03-04T00:00:00", "2021-03-04T00:00:00+00:00", "day"),
        ("2021-03-04T00:00:00-05:00", "2021-03-04T05:00:00+00:00", "second"),
        ("2021-03", "2021-03-01T00:00:00+00:00", "month"),
        ("2021", "2021-01-01T00:00:00+00:00", "year"),
    ],
)
def test_times_are_read_to_utc_with_their_precision(written: str, at: str, precision: str) -> None:
    found = parse_publication_time(written)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (at, precision)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "yesterday",
        "2 hours ago",
        "03/04/2021",
        "2021-13-40",
        "0001-01-01",
        "80 may",
        "99/99/9999",
        "3/24/211",
    ],
)
def test_what_is_uncertain_is_not_guessed(written: str) -> None:
    assert parse_publication_time(written) is None


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2099, 12, 30), timezones=ZONES))  # noqa: DTZ001
def test_iso_times_are_read_back(at: datetime) -> None:
    found = parse_publication_time(at.isoformat())
    assert found is not None
    assert found.at == at


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/.:TZ +", max_size=30))
def test_nothing_is_raised(written: str) -> None:
    parse_publication_time(written)
