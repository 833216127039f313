"""Entries of the lexicons, typed: frames, constructions, cues and the facts of the ontology.

``seeds/lexicon/README.md`` tells what the columns mean; ``lexicon.py`` reads the tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

KINDS = frozenset({"person", "group", "state", "organisation", "place", "thing"})
ACTOR_KINDS = frozenset({"person", "group", "state", "organisation"})
ROLES = frozenset({"so", "sp", "m", "s", "r", "rp", "soc", "sc", "os"})


@dataclass(frozen=True, slots=True)
class ArgumentTest:
    """A test on an argument: kinds and words it may be (or, negated, must not be)."""

    kinds: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    allows_none: bool = True
    needs_any: bool = False
    is_named: bool = False
    """True where the phrase must be a person's name."""
    is_negated: bool = False
    is_none: bool = False
    """True where nothing at all may be there."""

    @property
    def is_empty(self) -> bool:
        return not (self.kinds or self.words or self.needs_any or self.is_named or self.is_none)

    @property
    def is_positive(self) -> bool:
        """True of a test that asks for something, rather than bars it or asks nothing."""
        return not (self.is_empty or self.is_negated)


@dataclass(frozen=True, slots=True)
class ComplementTest:
    """The clause, predicate or prepositional phrase that a frame needs, or (negated) must not have."""

    forms: frozenset[str] = frozenset()
    """ "to", "that", "ing", "x" (a predicate), or prepositions."""
    head: ArgumentTest = ArgumentTest()
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class VerbFrame:
    rule_id: str
    event_type: str
    mode: str | None
    lemma: str
    particle: str
    prepositions: frozenset[str]
    needs_preposition: bool
    roles: str
    object: ArgumentTest
    subject: ArgumentTest
    complement: ComplementTest
    has_object_as_trigger: bool
    example: str
    counter_example: str

    @property
    def specificity(self) -> int:
        """How narrow the frame is: of several that match, the narrowest codes the verb."""
        return (
            8 * bool(self.particle)
            + 4 * self.needs_preposition
            + 3 * bool(self.complement.forms and not self.complement.is_negated)
            + (not self.complement.head.is_empty)
            + 2 * bool(self.object.words and not self.object.is_negated)
            + (not self.object.is_empty)
            + (not self.subject.is_empty)
        )


@dataclass(frozen=True, slots=True)
class NounFrame:
    rule_id: str
    event_type: str
    mode: str | None
    lemma: str
    strength: str
    """ "strong", "weak" or "bound", see the table's README."""
    actor_prepositions: frozenset[str]
    recipient_prepositions: frozenset[str]
    is_mutual: bool
    needs: ArgumentTest
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class Construction:
    """A light verb with one particular noun that only together name an act ("take hostage")."""

    rule_id: str
    event_type: str
    mode: str | None
    lemma: str
    particle: str
    noun: str
    prepositions: frozenset[str]
    actor: str
    subject: ArgumentTest
    target: ArgumentTest
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class AdjectiveFrame:
    rule_id: str
    event_type: str
    mode: str | None
    lemma: str
    roles: str
    complement: ComplementTest
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class LightVerb:
    lemma: str
    particle: str
    preposition: str
    actor: str


@dataclass(frozen=True, slots=True)
class StatusCue:
    lemma: str
    rest: tuple[str, ...]
    """Words after the first, which must stand below it ("call for")."""
    kind: str
    status: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Intention:
    """What an act becomes that its doers speak of doing on a condition, or of not doing."""

    event_type: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A word class of means that gives an act its type and mode."""

    word_class: str
    event_type: str
    mode: str


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What the ontology says of a type with a mode: quad class, PLOVER intensity, CAMEO root, ACLED reading."""

    quad_class: str
    intensity: float
    cameo_root: str
    planned_type: str
    acled_type: str | None
    acled_sub_type: str | None


Rule = VerbFrame | NounFrame | Construction | AdjectiveFrame


class HasLemma(Protocol):
    @property
    def lemma(self) -> str: ...


Entry = TypeVar("Entry", bound=HasLemma)


@dataclass(frozen=True)
class Lexicon:
    verbs: Mapping[str, tuple[VerbFrame, ...]]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    constructions: Mapping[str, tuple[Construction, ...]]
    adjectives: Mapping[str, tuple[AdjectiveFrame, ...]]
    light_verbs: Mapping[str, tuple[LightVerb, ...]]
    cues: Mapping[str, Mapping[str, tuple[StatusCue, ...]]]
    """Cues by kind, then by first word, longest first."""
    speech_verbs: frozenset[str]
    speech_nouns: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    stop_senses: Mapping[str, tuple[tuple[str, ...], ...]]
    """Word patterns by their first lemma."""
    contexts: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """(cue words, context) by first word of the cue."""
    domains: Mapping[str, Mapping[str, float]]
    """Weight by lemma, by domain."""
    types: Mapping[tuple[str, str | None], TypeFacts]
    casualty_fields: Mapping[str, str]
    """The count (killed, injured, detained) that a word's recipients go to, by lemma."""
    instruments: tuple[Instrument, ...]
    """In the order of precedence."""
    intentions: Mapping[tuple[str, str | None, str], Intention]
    """By type, mode and how the act is spoken of ("condition", "denial")."""
    results: frozenset[str]
    """Words that tell what an act of violence did ("killed"), not the act."""

    def rule(self, rule_id: str) -> Rule | None:
        """The entry of that id, or None."""
        return next((rule for rule in self.rules() if rule.rule_id == rule_id), None)

    def rules(self) -> Iterator[Rule]:
        """Every entry that codes an event."""
        for table in (self.verbs, self.nouns, self.constructions, self.adjectives):
            for lemma, rules in table.items():
                yield from (rule for rule in rules if rule.lemma == lemma)
