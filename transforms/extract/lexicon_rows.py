"""One row of a table of ``seeds/lexicon`` as a typed entry; ``seeds/lexicon/README.md`` tells what the columns mean."""

from collections.abc import Mapping

from seeds import SeedError
from transforms.extract.entries import (
    ACTOR_KINDS,
    KINDS,
    AdjectiveFrame,
    ArgumentTest,
    ComplementTest,
    Construction,
    LightVerb,
    NounFrame,
    VerbFrame,
)


def split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)


def parse_test(cell: str, classes: Mapping[str, frozenset[str]], *, rule_id: str) -> ArgumentTest:
    """Parse a test such as ``"person|group"``, ``"none|place"``, ``"!problem|@body"``.

    Raises ``SeedError`` where a word class is not declared.
    """
    if not cell:
        return ArgumentTest()
    is_negated = cell.startswith("!")
    kinds: set[str] = set()
    words: set[str] = set()
    alternatives = split(cell.removeprefix("!"))
    is_barred = is_negated and alternatives == ("none",)
    for alternative in alternatives:
        if alternative == "actor":
            kinds |= ACTOR_KINDS
        elif alternative in KINDS:
            kinds.add(alternative)
        elif alternative.startswith("@"):
            if alternative[1:] not in classes:
                raise SeedError(
                    f"seeds/lexicon: rule {rule_id} uses the word class {alternative}, which no table of classes has"
                )
            words |= classes[alternative[1:]]
        elif alternative not in {"none", "any", "named"}:
            words.add(alternative)
    return ArgumentTest(
        kinds=frozenset(kinds),
        words=frozenset(words),
        allows_none=(is_negated or "none" in alternatives) and not is_barred,
        needs_any=("any" in alternatives and not is_negated) or is_barred,
        is_named="named" in alternatives,
        is_negated=is_negated and not is_barred,
        is_none=alternatives == ("none",) and not is_negated,
    )


def verb_entry(row: Mapping[str, str], classes: Mapping[str, frozenset[str]]) -> VerbFrame:
    return VerbFrame(
        rule_id=row["rule_id"],
        event_type=row["event_type"],
        mode=row["mode"] or None,
        lemma=row["lemma"],
        particle=row["particle"],
        prepositions=frozenset(split(row["preposition"].removeprefix("!"))),
        needs_preposition=row["preposition"].startswith("!"),
        roles=row["roles"] or "so",
        object=parse_test(row["object"], classes, rule_id=row["rule_id"]),
        subject=parse_test(row["subject"], classes, rule_id=row["rule_id"]),
        complement=_complement(row["complement"], classes, rule_id=row["rule_id"]),
        has_object_as_trigger=row["trigger"] == "object",
        example=row["example"],
        counter_example=row["counter_example"],
    )


def _complement(cell: str, classes: Mapping[str, frozenset[str]], *, rule_id: str) -> ComplementTest:
    forms, _, head = cell.partition(":")
    return ComplementTest(
        forms=frozenset(split(forms.removeprefix("!"))),
        head=parse_test(head, classes, rule_id=rule_id),
        is_negated=forms.startswith("!"),
    )


def noun_entry(row: Mapping[str, str], classes: Mapping[str, frozenset[str]]) -> NounFrame:
    return NounFrame(
        rule_id=row["rule_id"],
        event_type=row["event_type"],
        mode=row["mode"] or None,
        lemma=row["lemma"],
        strength=row["strength"],
        actor_prepositions=frozenset(split(row["actor_preps"])),
        recipient_prepositions=frozenset(split(row["recipient_preps"])),
        is_mutual=row["mutual"] == "yes",
        needs=parse_test(row["needs"], classes, rule_id=row["rule_id"]),
        example=row["example"],
        counter_example=row["counter_example"],
    )


def construction_entry(row: Mapping[str, str], classes: Mapping[str, frozenset[str]]) -> Construction:
    return Construction(
        rule_id=row["rule_id"],
        event_type=row["event_type"],
        mode=row["mode"] or None,
        lemma=row["lemma"],
        particle=row["particle"],
        noun=row["noun"],
        prepositions=frozenset(split(row["preposition"])),
        actor=row["actor"],
        subject=parse_test(row.get("subject", ""), classes, rule_id=row["rule_id"]),
        target=parse_test(row.get("target", ""), classes, rule_id=row["rule_id"]),
        example=row["example"],
        counter_example=row["counter_example"],
    )


def adjective_entry(row: Mapping[str, str], classes: Mapping[str, frozenset[str]]) -> AdjectiveFrame:
    return AdjectiveFrame(
        rule_id=row["rule_id"],
        event_type=row["event_type"],
        mode=row["mode"] or None,
        lemma=row["lemma"],
        roles=row["roles"],
        complement=_complement(row.get("complement", ""), classes, rule_id=row["rule_id"]),
        example=row["example"],
        counter_example=row["counter_example"],
    )


def light_verb_entry(row: Mapping[str, str]) -> LightVerb:
    return LightVerb(lemma=row["lemma"], particle=row["particle"], preposition=row["preposition"], actor=row["actor"])
