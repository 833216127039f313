import json
from types import SimpleNamespace

import pytest

from transforms.evaluate.gold import GoldError
from transforms.evaluate.records import read_records, score_records
from transforms.extract.coding import Coding

DEMAND = {"event": "DEMAND", "text": "Ruritania told Sylvania to leave.", "source": [{"code": "AAA"}]}


def read(tmp_path, *records):
    path = tmp_path / "records.json"
    path.write_text(json.dumps(records))
    return read_records(path)


def coding(*parties, event_type="REQUEST", plover_type="REQUEST"):
    mention = SimpleNamespace(
        event_mention_id="1", event_type=event_type, plover_type=plover_type, status="asserted", trigger_start=0
    )
    told = [
        SimpleNamespace(event_mention_id="1", role=role, country_code=country, sector=sector)
        for role, country, sector in parties
    ]
    return Coding("", (), (), (mention,), tuple(told))


def test_types_of_the_manual_before_and_codes_that_are_no_countrys(tmp_path):
    described = {"event": "DOCUMENT", "text": ""}
    told = {**DEMAND, "source": [{"code": "JAP"}, {"code": "IGO"}], "target": "envoys"}
    (record,) = read(tmp_path, described, told)
    assert (record.event_type, record.codes) == ("REQUEST", ({"JPN", "IGO"}, frozenset()))


@pytest.mark.parametrize(
    ("target", "coded", "right"),
    [
        ([{"code": "BBB"}], coding(("actor", "AAA", "GOV"), ("recipient", "BBB", None)), (1, 1, 1)),
        ([{"code": "BBB"}], coding(("actor", "AAA", "GOV")), (1, 0, 0)),
        ([{"code": "BBB"}], coding(("actor", "AAA", "GOV"), ("actor", "BBB", "GOV")), (1, 1, 1)),
        ([{"code": "IGO"}], coding(("actor", "AAA", "GOV"), ("recipient", None, "IGO")), (1, 1, 1)),
        (None, coding(("actor", "AAA", "GOV"), ("recipient", "BBB", None)), (1, 0, 0)),
        (None, coding(("actor", "AAA", "GOV"), event_type="AID", plover_type="AGREE"), (0, 1, 0)),
        (None, coding(("actor", "AAA", "GOV"), event_type="AID"), (1, 1, 1)),
    ],
)
def test_a_mention_answers_by_type_and_by_codes(tmp_path, target, coded, right):
    figures = score_records(read(tmp_path, {**DEMAND, "target": target}), [coded])
    assert (figures.event_type, figures.codes, figures.type_and_codes) == right


def test_f1_takes_one_act_a_sentence_and_counts_sentences_without_any(tmp_path):
    other = SimpleNamespace(
        event_mention_id="2", event_type="AID", plover_type="AID", status="asserted", trigger_start=-1
    )
    right = coding()
    led_by_another = Coding("", (), (), (*right.event_mentions, other), ())
    records = read(tmp_path, DEMAND, DEMAND, DEMAND)
    assert score_records(records, [right, right, right]).type_f1 == 1
    assert score_records(records, [right, led_by_another, Coding("", (), (), (), ())]).type_f1 == 0.4


@pytest.mark.parametrize("written", ["{}", "[{}]", "no json"])
def test_another_file_is_told(tmp_path, written):
    path = tmp_path / "records.json"
    path.write_text(written)
    with pytest.raises(GoldError, match=r"records\.json"):
        read_records(path)
