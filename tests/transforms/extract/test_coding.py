"""From readings to records: ids, offsets, codes of parties, place, date, status and the derived type."""

from datetime import UTC, date, datetime

import pytest

from transforms.extract.coding import ArticleCoder

PUBLISHED = datetime(2024, 5, 9, tzinfo=UTC)


@pytest.fixture
def code(sentence, article, reader, resolvers):
    def coded(*names, published=PUBLISHED):
        annotated = article(*(sentence(name) for name in names), published=published)
        return ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader), annotated.article.text

    return coded


def test_a_mention_with_its_codes(code):
    coding, text = code("active")
    (mention,) = coding.event_mentions
    assert (mention.event_type, mention.status, mention.plover_type) == ("ASSAULT", "asserted", "ASSAULT")
    assert (mention.quad_class, mention.intensity, mention.cameo_root) == ("material_conflict", -9.0, "18")
    assert (mention.date_start, mention.date_source, mention.date_text) == (date(2024, 5, 3), "text", "Friday")
    assert (mention.place_text, mention.place_source, mention.country_code) == ("Aleppo", "sentence", "SYR")
    assert text[mention.trigger_start : mention.trigger_end] == mention.trigger_text == "stormed"
    assert [(party.role, party.text, party.sector) for party in coding.participants] == [
        ("actor", "Rebels", "REB"),
        ("recipient", "two villages", None),
    ]
    assert all(text[party.start_char : party.end_char] == party.text for party in coding.participants)


def test_a_planned_act_is_a_threat_in_plover(code):
    (mention,) = code("conjoined")[0].event_mentions
    assert (mention.status, mention.event_type, mention.plover_type) == ("planned", "ASSAULT", "THREATEN")
    assert (mention.date_start, mention.date_source) == (None, None)


def test_an_act_without_a_date_falls_back_on_publication(code):
    (mention,) = code("passive")[0].event_mentions
    assert (mention.date_start, mention.date_source) == (date(2024, 5, 9), "publication")
    (undated,) = code("passive", published=None)[0].event_mentions
    assert (undated.date_start, undated.date_source) == (None, None)


def test_the_place_of_the_sentence_before_holds(code):
    coding, _ = code("active", "light")
    assert [mention.place_source for mention in coding.event_mentions] == ["sentence", "sentence_before"]


def test_the_trigger_of_a_hyphenated_word_is_the_whole_word(parsed, article, reader, resolvers):
    rows = """
        A       a      DT  det      4
        cease   cease  NN  compound 4
        -       -      HYPH punct   4
        fire    fire   NN  nsubj    7
        between between IN case     6
        rebels  rebel  NNS nmod     4
        held    hold   VBD root     0
    """
    annotated = article(parsed(rows))
    (mention,) = ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader).event_mentions
    assert mention.trigger_text == "cease-fire"
    assert annotated.article.text[mention.trigger_start : mention.trigger_end] == "cease-fire"


def test_a_particle_belongs_to_the_trigger(code, parsed, article, reader, resolvers):
    rows = """
        Gunmen  gunman NNS nsubj 2
        blew    blow   VBD root  0
        up      up     RP  compound:prt 2
        a       a      DT  det   5
        bridge  bridge NN  obj   2
    """
    coding = ArticleCoder(article(parsed(rows)), resolvers, extractor_version="1-test").code(reader)
    assert [mention.trigger_text for mention in coding.event_mentions] == ["blew up"]


def test_counts_and_attribution(code):
    (mention,) = code("counts")[0].event_mentions
    assert (mention.killed, mention.injured) == (12, None)
    (told,) = code("said")[0].event_mentions
    assert told.attributed_to == "general"


def test_a_definite_noun_takes_the_date_told_before(parsed, article, reader, resolvers):
    first = """
        An      an     DT  det   2
        attack  attack NN  nsubj 7
        on      on     IN  case  4
        Homs    Homs   NNP nmod  2 B-GPE
        on      on     IN  case  6
        Friday  Friday NNP nmod  2 B-DATE
        angered anger  VBD root  0
        nurses  nurse  NNS obj   7
    """
    second = """
        The     the    DT  det   2
        attack  attack NN  nsubj 3
        killed  kill   VBD root  0
        nine    nine   CD  obj   3
    """
    annotated = article(parsed(first), parsed(second), published=PUBLISHED)
    coding = ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader)
    assert [mention.date_start for mention in coding.event_mentions] == [date(2024, 5, 3)] * 2


def test_the_town_is_the_one_named_before(parsed, article, reader, resolvers):
    first = """
        Rebels  rebel   NNS nsubj 2
        praised praise  VBD root  0
        Azaz    Azaz    NNP obj   2 B-GPE
    """
    second = """
        Gunmen  gunman  NNS nsubj 2
        shelled shell   VBD root  0
        the     the     DT  det   4
        town    town    NN  obj   2
    """
    annotated = article(parsed(first), parsed(second), published=PUBLISHED)
    shelled = ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader).event_mentions[-1]
    assert (shelled.place_text, shelled.place_source, shelled.country_code) == ("Azaz", "antecedent", "SYR")


def test_a_headline_takes_the_date_of_the_lead(parsed, article, reader, resolvers):
    headline = """
        Rebels rebel NNS nsubj 2
        shell  shell VBP root  0
        depot  depot NN  obj   2
    """
    lead = """
        Rebels  rebel   NNS nsubj 2
        shelled shell   VBD root  0
        a       a       DT  det   4
        depot   depot   NN  obj   2
        on      on      IN  case  6
        Friday  Friday  NNP obl   2 B-DATE
    """
    annotated = article(parsed(headline), parsed(lead), published=PUBLISHED)
    mentions = ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader).event_mentions
    assert [(mention.date_start, mention.date_source) for mention in mentions] == [(date(2024, 5, 3), "text")] * 2


def test_ids_are_equal_on_a_second_run_and_differ_within_one(code):
    first, second = code("active", "noun", "light")[0], code("active", "noun", "light")[0]
    assert first == second
    ids = [mention.event_mention_id for mention in first.event_mentions]
    assert len(set(ids)) == len(ids) == 3
    assert {party.event_mention_id for party in first.participants} <= set(ids)


def test_entities_are_slices_of_the_text(code):
    coding, text = code("active", "noun")
    assert [entity.text for entity in coding.entities] == ["Aleppo", "Friday", "Turkish"]
    assert all(text[entity.start_char : entity.end_char] == entity.text for entity in coding.entities)
    assert coding.entities[0].geoname_id is not None


def test_confidence_grows_with_what_is_known(code):
    full = code("active")[0].event_mentions[0].confidence
    bare = code("clause")[0].event_mentions[0].confidence
    assert 0.02 <= bare < full <= 0.98


def parties_of(rows, *, article, reader, resolvers):
    coding = ArticleCoder(article(rows, published=PUBLISHED), resolvers, extractor_version="1-test").code(reader)
    return {party.text: (party.name, party.country_code, party.sector) for party in coding.participants}


def test_things_listed_behind_an_owned_one_have_its_owner(parsed, article, reader, resolvers):
    rows = """
        Gunmen    gunman    NNS nsubj 2
        destroyed destroy   VBD root  0
        Hezbollah Hezbollah NNP compound 4 B-ORG
        tanks     tank      NNS obj   2
        and       and       CC  cc    6
        bridges   bridge    NNS conj  4
    """
    found = parties_of(parsed(rows), article=article, reader=reader, resolvers=resolvers)
    assert found["Hezbollah tanks"][2] == found["bridges"][2] == "REB"


def test_a_coalition_of_armed_forces_is_one_of_soldiers(parsed, article, reader, resolvers):
    rows = """
        The       the       DT  det   2
        coalition coalition NN  nsubj 3
        {0}       {3}       VBD root  0
        a         a         DT  det   5
        {1}       {1}       NN  obj   3
        near      near      IN  case  8
        {2}       {2}       NN  compound 8
        troops    troops    NNS obl   3
    """
    for verb, thing, before, sector in (
        ("condemned", "attack", "coalition", "MIL"),
        ("condemned", "attack", "infantry", None),
        ("shelled", "depot", "infantry", "MIL"),
    ):
        text = rows.format(verb, thing, before, verb.removesuffix("ed"))
        found = parties_of(parsed(text), article=article, reader=reader, resolvers=resolvers)
        assert found["coalition"][2] == sector


HIM = """
    Ada     Ada     NNP nsubj 2 B-PERSON
    called  call    VBD root  0
    Bob     Bob     NNP obj   2 B-PERSON
    and     and     CC  cc    5
    thanked thank   VBD conj  2
    {0}     {0}     PRP obj   5
"""


def test_him_is_not_who_thanks_him_and_a_reflexive_is(parsed, article, reader, resolvers):
    for pronoun, name in (("him", "Bob"), ("himself", "Ada")):
        found = parties_of(parsed(HIM.format(pronoun)), article=article, reader=reader, resolvers=resolvers)
        assert found[pronoun][0] == name


def test_a_description_has_the_name_behind_its_comma(parsed, article, reader, resolvers):
    rows = """
        Rebels  rebel   NNS nsubj 2
        killed  kill    VBD root  0
        the     the     DT  det   4
        {0}     {0}     {1} obj   2
        ,       ,       ,   punct 6
        Ada     Ada     NNP appos 4 B-PERSON
    """
    for noun, tag, name in (("mayor", "NN", "Ada"), ("mayors", "NNS", None)):
        found = parties_of(parsed(rows.format(noun, tag)), article=article, reader=reader, resolvers=resolvers)
        assert found[noun][0] == name


def test_what_is_said_of_a_country_is_not_said_there(parsed, article, reader, resolvers):
    rows = """
        Rebels {0} NNS nsubj 2
        {1} {2} VBD root  0
        Syria  Syria NNP obj 2 B-GPE
    """
    for told, place in (("rebel criticised criticise", None), ("rebel shelled shell", "Syria")):
        annotated = article(parsed(rows.format(*told.split())), published=PUBLISHED)
        (mention,) = ArticleCoder(annotated, resolvers, extractor_version="1-test").code(reader).event_mentions
        assert mention.place_text == place
