"""What joining makes lies in parts: they grow together, and what no longer counts is in none."""

import random

from tests.warehouse.linking.told import Row, store, told
from warehouse import catalogue, deletions, manifest
from warehouse.linking import changes, parts, state
from warehouse.paths import Warehouse
from warehouse.query import run_sql
from warehouse.verify import verify

SHOWN = (
    "event_links",
    "merged_events",
    "events",
    "contested_events",
    "actor_timeline",
    "event_rows",
    "sources",
    "places",
)


def contents(warehouse: Warehouse) -> dict[str, list[dict]]:
    return {table: run_sql(warehouse, f"FROM {table} ORDER BY ALL").to_pylist() for table in SHOWN}


def shuffled(seed: int) -> list[Row]:
    rows = told()
    random.Random(seed).shuffle(rows)
    return rows


def test_parts_grow_together_and_none_has_what_no_longer_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "FANOUT", 3)
    rows = shuffled(3)
    articles = list(dict.fromkeys(row["article"] for row in rows))
    warehouse = Warehouse.create(tmp_path / "news")
    numbers = []
    for start in range(0, len(articles), 12):
        store(warehouse, [row for row in rows if row["article"] in articles[start : start + 12]])
        state.refresh(manifest.read(warehouse), warehouse.joining, warehouse.joined)
        _, listed = state.made(warehouse.joining)
        numbers.append(len(listed))
        assert [part.first for part in listed[1:]] == [part.last + 1 for part in listed[:-1]]
        assert all(part.n_dropped <= parts.STAINED * part.size for part in listed)
    assert len(numbers) > 6
    assert max(numbers) < 3
    catalogue.publish(warehouse)
    assert verify(warehouse).is_sound


def test_much_that_is_new_is_joined_piece_by_piece(tmp_path, monkeypatch):
    one, other = Warehouse.create(tmp_path / "one"), Warehouse.create(tmp_path / "other")
    for warehouse, size in ((one, 500_000), (other, 20)):
        monkeypatch.setattr(changes, "CHUNK", size)
        store(warehouse, shuffled(4), batch_size=5)
        catalogue.publish(warehouse)
    assert contents(one) == contents(other)


def test_taking_articles_away_comes_to_the_same_as_joining_without_them_and_touches_only_their_events(tmp_path):
    rows = shuffled(5)
    warehouse = Warehouse.create(tmp_path / "news")
    store(warehouse, rows, batch_size=10)
    catalogue.publish(warehouse)
    articles = run_sql(warehouse, "SELECT article_id, duplicate_of FROM articles ORDER BY ALL").to_pylist()
    originals = {row["duplicate_of"] for row in articles} - {None}
    random.Random(6).shuffle(articles)
    for doomed in ([*originals][:2], [row["article_id"] for row in articles[:5] if row["article_id"] not in originals]):
        deletions.write_down(warehouse, deletions.plan(warehouse, article_ids=doomed, sources=()))
        deletions.finish(warehouse)
        joined = state.refresh(manifest.read(warehouse), warehouse.joining, warehouse.joined)
        assert joined < len(rows) / 2, "the mentions of other events stay as they are"
        catalogue.publish(warehouse)
        kept = contents(warehouse)
        assert not any(row["article_id"] in doomed for row in kept["event_rows"])
        assert verify(warehouse).is_sound, "verify joins all anew"
        files = [path for path in warehouse.joined.rglob("*.parquet") if path.parent.name == "event_rows"]
        _, listed = state.made(warehouse.joining)
        assert {path.stem for path in files} == {part.name for part in listed if "event_rows" in part.n_rows}
