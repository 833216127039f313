"""The extractor with the shipped model: offsets slice the text, ids repeat, a bad article costs itself only."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seeds import MODEL
from transforms.annotate.document import ArticleToCode
from transforms.extract.extractor import Extractor
from transforms.records import Reject

pytestmark = pytest.mark.skipif(not (MODEL / "config.cfg").exists(), reason="seeds/model holds no trained model")

MOMENT = datetime(2024, 5, 9, tzinfo=UTC)
WORDS = st.sampled_from(
    "Rebels rebels stormed Aleppo the army attacked , . “ ” - - said that will not talks in Paris on Friday 12 "
    "soldiers cease-fire U.S.-led Putin's killed and wounded, Ünal 🙂 … (AP) \t".split(" ")
)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=4).map("\n".join)


@pytest.fixture(scope="module")
def extractor():
    return Extractor.load()


def to_code(text, article_id="a1"):
    return ArticleToCode(article_id, text, MOMENT, MOMENT)


@given(text=TEXTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_offsets_slice_the_text_and_ids_repeat(text, extractor):
    (coding,) = extractor.extract([to_code(text)])
    assert not isinstance(coding, Reject), coding.detail
    for record in (*coding.sentences, *coding.entities, *coding.participants):
        assert text[record.start_char : record.end_char] == record.text
    for mention in coding.event_mentions:
        assert text[mention.trigger_start : mention.trigger_end] == mention.trigger_text
    assert [coding] == list(extractor.extract([to_code(text)]))


def test_a_plain_event(extractor):
    (coding,) = extractor.extract([to_code("Rebels stormed Aleppo on Friday.")])
    (mention,) = coding.event_mentions
    assert (mention.event_type, mention.status, mention.trigger_text) == ("ASSAULT", "asserted", "stormed")
    assert mention.extractor_version == extractor.version


@pytest.mark.parametrize(("day", "status"), [("in August", "planned"), ("on Monday", "asserted")])
def test_what_has_a_date_ahead_is_planned_though_it_is_told_as_done(extractor, day, status):
    (coding,) = extractor.extract([to_code(f"Chad, which hosts the summit {day}, praised the envoy.")])
    assert {mention.trigger_text: mention.status for mention in coding.event_mentions}["hosts"] == status


def test_a_bad_article_costs_itself_only(extractor, monkeypatch):
    code = Extractor.code

    def fails_once(self, annotated):
        if annotated.article.article_id == "bad":
            raise RuntimeError("odd")
        return code(self, annotated)

    monkeypatch.setattr(Extractor, "code", fails_once)
    articles = [to_code("Rebels fled.", name) for name in ("a1", "bad", "a2")]
    first, reject, last = extractor.extract(articles)
    assert (first.article_id, last.article_id) == ("a1", "a2")
    assert isinstance(reject, Reject)
    assert (reject.source, reject.stage) == ("bad", "extract")
    assert reject.detail.startswith("RuntimeError: odd (fails_once, line")


def test_the_version_follows_the_users_table(extractor, tmp_path):
    table = tmp_path / "actors.csv"
    table.write_text("x")
    versions = {
        Extractor(nlp=extractor.nlp, coder=None, gazetteer=None, user_actors=path).version for path in (None, table)
    }
    assert len(versions) == 2


def test_examining_gives_what_coding_gives_and_the_readings_behind_it(extractor):
    text = "Rebels stormed Aleppo on Friday. The army urged them to withdraw from the city."
    (examined,) = extractor.examine([to_code(text)])
    assert [examined.outcome] == list(extractor.extract([to_code(text)]))
    stand, urged = examined.readings
    assert [reading.candidate.trigger.text for reading in stand.readings] == ["stormed"]
    assert "protest.storm" in {dropped.rule_id for dropped in stand.dropped_senses}
    assert [dropped.trigger.text for dropped in urged.dropped_from_scope] == ["withdraw"]
    assert urged.dropped == (*urged.dropped_senses, *urged.dropped_from_scope)
    assert examined.domain is None
