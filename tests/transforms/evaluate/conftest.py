"""Gold documents and readings made by hand, so that no model is needed."""

import pytest
import spacy
from spacy.tokens import Doc

from transforms.annotate.document import Line, LocatedSentence
from transforms.evaluate.gold import GoldDocument
from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.coding import Coding
from transforms.extract.extractor import Examined
from transforms.extract.lexicon import load_lexicon
from transforms.extract.readings import Reading, SentenceReading
from transforms.extract.status import Status

TEXT = "Rebels stormed Homs on Friday, the army said. Talks failed."
VOCAB = spacy.blank("en").vocab


def span(word, text=TEXT, **more):
    start = text.index(word)
    return {"start": start, "end": start + len(word), "text": word, **more}


def gold_event(word="stormed", **changes):
    return {
        "sent_start": 0,
        "sent_end": 45,
        "trigger": span(word),
        "event_type": "ASSAULT",
        "mode": None,
        "status": "asserted",
        "actors": [span("Rebels", name=None, country="SYR", sector="REB")],
        "recipients": [span("Homs", name=None, country="SYR", sector="")],
        "place": span("Homs"),
        "date": "2024-05-03",
        "attributed_to": span("army"),
        "killed": 3,
        "injured": None,
        "detained": None,
        **changes,
    }


def gold_line(**changes):
    """A document as it stands in a file."""
    events = changes.pop("events", [gold_event()])
    return {"doc_id": "d1", "title": None, "published_at": "2024-05-09", "text": TEXT, "events": events, **changes}


@pytest.fixture
def document():
    """Makes a gold document; what is not given is that of one right event."""
    return lambda **changes: GoldDocument.model_validate(gold_line(**changes))


@pytest.fixture
def stormed(make_mention):
    """Makes the mention that answers the gold event."""
    start = TEXT.index("stormed")
    return lambda **changes: make_mention(**({"trigger_start": start, "trigger_end": start + 7} | changes))


@pytest.fixture
def parties(make_participant):
    """A right actor, and a recipient that is none."""
    return (make_participant("actor", "Rebels", "SYR", "REB"), make_participant("recipient", "the city", None, None))


@pytest.fixture
def coding():
    return lambda *mentions, participants=(): Coding("a1", (), (), mentions, participants)


@pytest.fixture
def read():
    """Reads TEXT as one sentence: words with the reason why they were dropped, and words that stand, by rule."""

    def make(*, senses=(), scope=(), standing=(), lemmas=None):
        words = "Rebels stormed Homs on Friday , the army said . Talks failed .".split()
        spaces = [after not in {",", "."} for after in [*words[1:], "."]]
        doc = Doc(
            VOCAB,
            words=words,
            spaces=spaces,
            lemmas=[(lemmas or {}).get(word, word) for word in words],
            pos=["NOUN"] * len(words),
            deps=["ROOT", *["dep"] * (len(words) - 1)],
            heads=[0] * len(words),
        )
        tokens = {token.text: token for token in doc}
        sentence = LocatedSentence(0, 0, Line(0, doc), next(iter(doc.sents)))
        rules = {rule.rule_id: rule for rule in load_lexicon().rules()}
        return SentenceReading(
            sentence=sentence,
            readings=tuple(
                Reading(Candidate(rules[rule_id], tokens[word], tokens[word]), Status("asserted", ()), None)
                for word, rule_id in standing
            ),
            dropped_senses=tuple(Dropped(tokens[word], rule_id, reason) for word, rule_id, reason in senses),
            dropped_from_scope=tuple(Dropped(tokens[word], rule_id, reason) for word, rule_id, reason in scope),
            speeches=(),
        )

    return make


@pytest.fixture
def examined(coding):
    return lambda *readings, outcome=None, domain=None: Examined(outcome or coding(), readings, domain)
