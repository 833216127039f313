"""How many people an event killed, injured or held, as far as its sentence says.

The parties of an act are counted first. Where they tell no number, the sentence is read by its surface, which headlines
and lists of losses are easier to understand by than by their parse: "14 dead, 30 wounded", "killing at least 5", "no
injuries".
"""

from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Span, Token

from transforms.extract.candidates import Candidate
from transforms.extract.entries import Lexicon
from transforms.extract.losses import Loss, losses_of
from transforms.extract.phrases import phrase
from transforms.extract.syntax import children, tree_distance
from transforms.extract.word_lists import word_list
from transforms.resolve.counts import parse_count

KindOf = Callable[[Token], str | None]
Counts = dict[str, int | None]

FIELDS = ("killed", "injured", "detained")
HELD = "detained"
CAPTURES = frozenset({("ASSAULT", "abduct"), ("COERCE", "arrest")})
"""Types and modes of acts whose recipients are held."""
STRIKING = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types of acts that strike those they are done to."""
VIOLENT = ("ASSAULT", "COERCE", "PROTEST")
"""Types of acts that may cost lives, likeliest first."""


class Casualties:
    """The numbers of people that the acts of one sentence struck."""

    def __init__(self, sentence: Span, candidates: Sequence[Candidate], lexicon: Lexicon, kind_of: KindOf) -> None:
        self._candidates = candidates
        self._fields = lexicon.casualty_fields
        self._kind_of = kind_of
        self._losses = losses_of(sentence) if any(c.event_type in VIOLENT for c in candidates) else []

    def of(self, candidate: Candidate) -> Counts:
        """Numbers killed, injured and detained by the act of ``candidate``; None where none is stated."""
        counts = counts_of(candidate, self._fields, self._kind_of)
        for loss in self._losses:
            if counts[loss.field] is None and self._owner(loss) is candidate:
                counts[loss.field] = loss.number
        return counts

    def _owner(self, loss: Loss) -> Candidate | None:
        """The act that is told by the word of harm, else the nearest that may cost lives."""
        told = next((c for c in self._candidates if loss.word in {c.trigger, *(r.trigger for r in c.results)}), None)
        if told is not None:
            return told
        # "two observers were wounded" tells of no others that were.
        violent = [
            c
            for c in self._candidates
            if c.event_type in VIOLENT and self._field_told(c) != loss.field and not _is_done_by_another(loss.word, c)
        ]
        return min(
            violent,
            key=lambda c: (VIOLENT.index(c.event_type), tree_distance(c.trigger, loss.word)),
            default=None,
        )

    def _field_told(self, act: Candidate) -> str | None:
        return self._fields.get(act.trigger.lemma_.lower())


def _is_done_by_another(word: Token, act: Candidate) -> bool:
    """True of harm that something else than the act or its actors did: "a quake killed ten before rebels attacked"."""
    doers = [child for child in children(word, "nsubj") if word.lemma_.lower() not in word_list("verb of dying")]
    return bool(doers) and not any(doer in {act.trigger, *act.actors} for doer in doers)


def counts_of(candidate: Candidate, fields: Mapping[str, str], kind_of: KindOf) -> Counts:
    """Numbers killed, injured and detained among the parties of an act and of its results.

    ``fields`` gives the count that the recipients of a lemma go to; whoever is captured or abducted is detained. Nobody
    counts as killed and injured both: of "two were killed and 65 hurt" parsers give both verbs one subject.
    """
    counts: Counts = dict.fromkeys(FIELDS)
    counted: dict[int, str] = {}
    for source in [candidate, *candidate.results]:
        field = _field_of(source, fields)
        if field is None:
            continue
        struck = [
            token
            for token in [*source.recipients, *_listed_with(source.recipients)]
            if counted.setdefault(token.i, field) == field and not _is_no_more(token, kind_of)
        ]
        numbers = [_count(token, is_one=_is_one_person(token, kind_of)) for token in struck]
        known = [number for number in numbers if number is not None]
        if known:
            counts[field] = (counts[field] or 0) + sum(known)
    return counts


def _field_of(source: Candidate, fields: Mapping[str, str]) -> str | None:
    if source.event_type not in STRIKING:
        return None  # "held him responsible"
    field = fields.get(source.trigger.lemma_.lower())
    if field is None and source.particle is not None:
        field = fields.get(source.particle.lower_)  # "shot dead"
    if field is None and (source.event_type, source.mode) in CAPTURES:
        field = HELD
    return field


def _listed_with(struck: Sequence[Token]) -> list[Token]:
    """Subjects beside the first of a passive, which parsers make of a list ("an elder, his wife and two sons were")."""
    first = struck[0] if struck else None
    if first is None or first.dep_ != "nsubj:pass":
        return []
    beside = [token for token in children(first.head, "nsubj:pass") if token not in struck]
    return [*beside, *(other for token in beside for other in children(token, "conj") if other not in struck)]


def _is_no_more(head: Token, kind_of: KindOf) -> bool:
    """True of what is struck but no person, and of another word for those counted ("an officer or agent")."""
    is_thing = head.tag_ == "NN" and kind_of(head) == "thing" and head.lower_ not in word_list("next one")
    return is_thing or (head.dep_ == "conj" and any(child.lower_ == "or" for child in children(head, "cc")))


def _is_one_person(head: Token, kind_of: KindOf) -> bool:
    """True of a person's name, of "him" and of "the leader": whom the text singles out counts 1."""
    if head.ent_type_ == "PERSON" or head.lower_ in word_list("one person"):
        return True
    return head.tag_ == "NN" and head.dep_ != "compound" and kind_of(head) == "person"  # not "hostage taking"


def _count(head: Token, *, is_one: bool) -> int | None:
    span = phrase(head)
    start = int(span.start)
    doc = head.doc
    if start > head.sent.start and doc[start - 1].lower_ in word_list("number opener"):
        start -= 1
    return parse_count(doc[start : span.end].text, names_person=is_one)
