"""The search index follows the record, and finds words however they are written."""

import sqlite3

import pytest

from flows.rebuild import rebuild_database
from flows.render import Format
from flows.search import answer_search
from warehouse import compact, manifest
from warehouse.batches import write_batch
from warehouse.catalogue import publish
from warehouse.errors import QueryError, WarehouseError
from warehouse.query import run_sql
from warehouse.search import Indexed, as_match, search, update_index


@pytest.fixture(scope="module")
def indexed(sample):
    update_index(sample)
    return sample


def snippets(warehouse, query):
    return [row["snippet"] for row in search(warehouse, query, limit=9).to_pylist()]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("shells", 3),  # a title and two sentences, by the stem
        ("cafe", 1),
        ("peace talks", 1),
        ("shelled NOT officials", 2),
        ("bombard* OR café", 2),
        ('"talks peace"', 0),
        ("U.N.-backed (x", None),
        ("“peace talks” are planned.", 1),
    ],
)
def test_words_are_found_however_written(indexed, query, number):
    if number is None:
        with pytest.raises(QueryError, match="cannot be understood"):
            search(indexed, query, limit=9)
    else:
        assert len(snippets(indexed, query)) == number


def test_a_hit_has_its_article_and_the_events_of_its_sentence(indexed):
    (row,) = search(indexed, "bombarded", limit=9).to_pylist()
    assert (row["source"], str(row["published_on"])) == ("Hill Post", "2024-05-08")
    assert row["snippet"] == "The Northern Front [bombarded] Marrowgate. Eleven people died."
    assert row["events"].startswith("ASSAULT ")


def test_hits_are_shown_to_read_and_to_compute_with(indexed, capsys):
    answer_search(indexed.root, "bombarded", limit=5, form=Format.TABLE)
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith("2024-05-08  Hill Post  article ")
    assert second == "    The Northern Front [bombarded] Marrowgate. Eleven people died."
    assert third.startswith("    ASSAULT ")
    answer_search(indexed.root, "bombarded", limit=5, form=Format.CSV)
    assert capsys.readouterr().out.startswith("published_on,source,title,article_id,")
    answer_search(indexed.root, "zeppelin", limit=5, form=Format.TABLE)
    assert "nothing was found" in capsys.readouterr().err


def test_only_what_is_new_is_read(filled, new_batch, article):
    assert update_index(filled) == Indexed(3, 0)
    assert update_index(filled) == Indexed(0, 0)
    compact.compact(filled)
    assert update_index(filled) == Indexed(0, 0)
    coded = new_batch()
    coded.add_article("Farmers planted wheat.")
    coded.commit(filled, "batch4")
    new_batch().commit_coding(filled, "batch1", version="2")
    assert update_index(filled) == Indexed(2, 1)
    write_batch(filled, stage="ingest", batch_id="german", rows={"articles": [article("Bauern säen Weizen.")]})
    (filled.manifest / "ingest-batch4.json").unlink()
    manifest.remove(filled, manifest.coding(filled, "batch4"))
    assert update_index(filled) == Indexed(1, 1)
    with sqlite3.connect(filled.root / "search.sqlite") as index:
        texts = [text for (text,) in index.execute("SELECT text FROM texts")]
    index.close()
    assert "Bauern säen Weizen." in texts, "an article that was not coded is found by its text"
    assert "Farmers planted wheat." not in texts
    assert len(texts) == len(set(texts))


def test_what_cannot_be_searched_is_told(published):
    with pytest.raises(WarehouseError, match="has no index to search in yet; `dateline rebuild`"):
        search(published, "x", limit=1)
    (published.root / "search.sqlite").write_bytes(b"garbage " * 400)
    with pytest.raises(WarehouseError, match=r"damaged .*`dateline rebuild` makes it anew"):
        search(published, "x", limit=1)
    rebuild_database(published.root)
    assert snippets(published, "bombarded")
    with pytest.raises(QueryError, match="no word"):
        as_match('" *')


@pytest.mark.parametrize(
    ("words", "number"),
    [("shells", 3), ("SHELLED", 3), ("cafe", 1), ("talks peace", 1), ("bombard cafe", 0), ("nowhere", 0), ("...", 0)],
)
def test_sql_finds_words_however_written(sample, words, number):
    found = run_sql(sample, "SELECT * FROM search(?)", [words]).to_pylist()
    assert len(found) == number
    assert len(run_sql(sample, "SELECT * FROM search(?, at_most := 1)", [words]).to_pylist()) == min(number, 1)


def test_sql_finds_the_best_first_and_joins_them_with_other_tables(empty, new_batch):
    coded = new_batch()
    coded.add_article("A ferry sank.\nThe ferry line said that the other ferry had been seen far out at sea by many.")
    coded.add_article("The lighthouse keeper saw nothing.")
    coded.commit(empty, "b1")
    publish(empty)
    query = "SELECT sentences.text, score FROM search('ferries sank') JOIN sentences USING (sentence_id)"
    assert [row["text"] for row in run_sql(empty, query.replace("ferries sank", "the sees")).to_pylist()] == []
    one, other = run_sql(empty, query.replace("ferries sank", "ferry") + " ORDER BY score DESC").to_pylist()
    assert (one["text"], one["score"] > other["score"]) == ("A ferry sank.", True)


def test_articles_that_were_not_coded_are_found_by_their_text(empty, article):
    foreign = article("Le café est fermé.", language="fr", title="Fermeture")
    write_batch(empty, stage="ingest", batch_id="b1", rows={"articles": [foreign]})
    publish(empty)
    for words in ("cafe", "fermeture"):
        (row,) = run_sql(empty, "FROM search(?)", [words]).to_pylist()
        assert (row["article_id"], row["sentence_id"]) == (foreign.article_id, None)
