"""What speaks for a coded event or against it: signs of its rule, parse, parties, resolution, status and article.

A sign is there or is not; ``seeds/lexicon/confidence.csv`` says in words what each means and holds its weight.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from transforms.extract.entries import Construction, NounFrame, Rule, VerbFrame
from transforms.extract.readings import Reading
from transforms.records import EventMention, Participant

Signs = frozenset[str]

NARROW_FRAME = 3
"""Specificity from which a frame tests more than the kind of one argument."""
DEEP = 3
"""Arcs between the clause of an event and the root of its sentence from which parses are unsure."""
CAPITALISED = 0.6
"""Share of the words of three letters and more that are capitalised in a headline."""
DENSE, SPARSE = 0.5, 0.1
"""Events a sentence in an article that is full of them, and in one that is on other matters."""
OF_SPEECH = frozenset("i me my mine we us our ours you your yours".split())
"""Words for who speaks and who is spoken to: of quotes, and of letters and reviews."""


def signs_of_mention(reading: Reading, mention: EventMention, parties: Sequence[Participant]) -> Iterator[str]:
    """Signs of one mention and its sentence."""
    candidate = reading.candidate
    yield f"type {mention.event_type}"
    yield f"rule {_breadth(candidate.rule)}"
    for role in ("actor", "recipient"):
        yield f"{role} {_resolution([party for party in parties if party.role == role])}"
    if any(party.text.lower() in OF_SPEECH for party in parties):
        yield "party in first or second person"
    if mention.status != "asserted":
        yield f"status {mention.status}"
    if reading.source is not None:
        yield "vouched for"
    if mention.place_source == "sentence":
        yield "place told"
    if mention.date_source == "text":
        yield "date told"
    if any(count is not None for count in (mention.killed, mention.injured, mention.detained)):
        yield "count told"
    if len(mention.contexts) > 1:
        yield "several contexts"
    yield from _signs_of_sentence(candidate.anchor)


def _breadth(rule: Rule) -> str:
    if isinstance(rule, Construction):
        return "construction"
    if isinstance(rule, NounFrame):
        return f"{rule.strength} noun"
    if isinstance(rule, VerbFrame):
        return "narrow verb" if rule.specificity >= NARROW_FRAME else "verb"
    return "adjective"


def _resolution(parties: Sequence[Participant]) -> str:
    """How far the parties of a role are known: the best known of them counts."""
    if not parties:
        return "missing"
    if any(party.actor_id for party in parties):
        return "in the tables"
    return "coded" if any(party.country_code or party.sector for party in parties) else "unknown"


def _signs_of_sentence(anchor: Token) -> Iterator[str]:
    sentence: Span = anchor.sent
    words = [token for token in sentence if token.is_alpha and len(token) >= 3]  # noqa: PLR2004 - not "a", "of"
    if words and sum(token.text[0].isupper() for token in words) >= CAPITALISED * len(words):
        yield "headline"
    elif sentence[-1].is_alpha:
        yield "no final stop"
    depth = sum(1 for _ in anchor.ancestors)
    if depth >= DEEP:
        yield "deep clause"
    elif depth == 0:
        yield "main clause"


def signs_of_article(mentions: Sequence[EventMention], n_sentences: int, *, is_gated: bool) -> Iterator[str]:
    """Signs that all mentions of an article share: how much it tells of events at all."""
    rate = len(mentions) / max(n_sentences, 1)
    if rate >= DENSE:
        yield "article full of events"
    elif rate < SPARSE:
        yield "article with few events"
    if is_gated:
        yield "article on other matters"
