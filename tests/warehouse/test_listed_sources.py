import pytest

from warehouse import catalogue, listed_sources
from warehouse.errors import WarehouseError
from warehouse.listed_sources import ListedSource
from warehouse.query import run_sql

JOINED = """
    SELECT article.source, source.country_code, source.language, source.tier, source.listed_as
    FROM articles AS article JOIN sources AS source USING (source)
    ORDER BY ALL
"""


def test_articles_join_what_the_file_of_sources_says(published):
    listed_sources.note(
        published,
        [
            ListedSource("harbour-world", "Harbour Gazette", "en", "KEN", 2),
            ListedSource("harbour-sport", "Harbour Gazette", "en", "UGA"),
            ListedSource("quiet", "Quiet News", "fr", "FRA", 1),
        ],
    )
    catalogue.publish(published)
    assert {tuple(row.values())[1:4] for row in run_sql(published, JOINED).to_pylist() if row["listed_as"]} == {
        (None, "en", 2)
    }, "where its entries differ nothing is said"
    rows = {row["source"]: row for row in run_sql(published, "FROM sources").to_pylist()}
    assert rows["Harbour Gazette"]["listed_as"] == ["harbour-sport", "harbour-world"]
    assert (rows["Copy Wire"]["listed_as"], rows["Copy Wire"]["tier"]) == ([], None)
    assert (rows["Quiet News"]["n_articles"], rows["Quiet News"]["country_code"]) == (0, "FRA")


def test_what_was_taken_out_of_the_file_stays_and_what_changed_replaces(empty):
    listed_sources.note(empty, [ListedSource("a", "A", tier=1), ListedSource("b", "B")])
    listed_sources.note(empty, [ListedSource("a", "A", tier=3)])
    assert listed_sources.read(empty.root) == [ListedSource("a", "A", tier=3), ListedSource("b", "B")]


def test_a_broken_file_says_what_to_do(empty):
    (empty.root / listed_sources.FILE).write_text("{")
    with pytest.raises(WarehouseError, match=r"sources-listed\.json cannot be read.*remove it"):
        catalogue.publish(empty)
