"""Whatever the parser makes of a sentence, it is repaired and coded without an error."""

from datetime import UTC, datetime

import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from transforms.annotate.document import AnnotatedArticle, ArticleToCode, Line
from transforms.annotate.repairs import repair_trees
from transforms.extract.coding import ArticleCoder

PUBLISHED = datetime(2024, 5, 9, tzinfo=UTC)
VOCAB = spacy.blank("en").vocab
WORDS = (
    "rebels army president Chad Aleppo Ada Roe Speaker soldiers talks attack attacks killed said told urged agreed "
    "denied met bombing arrested withdraw visit fired shells 12 dozens he they its who that which to of by in on from "
    'against with not never and or but if , . " ( - Monday yesterday wounded crisis town peace deal sanctions strike'
).split()
TAGS = "NN NNS NNP PRP VBD VBN VB VBG MD IN TO DT JJ CD RB CC .".split()
PARTS_OF_SPEECH = "NOUN NOUN PROPN PRON VERB VERB VERB VERB AUX ADP PART DET ADJ NUM ADV CCONJ PUNCT".split()
ARCS = (
    "nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss nmod:desc compound flat conj cc case mark aux aux:pass cop "
    "det amod nummod advmod advcl acl acl:relcl xcomp ccomp parataxis appos punct compound:prt dep"
).split()
ENTITIES = ("O", "O", "O", "O", "B-PERSON", "B-ORG", "B-GPE", "B-NORP", "B-DATE", "I")

ROWS = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.integers(0, len(TAGS) - 1),
        st.sampled_from(ARCS),
        st.integers(0, 1000),
        st.sampled_from(ENTITIES),
    ),
    min_size=1,
    max_size=12,
)
"""Words with tag, arc, a number that chooses the head, and entity: any arc may join any two."""
SETTINGS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}


def parse(rows) -> Doc:
    """The rows as a Doc. The word in the middle is the root; others hang on one between it and themselves."""
    root = len(rows) // 2
    heads, entities = [], []
    for place, (_, _, _, choice, entity) in enumerate(rows):
        towards = range(root, place) if place > root else range(place + 1, root + 1)
        heads.append(towards[choice % len(towards)] if place != root else root)
        before = entities[-1] if entities else "O"
        entities.append(("O" if before == "O" else f"I-{before[2:]}") if entity == "I" else entity)
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        lemmas=[row[0].lower() for row in rows],
        tags=[TAGS[row[1]] for row in rows],
        pos=[PARTS_OF_SPEECH[row[1]] for row in rows],
        heads=heads,
        deps=["ROOT" if place == root else row[2] for place, row in enumerate(rows)],
        ents=entities,
    )


@given(ROWS)
@settings(max_examples=500, **SETTINGS)
def test_a_repaired_tree_is_a_tree(rows):
    for token in repair_trees(parse(rows)):
        steps = 0
        while token.head.i != token.i:
            token, steps = token.head, steps + 1  # noqa: PLW2901 - up to the root
            assert steps <= len(rows)


@given(sentences=st.lists(ROWS, min_size=1, max_size=3))
@settings(max_examples=400, **SETTINGS)
def test_any_parse_is_coded(sentences, reader, resolvers):
    lines, text = [], ""
    for rows in sentences:
        doc = repair_trees(parse(rows))
        lines.append(Line(len(text), doc))
        text += doc.text + "\n"
    article = AnnotatedArticle(ArticleToCode("a1", text, PUBLISHED, PUBLISHED), tuple(lines))
    coding = ArticleCoder(article, resolvers, extractor_version="1-test").code(reader)
    assert all(text[m.trigger_start : m.trigger_end] == m.trigger_text for m in coding.event_mentions)
    assert all(text[party.start_char : party.end_char] == party.text for party in coding.participants)
