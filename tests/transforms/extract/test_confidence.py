"""The weights of confidence, and the signs that they are of."""

import pytest

from seeds import SeedError, read_table
from transforms.extract import confidence as module
from transforms.extract.coding import ArticleCoder
from transforms.extract.confidence import ALWAYS, TABLE, confidence, load_weights

WEIGHTS = {ALWAYS: -1.0, "place told": 2.0, "headline": -3.0}


def test_weights_add_up_to_log_odds_and_unknown_signs_say_nothing():
    assert confidence(frozenset(), WEIGHTS) == 0.27
    assert confidence(frozenset({"place told", "never seen"}), WEIGHTS) == 0.73
    assert confidence(frozenset({"headline"}), WEIGHTS) == 0.02


def test_nothing_is_certain():
    assert confidence(frozenset({"a"}), {"a": 99.0}) == 0.98
    assert confidence(frozenset({"a"}), {"a": -99.0}) == 0.02


def test_every_weight_is_of_a_sign_with_a_meaning():
    assert all(row["meaning"] for row in read_table(TABLE))
    assert ALWAYS in load_weights()


@pytest.mark.parametrize("rows", [("a,1", "a,2"), ("a,much",)])
def test_a_table_that_makes_no_sense_is_refused(rows, monkeypatch):
    table = [dict(zip(("sign", "weight"), row.split(","), strict=True)) for row in rows]
    monkeypatch.setattr(module, "read_table", lambda _name: table)
    with pytest.raises(SeedError, match="'a'"):
        load_weights.__wrapped__()


def test_signs_tell_what_was_found(sentence, article, reader, resolvers):
    coded = ArticleCoder(article(sentence("active")), resolvers, extractor_version="1-test").code(reader)
    (signs,) = coded.signs
    assert {"type ASSAULT", "main clause", "actor coded", "article full of events"} <= signs
    assert not {"headline", "recipient missing", "status planned", "party in first or second person"} & signs
