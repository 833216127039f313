"""Where and how many, read from one sentence."""

from transforms.extract.casualties import counts_of
from transforms.extract.circumstances import lent_places, places_of, story_place


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


def test_counts_of_victims(coded, lexicon):
    candidate, _, _ = coded("counts")
    counts = counts_of(candidate, lexicon.casualty_fields, lambda _: None)
    assert counts == {"killed": 12, "injured": None, "detained": None}


def test_counts_of_a_merged_result(coded, lexicon):
    candidate, _, _ = coded("result")
    assert counts_of(candidate, lexicon.casualty_fields, lambda _: None)["injured"] == 2


def test_a_leader_and_those_taken_along_with_him_are_counted(parsed, finder, lexicon):
    rows = """
        Troops   troops  NNS nsubj 2
        detained detain  VBD root  0
        the      the     DT  det   4
        leader   leader  NN  obj   2
        along    along   IN  case  8
        with     with    IN  case  8
        two      two     CD  nummod 8
        fighters fighter NNS nmod  4
    """
    candidate = finder.find(parsed(rows))[0][0]
    assert [token.text for token in candidate.recipients] == ["leader", "fighters"]
    kinds = {"leader": "person", "fighters": "person"}
    assert counts_of(candidate, lexicon.casualty_fields, lambda token: kinds[token.text])["detained"] == 3
    assert counts_of(candidate, lexicon.casualty_fields, lambda _: None)["detained"] == 2


def test_the_captured_are_detained_and_towns_are_not(parsed, finder, lexicon):
    rows = """
        Rebels   rebel   NNS nsubj 2
        captured capture VBD root  0
        two      two     CD  nummod 4
        {0} {1} NNS obj   2
    """
    for things, number in (("soldiers soldier", 2), ("villages village", None)):
        candidate = finder.find(parsed(rows.format(*things.split())))[0][0]
        assert counts_of(candidate, lexicon.casualty_fields, lambda _: None)["detained"] == number


def test_a_leader_named_behind_a_comma_counts_one(parsed, finder, lexicon):
    rows = """
        Troops troops NNS nsubj 2
        killed kill   VBD root  0
        the    the    DT  det   4
        leader leader NN  obj   2
        ,      ,      ,   punct 6
        Karim  Karim  NNP appos 4 B-PERSON
    """
    candidate = finder.find(parsed(rows))[0][0]
    assert counts_of(candidate, lexicon.casualty_fields, lambda _: "person")["killed"] == 1


def test_the_place_of_one_act_is_lent_to_what_is_told_in_one_breath(parsed, finder):
    rows = """
        Rebels   rebel   NNS nsubj 2
        shelled  shell   VBD root  0
        a        a       DT  det   4
        depot    depot   NN  obj   2
        in       in      IN  case  6
        Homs     Homs    NNP obl   2 B-GPE
        ,        ,       ,   punct 8
        killing  kill    VBG advcl 2
        two      two     CD  nummod 10
        soldiers soldier NNS obj   8
    """
    span = parsed(rows)
    candidates, _ = finder.find(span)
    killing = next(each for each in candidates if each.trigger.text == "killing")
    assert places_of(killing, span, candidates) == []
    assert [place.span.text for place in lent_places(killing, span, candidates)] == ["Homs"]
    assert lent_places(killing, span, [killing]) == []


def test_a_main_clause_tells_where_the_story_is(sentence):
    assert story_place(sentence("passive")).text == "Aleppo"
    assert story_place(sentence("relative")) is None
