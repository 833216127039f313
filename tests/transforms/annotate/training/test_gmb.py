"""Silver labels are read, mended and evened out."""

from pathlib import Path

from transforms.annotate.training.gmb import MIN_COUNT, demonyms, even_out, read_gmb
from transforms.annotate.training.tagged import TaggedSentence

CSV = """\
Sentence #,Word,POS,Tag
Sentence: 1,Some,DT,O
,"2,00,000",CD,O
,left,VBD,O
,Lima,NNP,B-geo
Sentence: 2,On,IN,O
,06-Mar,NNP,B-tim
Sentence: 3,Some,DT,O
,"2,00,000",CD,O
,left,VBD,O
,Lima,NNP,B-geo
"""


def one(word: str, tag: str) -> TaggedSentence:
    return TaggedSentence((word, "spoke"), (f"B-{tag}", "O"))


def test_reading_mends_numbers_and_drops_damage_and_repeats(tmp_path: Path) -> None:
    path = tmp_path / "gmb.csv"
    path.write_text(CSV, encoding="latin-1")
    (sentence,) = read_gmb(path)
    assert sentence.words == ("Some", "200,000", "left", "Lima")
    assert sentence.tags == ("O", "O", "O", "B-geo")


def test_the_usual_label_wins() -> None:
    sentences = [one("Lima", "geo")] * MIN_COUNT + [one("Lima", "org")]
    assert {item.tags[0] for item in even_out(sentences)} == {"B-geo"}


def test_rare_and_disputed_names_keep_their_labels() -> None:
    rare = [one("Lima", "geo"), one("Lima", "org")]
    assert even_out(rare) == rare
    disputed = [one("Lima", "geo")] * MIN_COUNT + [one("Lima", "org")] * MIN_COUNT
    assert even_out(disputed) == disputed


def test_demonyms() -> None:
    assert demonyms([one("Peruvian", "gpe")] * MIN_COUNT + [one("Lima", "geo")] * MIN_COUNT) == {"Peruvian"}
