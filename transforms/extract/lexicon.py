"""The lexicons of ``seeds/lexicon`` as typed, indexed entries.

Column meanings stand at the head of ``seeds/lexicon/README.md``; the tables are validated here, on load, and every
error names the table and the rule.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from seeds import SeedError, read_table
from transforms.extract.entries import (
    ROLES,
    Entry,
    Instrument,
    Intention,
    Lexicon,
    NounFrame,
    StatusCue,
    TypeFacts,
    VerbFrame,
)
from transforms.extract.lexicon_rows import (
    adjective_entry,
    construction_entry,
    light_verb_entry,
    noun_entry,
    split,
    verb_entry,
)

SPELLINGS = (("ise", "ize"), ("isation", "ization"), ("yse", "yze"), ("our", "or"), ("ence", "ense"), ("ogue", "og"))
"""British and American endings; the tables hold either, the texts both."""
STRENGTHS = ("strong", "weak", "bound")
INTENTIONS = ("condition", "denial")
"""How doers speak of an act that is a threat or a refusal of theirs."""
VERB_TABLES = ("lexicon/verbs_verbal", "lexicon/verbs_material")
NOUN_TABLES = ("lexicon/nouns_verbal", "lexicon/nouns_material")
ADJECTIVE_TABLES = ("lexicon/adjectives", "lexicon/adjectives_material")
CLASS_TABLES = ("lexicon/classes", "lexicon/classes_material", "lexicon/classes_grammar")


@cache
def load_lexicon() -> Lexicon:
    """Read and validate every table of ``seeds/lexicon``. Raises ``SeedError``."""
    classes = _classes()
    types = _types()
    lexicon = Lexicon(
        verbs=_index(verb_entry(row, classes) for row in _rows(VERB_TABLES)),
        nouns=_index(noun_entry(row, classes) for row in _rows(NOUN_TABLES)),
        constructions=_index(construction_entry(row, classes) for row in _rows(("lexicon/constructions",))),
        adjectives=_index(adjective_entry(row, classes) for row in _rows(ADJECTIVE_TABLES)),
        light_verbs=_index(light_verb_entry(row) for row in _rows(("lexicon/light_verbs",))),
        cues=_cues(),
        speech_verbs=frozenset(row["lemma"] for row in read_table("lexicon/speech_verbs") if row["kind"] == "verb"),
        speech_nouns=frozenset(row["lemma"] for row in read_table("lexicon/speech_verbs") if row["kind"] == "noun"),
        classes=classes,
        stop_senses=_stop_senses(),
        contexts=_contexts(),
        domains=_domains(),
        types=types,
        casualty_fields={row["lemma"]: row["field"] for row in read_table("lexicon/casualties")},
        instruments=tuple(
            Instrument(row["class"], row["event_type"], row["mode"]) for row in read_table("lexicon/instruments")
        ),
        intentions={
            (row["event_type"], row["mode"] or None, row["when"]): Intention(
                row["becomes"], row["becomes_mode"] or None
            )
            for row in read_table("lexicon/intentions")
        },
        results=frozenset(row["lemma"] for row in read_table("lexicon/casualties") if row["is_result"] == "yes"),
    )
    _validate(lexicon)
    return lexicon


def _rows(tables: Iterable[str]) -> Iterable[dict[str, str]]:
    return (row for table in tables for row in read_table(table))


def _index(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for spelling in spellings(entry.lemma):
            index[spelling].append(entry)
    return {lemma: tuple(found) for lemma, found in index.items()}


def spellings(lemma: str) -> set[str]:
    """A lemma with its British and American spellings ("mobilise", "mobilize"; "defence", "defense")."""
    *before, last = lemma.split(" ")
    found = {last}
    for pair in SPELLINGS:
        for old, new in (pair, pair[::-1]):
            if last.endswith(old):
                found.add(last.removesuffix(old) + new)
    return {" ".join([*before, one]) for one in found}


def _classes() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = defaultdict(set)
    for row in _rows(CLASS_TABLES):
        classes[row["class"]].update(split(row["lemma"]))
    return {name: frozenset(lemmas) for name, lemmas in classes.items()}


def _cues() -> dict[str, dict[str, tuple[StatusCue, ...]]]:
    index: dict[str, dict[str, list[StatusCue]]] = defaultdict(lambda: defaultdict(list))
    for row in read_table("lexicon/status_cues"):
        first, *rest = row["cue"].lower().split()
        cue = StatusCue(first, tuple(rest), row["kind"], row["status"], frozenset(split(row["scope"])))
        index[cue.kind][first].append(cue)
    return {
        kind: {first: tuple(sorted(cues, key=lambda cue: -len(cue.rest))) for first, cues in by_word.items()}
        for kind, by_word in index.items()
    }


def _stop_senses() -> dict[str, tuple[tuple[str, ...], ...]]:
    index: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in read_table("lexicon/stop_senses"):
        words = tuple(row["pattern"].lower().split())
        index[words[0]].append(words)
    return {first: tuple(patterns) for first, patterns in index.items()}


def _contexts() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for row in read_table("lexicon/contexts"):
        for cue in split(row["cue"]):
            words = tuple(cue.lower().split())
            index[words[0]].append((words, row["context"]))
    return {first: tuple(cues) for first, cues in index.items()}


def _domains() -> dict[str, dict[str, float]]:
    domains: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_table("lexicon/domain_cues"):
        domains[row["domain"]][row["lemma"]] = float(row["weight"] or 1)
    return dict(domains)


def _types() -> dict[tuple[str, str | None], TypeFacts]:
    acled = {
        (row["event_type"], row["mode"] or None): (row["acled_type"] or None, row["acled_sub_type"] or None)
        for row in read_table("lexicon/acled_types")
    }
    facts: dict[tuple[str, str | None], TypeFacts] = {}
    for row in read_table("lexicon/event_types"):
        event_type = row["event_type"]
        facts[event_type, None] = TypeFacts(
            row["quad_class"],
            float(row["intensity"]),
            row["cameo_root"],
            row["planned_type"] or event_type,
            *acled.get((event_type, None), (None, None)),
        )
    for row in read_table("lexicon/modes"):
        base = facts[row["event_type"], None]
        default = (base.acled_type, base.acled_sub_type)
        facts[row["event_type"], row["mode"]] = TypeFacts(
            base.quad_class,
            float(row["intensity"]),
            row["cameo_root"] or base.cameo_root,
            base.planned_type,
            *acled.get((row["event_type"], row["mode"]), default),
        )
    return facts


def _validate(lexicon: Lexicon) -> None:
    seen: set[str] = set()
    for rule in lexicon.rules():
        if rule.rule_id in seen:
            raise SeedError(f"seeds/lexicon: the rule id {rule.rule_id} stands twice; ids must be unique")
        seen.add(rule.rule_id)
        if isinstance(rule, VerbFrame) and rule.roles not in ROLES:
            raise SeedError(
                f"seeds/lexicon: rule {rule.rule_id} has roles {rule.roles!r}; known are {', '.join(sorted(ROLES))}"
            )
        if isinstance(rule, NounFrame) and rule.strength not in STRENGTHS:
            raise SeedError(
                f"seeds/lexicon: rule {rule.rule_id} has strength {rule.strength!r}; known are {', '.join(STRENGTHS)}"
            )
        if (rule.event_type, rule.mode) not in lexicon.types:
            raise SeedError(
                f"seeds/lexicon: rule {rule.rule_id} has type {rule.event_type} and mode {rule.mode}, "
                "which event_types.csv and modes.csv do not have"
            )
    for (event_type, mode, when), intention in lexicon.intentions.items():
        types = {(event_type, mode), (intention.event_type, intention.mode)}
        if when not in INTENTIONS or not types <= lexicon.types.keys():
            raise SeedError(
                f"seeds/lexicon/intentions.csv: {event_type} {mode} in case of {when!r} is no known type and mode, "
                f"becomes none, or is of none of the cases {', '.join(INTENTIONS)}"
            )
