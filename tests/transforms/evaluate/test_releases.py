import json

import pytest

from transforms.evaluate.gold import GoldError
from transforms.evaluate.releases import read_releases, score_releases, total
from transforms.extract.coding import Coding


def line(text, **facts):
    told = {"start_date": "2012-03-04", "province": ["sar_e_pul"], "min_killed": 0, "min_captured": 0, **facts}
    return json.dumps({"conversations": [{"from": "human", "value": text}, {"from": "gpt", "value": json.dumps(told)}]})


def test_counts_of_vague_texts_are_left_out(tmp_path):
    path = tmp_path / "releases.jsonl"
    path.write_text("\n".join([line("Troops met nobody."), line("Several men were held.", min_captured=3)]))
    figures = score_releases(read_releases(path), [Coding("", (), (), (), ())] * 2)
    assert (figures["releases"], figures["counted"], figures["killed"], figures["date"]) == (2, 1, 1.0, 0.0)


def test_a_line_without_facts_is_named(tmp_path):
    path = tmp_path / "releases.jsonl"
    path.write_text('{"conversations": []}')
    with pytest.raises(GoldError, match="line 1"):
        read_releases(path)


class Act:
    def __init__(self, name, sentence, detained):
        self.event_mention_id, self.sentence_id, self.detained = name, sentence, detained


class Party:
    role = "recipient"

    def __init__(self, name, text):
        self.event_mention_id, self.text = name, text


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ([("s1", 1, ["leader"]), ("s1", 3, ["three men"]), ("s2", 3, ["three men"])], 4),
        ([("s1", 1, ["leader"]), ("s2", 2, ["two additional men"]), ("s3", 2, ["two other men"])], 3),
        ([("s1", 1, ["leader"]), ("s2", 5, ["leader", "four others"])], 5),
        ([("s1", None, ["men"])], 0),
        ([], 0),
    ],
)
def test_further_acts_are_added_to_the_sentence_that_tells_most(told, number):
    acts = [Act(str(i), sentence, count) for i, (sentence, count, _) in enumerate(told)]
    parties = [Party(str(i), text) for i, (_, _, texts) in enumerate(told) for text in texts]
    assert total(acts, parties, "detained") == number


def test_texts_are_cleaned_as_ingest_cleans_them(tmp_path):
    path = tmp_path / "releases.jsonl"
    path.write_text(line("PRESS RELEASE TEXT: Troops   held\u00a0two men. "))
    assert read_releases(path)[0].text == "Troops held two men."
