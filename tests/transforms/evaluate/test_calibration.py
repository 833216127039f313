"""Fitting what confidence weighs, on mentions that are made up."""

import numpy as np
import pytest

from transforms.evaluate.calibration import Judged, area_under_curve, calibrate, fit, log_loss, predict
from transforms.evaluate.judged import SAMPLES, read_judgements, read_texts
from transforms.extract.confidence import ALWAYS

TRUTH = {ALWAYS: 0.5, "place told": 1.5, "headline": -2.0}


@pytest.fixture(scope="module")
def judged():
    """A thousand mentions in a hundred texts, right with the odds of ``TRUTH``; "colour" says nothing."""
    random = np.random.default_rng(7)
    made = []
    for number in range(1000):
        signs = frozenset(sign for sign in ("place told", "headline", "colour") if random.random() < 0.4)
        odds = TRUTH[ALWAYS] + sum(TRUTH.get(sign, 0.0) for sign in signs)
        made.append(Judged(f"text {number % 100}", signs, bool(random.random() < 1 / (1 + np.exp(-odds)))))
    return made


def test_weights_that_made_the_judgements_are_found_again(judged):
    weights = fit(judged, penalty=0.5)
    assert set(weights) == {*TRUTH, "colour"}
    assert all(abs(weights[sign] - weight) < 0.4 for sign, weight in TRUTH.items())
    assert abs(weights["colour"]) < 0.4


def test_rare_signs_get_no_weight(judged):
    assert "seen once" not in fit([*judged, Judged("text 0", frozenset({"seen once"}), is_right=True)], penalty=1.0)


def test_predictions_for_texts_left_out_hold_what_they_promise(judged):
    calibration = calibrate(judged)
    figures = calibration.figures()
    assert figures["calibration_error"] < 0.06
    assert figures["log_loss"] < figures["log_loss_of_the_share"]
    assert 0.65 < figures["area_under_curve"] < 0.9
    assert sum(band["mentions"] for band in calibration.reliability()) == len(judged)
    kept = [row["kept"] for row in calibration.thresholds()]
    assert kept == sorted(kept, reverse=True)


def test_a_text_is_left_out_as_a_whole():
    """Signs that give away the text must not help to predict its mentions."""
    judged = [Judged(f"text {n % 40}", frozenset({f"in text {n % 40}"}), n % 40 < 20) for n in range(400)]
    calibration = calibrate(judged)
    assert calibration.figures()["area_under_curve"] < 0.6


def test_measures():
    right = np.array([1.0, 1.0, 0.0])
    assert area_under_curve(np.array([0.9, 0.6, 0.1]), right) == 1.0
    assert area_under_curve(np.array([0.5, 0.5, 0.5]), right) == 0.5
    assert log_loss(np.array([1.0, 1.0, 0.0]), right) == pytest.approx(0.0)
    assert predict([Judged("t", frozenset(), is_right=True)], {ALWAYS: 0.0})[0] == 0.5


def test_judgements_of_sample_articles_are_of_texts_that_are_there():
    wanted = {one.text for one in read_judgements() if one.corpus == SAMPLES}
    texts = dict(read_texts(wanted, None))
    assert set(texts) == wanted
    assert all(one.trigger_start < len(texts[one.text].text) for one in read_judgements() if one.corpus == SAMPLES)
