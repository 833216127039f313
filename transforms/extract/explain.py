"""Why a row is there: the sentence, the rule with its example, how each part was found, and what was thrown out.

The article is read again from its stored text, so the explanation always tells of the rules as they are now.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from transforms.annotate.document import ArticleToCode
from transforms.extract.candidates import Dropped
from transforms.extract.confidence import load_weights
from transforms.extract.extractor import Examined, Extractor
from transforms.extract.lexicon import load_lexicon
from transforms.extract.readings import Reading, SentenceReading
from transforms.records import Reject

RULE_FIELDS = ("rule_id", "event_type", "mode", "lemma", "particle", "roles", "noun", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say about one mention; offsets are of the sentence in the article's text."""

    sentence: str
    start: int
    rule: dict[str, str]
    found: list[str]
    signs: list[str]
    """What its confidence rests on, the most telling first."""
    rejected: list[str]


def explain_mention(article: Mapping[str, Any], mention: Mapping[str, Any], extractor: Extractor) -> Explanation:
    """Explain a mention.

    ``article`` needs ``article_id``, ``text``, ``retrieved_at`` and ``published_at``; ``mention`` needs ``rule_id``,
    ``trigger_start``, ``date_source`` and ``place_source``.
    """
    to_code = ArticleToCode(
        article_id=article["article_id"],
        text=article["text"],
        retrieved_at=article["retrieved_at"],
        published_at=article.get("published_at"),
    )
    start = mention["trigger_start"]
    (examined,) = extractor.examine([to_code])
    read = next(
        (read for read in examined.readings if read.sentence.start_char <= start < read.sentence.end_char), None
    )
    if read is None:
        return Explanation(article["text"], 0, _rule(mention["rule_id"]), ["the sentence is no longer found"], [], [])
    reading = next((reading for reading in read.readings if _trigger_start(read, reading) == start), None)
    found = (
        _found(reading, mention) if reading is not None else ["the rules no longer code this word: recode the article"]
    )
    return Explanation(
        sentence=article["text"][read.sentence.start_char : read.sentence.end_char],
        start=read.sentence.start_char,
        rule=_rule(mention["rule_id"]),
        found=found,
        signs=_signs(examined, start),
        # That "attack" is not "attack back" is no news: entries of other phrasal verbs are left out.
        rejected=[_describe(dropped) for dropped in read.dropped if not dropped.reason.startswith("particle:")],
    )


def _trigger_start(read: SentenceReading, reading: Reading) -> int:
    return read.sentence.line.offset(reading.candidate.trigger)


def _found(reading: Reading, mention: Mapping[str, Any]) -> list[str]:
    status = reading.status
    found = list(reading.candidate.found)
    found.append(f"status {status.value}" + (f": {', '.join(status.cues)}" if status.cues else ": no cue against it"))
    if status.value == "asserted" and mention.get("status") == "planned":
        found.append("status planned: its date lies ahead")
    if reading.source is not None:
        found.append(f"attributed to {reading.source.text!r}")
    if mention.get("date_source"):
        found.append(
            f"date from the {mention['date_source']}"
            + (f": {mention['date_text']!r}" if mention.get("date_text") else "")
        )
    if mention.get("place_source"):
        found.append(f"place from the {mention['place_source'].replace('_', ' ')}: {mention.get('place_text')!r}")
    return found


def _signs(examined: Examined, start: int) -> list[str]:
    """The signs of the mention whose trigger stands at ``start``, with their weights."""
    if isinstance(examined.outcome, Reject):
        return []
    weights = load_weights()
    found = next(
        (
            signs
            for mention, signs in zip(examined.outcome.event_mentions, examined.outcome.signs, strict=True)
            if mention.trigger_start == start
        ),
        frozenset[str](),
    )
    weighed = sorted((sign for sign in found if sign in weights), key=lambda sign: (-abs(weights[sign]), sign))
    return [f"{weights[sign]:+.2f} {sign}" for sign in weighed]


def _rule(rule_id: str) -> dict[str, str]:
    rule = load_lexicon().rule(rule_id)
    if rule is None:
        return {"rule_id": rule_id, "note": "no longer in the lexicons"}
    fields = asdict(rule)
    return {name: str(fields[name]) for name in RULE_FIELDS if fields.get(name)}


def _describe(dropped: Dropped) -> str:
    return f"{dropped.trigger.text!r} as {dropped.rule_id}: {dropped.reason}"
