"""Varied paragraphs keep their annotation."""

import random

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from transforms.annotate.training.augment import Columns, create_news_style, headline, news_typography, vary

ANNOTATED = """\
"|-|``|PUNCT|1|punct
Go|+|VB|VERB|10|ccomp
home|-|RB|ADV|1|advmod
,|-|,|PUNCT|1|punct
"|+|''|PUNCT|1|punct
it|-|PRP|PRON|7|nsubj
's|+|VBZ|AUX|7|cop
late|+|JJ|ADJ|10|parataxis
--|+|:|PUNCT|7|punct
he|+|PRP|PRON|10|nsubj
said|-|VBD|VERB|10|ROOT
.|+|.|PUNCT|10|punct
They|+|PRP|PRON|13|nsubj
went|+|VBD|VERB|13|ROOT
to|+|IN|ADP|15|case
Oslo|-|NNP|PROPN|13|obl
.|-|.|PUNCT|13|punct"""


@pytest.fixture
def doc() -> Doc:
    words, spaces, tags, pos, heads, deps = zip(*(line.split("|") for line in ANNOTATED.splitlines()), strict=True)
    return Doc(
        Vocab(),
        words=list(words),
        spaces=[space == "+" for space in spaces],
        tags=list(tags),
        pos=list(pos),
        heads=[int(head) for head in heads],
        deps=list(deps),
        sent_starts=[index in {0, 12} for index in range(len(words))],
        ents=["O"] * 15 + ["B-GPE", None],
    )


class Always(random.Random):
    """A die that always shows the same."""

    def __init__(self, value: float) -> None:
        super().__init__(0)
        self.value = value

    def random(self) -> float:
        return self.value


def test_curly_typography(doc: Doc) -> None:
    columns = Columns.of(doc)
    news_typography(columns, Always(0.0))
    assert columns.words[0] == "“"
    assert columns.words[4] == "”"
    assert columns.words[6] == "’s"
    assert columns.words[8] in {"—", "–", "--"}


def test_straight_typography(doc: Doc) -> None:
    curly = Columns.of(doc)
    news_typography(curly, Always(0.0))
    news_typography(curly, Always(0.9))
    assert curly.words[0] == '"'
    assert curly.words[6] == "'s"


@pytest.mark.parametrize(
    ("style", "text"), [(0.1, "THEY WENT TO OSLO"), (0.5, "They Went to Oslo"), (0.9, "They went to Oslo")]
)
def test_headlines(doc: Doc, style: float, text: str) -> None:
    second = Columns.of(doc).cut(12, 17)
    made = headline(second, Always(style)).doc(doc)
    assert made.text == text
    assert [token.dep_ for token in made] == ["nsubj", "ROOT", "case", "obl"]
    assert made[3].ent_type_ == "GPE"


def test_annotation_is_kept(doc: Doc) -> None:
    made = vary(doc, random.Random(3), headlines=0.0)
    assert [token.head.i for token in made] == [token.head.i for token in doc]
    assert [token.tag_ for token in made] == [token.tag_ for token in doc]
    assert [token.ent_iob_ for token in made] == [token.ent_iob_ for token in doc]
    assert [sent.start for sent in made.sents] == [0, 12]


def test_missing_layers_stay_missing() -> None:
    plain = Doc(Vocab(), words=["It", "'s", "Oslo"], ents=["O", "O", "B-GPE"])
    made = vary(plain, Always(0.0))
    assert made[2].ent_type_ == "GPE"
    assert not made.has_annotation("DEP")
    assert not made.has_annotation("TAG")


def test_the_same_seed_varies_alike(doc: Doc) -> None:
    texts = {vary(doc, random.Random(5)).text for _ in range(3)}
    assert len(texts) == 1


def test_the_augmenter_leaves_the_rest_alone(doc: Doc) -> None:
    nlp = spacy.blank("en")
    example = Example(nlp.make_doc(doc.text), doc)
    assert list(create_news_style(0.0, 0.5, 1)(nlp, example)) == [example]
    (varied,) = create_news_style(1.0, 0.0, 1)(nlp, example)
    assert varied.predicted.text == varied.reference.text
