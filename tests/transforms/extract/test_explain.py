"""What `dateline explain` says of a mention."""

from datetime import UTC, datetime

import pytest

from transforms.extract.coding import ArticleCoder
from transforms.extract.explain import explain_mention
from transforms.extract.extractor import Examined


class Examines:
    """Stands in for the extractor: gives readings of one parsed sentence, and its coding."""

    def __init__(self, readings, coding):
        self._examined = Examined(coding, readings)

    def examine(self, _articles):
        return [self._examined]


@pytest.fixture
def explained(sentence, article, reader, resolvers):
    annotated = article(sentence("active"))
    (read,) = reader.read(annotated)
    coding = ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader)
    stored = {"article_id": "a1", "text": annotated.article.text, "retrieved_at": datetime(2024, 5, 9, tzinfo=UTC)}

    def explain(start, readings=(read,), rule_id="assault.storm"):
        mention = {
            "rule_id": rule_id,
            "trigger_start": start,
            "date_source": "text",
            "date_text": "Friday",
            "place_source": "sentence_before",
            "place_text": "Aleppo",
        }
        return explain_mention(stored, mention, Examines(readings, coding))

    return explain


def test_an_explanation_names_rule_parts_and_rejected_readings(explained):
    explanation = explained(7)
    assert explanation.sentence.startswith("Rebels stormed")
    assert explanation.rule["rule_id"] == "assault.storm"
    assert explanation.rule["example"]
    assert "actor 'Rebels': nsubj of 'stormed'" in explanation.found
    assert "status asserted: no cue against it" in explanation.found
    assert "date from the text: 'Friday'" in explanation.found
    assert "place from the sentence before: 'Aleppo'" in explanation.found
    assert any(sign.endswith("type ASSAULT") for sign in explanation.signs)
    weights = [abs(float(sign.split()[0])) for sign in explanation.signs]
    assert weights == sorted(weights, reverse=True)
    assert any(text.startswith("'stormed' as protest.storm: object") for text in explanation.rejected)


def test_a_mention_that_the_rules_no_longer_code(explained):
    assert "recode" in explained(0).found[0]
    assert explained(7, readings=()).found == ["the sentence is no longer found"]
    assert explained(7, rule_id="assault.gone").rule["note"] == "no longer in the lexicons"
