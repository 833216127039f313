"""Which candidates of a sentence stand: one event for each distinct predicate (coding manual, sections 1, 3 and 7).

An act and its result are one event; a noun that repeats its verb is not coded again; what is only demanded,
threatened, promised or refused is not coded inside the demand, threat, promise or refusal.
"""

from collections.abc import Callable
from functools import partial

from spacy.tokens import Token

from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.containment import drop_contents, drop_repeated_nouns
from transforms.extract.daily_life import drop_daily
from transforms.extract.entries import ACTOR_KINDS, AdjectiveFrame, Lexicon, VerbFrame
from transforms.extract.kinds import Kinds
from transforms.extract.merging import is_result, merge_journeys, merge_purposes, merge_results, merge_synonyms
from transforms.extract.phrases import phrase
from transforms.extract.syntax import ancestors
from transforms.extract.word_lists import word_list

Rule = Callable[[list[Candidate], list[Dropped]], list[Candidate]]
"""Takes the candidates that stand, notes what it drops, returns what is left."""
ANYBODY = word_list("anybody")
"""Who stands for people in general: what they do outside the past is opinion, not news."""
TALKING = frozenset({"CONSULT", "AGREE"})
SPEAKING = word_list("audience verb")
"""Verbs that also tell of one who speaks to an audience."""
PUBLIC = ("leader", "government", "office", "police", "combatant", "diplomat", "leg")
"""Word classes of those with whom also private persons have public dealings."""
STRIKING = frozenset({"ASSAULT", "COERCE"})
TARGETS = (
    "weapon",
    "vehicle",
    "building",
    "territory",
    "troops",
    "infrastructure",
    "computer",
    "website",
    "asset",
    "materiel",
)
"""Word classes of things that an act of violence or coercion may strike though nobody is named."""
BLASTS = frozenset({"explosives", "suicide-attack"})
"""Modes of acts that are told by the means alone ("a car bomb exploded outside the court")."""


class Selector:
    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._results = lexicon.results
        self._kinds = kinds
        self._rules: tuple[Rule, ...] = (
            partial(merge_results, results=lexicon.results, kinds=kinds),
            merge_purposes,
            merge_journeys,
            merge_synonyms,
            self._drop_accidents,
            drop_repeated_nouns,
            partial(drop_contents, ending=lexicon.classes["ending"], proposal=lexicon.classes["proposal"]),
            _drop_general,
            self._drop_private,
            self._drop_alone,
            self._drop_bare,
            partial(drop_daily, kinds=kinds),
        )

    def select(self, candidates: list[Candidate]) -> tuple[list[Candidate], list[Dropped]]:
        """The candidates that stand, results merged into their acts, and the ones dropped with the reason."""
        dropped: list[Dropped] = []
        standing = _one_a_trigger(candidates, dropped)
        for rule in self._rules:
            standing = rule(standing, dropped)
        return standing, dropped

    def _drop_accidents(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        """Drop deaths and wounds that nobody inflicts and whose clause tells of an accident or a disaster."""
        kept: list[Candidate] = []
        for candidate in candidates:
            cause = None
            if is_result(candidate, self._results) and not candidate.actors:
                clause = [*candidate.trigger.subtree, *ancestors(candidate.trigger)]
                cause = next((token for token in clause if self._kinds.is_in(token, "disaster")), None)
            if cause is None:
                kept.append(candidate)
            else:
                dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, f"accident: {cause.text!r}"))
        return kept

    def _drop_private(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        """Drop what kin and friends say to each other ("a talk between the brothers", "her call with her doctor")."""
        kept: list[Candidate] = []
        for candidate in candidates:
            parties = [*candidate.actors, *candidate.recipients]
            is_private = any(self._kinds.is_in(token, "private") for token in parties)
            if is_private and candidate.event_type in TALKING and not any(self._is_public(token) for token in parties):
                dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, "private persons"))
            else:
                kept.append(candidate)
        return kept

    def _drop_alone(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        """Drop talk in which one person is named and no partner: "the president talked about taxes in his speech".

        Where the sentence tells of a meeting, the partner is whoever was met.
        """
        if sum(candidate.event_type == "CONSULT" for candidate in candidates) > 1:
            return candidates
        kept: list[Candidate] = []
        for candidate in candidates:
            is_talk = candidate.event_type == "CONSULT" and candidate.trigger.lemma_.lower() in SPEAKING
            is_verb = isinstance(candidate.rule, VerbFrame) and candidate.rule.roles == "m"
            if is_talk and is_verb and len(candidate.actors) == 1 and self._is_alone(candidate.actors[0]):
                dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, "one person without a partner"))
            else:
                kept.append(candidate)
        return kept

    def _is_alone(self, token: Token) -> bool:
        """True of one person, and of "we", who may be a speaker saying what it is about ("we are talking about")."""
        return token.lower_ == "we" or self._is_one(token)

    def _is_one(self, token: Token) -> bool:
        is_plural = token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"they", "we", "it"}
        return self._kinds.of(token) == "person" and not is_plural

    def _is_public(self, token: Token) -> bool:
        is_body = self._kinds.of(token) in {"state", "organisation", "place"}
        return is_body or self._kinds.is_known(token) or self._kinds.is_in(token, *PUBLIC)

    def _drop_bare(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        """Drop verbs that name nobody who could act or be acted on; a destroyed weapon or building is enough."""
        kept: list[Candidate] = []
        for candidate in candidates:
            parts = [*candidate.actors, *candidate.recipients]
            needs_somebody = isinstance(candidate.rule, (VerbFrame, AdjectiveFrame))
            is_struck = candidate.event_type in STRIKING and any(self._kinds.is_in(token, *TARGETS) for token in parts)
            is_struck = is_struck or candidate.mode in BLASTS
            if needs_somebody and not is_struck and not any(self._is_somebody(token) for token in parts):
                dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, "nobody acts or is acted on"))
            else:
                kept.append(candidate)
        return kept

    def _is_somebody(self, token: Token) -> bool:
        kind = self._kinds.of(token)
        return kind in ACTOR_KINDS | {"place"} or kind is None or self._kinds.can_act(token)


def _drop_general(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    """Drop what people in general do ("you win by appealing to the voters")."""
    kept: list[Candidate] = []
    for candidate in candidates:
        actors = candidate.actors
        is_general = bool(actors) and all(_is_general(token) for token in actors)
        if is_general and candidate.anchor.tag_ not in {"VBD", "VBN"}:
            dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, "people in general"))
        else:
            kept.append(candidate)
    return kept


def _is_general(token: Token) -> bool:
    is_described = any(child.dep_ in {"acl", "acl:relcl", "amod", "nmod"} for child in token.children)
    return token.lower_ in ANYBODY and len(phrase(token)) == 1 and not is_described


def _one_a_trigger(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    standing: dict[int, Candidate] = {}
    for candidate in candidates:
        earlier = standing.get(candidate.trigger.i)
        if earlier is None:
            standing[candidate.trigger.i] = candidate
        else:
            dropped.append(
                Dropped(candidate.trigger, candidate.rule.rule_id, f"trigger already coded by {earlier.rule.rule_id}")
            )
    return list(standing.values())
