from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.resolve.datelines import Dateline, dateline_of, find_dateline, find_publication_date

PUBLISHED = date(2017, 6, 6)


@pytest.mark.parametrize(
    ("paragraph", "place", "day", "body"),
    [
        ("DAMASCUS, June 3 (Agency) - The army", "DAMASCUS", date(2017, 6, 3), "The army"),
        ("PARIS — Police said", "PARIS", None, "Police said"),
        ("KABUL, Afghanistan (AP) — Two men", "KABUL, Afghanistan", None, "Two men"),
        ("KABUL, Afghanistan (Nov. 20, 2011) - A force", "KABUL, Afghanistan", date(2011, 11, 20), "A force"),
        ("UNITED NATIONS (Wire) - The", "UNITED NATIONS", None, "The"),
        ("Kabul (AFP) - The", "Kabul", None, "The"),
        ("Islamabad, Sept 19: The", "Islamabad", date(2016, 9, 19), "The"),
        ("AL-QAIM, Iraq -- Forces", "AL-QAIM, Iraq", None, "Forces"),
        ("BAGHDAD/ANKARA (Wire) - Turkey", "BAGHDAD", None, "Turkey"),
        ("N'DJAMENA, Chad, May 4, 2016 (Wire) - A", "N'DJAMENA, Chad", date(2016, 5, 4), "A"),
        ("St. PETERSBURG, Russia (Wire) - A", "St. PETERSBURG, Russia", None, "A"),
        ("WASHINGTON D.C. – The", "WASHINGTON D.C.", None, "The"),
        ("SÃO PAULO (Wire) — Lawmakers", "SÃO PAULO", None, "Lawmakers"),
        ("MOSCOW. June 3 (Wire) - Officials", "MOSCOW", date(2017, 6, 3), "Officials"),
        ("GENEVA, June 3, 2017 /Newswire/ -- Aid", "GENEVA", date(2017, 6, 3), "Aid"),
    ],
)
def test_datelines_are_found(paragraph, place, day, body):
    dateline = find_dateline(paragraph, published=PUBLISHED)
    assert dateline is not None
    assert (dateline.place_text, dateline.date, paragraph[dateline.end_offset :]) == (place, day, body)
    assert paragraph[dateline.place_start :].startswith(place)


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "The army - which has lost ground - withdrew.",
        "BREAKING — Troops enter the town",
        "Beirut, Lebanon – Two men were held",
        "Press Release - June",
        "SANAA: Fighters",
        "Monday, June 20, 2016",
        "June 20, 2016",
        "The US (which is an ally) - said",
        "Amina Yusuf (May 3, 1951) She was a writer",
        "Rebels said on Friday (June 3) that they",
    ],
)
def test_other_openings_are_no_datelines(paragraph):
    assert find_dateline(paragraph, published=PUBLISHED) is None


def test_a_day_without_its_year_needs_the_publication_date():
    expected = Dateline("DAMASCUS", 0, None, 26, is_sure=True, is_dated=True)
    assert find_dateline("DAMASCUS, June 3 (Wire) - The") == expected


def test_a_dateline_stands_below_a_title_and_the_number_of_a_release():
    text = "Fighters held in the north\n\nRelease 2013-01-S-7\nKABUL, Afghanistan (Jan. 25)\nA force held two men."
    found = dateline_of(text)
    assert (found.place_text, found.date) == ("KABUL, Afghanistan", date(2013, 1, 25))
    assert text[found.place_start :].startswith("KABUL")
    assert text[found.end_offset :] == "\nA force held two men."


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Command desk release 2016-05-S-12 For Immediate Release ", date(2016, 5, 30)),
        ("Command desk\n2016-05-S-12\nFor Immediate Release\nDownload PDF ", date(2016, 5, 30)),
        ("Evening update, June 1, 2016\nNumber 7 PDF ", date(2016, 5, 30)),
        ("Fighters held. ", None),
    ],
)
@pytest.mark.parametrize("dash", [" - ", " "])
def test_a_dated_dateline_follows_the_head_of_a_release_in_its_line(heading, day, dash):
    text = f"{heading}KABUL, Afghanistan (May 30){dash}A force held two men."
    found = dateline_of(text)
    assert (found.place_text, found.date) == ("KABUL, Afghanistan", day)
    assert text[found.end_offset :].strip() == "A force held two men."


@pytest.mark.parametrize(
    "text",
    [
        "Talks resume\nMonday, May 18, 2015\nThe envoy left.",
        "Talks resume\nSYRIA (UN)\nThe envoy left.",
        "One\nTwo\nThree\nPARIS (AP) - The",
    ],
)
def test_a_heading_is_no_dateline_nor_is_what_stands_far_below(text):
    assert dateline_of(text) is None


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Talks resume\n\nMonday, May 18, 2015\n\nEnvoys met.", date(2015, 5, 18)),
        ("KABUL, Afghanistan (Nov. 20, 2011) - A force", date(2011, 11, 20)),
        ("Published: 3 June 2017 10:15 GMT\nEnvoys met.", date(2017, 6, 3)),
        ("Mission news | June 3, 2012\nEnvoys met.", date(2012, 6, 3)),
        ("By A. Writer - June 3, 2012\nEnvoys met.", date(2012, 6, 3)),
        ("Posted on 2015-05-18T10:00:00Z", date(2015, 5, 18)),
        ("Updated: Sat, 03 Jun 2017", date(2017, 6, 3)),
        ("18 May 2015", date(2015, 5, 18)),
        ("May 20: Patrols in the north\nRelease 2015-05-074\nA patrol held a man.", date(2015, 5, 20)),
        ("May 20: Patrols in the north\nA patrol held a man.", None),
        ("Morning update May 20, 2015\nA patrol held a man.", date(2015, 5, 20)),
        ("The court met on May 18, 2015, and adjourned.", None),
        ("31 June 2015", None),
        ("May 2015", None),
        ("DAMASCUS, June 3 (Wire) - The", None),
        ("", None),
    ],
)
def test_publication_dates_at_the_head(head, day):
    assert find_publication_date(head) == day


@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text):
    find_publication_date(text)
    dateline = find_dateline(text, published=PUBLISHED)
    assert dateline is None or 0 <= dateline.place_start < dateline.end_offset <= len(text)
