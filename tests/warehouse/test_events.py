"""The joining rule and what events say, on mentions told by hand."""

from datetime import UTC, date, datetime

import pytest

from transforms.records import Entity
from warehouse import catalogue
from warehouse.query import run_sql

DAY = date(2024, 5, 6)


@pytest.fixture
def events_of(empty, new_batch):
    """Give a function that tells one article's line for each dict and returns (events, event_id of each)."""

    def make(*tellings: dict) -> tuple[list[dict], list[str]]:
        coded = new_batch()
        told = []
        for number, telling in enumerate(tellings):
            values = {"actors": ("Alpha=Alpha",), "recipients": ("Beta=Beta",), **telling}
            about = values.pop("about", {})
            article = coded.add_article(f"Alpha, he struck Beta and it again, report {number}.", **about)
            told.append(coded.tell(article, "struck", **values).event_mention_id)
        coded.commit(empty, "b1")
        catalogue.publish(empty)
        links = {row["event_mention_id"]: row["event_id"] for row in run_sql(empty, "FROM event_links").to_pylist()}
        return run_sql(empty, "FROM events").to_pylist(), [links[each] for each in told]

    return make


def test_mentions_of_the_same_act_are_one_event(events_of):
    events, ids = events_of(
        {},
        {"status": "negated"},
        {"actors": ("he=ALPHA",)},
        {"actors": ("Alpha=Álpha", "it=Gamma")},
        {"mode": "aerial", "killed": 3},
    )
    assert [event["n_mentions"] for event in events] == [5]
    assert set(ids) == {events[0]["event_id"]}


def test_mentions_that_differ_are_different_events(events_of):
    events, ids = events_of(
        {},
        {"event_type": "COERCE"},
        {"date_start": date(2024, 5, 7)},
        {"actors": ("he=Gamma",)},
        {"actors": ()},
        {"recipients": ("it=Gamma",)},
    )
    assert len(events) == len(set(ids)) == 6


def test_the_same_act_in_other_places_is_another_event(events_of):
    town = {"country_code": "SYR", "admin1": "North", "place_precision": "city"}
    events, ids = events_of(
        {**town, "place_name": "Marrowgate"},
        {**town, "place_name": "Low Marrow"},
        {**town, "country_code": "IRQ", "place_name": "Marrowgate"},
    )
    assert len(events) == len(set(ids)) == 3


def test_a_mention_that_fits_two_events_alike_is_left_alone(events_of, empty):
    town = {"country_code": "SYR", "admin1": "North", "place_precision": "city"}
    vague = {"country_code": "SYR", "place_name": "Syria", "place_precision": "country"}
    _, ids = events_of({**town, "place_name": "Marrowgate"}, {**town, "place_name": "Low Marrow"}, vague)
    assert len(set(ids)) == 3
    (link,) = run_sql(empty, "FROM event_links WHERE event_id = ?", [ids[2]]).to_pylist()
    assert (link["reason"], link["score"]) == ("alone: fits several events about as well", None)


def test_a_link_says_what_agreed_and_with_which_mention(events_of, empty):
    at = {"country_code": "SYR", "place_name": "Marrowgate", "place_precision": "city"}
    events_of({**at, "killed": 9}, {**at, "killed": 11, "date_source": "publication", "recipients": ("it",)})
    leader, follower = run_sql(empty, "FROM event_links ORDER BY score NULLS FIRST").to_pylist()
    assert (leader["score"], leader["compared_with"]) == (None, None)
    assert leader["reason"] == "the fullest telling, with which the others are compared"
    assert follower["compared_with"] == leader["event_mention_id"]
    assert follower["reason"] == "same day; same place; same actor; about as many killed"
    assert follower["score"] == 7.5


def test_mentions_too_bare_to_join_stand_alone(events_of):
    bare = [
        {"date_start": None, "date_precision": None},
        {"date_precision": "month"},
        {"actors": (), "recipients": (), "country_code": "SYR"},
        {"actors": ("he",), "recipients": ("it",)},
    ]
    events, ids = events_of(*bare, *bare)
    assert len(events) == len(set(ids)) == 8


def test_unnamed_participants_join_where_the_place_is_known(events_of):
    events, _ = events_of(*[{"actors": ("he",), "recipients": (), "place_name": "Marrowgate"}] * 2)
    assert [(event["actor_name"], event["n_mentions"]) for event in events] == [("he", 2)]


def test_a_plan_that_came_true_is_asserted(events_of):
    events, _ = events_of({"status": "planned"}, {"status": "planned"}, {"status": "asserted"})
    assert [(event["status"], event["n_mentions"]) for event in events] == [("asserted", 3)]


def test_what_a_source_takes_back_is_denied(events_of):
    early, late = datetime(2024, 5, 6, tzinfo=UTC), datetime(2024, 5, 9, tzinfo=UTC)
    events, _ = events_of(
        {"about": {"published_at": early}},
        {"about": {"published_at": early}},
        {"status": "negated", "about": {"published_at": late}},
    )
    assert [event["status"] for event in events] == ["negated"]


def test_the_actors_denial_does_not_outvote_two_sources(events_of):
    events, _ = events_of(
        {"about": {"source": "A"}},
        {"about": {"source": "B"}},
        *[{"status": "negated", "attributed_to": "Alpha"}] * 3,
    )
    assert [event["status"] for event in events] == ["asserted"]


def test_a_toll_is_the_one_that_most_sources_last_gave(events_of):
    day = {number: datetime(2024, 5, number, tzinfo=UTC) for number in (6, 7, 8)}
    events, _ = events_of(
        {"killed": 9, "about": {"source": "A", "published_at": day[6]}},
        {"killed": 14, "about": {"source": "A", "published_at": day[8]}},
        {"killed": 9, "about": {"source": "B", "published_at": day[6]}},
        {"killed": 14, "about": {"source": "C", "published_at": day[7]}},
        {"killed": 0, "status": "negated", "about": {"source": "D", "published_at": day[8]}},
    )
    (event,) = events
    assert (event["killed_low"], event["killed_best"], event["killed_high"]) == (9, 14, 14)


def test_status_is_the_most_frequent(events_of):
    events, _ = events_of({"status": "negated"}, {}, {"status": "negated"})
    assert [event["status"] for event in events] == ["negated"]


@pytest.mark.parametrize(
    ("statuses", "agreed"),
    [(("negated", "asserted"), "asserted"), (("hypothetical", "planned"), "planned")],
)
def test_ties_of_status_have_an_order(events_of, statuses, agreed):
    events, _ = events_of(*({"status": status} for status in statuses))
    assert [event["status"] for event in events] == [agreed]


def test_casualties_are_kept_as_best_low_and_high(events_of):
    events, _ = events_of(*({"killed": killed} for killed in (9, 11, 9, 30, None)), {"injured": 2}, {"injured": 4})
    (event,) = events
    assert (event["killed_best"], event["killed_low"], event["killed_high"]) == (9, 9, 30)
    assert (event["injured_best"], event["injured_low"], event["injured_high"]) == (4, 2, 4)


def test_mode_and_intensity_are_chosen_together(events_of):
    aerial, mild = {"mode": "aerial", "intensity": -9.5, "cameo_root": "19"}, {"mode": "beat", "intensity": -7.5}
    events, _ = events_of(mild, aerial, aerial)
    assert [(event["mode"], event["intensity"]) for event in events] == [("aerial", -9.5)]
    assert events[0]["cameo_root"] == "19"


def test_place_and_participants_are_those_of_the_surest_mention(events_of):
    near = {"place_name": "Marrowgate", "latitude": 1.0}
    events, _ = events_of(near, {**near, "latitude": 2.0, "confidence": 0.9, "actors": ("Alpha=ÁLPHA",)})
    assert [(event["latitude"], event["actor_name"], event["confidence"]) for event in events] == [(2.0, "ÁLPHA", 0.9)]


def test_sources_and_times_of_publication_are_counted(events_of):
    late = datetime(2024, 6, 1, tzinfo=UTC)
    events, _ = events_of(
        {"about": {"source": "A"}},
        {"about": {"source": "A", "published_at": None}},
        {"about": {"source": "B", "published_at": late}},
    )
    (event,) = events
    assert (event["n_mentions"], event["n_articles"], event["n_sources"]) == (3, 3, 2)
    assert (event["first_seen"], event["last_seen"]) == (datetime(2024, 5, 6, 12, tzinfo=UTC), late)


def test_a_near_duplicate_counts_as_its_original_does(sample):
    (event,) = run_sql(sample, "FROM events WHERE event_type = 'ASSAULT'").to_pylist()
    assert (event["n_mentions"], event["n_articles"], event["n_sources"]) == (3, 3, 2)
    assert (event["killed_best"], event["killed_low"], event["killed_high"]) == (11, 9, 11)
    assert (event["place_name"], event["latitude"]) == ("Marrowgate", 42.5)


def test_daily_counts_leave_out_dates_that_are_no_days(events_of, empty):
    events_of({"country_code": "SYR", "killed": 2}, {"date_precision": "month", "actors": ("he=Gamma",)})
    assert run_sql(empty, "FROM daily_counts").to_pylist() == [
        {
            "event_date": DAY,
            "country_code": "SYR",
            "event_type": "ASSAULT",
            "status": "asserted",
            "n_events": 1,
            "n_mentions": 1,
            "killed": 2,
            "injured": None,
        }
    ]


def test_event_rows_read_like_a_sentence(events_of, empty):
    events_of({"actors": ("Alpha=The Alpha", "he"), "place_text": "Marrow", "about": {"title": "News"}})
    (row,) = run_sql(empty, "FROM event_rows").to_pylist()
    assert (row["actors"], row["trigger_text"], row["recipients"], row["place"]) == (
        "The Alpha; he",
        "struck",
        "Beta",
        "Marrow",
    )
    assert (row["title"], row["source"], row["sentence"][:14]) == ("News", "Harbour Gazette", "Alpha, he stru")
    assert row["event_date"] == DAY


def test_dimensions_are_made_of_seeds_and_rows(sample):
    types = run_sql(sample, "SELECT event_type FROM event_types").to_pylist()
    assert len(types) == 16
    assert run_sql(sample, "FROM countries WHERE country_code = 'FRA'").to_pylist() == [
        {"country_code": "FRA", "name": "France"}
    ]
    (place,) = run_sql(sample, "FROM places").to_pylist()
    assert (place["geoname_id"], place["n_mentions"], place["n_entities"]) == (7, 3, 1)
    sources = run_sql(sample, "SELECT source, n_articles, n_duplicates FROM sources").to_pylist()
    assert [tuple(row.values()) for row in sources] == [
        ("Copy Wire", 1, 1),
        ("Harbour Gazette", 1, 0),
        ("Hill Post", 1, 0),
    ]


def test_places_are_also_those_that_no_act_was_at(empty, new_batch):
    coded = new_batch()
    article = coded.add_article("Envoys from Marrowgate met in Alpha.")
    sentence = coded.sentences[0].sentence_id
    named = {"label": "GPE", "text": "Marrowgate", "country_code": "FRA", "sector": None, "name": "Marrowgate"}
    for start, geoname_id, label in ((12, 9, "GPE"), (30, 9, "LOC"), (13, 10, "NORP"), (14, None, "GPE")):
        place = {
            "geoname_id": geoname_id,
            "latitude": 1.0,
            "longitude": 2.0,
            "start_char": start,
            "end_char": start + 10,
        }
        identity = {"entity_id": str(start), "article_id": article.article_id, "sentence_id": sentence}
        coded.entities.append(Entity(**identity, **{**named, "label": label}, **place))
    coded.commit(empty, "one")
    catalogue.publish(empty)
    (row,) = run_sql(empty, "FROM places").to_pylist()
    assert (row["geoname_id"], row["place_name"], row["country_code"]) == (9, "Marrowgate", "FRA")
    assert (row["n_mentions"], row["n_entities"], row["latitude"]) == (0, 2, 1.0)


def test_actors_are_those_of_the_seeds_and_of_the_rows(sample):
    (known,) = run_sql(sample, "FROM actors WHERE name = 'United Nations'").to_pylist()
    assert (known["sector"], known["n_as_actor"], known["n_as_recipient"]) == ("IGO", 0, 0)
