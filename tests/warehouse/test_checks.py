from collections import Counter
from dataclasses import replace

import pytest

from warehouse import catalogue, compact, data_tests
from warehouse.batches import write_batch
from warehouse.checks import all_checks, read_check, run_checks
from warehouse.data_tests import read_results
from warehouse.query import run_sql
from warehouse.verify import verify


def found(warehouse) -> dict[str, int]:
    """Publish, and say what the load's tests found."""
    catalogue.publish(warehouse)
    return {result.name: result.n_rows for result in read_results(warehouse) if not result.is_passed}


def failed(warehouse) -> dict[str, int]:
    """The same, and held against what the tests of the whole warehouse find."""
    in_the_load = found(warehouse)
    assert {result.name: result.n_rows for result in run_checks(warehouse) if not result.is_passed} == in_the_load
    return in_the_load


def test_a_sound_warehouse_passes(sample):
    assert all(result.is_passed for result in run_checks(sample))


def test_an_empty_warehouse_passes(empty):
    assert failed(empty) == {}


def add_sound(batch, number: int = 0) -> dict[str, int]:
    """Add an article with a sentence, a mention and two participants; say where in each list its first row is."""
    at = {table: len(getattr(batch, table)) for table in ("articles", "sentences", "event_mentions", "participants")}
    article = batch.add_article(f"Über Nacht 🏚: Alpha struck Beta {number}.")
    batch.tell(article, "struck", actors=("Alpha=Alpha",), recipients=("Beta",))
    return at


@pytest.fixture
def coded(new_batch):
    batch = new_batch()
    add_sound(batch)
    return batch


def test_offsets_count_code_points(empty, coded):
    coded.commit(empty, "b1")
    assert failed(empty) == {}


def test_bad_rows_are_found(empty, new_batch):
    flaws = [
        ("event_mentions", {"trigger_start": 3}, "offsets"),
        ("event_mentions", {"trigger_text": "Struck"}, "offsets"),
        ("participants", {"end_char": 99}, "offsets"),
        ("sentences", {"text": "Something else."}, "offsets"),
        ("event_mentions", {"sentence_id": "gone"}, "orphans"),
        ("participants", {"event_mention_id": "gone"}, "orphans"),
        ("sentences", {"article_id": "gone"}, "orphans"),
        ("articles", {"duplicate_of": "gone"}, "orphan_copies"),
        ("event_mentions", {"event_type": "QUARREL"}, "unknown_types"),
        ("event_mentions", {"mode": "visit"}, "unknown_types"),
        ("event_mentions", {"status": "maybe"}, "values_event_mentions_status"),
        ("event_mentions", {"confidence": 1.5}, "ranges"),
        ("event_mentions", {"killed": -1}, "ranges"),
        ("participants", {"role": "victim"}, "values_participants_role"),
    ]
    batch = new_batch()
    for number, (table, change, _) in enumerate(flaws):
        at = add_sound(batch, number)[table]
        getattr(batch, table)[at] = replace(getattr(batch, table)[at], **change)
    batch.commit(empty, "b1")
    expected = Counter(name for _, _, name in flaws)
    expected["orphans"] += 1  # the mention whose sentence is said to be another article's
    assert failed(empty) == expected


def test_repeated_keys_are_found(empty, coded):
    tables = ("articles", "sentences", "event_mentions", "participants")
    for table in tables:
        getattr(coded, table).append(getattr(coded, table)[0])
    coded.commit(empty, "b1")
    assert {f"keys_{table}" for table in tables} < set(failed(empty))


def test_dates_far_ahead_of_publication_are_a_warning(empty, coded):
    coded.event_mentions[0] = replace(
        coded.event_mentions[0], date_start=coded.event_mentions[0].date_start.replace(year=2030), date_end=None
    )
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    worst = run_checks(empty)[0]
    assert (worst.name, worst.severity, worst.n_rows) == ("far_dates", "warning", 1)
    assert worst.sample[0]["event_mention_id"] == coded.event_mentions[0].event_mention_id


def test_failed_checks_come_first_and_show_a_few_rows(empty, coded):
    coded.sentences.extend(replace(coded.sentences[0], sentence_id=f"s{number}", text="x") for number in range(9))
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    first = run_checks(empty)[0]
    assert (first.name, first.n_rows, len(first.sample)) == ("offsets", 9, 5)


def test_codings_of_articles_that_are_not_there_are_found(empty, coded):
    write_batch(empty, stage="ingest", batch_id="b1", rows={"articles": []})
    coded.commit_coding(empty, "b1", version="1")
    assert "orphans" in failed(empty)


def test_every_check_says_what_it_finds():
    checks = list(all_checks())
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.description for check in checks)


@pytest.mark.parametrize(
    "sql", ["", "SELECT 1", "-- severity: dire\n-- what\nSELECT 1", "-- severity: error\nSELECT 1"]
)
def test_a_check_file_without_its_two_lines_is_refused(sql):
    with pytest.raises(ValueError, match="check mine: the first two lines"):
        read_check("mine", sql)


def test_only_new_batches_are_looked_at_and_what_was_found_stays(empty, new_batch, monkeypatch):
    looked: list[int] = []
    shadow = data_tests._shadow
    monkeypatch.setattr(data_tests, "_shadow", lambda *args: (looked.append(len(args[2])), shadow(*args)))
    bad, good = new_batch(), new_batch()
    add_sound(bad)
    bad.sentences[0] = replace(bad.sentences[0], text="Something else.")
    bad.commit(empty, "b1")
    assert found(empty) == {"offsets": 1}
    add_sound(good, 1)
    good.commit(empty, "b2")
    compact.compact(empty)
    assert found(empty) == {"offsets": 1}
    assert looked == [2, 2, 2, 2], "an ingest and a coding each, beside what was joined and by themselves"
    new_batch().commit_coding(empty, "b1", version="9")
    assert found(empty) == {}, "what was found is gone with the rows"
    assert looked == [2] * 6
    assert [len(group.batches) for group in data_tests._read(empty.root / "checks.json", _mark())[1]] == [1, 1]
    (empty.root / "checks.json").write_text("garbage")
    assert data_tests._read(empty.root / "checks.json", _mark()) == (data_tests.NOTHING, [])


def _mark():
    return data_tests._mark([check for check in all_checks() if check.scope != "all"])


def test_results_lie_in_a_table(empty, coded):
    coded.sentences[0] = replace(coded.sentences[0], text="Something else.")
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    (row,) = run_sql(empty, "FROM data_tests WHERE n_rows > 0").to_pylist()
    assert (row["name"], row["severity"], row["scope"]) == ("offsets", "error", "batch")
    assert "Something else." in row["sample"]
    assert row["seconds"] > 0
    assert verify(empty).is_sound
