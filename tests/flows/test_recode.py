"""Stored articles coded anew: what stays, what is replaced, and what is said of the difference."""

from collections import Counter
from dataclasses import dataclass

import pytest

from flows.coded_with import differing_names, mentions_any
from flows.coding import code_batch
from flows.ingest import ingest_records
from flows.recode import change_table
from flows.sources import read_source
from tests.flows.conftest import stored_rows
from tests.flows.test_coding import StubExtractor
from transforms.extract.coding import Coding
from transforms.ids import content_id
from transforms.records import EventMention, Participant, Sentence
from warehouse import catalogue, compact, manifest
from warehouse.articles import find_articles
from warehouse.errors import UnknownIdError, WarehouseError
from warehouse.parquet import read_rows
from warehouse.query import run_sql
from warehouse.verify import verify

PLAIN = dict.fromkeys(EventMention.__dataclass_fields__) | {
    "event_type": "ASSAULT", "plover_type": "ASSAULT", "quad_class": "material_conflict", "intensity": -9.0,
    "cameo_root": "19", "contexts": (), "status": "asserted", "confidence": 0.5, "rule_id": "r",
}  # fmt: skip


@dataclass
class WordExtractor:
    """Tells an event of each of its words that a text holds."""

    version: str
    words: tuple[str, ...]
    status: str = "asserted"
    actor: str | None = None

    def extract(self, articles):
        for article in articles:
            identity = content_id("sentence", article.article_id, 0)
            sentence = Sentence(identity, article.article_id, 0, 0, len(article.text), article.text)
            mentions, parties = [], []
            for word in self.words:
                if (start := article.text.find(word)) >= 0:
                    mention_id, end = content_id("mention", article.article_id, start), start + len(word)
                    own = {"event_mention_id": mention_id, "article_id": article.article_id, "sentence_id": identity}
                    said = {"trigger_text": word, "trigger_start": start, "trigger_end": end, "status": self.status}
                    mentions.append(EventMention(**{**PLAIN, **own, **said, "extractor_version": self.version}))
                    parties.append(Participant(mention_id, "actor", 0, word, start, end, self.actor, None, None, "MIL"))
            yield Coding(article.article_id, (sentence,), (), tuple(mentions), tuple(parties))


FIRST = WordExtractor("w-1", ("killed", "met", "arrested"))


@pytest.fixture
def batch_id(warehouse, articles):
    records = (record for path in sorted(articles.iterdir()) for record in read_source(warehouse, path))
    (batch,) = ingest_records(warehouse, records, batch_size=200).batches
    code_batch(warehouse, batch, FIRST)
    return batch


def changes(warehouse):
    rows = [row for path in manifest.read(warehouse).files("mention_changes") for row in read_rows(path)]
    return {(row["change"], row["trigger_text"], *row["changed"]) for row in rows}


def article_of(warehouse, word):
    (found,) = [row["article_id"] for row in stored_rows(warehouse)["articles"] if word in row["text"]]
    return found


def test_what_a_new_version_says_takes_the_place_of_the_old(warehouse, batch_id):
    old = manifest.read(warehouse).files("event_mentions")
    counts = code_batch(warehouse, batch_id, WordExtractor("w-2", ("killed", "met", "denied"), actor="Army"))
    assert changes(warehouse) == {
        ("gained", "denied"),
        ("lost", "arrested"),
        ("changed", "killed", "actors"),
        ("changed", "met", "actors"),
    }
    assert counts.changes == {("gained", "ASSAULT"): 1, ("lost", "ASSAULT"): 1, ("changed", "ASSAULT"): 2}
    assert {row["extractor_version"] for row in stored_rows(warehouse)["event_mentions"]} == {"w-2"}
    assert [entry.version for entry in manifest.codings(warehouse, batch_id)] == ["w-2"]
    assert all(path.exists() for path in old), "readers that are open still look into them"
    catalogue.publish(warehouse)
    assert verify(warehouse).is_sound
    lost = run_sql(warehouse, "SELECT before->>'status' AS status FROM mention_changes WHERE change = 'lost'")
    assert lost.to_pylist() == [{"status": "asserted"}]


def test_the_same_version_again_changes_nothing(warehouse, batch_id):
    before = stored_rows(warehouse)
    assert not code_batch(warehouse, batch_id, FIRST, only=find_articles(warehouse)[batch_id]).changes
    assert stored_rows(warehouse) == before
    assert changes(warehouse) == set()


def test_one_article_is_coded_anew_and_the_others_wait(warehouse, batch_id):
    second = WordExtractor("w-2", ("killed", "met", "arrested"), status="negated")
    chosen = find_articles(warehouse, article_ids=[article_of(warehouse, "Nairobi")[:8]])
    code_batch(warehouse, batch_id, second, only=chosen[batch_id])
    statuses = {row["trigger_text"]: row["status"] for row in stored_rows(warehouse)["event_mentions"]}
    assert statuses == {"met": "negated", "killed": "asserted", "arrested": "asserted"}
    assert changes(warehouse) == {("changed", "met", "status")}
    assert manifest.pending(warehouse, "w-2") == [batch_id]
    counts = code_batch(warehouse, batch_id, second)
    assert counts.articles == 2, "the one that was done is not done again"
    assert manifest.pending(warehouse, "w-2") == []
    assert changes(warehouse) == {("changed", word, "status") for word in ("met", "killed", "arrested")}
    assert len(stored_rows(warehouse)["participants"]) == 3


def note(warehouse, version, names, base="b"):
    folder = warehouse.root / "coded_with"
    folder.mkdir(exist_ok=True)
    rows = ", ".join(f'["{name}", "{name}", null, null]' for name in names)
    (folder / f"{version}.json").write_text(f'{{"base": "{base}", "names": [{rows}]}}')


def test_an_actor_more_costs_the_articles_that_mention_it(warehouse, batch_id):
    note(warehouse, "w-1", ["Old Front"])
    note(warehouse, "w-2", ["Old Front", "Kényan"])
    counts = code_batch(warehouse, batch_id, WordExtractor("w-2", ("killed", "met", "arrested"), actor="Kenya"))
    assert counts.articles == 1
    assert changes(warehouse) == {("changed", "met", "actors")}
    assert manifest.pending(warehouse, "w-2") == []


def test_an_actor_that_nobody_mentions_costs_nothing(warehouse, batch_id):
    note(warehouse, "w-1", [])
    note(warehouse, "w-2", ["Blue Reef Front"])
    before = stored_rows(warehouse)
    assert code_batch(warehouse, batch_id, StubExtractor(breaks_on="", version="w-2")).articles == 0
    assert manifest.pending(warehouse, "w-2") == []
    assert stored_rows(warehouse) == before


def test_versions_that_differ_by_more_than_actors_are_coded_anew(warehouse, batch_id):
    assert differing_names(warehouse, "w-1", "w-2") is None
    note(warehouse, "w-1", ["A"])
    note(warehouse, "w-2", ["A"], base="other")
    assert differing_names(warehouse, "w-1", "w-2") is None
    (warehouse.root / "coded_with" / "w-2.json").write_text("garbage")
    assert differing_names(warehouse, "w-1", "w-2") is None


@pytest.mark.parametrize(
    ("text", "name", "is_there"),
    [
        ("The Blue-Reef Fronts fell back.", "Blue Reef Front", True),
        ("the F.R.O. said", "FRO", True),
        ("Türkiye’s envoy", "Turkiye", True),
        ("The front fell back.", "Blue Reef Front", False),
    ],
)
def test_mentions_are_found_however_written(text, name, is_there):
    assert mentions_any(text, [name]) is is_there


def test_what_a_crash_left_of_an_older_coding_goes_with_compact(warehouse, batch_id):
    path = warehouse.manifest / f"extract-{batch_id}-w-1.json"
    content = path.read_text()
    code_batch(warehouse, batch_id, WordExtractor("w-2", ("met",)))
    path.write_text(content)
    assert {row["trigger_text"] for row in stored_rows(warehouse)["event_mentions"]} == {"met"}
    compact.compact(warehouse)
    assert not path.exists()


def test_articles_that_are_not_there_are_told(warehouse, batch_id):
    with pytest.raises(UnknownIdError, match="no article has the id 'zz'"):
        find_articles(warehouse, article_ids=["zz"])
    with pytest.raises(UnknownIdError, match=r"4 articles have ids that begin with ''"):
        find_articles(warehouse, article_ids=[""])
    with pytest.raises(WarehouseError, match="no article has the source 'Nobody'; the most frequent are: Wire"):
        find_articles(warehouse, sources=["Nobody"])
    assert find_articles(warehouse, sources=["Wire"]) == {batch_id: {article_of(warehouse, "stormed")}}


def test_changes_are_shown_by_type():
    changed = Counter({("gained", "AID"): 1, ("lost", "PROTEST"): 2, ("changed", "PROTEST"): 3})
    lines = change_table(changed).splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["PROTEST", "0", "2", "3"], ["AID", "1", "0", "0"], ["together", "1", "2", "3"],
    ]  # fmt: skip
