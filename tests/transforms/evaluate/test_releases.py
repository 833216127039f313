import json

import pytest

from transforms.evaluate.gold import GoldError
from transforms.evaluate.releases import read_releases, score_releases
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
