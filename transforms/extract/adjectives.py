"""Adjectives and participles that name an act by themselves ("ready to help", "the besieged town")."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from transforms.extract.arguments import Arguments
from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.clauses import subject
from transforms.extract.entries import AdjectiveFrame
from transforms.extract.passives import agents
from transforms.extract.syntax import OBLIQUES, case_of, children

BESIDE = frozenset({"as", "since", "after", "before", "during", "along with", "together with"})
"""Prepositions of phrases that an adjective is not directed at ("the state, as a member, is committed to help")."""


class AdjectiveMatcher:
    def __init__(self, frames: Mapping[str, tuple[AdjectiveFrame, ...]], arguments: Arguments) -> None:
        self._frames = frames
        self._arguments = arguments
        self._kinds = arguments.kinds

    def match(self, token: Token) -> Iterator[Candidate | Dropped]:
        """The first frame of ``token`` that fits, and those before it that do not."""
        for frame in self._frames.get(_key(token), ()):
            if token.dep_ != "amod" and token.pos_ == "VERB" and not frame.complement.forms:
                # "was besieged": the verb's own frames judge that.
                continue
            found = self._candidate(token, frame)
            if isinstance(found, Candidate):
                yield found
                return
            yield Dropped(token, frame.rule_id, found)

    def _candidate(self, token: Token, frame: AdjectiveFrame) -> Candidate | str:
        bearer = token.head if token.dep_ in {"amod", "acl"} else _bearer(token)
        if bearer is None or not (self._kinds.can_act(bearer) or self._kinds.of(bearer) == "place"):
            return "adjective: nobody bears it"
        if not self._arguments.fits_complement(token, frame.complement):
            return f"complement: wanted {'|'.join(sorted(frame.complement.forms))}"
        candidate = Candidate(rule=frame, trigger=token, anchor=token, found=[f"adjective of {bearer.text!r}"])
        if frame.roles == "r":
            candidate.recipients = self._kinds.parties([bearer])
            candidate.actors = self._kinds.parties([agent for agent in agents(token) if self._kinds.can_act(agent)])
        else:
            candidate.actors = self._kinds.parties([bearer])
            phrases = [child for child in token.children if child.dep_ in OBLIQUES and case_of(child) not in BESIDE]
            candidate.recipients = self._arguments.recipients(frame.event_type, phrases)
            if not candidate.recipients and frame.event_type == "AGREE":
                candidate.recipients = self._arguments.understood.concerned(token, frame.event_type)
        candidate.describe_parties()
        return candidate


def _bearer(token: Token) -> Token | None:
    """The subject of ``token``; "it" is one too, though a tree may hold it for a filler ("says it is willing")."""
    return subject(token) or next(iter(children(token, "expl")), None)


def _key(token: Token) -> str:
    """The form under which the table may have ``token``: participles as written, finite verbs never."""
    is_attribute = token.dep_ == "amod"
    is_predicate = token.tag_ == "VBN" and (token.dep_ == "acl" or children(token, "aux:pass", "cop"))
    return str(token.lower_) if token.pos_ == "ADJ" or is_attribute or is_predicate else ""
