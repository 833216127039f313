"""What may stand for whom: the tests that pronouns and descriptions put to the actors of a document."""

from collections.abc import Callable, Sequence

from transforms.resolve.actor_codes import ActorCode
from transforms.resolve.actor_kinds import ActorKind
from transforms.resolve.coreference_index import Antecedent, DocumentActor
from transforms.resolve.coreference_words import Description, gender_of, initials
from transforms.resolve.phrases import split_words
from transforms.resolve.word_classes import word_class


def new_actor(text: str, label: str | None, code: ActorCode, kind: ActorKind | None) -> DocumentActor:
    name = code.name or text
    words = [word.key for word in split_words(text)]
    named = tuple(word.key for word in split_words(name))
    is_person = label == "PERSON" or (kind == "person" and code.name is not None)
    gender = gender_of(words, name)
    return DocumentActor(name, code, kind or _kind_of(label), is_person, gender, set(words), named, initials(named))


def _kind_of(label: str | None) -> ActorKind | None:
    kinds: dict[str | None, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group"}
    return kinds.get(label)


def pronoun_test(pronoun: str) -> Callable[[DocumentActor], bool]:
    if pronoun in word_class("male pronoun"):
        return lambda actor: actor.is_person_name and actor.gender != "f"
    if pronoun in word_class("female pronoun"):
        return lambda actor: actor.is_person_name and actor.gender != "m"
    if pronoun in word_class("plural pronoun"):
        return lambda actor: actor.kind == "group" or (actor.kind == "person" and not actor.is_person_name)
    return lambda actor: actor.kind in ("organisation", "state", "group")


def fits(actor: DocumentActor, description: Description | None, words: Sequence[str]) -> bool:
    """Whether a noun may stand for an actor without a personal name: by its row, or as its own words again."""
    if actor.is_person_name:
        return False
    if set(words) < set(actor.words) and words[-1] == actor.words[-1]:
        return True
    if description is None or (actor.kind or "organisation") not in description.kinds:
        return False
    return not description.sectors or (actor.code.sector or "") in description.sectors


def both(one: DocumentActor, other: DocumentActor) -> Antecedent:
    """Two actors as one: with the country and sector that they share."""
    first, second = one.antecedent(), other.antecedent()
    shared = ActorCode(
        name=None,
        actor_id=None,
        country_code=first.code.country_code if first.code.country_code == second.code.country_code else None,
        sector=first.code.sector if first.code.sector == second.code.sector else None,
    )
    return Antecedent(f"{first.name} and {second.name}", shared)
