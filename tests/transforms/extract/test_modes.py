"""Modes that the means of an act, or what is asked for, tell beyond the rule."""

import pytest

from transforms.extract.modes import ModeReader


@pytest.fixture
def completed(sentence, finder, selector, lexicon, kinds):
    def first(name):
        standing, _ = selector.select(finder.find(sentence(name))[0])
        ModeReader(lexicon.instruments, kinds).complete(standing[0])
        return standing[0]

    return first


def test_the_means_give_the_mode(completed):
    candidate = completed("drone")
    assert (candidate.event_type, candidate.mode) == ("ASSAULT", "drone")
    assert "mode drone by 'drone'" in candidate.found


@pytest.mark.parametrize(("name", "mode"), [("asked", "yield"), ("urged", "yield"), ("content", "yield")])
def test_what_is_asked_for_gives_the_mode(name, mode, completed):
    assert (completed(name).event_type, completed(name).mode) == ("REQUEST", mode)


def test_a_mode_of_the_rule_stays(completed):
    assert completed("noun").mode == "aerial"


def test_without_means_there_is_no_mode(completed):
    assert completed("active").mode is None
    assert completed("met").mode is None
