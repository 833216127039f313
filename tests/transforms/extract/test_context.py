"""Contexts of a sentence and the domain of a document."""

from transforms.extract.coding import ArticleCoder
from transforms.extract.context import contexts, domain


def test_contexts_of_a_sentence(sentence, lexicon):
    assert "military" in contexts(sentence("light"), lexicon)
    assert contexts(sentence("weak"), lexicon) == ()


def test_a_document_of_sports_is_gated(parsed, sentence, lexicon):
    rows = """
        The        the        DT  det   2
        goalkeeper goalkeeper NN  nsubj 4
        and        and        CC  cc    4
        midfielder midfielder NN  conj  2
        scored     score      VBD root  0
    """
    assert domain([parsed(rows).doc], lexicon) == "sports"
    assert domain([sentence("active").doc], lexicon) is None
    assert domain([], lexicon) is None


def test_events_in_a_gated_document_need_a_public_actor(parsed, article, reader, resolvers):
    rows = """
        The         the        DT  det   2
        goalkeeper  goalkeeper NN  nsubj 3
        attacked    attack     VBD root  0
        the         the        DT  det   5
        midfielder  midfielder NN  obj   3
    """
    coding = ArticleCoder(article(parsed(rows)), resolvers, extractor_version="1-test").code(reader)
    assert coding.event_mentions == ()
