from transforms.extract import clauses, syntax
from transforms.extract.complements import complements
from transforms.extract.coordination import coordinated

PASSIVE = """
    The       the      DT   det        3
    two       two      CD   nummod     3
    towns     town     NNS  nsubj:pass 5
    were      be       AUX  aux:pass   5
    stormed   storm    VBN  root       0
    by        by       IN   case       7
    rebels    rebel    NNS  obl:agent  5
    and       and      CC   cc         9
    soldiers  soldier  NNS  conj       7
    on        on       IN   case       11
    Friday    Friday   NNP  obl        5  B-DATE
"""
RELATIVE = """
    Troops    troops   NNS  nsubj      6
    who       who      WP   nsubj      3
    shelled   shell    VBD  acl:relcl  1
    the       the      DT   det        5
    port      port     NN   obj        3
    withdrew  withdraw VBD  root       0
"""
OBJECT_RELATIVE = """
    The       the      DT   det        2
    town      town     NN   nsubj      6
    that      that     WDT  obj        5
    rebels    rebel    NNS  nsubj      5
    captured  capture  VBD  acl:relcl  2
    burned    burn     VBD  root       0
"""
CONTROL = """
    Paris     Paris    NNP  nsubj      2  B-GPE
    urged     urge     VBD  root       0
    Kyiv      Kyiv     NNP  obj        2  B-GPE
    to        to       TO   mark       5
    withdraw  withdraw VB   xcomp      2
    and       and      CC   cc         7
    disarm    disarm   VB   conj       5
"""
PURPOSE = """
    The       the      DT   det        3
    rebel     rebel    NN   compound   3
    plan      plan     NN   nsubj      7
    to        to       TO   mark       5
    attack    attack   VB   acl        3
    had       have     AUX  aux        7
    failed    fail     VBN  root       0
    down      down     RP   compound:prt 7
"""


def words(tokens):
    return [token.text for token in tokens]


def test_passive_swaps_voice(parsed):
    sentence = parsed(PASSIVE)
    verb = sentence.root
    assert clauses.is_passive(verb)
    assert clauses.subject(verb).text == "towns"
    assert words(clauses.agents(verb)) == ["rebels"]
    assert words(coordinated(clauses.agents(verb)[0])) == ["rebels", "soldiers"]


def test_prepositional_phrases_are_found_by_preposition(parsed):
    verb = parsed(PASSIVE).root
    assert words(syntax.phrases_with(verb, frozenset({"on"}))) == ["Friday"]
    assert syntax.phrases_with(verb, frozenset({"against"})) == []


def test_relative_pronoun_stands_for_its_antecedent(parsed):
    sentence = parsed(RELATIVE)
    assert clauses.subject(sentence[2]).text == "Troops"
    assert not clauses.is_passive(sentence[2])


def test_object_of_a_relative_clause_is_the_noun_before_it(parsed):
    sentence = parsed(OBJECT_RELATIVE)
    assert words(clauses.objects(sentence[4])) == ["town"]


def test_subject_of_an_infinitive_is_the_controller_also_when_coordinated(parsed):
    sentence = parsed(CONTROL)
    assert clauses.subject(sentence[4]).text == "Kyiv"
    assert clauses.subject(sentence[6]).text == "Kyiv"


def test_complement_form_tells_infinitive(parsed):
    assert [(form, head.text) for form, head in complements(parsed(CONTROL).root)] == [("to", "withdraw")]
    assert list(complements(parsed(PASSIVE).root)) == []


def test_infinitive_on_a_noun_has_no_subject_that_nobody_named(parsed):
    sentence = parsed(PURPOSE)
    assert clauses.subject(sentence[4]) is None
    assert syntax.particle(sentence.root) == "down"


def test_tree_distance_counts_arcs(parsed):
    sentence = parsed(PASSIVE)
    assert syntax.tree_distance(sentence[2], sentence[2]) == 0
    assert syntax.tree_distance(sentence[2], sentence[6]) == 2
    assert syntax.tree_distance(sentence[1], sentence[10]) == 3
