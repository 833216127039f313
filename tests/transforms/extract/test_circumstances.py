"""Where, when and how many, read from one sentence."""

from datetime import date

import pytest

from transforms.extract.circumstances import DateReader, counts_of, places_of, tense_of

PUBLISHED = date(2024, 5, 9)


@pytest.fixture
def coded(sentence, finder, selector):
    def first(name):
        span = sentence(name)
        standing, _ = selector.select(finder.find(span)[0])
        return standing[0], standing, span

    return first


def test_a_place_with_a_locative_preposition(coded):
    candidate, standing, span = coded("active")
    assert [place.span.text for place in places_of(candidate, span, standing)] == ["Aleppo"]


def test_a_party_is_no_place(coded, parsed):
    candidate, standing, span = coded("noun")
    assert places_of(candidate, span, standing) == []


def test_a_direction_belongs_to_its_place(parsed, finder):
    rows = """
        Rebels   rebel    NNS nsubj 2
        shelled  shell    VBD root  0
        villages village  NNS obj   2
        in       in       IN  case  6
        northern northern JJ  amod  6
        Syria    Syria    NNP obl   2 B-GPE
    """
    span = parsed(rows)
    candidates, _ = finder.find(span)
    assert [place.span.text for place in places_of(candidates[0], span, candidates)] == ["northern Syria"]


def test_people_of_a_country_tell_no_place_and_a_coast_does(parsed, finder):
    rows = """
        Soldiers soldier NNS nsubj 2
        killed  kill    VBD root  0
        the     the     DT  det   4
        people  people  NNS obj   2
        of      of      IN  case  6
        Mali    Mali    NNP nmod  4 B-GPE
        off     off     IN  case  10
        the     the     DT  det   10
        Indonesian Indonesian JJ amod 10 B-NORP
        coast   coast   NN  obl   2
    """
    span = parsed(rows)
    candidates, _ = finder.find(span)
    assert [place.span.text for place in places_of(candidates[0], span, candidates)] == ["Indonesian coast"]


def test_where_takes_up_the_place_before_it(parsed, finder):
    rows = """
        Ada     Ada     NNP nsubj 2 B-PERSON
        spoke   speak   VBD root  0
        in      in      IN  case  4
        Oslo    Oslo    NNP obl   2 B-GPE
        ,       ,       ,   punct 8
        where   where   RB  advmod 8
        rebels  rebel   NNS nsubj 8
        shelled shell   VBD advcl 2
        a       a       DT  det   10
        depot   depot   NN  obj   8
    """
    span = parsed(rows)
    candidates, _ = finder.find(span)
    (shelled,) = [candidate for candidate in candidates if candidate.trigger.text == "shelled"]
    assert [place.span.text for place in places_of(shelled, span, candidates)] == ["Oslo"]


def test_a_weekday_is_the_one_before_publication(coded):
    candidate, standing, span = coded("active")
    when = DateReader(span, standing, []).date_of(candidate, published=PUBLISHED, tense="past")
    assert (when.text, when.resolved.start) == ("Friday", date(2024, 5, 3))


def test_a_participle_lends_its_day(coded):
    candidate, standing, span = coded("speaking")
    assert candidate.trigger.text == "condemned"
    when = DateReader(span, standing, []).date_of(candidate, published=PUBLISHED, tense="past")
    assert when.resolved.start == date(2024, 5, 3)


def test_a_date_behind_a_place_is_of_the_act(parsed, finder):
    rows = """
        Rebels  rebel   NNS nsubj 2
        shelled shell   VBD root  0
        Aleppo  Aleppo  NNP obj   2 B-GPE
        ,       ,       ,   punct 5
        Syria   Syria   NNP conj  3 B-GPE
        ,       ,       ,   punct 7
        May     May     NNP conj  3 B-DATE
        3       3       CD  nummod 7 I-DATE
    """
    span = parsed(rows)
    candidates, _ = finder.find(span)
    when = DateReader(span, candidates, []).date_of(candidates[0], published=PUBLISHED, tense="past")
    assert when.resolved.start == date(2024, 5, 3)


def test_a_later_day_counts_from_the_date_told_before(parsed, finder):
    rows = """
        Two     two     CD  nummod 2 B-DATE
        days    day     NNS obl    5 I-DATE
        later   later   RB  advmod 2 I-DATE
        rebels  rebel   NNS nsubj  5
        shelled shell   VBD root   0
        Aleppo  Aleppo  NNP obj    5 B-GPE
    """
    span = parsed(rows)
    candidates, _ = finder.find(span)
    reader = DateReader(span, candidates, [])
    when = reader.date_of(candidates[0], published=PUBLISHED, tense="past", anchor=date(2024, 5, 1))
    assert when.resolved.start == date(2024, 5, 3)
    assert reader.date_of(candidates[0], published=PUBLISHED, tense="past") is None


def test_no_date_said(coded):
    candidate, standing, span = coded("passive")
    assert DateReader(span, standing, []).date_of(candidate, published=PUBLISHED, tense="past") is None


def test_tenses(coded):
    assert tense_of(coded("active")[0], "asserted") == "past"
    assert tense_of(coded("conjoined")[0], "asserted") == "future"
    assert tense_of(coded("copular")[0], "planned") == "future"


def test_counts_of_victims(coded, lexicon):
    candidate, _, _ = coded("counts")
    counts = counts_of(candidate, lexicon.casualty_fields, lambda token: token.ent_type_ == "PERSON")
    assert counts == {"killed": 12, "injured": None, "detained": None}


def test_counts_of_a_merged_result(coded, lexicon):
    candidate, _, _ = coded("result")
    assert counts_of(candidate, lexicon.casualty_fields, lambda _: False)["injured"] == 2
