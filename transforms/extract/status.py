"""Did it happen, according to the text: asserted, negated, planned or hypothetical.

Cues and their scopes stand in ``seeds/lexicon/status_cues.csv``. The walk starts at the trigger and goes up the tree
as long as what stands above still has the trigger in its scope; the strongest cue met decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from transforms.extract.attribution import makes_clear
from transforms.extract.candidates import Candidate
from transforms.extract.complements import is_purpose
from transforms.extract.entries import Lexicon, StatusCue
from transforms.extract.intentions import is_intention
from transforms.extract.scopes import (
    CONDITIONS,
    has_condition,
    has_own_frame,
    is_asked,
    is_finite,
    is_journey,
    is_past,
    is_ranked,
    is_report,
    own_parts,
    own_scope,
    scope_of,
    stands_below,
)
from transforms.extract.syntax import (
    INTENDING,
    RELATIVE_CLAUSES,
    TREE_HEIGHT,
    children,
)
from transforms.extract.word_lists import word_list

STRENGTH = {"asserted": 0, "planned": 1, "hypothetical": 2, "negated": 3}
SPEECH_PAST = frozenset({"VBD", "VBN", "VBG"})
"""Also the participle with which a speaker goes on: "rejected the plan, adding that the army would leave"."""
OCCURRENCE = word_list("occurrence verb")
AHEAD = word_list("ahead")
"""Words that open a clause of time, which lies ahead where its main clause does."""
ONGOING = word_list("going on")
PHASE_SCOPES = frozenset({"to", "ing"})
POSSIBLE = word_list("possible")
THINKING = word_list("thinking verb")

Cues = Mapping[str, tuple[StatusCue, ...]]


@dataclass(frozen=True, slots=True)
class Status:
    value: str
    cues: tuple[str, ...]
    """The words that gave it, for a person to read."""


@dataclass(frozen=True, slots=True)
class _Found:
    status: str
    word: str


class StatusReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self._by_kind: dict[str, Cues] = {
            kind: lexicon.cues.get(kind, {})
            for kind in ("governor", "noun", "adjective", "modal", "marker", "adverb", "negator")
        }
        self._speech_verbs = lexicon.speech_verbs
        self._events = lexicon.nouns.keys()

    def read(self, candidate: Candidate) -> Status:
        """The status of a candidate and the cue words that gave it."""
        if is_intention(candidate):
            # "said it would strike if ...": the threat was made, whatever becomes of the act.
            return Status(value="asserted", cues=())
        found = list(self._local(candidate.trigger))
        if candidate.anchor != candidate.trigger:
            found += self._local(candidate.anchor)
            is_shown = is_journey(candidate.trigger, candidate)
            found += [] if is_shown else self._above(candidate.trigger, until=candidate.anchor)
        found += self._negated_parties(candidate)
        found += self._above(self._shown(candidate))
        if is_asked(candidate.anchor):
            found.append(_Found("hypothetical", "?"))
        if candidate.trigger.dep_ == "obj" and candidate.trigger.head.lemma_.lower() in ONGOING:
            # "need to continue the talks", "hope to join their fight": it goes on already.
            found = [cue for cue in found if cue.status == "negated"]
        if any(cue.word in CONDITIONS for cue in found):
            # "if the rebels do not withdraw": what is only supposed is not denied.
            found = [cue for cue in found if cue.status != "negated"]
        decisive = max((cue.status for cue in found), key=STRENGTH.__getitem__, default="asserted")
        return Status(value=decisive, cues=tuple(dict.fromkeys(cue.word for cue in found if cue.status == decisive)))

    def _shown(self, candidate: Candidate) -> Token:
        """Where the way up begins: a protest or visit that is told as a purpose is shown by the act above it.

        Who "blocked the road to protest" or "flew to meet him" did both; who "plans to protest" did neither.
        """
        verb = candidate.anchor
        is_protest = candidate.event_type == "PROTEST" and verb.dep_ in {"advcl", "acl"}
        is_shown = is_protest or is_journey(verb, candidate)
        return verb.head if is_shown and is_purpose(verb) and self._governing(verb.head, "to") is None else verb

    def _local(self, token: Token) -> Iterator[_Found]:
        """Cues among the children: auxiliaries, negators, adverbs, markers, modifiers of a noun."""
        for child in token.children:
            lower, lemma = child.lower_, child.lemma_.lower()
            if child.dep_ in {"aux", "cop"}:
                yield from self._modal(token, child, lower)
            elif child.dep_ in {"advmod", "det", "cc", "cc:preconj", "case", "mark"}:
                scope = own_scope(token, child)
                for kind in ("negator", "adverb", "marker"):
                    cue = self._match(self._by_kind[kind], child, scope, {lower, lemma})
                    if cue is not None:
                        yield _Found(cue.status, lower)
            elif child.dep_ == "amod" or (child.dep_ == "acl" and child.tag_ in {"VBN", "VBD"}):
                # "a planned visit", "talks planned for May"
                cue = self._match(self._by_kind["adjective"], child, "noun", {lower, lemma})
                if cue is not None:
                    yield _Found(cue.status, lower)
        if token.lower_ == "go" and token.tag_ == "VBG":
            yield _Found("planned", "going to")
        if (
            token.tag_ == "VB"
            and token.dep_ in {"root", "ROOT"}
            and any(child.tag_ == "TO" for child in token.children)
        ):
            # "Minister to visit Oslo"
            yield _Found("planned", "to")

    def _modal(self, verb: Token, auxiliary: Token, lower: str) -> Iterator[_Found]:
        word = {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would", "’d": "would"}.get(lower, lower)
        if auxiliary.tag_ not in {"MD", "VBN", "VBD"}:
            return
        for cue in self._by_kind["modal"].get(word, ()):
            if "reported" in cue.scopes:
                if self._is_reported(verb) and not has_condition(verb):
                    yield _Found(cue.status, lower)
            elif "if" in cue.scopes and self._is_reported(verb) and not has_condition(verb):
                continue
            else:
                yield _Found(cue.status, lower)

    def _is_reported(self, verb: Token) -> bool:
        """True of a clause that depends on a verb of saying in the past, on either side of it."""
        reporting = [verb.head, *(child for child in verb.children if child.dep_ == "parataxis")]
        reporting += [verb.head.head] if makes_clear(verb.head.head) else []
        return any(
            token.tag_ in SPEECH_PAST and (token.lemma_.lower() in self._speech_verbs or makes_clear(token))
            for token in reporting
        )

    def _negated_parties(self, candidate: Candidate) -> Iterator[_Found]:
        """ "No talks were held", "none of the men was arrested"."""
        for token in dict.fromkeys([*candidate.actors, *candidate.recipients, *own_parts(candidate.anchor)]):
            if token.lower_ in {"nobody", "none", "nothing"}:
                yield _Found("negated", token.lower_)
            for child in token.children:
                if child.dep_ in {"det", "cc:preconj", "cc"} and child.lower_ in {"no", "neither"}:
                    yield _Found("negated", child.lower_)

    def _above(self, token: Token, *, until: Token | None = None) -> Iterator[_Found]:
        """Cues on the way up: what governs the clause or has the noun as an argument, and what holds for that."""
        for _ in range(TREE_HEIGHT):
            head = token.head
            if token in (head, until):
                return
            if token.dep_ == "conj":
                # What stands over the first of coordinated clauses stands over those that share its form.
                if not (token.tag_ == head.tag_ or token.pos_ == head.pos_):
                    return
                if is_finite(token) and head.tag_ == "VB":
                    return
                if not has_own_frame(token):
                    yield from self._local(head)
            elif is_report(token, head):
                yield from self._from_report(head)
            else:
                scope = scope_of(token)
                if scope is None:
                    yield from self._from_time(token, head)
                    return
                cue = self._governing(head, scope)
                yield from self._from_cue(cue, head, scope) if cue else self._from_bare(token, head, scope)
                is_complement = token.dep_ == "xcomp" or (scope == "that" and token.dep_ != "acl")
                if cue is None and not (is_complement or self._is_told_of(token, head)):
                    return
            token = head

    def _from_report(self, report: Token) -> Iterator[_Found]:
        """ "There is no evidence that the army fired", "dismissed reports that the army had fired"."""
        yield from self._local(report)
        cue = self._governing(report.head, "report") if scope_of(report) == "object" else None
        if cue is not None:
            yield _Found(cue.status, report.head.lower_)

    def _from_cue(self, cue: StatusCue, head: Token, scope: str) -> Iterator[_Found]:
        local = list(self._local(head))
        if cue.status == "negated" and any(found.status == "negated" for found in local):
            # "did not fail to" and "did not deny" leave the act as it is.
            return
        yield _Found(cue.status, head.lower_)
        if cue.status != "asserted" or scope in PHASE_SCOPES:
            yield from local

    def _from_bare(self, token: Token, head: Token, scope: str) -> Iterator[_Found]:
        """What a word that is no cue says of the clause or noun below it."""
        if scope == "to" and token.dep_ == "acl" and is_ranked(head):
            # "the seventh aide to be convicted"
            return
        if scope == "to" and token.dep_ in {"advcl", "acl"}:
            yield _Found("planned", "to")
            yield from (found for found in self._local(head) if found.status == "hypothetical")
        elif (
            token.dep_ == "xcomp"
            or (scope == "subject" and head.lemma_.lower() in OCCURRENCE)
            or self._is_told_of(token, head)
        ):
            # Raising, phase and occurrence verbs: what is said of them is said of the act.
            yield from self._local(head)
        elif scope == "subject" and head.tag_ == "VB":
            yield from self._from_future(token, head)
        elif token.dep_ in {"csubj", "csubj:pass"}:
            # "Killing him would alter the course of the war."
            yield from (found for found in self._local(head) if found.status in {"planned", "hypothetical"})
        elif scope == "that" and self._is_negated_thought(head, list(self._local(head))):
            yield _Found("negated", head.lower_)

    def _is_told_of(self, clause: Token, noun: Token) -> bool:
        """ "A possible raid targeting the port": a participle tells of the act that its noun names."""
        return clause.dep_ == "acl" and clause.tag_ == "VBG" and noun.lemma_.lower() in self._events

    def _from_time(self, clause: Token, head: Token) -> Iterator[_Found]:
        """ "Will govern the city once the rebels are gone": what comes before the future lies ahead as well."""
        marks = [child for child in clause.children if child.dep_ in {"mark", "advmod"} and child.lower_ in AHEAD]
        is_plan = any(cue.status == "planned" for cue in self._by_kind["governor"].get(head.lemma_.lower(), ()))
        is_ahead = is_plan or any(found.status in {"planned", "hypothetical"} for found in self._local(head))
        if clause.dep_ == "advcl" and marks and is_ahead and not is_past(clause):
            yield _Found("planned", marks[0].lower_)

    def _from_future(self, noun: Token, head: Token) -> Iterator[_Found]:
        """ "An attack will strengthen them": what will have effects lies ahead itself.

        What may have effects is as open where nothing says that it is known ("raids could help", not "the raid could").
        """
        local = list(self._local(head))
        is_known = bool(children(noun, "det", "nmod:poss", "nummod", *RELATIVE_CLAUSES))
        ahead = INTENDING if is_known else INTENDING | POSSIBLE
        if not any(found.status == "negated" for found in local):
            yield from (found for found in local if found.word in ahead)

    def _is_negated_thought(self, head: Token, local: list[_Found]) -> bool:
        return head.lemma_.lower() in THINKING and any(found.status == "negated" for found in local)

    def _governing(self, head: Token, scope: str) -> StatusCue | None:
        kinds = {"NOUN": ("noun", "governor"), "PROPN": ("noun",), "ADJ": ("adjective", "governor")}.get(
            head.pos_, ("governor", "adjective")
        )
        words = {head.lemma_.lower(), head.lower_} if head.tag_ in {"VBN", "JJ"} else {head.lemma_.lower()}
        is_own = scope == "to" and not children(head, "obj", "iobj")
        for kind in kinds:
            for each in ("own", scope) if is_own else (scope,):
                cue = self._match(self._by_kind[kind], head, each, words)
                if cue is not None:
                    return cue
        return None

    def _match(self, cues: Cues, token: Token, scope: str, words: set[str]) -> StatusCue | None:
        for word in words:
            for cue in cues.get(word, ()):
                if scope in cue.scopes and (not cue.rest or stands_below(token, cue.rest)):
                    return cue
        return None
