"""When, read from one sentence."""

from datetime import date

import pytest

from transforms.extract.event_dates import DateReader, is_narrated, occasion_of, subject_of, tense_of, told_in

PUBLISHED = date(2024, 5, 9)


@pytest.fixture
def days(parsed, finder):
    """The day that each trigger of a sentence is given."""

    def read(rows):
        span = parsed(rows)
        candidates, _ = finder.find(span)
        reader = DateReader(span, candidates, [])
        told = {each.trigger.text: reader.date_of(each, published=PUBLISHED, tense="past") for each in candidates}
        return {trigger: when and when.resolved.start for trigger, when in told.items()}

    return read


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


PLACED = """
    Police   police  NNS nsubj 2
    praised  praise  VBD root  0
    the      the     DT  det   4
    attack   attack  NN  obj   2
    in       in      IN  case  7
    Homs     Homs    NNP compound 7 B-GPE
    province province NN nmod  4
    ,        ,       ,   punct 9
    Sunday   Sunday  NNP obl:unmarked 2 B-DATE
"""


def test_a_day_right_behind_a_place_is_of_the_act_in_that_place(days):
    assert days(PLACED) == {"praised": None, "attack": date(2024, 5, 5)}


def test_a_day_behind_a_partner_is_not_of_the_partner(days):
    assert days(PLACED.replace("in       in ", "with     with "))["praised"] == date(2024, 5, 5)


def test_the_day_of_a_clause_about_a_noun_is_not_of_what_is_done_to_it(days):
    rows = """
        Police  police NNS nsubj 2
        praised praise VBD root  0
        the     the    DT  det   4
        deal    deal   NN  obj   2
        made    make   VBN acl   4
        on      on     IN  case  7
        Monday  Monday NNP obl   5 B-DATE
    """
    assert days(rows)["praised"] is None


def test_verbs_of_one_subject_share_the_day_at_the_end(days):
    rows = """
        Troops   troops NNS nsubj 2
        killed   kill   VBD root  0
        two      two    CD  nummod 4
        rebels   rebel  NNS obj   2
        and      and    CC  cc    6
        detained detain VBD conj  2
        one      one    CD  obj   6
        on       on     IN  case  9
        Friday   Friday NNP obl   6 B-DATE
    """
    assert days(rows) == dict.fromkeys(("killed", "detained"), date(2024, 5, 3))


def test_an_occasion_dates_what_is_done_at_it(days):
    rows = """
        Rebels  rebel  NNS nsubj 2
        shelled shell  VBD root  0
        Homs    Homs   NNP obj   2 B-GPE
        during  during IN  case  7
        the     the    DT  det   7
        2012    2012   CD  {dep} 7 B-DATE
        fair    fair   NN  obl   2
    """
    assert days(rows.format(dep="nummod")) == {"shelled": date(2012, 1, 1)}


def test_a_story_is_told_by_a_main_clause_of_any_kind(parsed, finder):
    rows = """
        A       a      DT  det   2
        patrol  patrol NN  nsubj 3
        {0} {1} VBD root 0
        Homs    Homs   NNP obj   3 B-GPE
        on      on     IN  case  6
        Friday  Friday NNP obl   3 B-DATE
    """
    for verb in ("crossed cross", "shelled shell"):
        span = parsed(rows.format(*verb.split()))
        reader = DateReader(span, finder.find(span)[0], [])
        assert reader.story(published=PUBLISHED).resolved.start == date(2024, 5, 3)
        assert subject_of(span.root) == "patrol"


def test_who_a_clause_is_about(sentence):
    assert subject_of(sentence("active").root) == "rebel"
    assert subject_of(sentence("conjoined").root) is None, "not in the past"


def test_an_occasion_that_was_held_may_be_taken_up_and_one_spoken_of_not(parsed):
    rows = """
        Troops   troops  NNS nsubj 2
        {verb}   {lemma} VBD root  0
        a        a       DT  det   4
        search   search  NN  obj   2
        on       on      IN  case  6
        Friday   Friday  NNP obl   2 B-DATE
    """
    assert "search" in told_in(parsed(rows.format(verb="conducted", lemma="conduct")))
    assert "search" not in told_in(parsed(rows.format(verb="praised", lemma="praise")))
    later = """
        During during IN  case  3
        {0}    {0}    DT  det   3
        search search NN  obl   5
        troops troops NNS nsubj 5
        seized seize  VBD root  0
        guns   gun    NNS obj   5
    """
    assert occasion_of(parsed(later.format("the")).root) == "search"
    assert occasion_of(parsed(later.format("a")).root) is None


def test_participles_go_on_with_the_past_of_their_verb(parsed):
    rows = """
        Rebels  rebel  NNS nsubj 2
        {0}     {1}    {2} root  0
        by      by     IN  mark  4
        shelling shell VBG advcl 2
        Homs    Homs   NNP obj   4 B-GPE
    """
    assert is_narrated(parsed(rows.format("answered", "answer", "VBD"))[3])
    assert not is_narrated(parsed(rows.format("answer", "answer", "VBP"))[3])
