"""Sentences with one quad class each, as sets of the CAMEO codebook's examples have them, read and compared.

One sentence a line, a tab, and its class: 0 a neutral statement, 1 verbal and 2 material cooperation, 3 verbal and 4
material conflict. These are the classes of CAMEO's roots, which differ from PLOVER's quad classes: an appeal is neutral
and only a demand is conflict, to yield is a deed, and to reduce relations is done in words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from transforms.clean import clean_text
from transforms.evaluate.gold import GoldError
from transforms.evaluate.texts import SingleText
from transforms.extract.coding import Coding
from transforms.extract.entries import VerbFrame
from transforms.extract.lexicon import load_lexicon
from transforms.records import EventMention

NEUTRAL, VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = CLASSES = "01234"
ROOTS = {
    NEUTRAL: ("01", "02"),
    VERBAL_COOPERATION: ("03", "04", "05"),
    MATERIAL_COOPERATION: ("06", "07", "08"),
    VERBAL_CONFLICT: ("09", "10", "11", "12", "13", "16"),
    MATERIAL_CONFLICT: ("14", "15", "17", "18", "19", "20"),
}
CLASS_OF_ROOT = {root: one for one, roots in ROOTS.items() for root in roots}
PLANS = {MATERIAL_COOPERATION: VERBAL_COOPERATION, MATERIAL_CONFLICT: VERBAL_CONFLICT}
"""What an act is while it is only planned: an intent to cooperate (root 03), or a threat (root 13)."""
TOLD = frozenset({"asserted", "planned"})
"""Statuses of acts; of what did not happen, or only might, the sentence is a statement."""
DEMANDING = frozenset({"demand", "insist", "order", "instruct", "command", "pressure", "press", "require", "ultimatum"})
"""Words of a REQUEST that CAMEO holds for a demand (root 10); the others are appeals (root 02)."""


@dataclass(frozen=True, slots=True)
class ClassedSentence(SingleText):
    quad_class: str


def read_classes(path: Path) -> list[ClassedSentence]:
    """Read a file of sentences, cleaned as ingest cleans them. Raises ``GoldError`` naming a line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    sentences = []
    for number, line in enumerate(lines, start=1):
        text, _, quad_class = line.rpartition("\t")
        if not text or quad_class not in CLASSES:
            raise GoldError(f"{path}, line {number} is no sentence with a tab and a class from 0 to 4")
        sentences.append(ClassedSentence(clean_text(text), quad_class))
    return sentences


def score_classes(sentences: Sequence[ClassedSentence], codings: Iterable[Coding]) -> dict[str, float | int | None]:
    """Share of sentences whose class is right, F1 of each class, and the mean of these over the classes that occur."""
    pairs = [
        (sentence.quad_class, class_of_sentence(coding.event_mentions))
        for sentence, coding in zip(sentences, codings, strict=True)
    ]
    of_gold, coded = Counter(gold for gold, _ in pairs), Counter(found for _, found in pairs)
    right = Counter(gold for gold, found in pairs if gold == found)
    f1 = {each: 2 * right[each] / (of_gold[each] + coded[each]) for each in CLASSES if of_gold[each] + coded[each]}
    return {
        "sentences": len(pairs),
        "accuracy": round(right.total() / len(pairs), 4) if pairs else None,
        "macro_f1": round(sum(f1.values()) / len(f1), 4) if f1 else None,
        **{f"f1_of_{each}": round(value, 4) for each, value in f1.items()},
    }


def class_of_sentence(mentions: Iterable[EventMention]) -> str:
    """The class of the main act of a sentence, neutral where it tells none."""
    act = main_act(mentions)
    return NEUTRAL if act is None else class_of(act)


def main_act(mentions: Iterable[EventMention]) -> EventMention | None:
    """The first act that a sentence tells as done or planned: what sets with one event a sentence ask for."""
    told = (mention for mention in mentions if mention.status in TOLD)
    return min(told, key=lambda mention: mention.trigger_start, default=None)


def class_of(mention: EventMention) -> str:
    """The class of a mention's CAMEO root; a plan has that of the intent or threat which CAMEO sees in it."""
    if mention.event_type == "REQUEST":
        return VERBAL_CONFLICT if _is_demand(mention.rule_id) else NEUTRAL
    told = CLASS_OF_ROOT[mention.cameo_root]
    return PLANS.get(told, told) if mention.status == "planned" else told


def _is_demand(rule_id: str) -> bool:
    """True of a word that demands, and of saying what somebody must do."""
    rule = load_lexicon().rule(rule_id)
    obliges = isinstance(rule, VerbFrame) and "must" in rule.complement.forms
    return rule is not None and (obliges or not DEMANDING.isdisjoint(rule.lemma.split()))
