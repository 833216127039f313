from types import SimpleNamespace

import pytest

from transforms.evaluate.classes import class_of_sentence, read_classes, score_classes
from transforms.evaluate.gold import GoldError
from transforms.extract.coding import Coding


def mention(event_type, cameo_root, status="asserted", *, start=0, rule_id=""):
    return SimpleNamespace(
        event_type=event_type, cameo_root=cameo_root, status=status, trigger_start=start, rule_id=rule_id
    )


@pytest.mark.parametrize(
    ("mentions", "quad_class"),
    [
        ([], "0"),
        ([mention("CONSULT", "04")], "1"),
        ([mention("CONCEDE", "08")], "2"),
        ([mention("SANCTION", "16")], "3"),
        ([mention("PROTEST", "14")], "4"),
        ([mention("AID", "07", "planned")], "1"),
        ([mention("ASSAULT", "18", "planned")], "3"),
        ([mention("CONSULT", "04", "planned")], "1"),
        ([mention("ASSAULT", "18", "hypothetical")], "0"),
        ([mention("ASSAULT", "18", "negated"), mention("REJECT", "12", start=9)], "3"),
        ([mention("ASSAULT", "18", start=40), mention("ACCUSE", "11", start=9)], "3"),
        ([mention("REQUEST", "02", rule_id="request.demand_that")], "3"),
        ([mention("REQUEST", "02", rule_id="request.insist_must")], "3"),
        ([mention("REQUEST", "10", rule_id="request.urge")], "0"),
    ],
)
def test_a_sentence_has_the_class_of_its_first_act(mentions, quad_class):
    assert class_of_sentence(mentions) == quad_class


def test_a_file_is_read_and_scored(tmp_path):
    path = tmp_path / "class.tsv"
    path.write_text("They   met.\t1\nThey spoke.\t0\nThey fought.\t4\n")
    sentences = read_classes(path)
    assert [(one.text, one.quad_class) for one in sentences] == [
        ("They met.", "1"),
        ("They spoke.", "0"),
        ("They fought.", "4"),
    ]
    met = Coding("", (), (), (mention("CONSULT", "04"),), ())
    figures = score_classes(sentences, [met, Coding("", (), (), (), ()), met])
    assert figures == {
        "sentences": 3,
        "accuracy": 0.6667,
        "macro_f1": 0.5556,
        "f1_of_0": 1.0,
        "f1_of_1": 0.6667,
        "f1_of_4": 0.0,
    }


def test_a_set_without_sentences_has_no_figures():
    assert score_classes([], []) == {"sentences": 0, "accuracy": None, "macro_f1": None}


@pytest.mark.parametrize("written", ["They met.", "They met.\t7", "\t1", ""])
def test_another_file_is_told(tmp_path, written):
    path = tmp_path / "class.tsv"
    path.write_text(f"They met.\t1\n{written}\n")
    with pytest.raises(GoldError, match=r"class\.tsv, line 2"):
        read_classes(path)
