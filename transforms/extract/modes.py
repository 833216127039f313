"""The mode of an act whose rule leaves it open, told by its means or by what is asked for."""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.extract.candidates import Candidate
from transforms.extract.complements import complements
from transforms.extract.entries import Instrument
from transforms.extract.kinds import Kinds
from transforms.extract.syntax import OBLIQUES, case_of, children

MEANS = frozenset({"with", "by", "in", "using", "from"})
ASKED = (("yield_act", "yield"), ("meet_act", "meet"), ("assist_act", "assist"), ("change_act", "change"))
"""Word classes of what is asked for or refused, with the mode that they give."""


class ModeReader:
    def __init__(self, instruments: tuple[Instrument, ...], kinds: Kinds) -> None:
        self._instruments = instruments
        self._kinds = kinds

    def complete(self, candidate: Candidate) -> None:
        """Set type and mode of ``candidate`` where words of its clause tell more than its rule."""
        if candidate.event_type in {"REQUEST", "REJECT"} and candidate.mode is None:
            asked = list(_asked(candidate))
            candidate.mode = next((mode for name, mode in ASKED if any(self._is_in(t, name) for t in asked)), None)
            return
        is_crowd = candidate.event_type == "COERCE" and candidate.mode == "restrict"
        if not is_crowd and (candidate.event_type != "ASSAULT" or candidate.mode is not None):
            return
        means = list(_means(candidate))
        parties = [*candidate.actors, *candidate.recipients]
        for instrument in self._instruments:
            words = means + (parties if instrument.mode == "cyber" else [])
            word = next((token for token in words if self._is_in(token, instrument.word_class)), None)
            if word is not None and (not is_crowd or instrument.mode == "crowd-control"):
                candidate.event_type, candidate.mode = instrument.event_type, instrument.mode
                candidate.found.append(f"mode {instrument.mode} by {word.text!r}")
                return

    def _is_in(self, token: Token, name: str) -> bool:
        return self._kinds.is_in(token, name)


def _means(candidate: Candidate) -> Iterator[Token]:
    """Words that may name the means: subject, object, modifiers, phrases with "with" and the like."""
    for act in [candidate, *candidate.results]:
        for token in dict.fromkeys((act.trigger, act.anchor)):
            if token.pos_ == "NOUN":
                yield token
            for child in token.children:
                if (
                    child.dep_ in {"compound", "amod", "nsubj"}
                    or (child.dep_ == "obj" and child not in candidate.recipients)
                    or (child.dep_ in OBLIQUES and case_of(child) in MEANS)
                ):
                    yield child
                    yield from children(child, "compound", "amod")
                elif child.dep_ == "advcl" and child.lower_ == "using":
                    yield from children(child, "obj")


def _asked(candidate: Candidate) -> Iterator[Token]:
    """What is asked for or refused: the complement's verb, or the nouns of object and phrases."""
    for _, head in complements(candidate.anchor):
        yield head
    for token in dict.fromkeys((candidate.trigger, candidate.anchor)):
        for child in children(token, "obj", *OBLIQUES, "acl", "xcomp"):
            if child not in candidate.actors and child not in candidate.recipients:
                yield child
