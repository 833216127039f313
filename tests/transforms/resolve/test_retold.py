"""Acts told more than once: which date holds for a telling that has none."""

import random
from dataclasses import replace
from datetime import date

from transforms.resolve import retold
from transforms.resolve.dates import ResolvedDate
from transforms.resolve.retold import Story, Telling, TimeOfAct, ToldActs, headline_date


def at(day: int) -> TimeOfAct:
    moment = date(2024, 5, day)
    return TimeOfAct(f"{day} May", ResolvedDate(moment, moment, "day"))


def telling(lemma="attack", *actors, to=(), place=None, when=None, kind="ASSAULT", status="asserted", definite=False):
    return Telling(kind, status, lemma, frozenset(actors), frozenset(to), place, when, definite)


def told(*tellings: Telling) -> ToldActs:
    acts = ToldActs()
    for each in tellings:
        acts.add(each)
    return acts


def test_the_same_word_or_a_shared_party_takes_the_date():
    acts = told(telling("attack", "rebels", when=at(3)))
    assert acts.date_of(telling("attack")) == at(3)
    assert acts.date_of(telling("shell", "rebels")) == at(3)
    assert acts.date_of(telling("shell", "army")) is None


def test_another_type_status_or_place_is_another_act():
    acts = told(telling("attack", "rebels", place="Homs", when=at(3)))
    assert acts.date_of(telling("attack", kind="COERCE")) is None
    assert acts.date_of(telling("attack", status="planned")) is None
    assert acts.date_of(telling("attack", "rebels", place="Aleppo")) is None
    assert acts.date_of(telling("attack", "rebels", place="Homs")) == at(3)


def test_another_doer_or_victim_is_another_act():
    acts = told(telling("expel", "Chad", to=("Mali",), when=at(3)))
    assert acts.date_of(telling("expel", "Niger", to=("Mali",))) is None
    assert acts.date_of(telling("expel", "Chad", to=("Togo",))) is None
    assert acts.date_of(telling("expel", to=("Mali",))) == at(3)


def test_a_month_is_background_and_dates_only_what_takes_it_up():
    month = TimeOfAct("May", ResolvedDate(date(2024, 5, 1), date(2024, 5, 31), "month"))
    acts = told(telling("attack", "rebels", when=month))
    assert acts.date_of(telling("attack", "rebels")) is None
    assert acts.date_of(telling("attack", definite=True)) == month


def test_two_dates_say_nothing_unless_the_place_tells_which():
    acts = told(telling("visit", "Ada Quill", place="Oslo", when=at(4)), telling("visit", "Ada Quill", when=at(5)))
    assert acts.date_of(telling("visit", "Ada Quill")) is None
    assert acts.date_of(telling("meet", "Ada Quill", place="Oslo")) == at(4)


def test_a_definite_noun_takes_up_the_act_told_last():
    acts = told(telling("attack", when=at(1)), telling("attack", when=at(2)))
    assert acts.date_of(telling("attack", definite=True)) == at(2)


def test_a_headline_is_dated_by_the_first_telling_of_its_act():
    headline = telling("rescue", "navy", kind="AID")
    lead = [
        telling("rescue", when=at(1)),
        telling("rescue", kind="AID"),
        telling("save", "navy", when=at(2), kind="AID"),
    ]
    assert headline_date(headline, lead) == at(2)
    assert headline_date(headline, lead[:2]) is None


def test_a_definite_noun_takes_up_no_act_elsewhere_and_no_year_from_afar():
    acts = told(telling("attack", place="Homs", when=at(1)))
    assert acts.date_of(telling("attack", place="Oslo", definite=True)) is None
    year = TimeOfAct("2019", ResolvedDate(date(2019, 1, 1), date(2019, 12, 31), "year"))
    acts = told(telling("protest", when=year))
    assert acts.date_of(replace(telling("protest", definite=True), sentence=2)) == year
    assert acts.date_of(replace(telling("protest", definite=True), sentence=9)) is None


def drawn(draw: random.Random) -> Telling:
    """A telling of few kinds, so that many are alike."""
    parties = [[], ["rebels"], ["army"], ["rebels", "army"], ["police"]]
    return telling(
        draw.choice(["attack", "shell"]),
        *draw.choice(parties),
        to=draw.choice(parties),
        place=draw.choice([None, "Homs", "Oslo"]),
        when=draw.choice([None, at(3), TimeOfAct("the third", at(3).resolved), at(4)]),
        status=draw.choice(["asserted", "planned"]),
        definite=draw.random() < 0.2,
    )


def agreed(one: Telling, before: list[Telling]) -> TimeOfAct | None:
    """What the rule says, by a look at all that was told."""
    dated = [each for each in before if each.when and (each.event_type, each.status) == (one.event_type, one.status)]
    if one.is_definite and (under_word := [each for each in dated if each.lemma == one.lemma]):
        last = under_word[-1]
        if last.place in {None, one.place} or one.place is None:
            return last.when
    same = [each for each in dated if retold._is_same_act(one, each)]
    told_there = [each for each in same if one.place and each.place == one.place] or same
    dates = {each.when.resolved: each.when for each in told_there}
    return next(iter(dates.values())) if len(dates) == 1 else None


def test_the_index_says_what_a_look_at_all_tellings_says():
    for seed in range(300):
        draw = random.Random(seed)
        tellings = [drawn(draw) for _ in range(8)]
        for position, each in enumerate(tellings):
            assert told(*tellings[:position]).date_of(each) == agreed(each, tellings[:position])


def test_a_book_is_not_read_again_for_each_of_its_sentences(monkeypatch):
    held = []
    monkeypatch.setattr(retold, "_is_same_act", lambda *pair: held.append(pair) or True)
    acts = ToldActs()
    for number in range(2000):
        acts.date_of(telling("attack", "rebels"))
        acts.add(telling("attack", "rebels", when=at(3 + number % 2)))
    assert len(held) <= 2 * 2000


def narrated(sentence, lemma="burn", *actors, place=None, kind="ASSAULT"):
    return replace(telling(lemma, *actors, place=place, kind=kind), is_narrated=True, sentence=sentence)


def test_a_days_story_goes_on_with_its_date():
    acts = told(telling("attack", "rebels", place="Homs", when=at(3)))
    assert acts.date_of(narrated(1)) == at(3)
    assert acts.date_of(telling("burn")) is None, "not told in the simple past"
    assert acts.date_of(narrated(1, "burn", "army")) is None, "somebody else"
    assert acts.date_of(narrated(1, place="Aleppo")) is None, "somewhere else"
    assert acts.date_of(narrated(1, kind="PROTEST")) is None, "another act"
    assert acts.date_of(narrated(3)) is None, "too far on"


def test_a_story_goes_on_from_sentence_to_sentence():
    acts = told(telling("attack", "rebels", when=at(3)))
    second = narrated(2)
    acts.add(second, carried=acts.date_of(second))
    assert acts.date_of(narrated(4)) == at(3)


def test_deeds_go_on_with_the_story_of_their_doer():
    story = Story()
    story.tell(at(3), sentence=4, subject="patrol", place="Homs")
    story.tell(None, sentence=5, subject="cache", place=None)
    deed = replace(narrated(5, "detain"), subject="patrol")
    assert story.date_of(deed) == at(3)
    assert story.date_of(replace(deed, subject="")) == at(3), "nobody named"
    assert story.date_of(replace(deed, subject="rebel")) is None
    assert story.date_of(replace(deed, subject=None)) is None, "no clause in the past"
    assert story.date_of(replace(deed, place="Oslo")) is None
    assert story.date_of(replace(deed, status="planned")) is None
    assert story.date_of(replace(deed, sentence=4)) is None, "its own sentence"


def test_a_story_waits_while_its_background_is_told():
    story = Story()
    story.tell(at(3), sentence=4, subject="patrol", place="Homs", occasions=["search", "house"])
    for sentence in (5, 6, 7):
        story.tell(None, sentence=sentence, subject=None, place=None)
    deed = replace(narrated(8, "detain"), subject="patrol")
    assert story.date_of(deed) == at(3)
    assert story.date_of(replace(deed, sentence=10)) is None, "too far on"
    for sentence in (8, 9):
        story.tell(None, sentence=sentence, subject="mayor", place=None)
    assert story.date_of(deed) is None, "other deeds stand between"
    assert story.date_of(replace(deed, sentence=30, subject=None, occasion="search")) == at(3)


def test_a_year_ends_the_story():
    story = Story()
    story.tell(at(3), sentence=4, subject="patrol", place=None)
    year = TimeOfAct("2019", ResolvedDate(date(2019, 1, 1), date(2019, 12, 31), "year"))
    story.tell(year, sentence=5, subject="mayor", place=None)
    assert story.date_of(replace(narrated(6, "detain"), subject="")) is None
