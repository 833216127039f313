from datetime import UTC, date, datetime

import pytest

from warehouse import catalogue
from warehouse.query import run_sql


@pytest.fixture
def told(empty, new_batch):
    """Publish mentions, each ``(words, values)`` with its first word as the trigger, each by a source of its own."""

    def publish(*mentions):
        coded = new_batch()
        for number, (words, values) in enumerate(mentions):
            source = values.pop("source", f"Source {number}")
            published_at = values.pop("published_at", datetime(2024, 5, 9, tzinfo=UTC))
            article = coded.add_article(f"{words} {number}.", source=source, published_at=published_at)
            coded.tell(article, words.split()[0], **values)
        coded.commit(empty, "b1")
        catalogue.publish(empty)
        return lambda sql: run_sql(empty, sql).to_pylist()

    return publish


def test_dyads_count_what_happened_between_two(told):
    pair = {"actors": ("Alpha=Alpha",), "recipients": ("Beta=Beta",)}
    ask = told(
        ("struck Alpha Beta", pair),
        ("struck Alpha Beta", {**pair, "date_start": date(2024, 5, 20), "intensity": -8.0}),
        ("struck Alpha Beta", {**pair, "status": "planned"}),
        ("struck Alpha Beta", {**pair, "date_precision": "year"}),
        ("struck Alpha", {"actors": ("Alpha=Alpha",)}),
    )
    rows = ask("SELECT month, actor_name, recipient_name, quad_class, n_events, mean_intensity FROM dyads")
    assert rows == [
        {
            "month": date(2024, 5, 1),
            "actor_name": "Alpha",
            "recipient_name": "Beta",
            "quad_class": "material_conflict",
            "n_events": 2,
            "mean_intensity": -8.5,
        }
    ]


def test_conflict_intensity_adds_up_conflict_by_week(told):
    ask = told(
        ("struck Alpha", {"country_code": "SYR", "killed": 4}),
        ("met Alpha", {"country_code": "SYR", "quad_class": "verbal_cooperation", "intensity": 2.5}),
        ("denied Alpha", {"country_code": "SYR", "status": "negated"}),
        ("later Alpha", {"country_code": "SYR", "date_start": date(2024, 5, 13)}),
        ("struck Beta", {}),
    )
    rows = ask("SELECT * FROM conflict_intensity ORDER BY week")
    assert [
        (row["week"], row["n_events"], row["n_conflict"], row["conflict_score"], row["killed"]) for row in rows
    ] == [
        (date(2024, 5, 6), 2, 1, 9.0, 4),
        (date(2024, 5, 13), 1, 1, 9.0, None),
    ]
    assert rows[0]["mean_intensity"] == -3.25


def test_actor_timeline_has_both_roles_and_all_participants(empty, new_batch):
    coded = new_batch()
    article = coded.add_article("Alpha and Gamma struck Beta.")
    coded.tell(article, "struck", actors=("Alpha=Alpha", "Gamma=Gamma"), recipients=("Beta=Beta",))
    coded.participants = [
        type(each)(*(each.text.lower() if name == "actor_id" else getattr(each, name) for name in each.__slots__))
        for each in coded.participants
    ]
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    rows = run_sql(empty, "SELECT actor_id, role, counterpart FROM actor_timeline ORDER BY 1").to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("alpha", "actor", "Beta"),
        ("beta", "recipient", "Alpha"),
        ("gamma", "actor", "Beta"),
    ]


def test_place_timeline_leaves_out_what_is_placed_nowhere(told):
    ask = told(
        ("struck Alpha", {"geoname_id": 7, "place_name": "Marrowgate", "killed": 3}),
        ("struck Beta", {"place_text": "there"}),
    )
    assert ask("SELECT place_name, killed_best FROM place_timeline") == [{"place_name": "Marrowgate", "killed_best": 3}]


def test_unrest_is_counted_by_division_and_month(told):
    here = {"country_code": "FRA", "admin1": "Brittany"}
    ask = told(
        ("marched Alpha", {**here, "event_type": "PROTEST", "mode": "demo"}),
        ("rioted Alpha", {**here, "event_type": "PROTEST", "mode": "riot"}),
        ("arrested Alpha", {**here, "event_type": "COERCE", "mode": "arrest"}),
        ("struck Alpha", {**here, "killed": 1, "injured": 2}),
        ("met Alpha", {**here, "event_type": "CONSULT"}),
    )
    (row,) = ask("SELECT * FROM unrest_by_admin1")
    assert list(row.values()) == ["FRA", "Brittany", date(2024, 5, 1), 2, 1, 1, 1, 1, 2]


def test_contexts_are_counted_by_type_and_status_and_follow_the_record(empty, told, new_batch):
    ask = told(
        ("struck Alpha", {"contexts": ("military", "legal")}),
        ("struck Beta", {"contexts": ("military",)}),
        ("struck Gamma", {"contexts": ("military",), "status": "planned"}),
        ("met Delta", {}),
    )
    query = "SELECT context, status, n_mentions FROM contexts ORDER BY ALL"
    assert [tuple(row.values()) for row in ask(query)] == [
        ("legal", "asserted", 1),
        ("military", "asserted", 2),
        ("military", "planned", 1),
    ]
    new_batch().commit_coding(empty, "b1", version="2.0")
    catalogue.publish(empty)
    assert ask(query) == []


def test_source_coverage_gives_lag_only_where_the_text_gives_the_day(told):
    ask = told(
        ("struck Alpha", {"source": "Wire"}),
        ("struck Beta", {"source": "Wire", "date_start": date(2024, 5, 4)}),
        ("struck Gamma", {"source": "Wire", "date_source": "publication", "date_start": date(2024, 5, 9)}),
        ("struck Delta", {"source": None, "date_source": "publication"}),
    )
    rows = {row["source"]: row for row in ask("SELECT * FROM source_coverage")}
    wire, unknown = rows["Wire"], rows[None]
    assert (wire["n_articles"], wire["n_mentions"], wire["mentions_per_article"], wire["median_lag_days"]) == (
        3,
        3,
        1.0,
        4.0,
    )
    assert (unknown["n_mentions"], unknown["median_lag_days"]) == (1, None)


def test_an_event_that_one_source_denies_is_contested(told):
    shelling = {"actors": ("Alpha=Alpha",), "recipients": ("Beta=Beta",)}
    ask = told(
        ("struck Alpha Beta", {**shelling, "source": "Wire"}),
        ("struck Alpha Beta", {**shelling, "status": "negated", "attributed_to": "the army"}),
        ("met Alpha Beta", {**shelling, "event_type": "CONSULT"}),
    )
    (row,) = ask("SELECT event_type, n_asserted, n_negated, asserted_by, negated_by FROM contested_events")
    assert list(row.values()) == ["ASSAULT", 1, 1, ["Wire"], ["the army"]]
