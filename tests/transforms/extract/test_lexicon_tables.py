"""Every table of seeds/lexicon holds what its header promises; the loader reads them without complaint."""

import re
from collections import Counter

import pytest

import seeds
from transforms.extract.entries import ROLES
from transforms.extract.lexicon import STRENGTHS, load_lexicon
from transforms.extract.word_lists import word_list

FOLDER = seeds.ROOT / "lexicon"
VERBS = sorted(path.stem for path in FOLDER.glob("verbs_*.csv"))
NOUNS = sorted(path.stem for path in FOLDER.glob("nouns_*.csv"))
ADJECTIVES = sorted(path.stem for path in FOLDER.glob("adjectives*.csv"))
RULES = [*VERBS, *NOUNS, *ADJECTIVES, "constructions"]
COLUMNS = {
    "event_types": "event_type,quad_class,intensity,cameo_root,planned_type,description",
    "modes": "event_type,mode,intensity,cameo_root,description",
    "light_verbs": "lemma,particle,preposition,actor,aspect,example",
    "status_cues": "cue,kind,status,scope,example",
    "speech_verbs": "lemma,kind,note",
    "classes": "class,lemma",
    "stop_senses": "pattern,reason,example",
    "intentions": "event_type,mode,when,becomes,becomes_mode,example",
    "word_lists": "list,words,meaning",
}
VERB_COLUMNS = (
    "rule_id,event_type,mode,lemma,particle,preposition,roles,object,subject,complement,trigger,example,counter_example"
)
NOUN_COLUMNS = "rule_id,event_type,mode,lemma,strength,actor_preps,recipient_preps,mutual,needs,example,counter_example"
QUAD_CLASSES = {"verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"}
KINDS = {"person", "group", "state", "organisation", "place", "actor", "thing", "named", "none", "any"}
WORD = re.compile(r"[^\W_][\w'’.-]*(?: [\w'’.-]+)*")
SCOPES = {"to", "own", "report", "ing", "that", "object", "subject", "clause", "noun", "if", "reported"}


def rows(name):
    return seeds.read_table(f"lexicon/{name}")


def classes():
    return {row["class"] for path in FOLDER.glob("classes*.csv") for row in rows(path.stem)}


def wrong_in(test, known):
    """The alternatives of a test that are neither kind nor declared class nor word."""
    alternatives = test.removeprefix("!").split("|") if test else []
    return [
        part
        for part in alternatives
        if not (part in KINDS or (part[1:] in known if part.startswith("@") else WORD.fullmatch(part)))
    ]


def test_tables_load():
    assert load_lexicon().verbs


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.csv")))
def test_rows_have_the_cells_of_the_header(name):
    table = rows(name)
    assert table
    if name in COLUMNS:
        assert ",".join(table[0]) == COLUMNS[name]
    elif name in VERBS:
        assert ",".join(table[0]) == VERB_COLUMNS
    elif name in NOUNS:
        assert ",".join(table[0]) == NOUN_COLUMNS


def test_sixteen_types_with_their_quad_classes():
    table = rows("event_types")
    assert Counter(row["quad_class"] for row in table) == {
        "verbal_cooperation": 4,
        "material_cooperation": 3,
        "verbal_conflict": 4,
        "material_conflict": 5,
    }
    assert {row["quad_class"] for row in table} == QUAD_CLASSES
    types = {row["event_type"] for row in table}
    assert {row["planned_type"] for row in table} <= types
    assert {row["event_type"] for row in rows("modes")} <= types
    assert all(-10 <= float(row["intensity"]) <= 10 for row in [*table, *rows("modes")])
    assert all(re.fullmatch(r"\d\d", row["cameo_root"]) for row in [*table, *rows("modes")])


def test_conflict_is_never_rated_above_cooperation():
    quad = {row["event_type"]: row["quad_class"] for row in rows("event_types")}
    rated = {
        cooperative: [float(row["intensity"]) for row in [*rows("event_types"), *rows("modes")]
                      if quad[row["event_type"]].endswith("cooperation") is cooperative]
        for cooperative in (True, False)
    }  # fmt: skip
    assert min(rated[True]) > max(rated[False])


def test_rule_ids_are_unique_and_name_their_type():
    ids = Counter(row["rule_id"] for name in RULES for row in rows(name))
    assert [rule_id for rule_id, count in ids.items() if count > 1] == []
    for name in RULES:
        for row in rows(name):
            assert re.fullmatch(r"[a-z]+\.[^\W_][\w-]*", row["rule_id"]), row["rule_id"]
            assert row["rule_id"].split(".")[0] == row["event_type"].lower()


def test_types_and_modes_are_declared():
    declared = {(row["event_type"], row["mode"]) for row in rows("modes")}
    declared |= {(row["event_type"], "") for row in rows("event_types")}
    used = {(row["event_type"], row["mode"]) for name in RULES for row in rows(name)}
    assert used <= declared


def test_rules_have_an_example_that_differs_from_their_counter_example():
    for name in RULES:
        for row in rows(name):
            assert row["example"][-1] in ".!?”", row["rule_id"]
            assert row["counter_example"] != row["example"], row["rule_id"]
            assert row["lemma"] == row["lemma"].lower(), row["rule_id"]


@pytest.mark.parametrize("name", VERBS)
def test_verb_frames_use_declared_tokens(name):
    known = classes()
    for row in rows(name):
        rule_id = row["rule_id"]
        assert row["roles"] in ROLES | {""}, rule_id
        assert row["trigger"] in {"", "object", "verb", "noun"}, rule_id
        assert re.fullmatch(r"!?[a-z ]+(?:\|[a-z ]+)*|", row["preposition"]), rule_id
        assert re.fullmatch(r"[a-z ]*", row["particle"]), rule_id
        forms, _, head = row["complement"].partition(":")
        assert re.fullmatch(r"!?[a-z-]+(?:\|[a-z-]+)*|", forms), rule_id
        assert wrong_in(row["object"], known) + wrong_in(row["subject"], known) + wrong_in(head, known) == [], rule_id


@pytest.mark.parametrize("name", NOUNS)
def test_event_nouns_use_declared_tokens(name):
    known = classes()
    for row in rows(name):
        assert row["strength"] in STRENGTHS, row["rule_id"]
        assert row["mutual"] in {"", "yes", "no"}, row["rule_id"]
        assert wrong_in(row["needs"], known) == [], row["rule_id"]


@pytest.mark.parametrize("name", ADJECTIVES)
def test_adjectives_use_declared_tokens(name):
    assert {row["roles"] for row in rows(name)} <= {"s", "r"}
    known = classes()
    for row in rows(name):
        assert wrong_in(row.get("complement", "").partition(":")[2], known) == [], row["rule_id"]


def test_light_verbs_say_who_acts_and_stand_once():
    table = rows("light_verbs")
    assert {row["actor"] for row in table} == {"subject", "recipient", "none"}
    assert {row["aspect"] for row in table} <= {"", "begin", "continue", "end"}
    keys = Counter((row["lemma"], row["particle"], row["preposition"], row["actor"]) for row in table)
    assert [key for key, count in keys.items() if count > 1] == []


def test_status_cues_use_declared_tokens():
    table = rows("status_cues")
    assert {row["kind"] for row in table} == {
        "governor", "noun", "adjective", "modal", "marker", "adverb", "negator",
    }  # fmt: skip
    assert {row["status"] for row in table} == {"asserted", "planned", "hypothetical", "negated"}
    for row in table:
        assert set(row["scope"].split("|")) <= SCOPES, row["cue"]
        assert row["example"][-1] == ".", row["cue"]
    keys = Counter((row["cue"], row["kind"], scope) for row in table for scope in row["scope"].split("|"))
    assert [key for key, count in keys.items() if count > 1] == []


def test_speech_words_have_a_kind():
    assert {row["kind"] for row in rows("speech_verbs")} == {"verb", "noun", "preposition"}


def test_stop_senses_stand_once_and_do_not_match_everything():
    patterns = Counter(row["pattern"] for row in rows("stop_senses"))
    assert [pattern for pattern, count in patterns.items() if count > 1] == []
    for pattern in patterns:
        words = pattern.split()
        assert len(words) > 1
        assert words[0] != "*"
        assert words[-1] != "*"


def test_every_list_of_words_is_asked_for_and_there():
    sources = "".join(path.read_text(encoding="utf-8") for path in (seeds.ROOT.parent / "transforms").rglob("*.py"))
    asked = set(re.findall(r'word_list\("([^"]+)"\)', sources))
    assert asked == {row["list"] for row in rows("word_lists")}


def test_a_list_of_words_that_is_not_there_is_told():
    with pytest.raises(seeds.SeedError, match="has no list 'unheard of'"):
        word_list("unheard of")
