"""Who vouches for an event: verbs of saying, according to, quotations, statements."""

import pytest


@pytest.mark.parametrize(
    ("name", "source"),
    [("said", "general"), ("aside", "general"), ("as_said", "general"), ("according", "ministry"), ("active", None)],
)
def test_the_speaker_of_a_sentence(name, source, sentence, article, reader):
    (read,) = reader.read(article(sentence(name)))
    assert [reading.source and reading.source.text for reading in read.readings] == [source]


def test_a_speaker_behind_a_quotation_looks_like_an_object(sentence, article, reader):
    (read,) = reader.read(article(sentence("inverted")))
    assert [reading.source.text for reading in read.readings if reading.source] == ["agency"]


def test_what_is_denied_is_on_the_word_of_who_denies(sentence, article, reader):
    (read,) = reader.read(article(sentence("denied")))
    by_type = {reading.candidate.event_type: reading for reading in read.readings}
    assert by_type["REJECT"].source is None
    assert by_type["ASSAULT"].source.text == "premier"
    assert by_type["ASSAULT"].status.value == "negated"


def test_a_statement_goes_on_in_the_next_paragraphs(sentence, article, reader):
    opening, first, second = reader.read(article(sentence("statement"), sentence("active"), sentence("passive")))
    assert opening.speeches
    assert [reading.source.text for read in (first, second) for reading in read.readings] == ["minister", "minister"]


def test_a_quotation_goes_on_in_the_next_paragraph(parsed, sentence, article, reader):
    rows = """
        “       “     ``  punct 3
        Rebels  rebel NNS nsubj 3
        stormed storm VBD root  0
        Homs    Homs  NNP obj   3 B-GPE
    """
    _, second = reader.read(article(sentence("inverted"), parsed(rows)))
    assert [reading.source.text for reading in second.readings] == ["agency"]


def test_what_a_speaker_says_of_others_words_leaves_the_quotation_theirs(parsed, sentence, article, reader):
    claim = """
        “       “     ``  punct 4
        The     the   DT  det   3
        army    army  NN  nsubj 4
        claims  claim VBZ root  0
        Homs    Homs  NNP obj   4 B-GPE
    """
    rows = """
        “       “     ``  punct 3
        Rebels  rebel NNS nsubj 3
        stormed storm VBD root  0
        Homs    Homs  NNP obj   3 B-GPE
    """
    *_, last = reader.read(article(sentence("inverted"), parsed(claim), parsed(rows)))
    assert [reading.source.text for reading in last.readings] == ["agency"]
