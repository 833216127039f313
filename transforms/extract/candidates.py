"""What matching yields: candidates for events with their arguments as heads of phrases, and readings thrown out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from transforms.extract.coordination import coordinated
from transforms.extract.entries import Rule

YEAR_DIGITS = 4
SEAT = re.compile(r"[DRI][-–][A-Z][\w.]*")
"""Party and state behind a name ("Ann Roe, D-Ohio"), which parsers take for one more name."""


@dataclass(slots=True)
class Candidate:
    """One word or construction that an entry of the lexicon matches."""

    rule: Rule
    trigger: Token
    anchor: Token
    """The verb or noun whose clause decides status, attribution, place and date."""
    actors: list[Token] = field(default_factory=list)
    recipients: list[Token] = field(default_factory=list)
    particle: Token | None = None
    hyphenated: Span | None = None
    """The whole word where the trigger is part of one that is split at its hyphens ("cease-fire")."""
    results: list["Candidate"] = field(default_factory=list)
    """Verbs that tell the result of this act and were merged into it."""
    found: list[str] = field(default_factory=list)
    """How each part was found, for a person to read."""
    event_type: str = ""
    mode: str | None = None
    """Type and mode: the rule's, unless the means of the act tell more."""

    def __post_init__(self) -> None:
        self.event_type = self.event_type or self.rule.event_type
        self.mode = self.mode or self.rule.mode

    def describe_parties(self) -> None:
        """Add to ``found`` where actors and recipients stand."""
        for role, tokens in (("actor", self.actors), ("recipient", self.recipients)):
            self.found += [f"{role} {token.text!r}: {token.dep_} of {token.head.text!r}" for token in tokens]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A reading that a test threw out, with the reason."""

    trigger: Token
    rule_id: str
    reason: str


def expand(heads: Iterable[Token]) -> list[Token]:
    """The heads with all that is coordinated with them; dates are nobody."""
    found = dict.fromkeys(token for head in heads for token in coordinated(head))
    return [
        token
        for token in found
        if token.ent_type_ not in {"DATE", "TIME"} and not _is_year(token) and not _is_seat(token)
    ]


def _is_seat(token: Token) -> bool:
    return bool(SEAT.fullmatch(token.doc[token.i : token.i + 3].text) or SEAT.fullmatch(token.text))


def _is_year(token: Token) -> bool:
    return len(token.text) == YEAR_DIGITS and token.text.isdigit() and token.text[:2] in {"18", "19", "20"}


def words(tokens: Iterable[Token]) -> str:
    """Tokens as one string for a message, "none" where there are none."""
    return ", ".join(token.text for token in tokens) or "none"
