"""The loader refuses tables that contradict themselves, naming the rule."""

from dataclasses import replace

import pytest

from seeds import SeedError
from transforms.extract.lexicon import _validate, load_lexicon, spellings
from transforms.extract.lexicon_rows import parse_test


def test_an_undeclared_class_is_refused():
    with pytest.raises(SeedError, match=r"rule assault\.x uses the word class @nothing"):
        parse_test("@nothing", {}, rule_id="assault.x")


@pytest.mark.parametrize(
    ("change", "message"),
    [({"event_type": "NOTHING"}, "has type NOTHING"), ({"roles": "xy"}, "has roles 'xy'"), ({}, "stands twice")],
)
def test_contradictions_are_refused(change, message):
    lexicon = load_lexicon()
    rule = lexicon.rule("assault.storm")
    doubled = (rule, rule) if not change else (replace(rule, **change),)
    with pytest.raises(SeedError, match=message):
        _validate(replace(lexicon, verbs={"storm": doubled}))


def test_both_spellings_are_found():
    assert spellings("mobilise") == {"mobilise", "mobilize"}
    assert spellings("peace defence") == {"peace defence", "peace defense"}


def test_an_unknown_rule_is_none():
    assert load_lexicon().rule("nothing.at_all") is None
