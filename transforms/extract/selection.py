"""Which candidates of a sentence stand: one event for each distinct predicate (coding manual, sections 1, 3 and 7).

An act and its result are one event; a noun that repeats its verb is not coded again; what is only demanded,
threatened, promised or refused is not coded inside the demand, threat, promise or refusal.
"""

from spacy.tokens import Token

from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.entries import ACTOR_KINDS, AdjectiveFrame, Lexicon, NounFrame, VerbFrame
from transforms.extract.kinds import Kinds
from transforms.extract.phrases import phrase
from transforms.extract.syntax import ancestors, case_of, hyphenated_lemmas, is_purpose, own_subject, shared_objects

CONTAINERS = frozenset({"REQUEST", "THREATEN", "AGREE"})
CONTENT_ARCS = frozenset({"xcomp", "ccomp", "acl", "advcl", "obj", "obl", "nmod", "conj", "acl:relcl"})
CONTENT_CASES = frozenset({"for", "of", "to", "on", "about", "with", "against", "from", "into", "over"})
"""Prepositions of what is asked for, threatened or promised; others tell when, where and why it was."""
ANYBODY = frozenset({"you", "one", "people", "everyone", "everybody", "anyone", "anybody", "someone", "somebody"})
"""Who stands for people in general: what they do outside the past is opinion, not news."""
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
SPEAKING_OF_ACTS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN"})
"""Types whose object is an act of its own ("condemned the raid")."""
STEM_LENGTH = 5
"""Letters that a noun and its verb must share to name the same act ("agreed", "agreement")."""


class Selector:
    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._results = lexicon.results
        self._kinds = kinds
        self._ending = lexicon.classes["ending"]

    def select(self, candidates: list[Candidate]) -> tuple[list[Candidate], list[Dropped]]:
        """The candidates that stand, results merged into their acts, and the ones dropped with the reason."""
        dropped: list[Dropped] = []
        standing = _one_a_trigger(candidates, dropped)
        for rule in (
            self._merge_results,
            self._merge_purposes,
            _merge_journeys,
            _merge_synonyms,
            self._drop_accidents,
            self._drop_repeated_nouns,
            self._drop_contents,
            _drop_general,
            self._drop_bare,
        ):
            standing = rule(standing, dropped)
        return standing, dropped

    def is_result(self, candidate: Candidate) -> bool:
        """True of a verb that tells what an act of violence did ("killed", "wounded") rather than the act."""
        return candidate.event_type == "ASSAULT" and candidate.trigger.lemma_.lower() in self._results

    def _merge_results(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        acts = [
            candidate for candidate in candidates if candidate.event_type == "ASSAULT" and not self.is_result(candidate)
        ]
        merged: set[int] = set()
        for result in candidates:
            if self.is_result(result):
                act = next((act for act in acts if _tells_result_of(result, act)), None)
            elif result.event_type == "ASSAULT" and self._kinds.is_in(result.trigger, "harming"):
                act = next((act for act in acts if _does(act, result)), None)
            else:
                continue
            if act is None:
                continue
            act.recipients += [token for token in result.recipients if token not in act.recipients]
            act.actors = act.actors or [token for token in result.actors if token != act.trigger]
            act.results.append(result)
            act.found.append(f"result {result.trigger.text!r}")
            merged.add(result.trigger.i)
            dropped.append(Dropped(result.trigger, result.rule.rule_id, f"result of {act.trigger.text!r}"))
        return [candidate for candidate in candidates if candidate.trigger.i not in merged]

    @staticmethod
    def _merge_purposes(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        """An act and its purpose are one, and the purpose gives it its recipients.

        "Used tear gas to disperse the crowd", "a campaign to retake the town", "sent soldiers to help the flooded".
        """
        kept: list[Candidate] = []
        for candidate in candidates:
            act = next((act for act in candidates if act is not candidate and _is_purpose_of(candidate, act)), None)
            if act is None:
                kept.append(candidate)
                continue
            act.recipients = act.recipients or candidate.recipients
            dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, f"purpose of {act.trigger.text!r}"))
        return kept

    def _drop_accidents(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        """Drop deaths and wounds that nobody inflicts and whose clause tells of an accident or a disaster."""
        kept: list[Candidate] = []
        for candidate in candidates:
            cause = None
            if self.is_result(candidate) and not candidate.actors:
                clause = [*candidate.trigger.subtree, *ancestors(candidate.trigger)]
                cause = next((token for token in clause if self._kinds.is_in(token, "disaster")), None)
            if cause is None:
                kept.append(candidate)
            else:
                dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, f"accident: {cause.text!r}"))
        return kept

    def _drop_repeated_nouns(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        kept: list[Candidate] = []
        for candidate in candidates:
            repeats = isinstance(candidate.rule, NounFrame) and next(
                (other for other in candidates if other is not candidate and _repeats(candidate, other)), None
            )
            if repeats:
                dropped.append(
                    Dropped(candidate.trigger, candidate.rule.rule_id, f"names {repeats.trigger.text!r} again")
                )
            else:
                kept.append(candidate)
        return kept

    def _drop_contents(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        by_token = {candidate.trigger.i: candidate for candidate in candidates}
        kept: list[Candidate] = []
        for candidate in candidates:
            container = self._container(candidate, by_token)
            if container is None:
                kept.append(candidate)
            else:
                dropped.append(
                    Dropped(candidate.trigger, candidate.rule.rule_id, f"content of {container.trigger.text!r}")
                )
        return kept

    def _container(self, candidate: Candidate, by_token: dict[int, Candidate]) -> Candidate | None:
        """The REQUEST, THREATEN, AGREE or REJECT event whose content the candidate is, or None."""
        below = candidate.anchor
        is_clause = False
        for token in ancestors(candidate.anchor):
            if below.dep_ not in CONTENT_ARCS:
                return None
            above = by_token.get(token.i)
            if below.dep_ in {"obl", "nmod"} and case_of(below) not in CONTENT_CASES:
                return None
            if above is not None and above.event_type in CONTAINERS:
                # "an ultimatum to the rebels to leave": the clause hangs on who is told.
                return above if is_clause or _is_content_arc(below, above) else None
            if above is not None and above.event_type == "REJECT" and below.dep_ == "xcomp" and is_purpose(below):
                return above
            if below.dep_ == "acl:relcl" or (below.dep_ == "conj" and token.dep_ in {"root", "ROOT"}):
                return None
            if token.lemma_.lower() in self._ending or (below.dep_ == "advcl" and below.tag_ not in {"VB", "VBG"}):
                # "urged them to end the siege", "agreed to talk when the raid began": the act itself is told.
                return None
            is_clause = is_purpose(below)
            below = token
        return None

    def _drop_bare(self, candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
        """Drop verbs that name nobody who could act or be acted on; a destroyed weapon or building is enough."""
        kept: list[Candidate] = []
        for candidate in candidates:
            parts = [*candidate.actors, *candidate.recipients]
            needs_somebody = isinstance(candidate.rule, (VerbFrame, AdjectiveFrame))
            is_struck = candidate.event_type in STRIKING and any(self._kinds.is_in(token, *TARGETS) for token in parts)
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


def _merge_synonyms(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    """Keep the first of verbs of one type joined by "and" around one object ("degrade and defeat the group")."""
    by_token = {candidate.trigger.i: candidate for candidate in candidates}
    kept: list[Candidate] = []
    for candidate in candidates:
        verb = candidate.trigger
        first = by_token.get(verb.head.i) if verb.dep_ == "conj" and verb.pos_ == "VERB" else None
        is_same_act = (
            first is not None
            and first.event_type == candidate.event_type
            and first.recipients == candidate.recipients != []
            and shared_objects(first.trigger) != []
        )
        if first is not None and is_same_act:
            first.results.append(candidate)
            dropped.append(Dropped(verb, candidate.rule.rule_id, f"one act with {first.trigger.text!r}"))
        else:
            kept.append(candidate)
    return kept


def _merge_journeys(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    """Drop the journey of whoever travels to meet somebody ("flew to visit the camp"): the meeting is coded.

    Those who "met to discuss" it have met already: there the purpose is dropped.
    """
    standing = list(candidates)
    for candidate in candidates:
        if candidate.event_type != "CONSULT" or not isinstance(candidate.rule, VerbFrame):
            continue
        purpose = next((other for other in standing if _is_talk_after(other, candidate)), None)
        if purpose is None:
            continue
        if candidate.rule.roles == "m":
            standing.remove(purpose)
            dropped.append(Dropped(purpose.trigger, purpose.rule.rule_id, f"purpose of {candidate.trigger.text!r}"))
        else:
            purpose.actors = purpose.actors or candidate.actors
            purpose.anchor = candidate.anchor
            standing.remove(candidate)
            dropped.append(Dropped(candidate.trigger, candidate.rule.rule_id, f"journey to {purpose.trigger.text!r}"))
    return standing


def _is_talk_after(purpose: Candidate, journey: Candidate) -> bool:
    is_purposed = purpose.event_type == "CONSULT" and is_purpose(purpose.anchor)
    return is_purposed and purpose.anchor.head == journey.trigger


def _is_purpose_of(candidate: Candidate, act: Candidate) -> bool:
    verb = candidate.anchor
    if not is_purpose(verb) or candidate.trigger.pos_ == "NOUN":
        return False
    if act.mode == "crowd-control":
        return candidate.mode in {"restrict", "crowd-control"} and act.anchor in {verb.head, verb.head.head}
    is_noun = isinstance(act.rule, NounFrame)
    if candidate.event_type != act.event_type or not (is_noun or act.event_type == "AID"):
        return False
    return verb.head in {act.trigger, act.anchor}


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


def _tells_result_of(result: Candidate, act: Candidate) -> bool:
    """True where the result verb is governed by the act, has it as subject, or was done "in" it."""
    verb, trigger = result.trigger, act.trigger
    if trigger.head == verb and trigger.dep_ in {"nsubj", "obl", "obl:agent", "nmod"}:
        return True
    if verb.head == trigger and verb.dep_ in {"acl", "acl:relcl", "advcl", "xcomp", "conj", "parataxis"}:
        return verb.dep_ != "conj" or not result.actors or result.actors == act.actors
    anchored = act.anchor if act.anchor != trigger else None
    return anchored is not None and verb.head == anchored and verb.dep_ in {"advcl", "xcomp", "conj"}


def _does(act: Candidate, harm: Candidate) -> bool:
    """True where a noun of violence does the harm: "the strike hit a convoy and destroyed two tanks"."""
    noun, verb = act.trigger, harm.trigger
    if not isinstance(act.rule, NounFrame) or noun.dep_ != "nsubj" or not isinstance(harm.rule, VerbFrame):
        return False
    return verb == noun.head or (verb.dep_ == "conj" and verb.head == noun.head and own_subject(verb) is None)


def _repeats(noun: Candidate, other: Candidate) -> bool:
    """True where ``other`` (a verb, or an earlier noun that governs it) already codes what the noun names."""
    if isinstance(other.rule, VerbFrame) and other.event_type not in SPEAKING_OF_ACTS:
        test = other.rule.object
        arcs = {"obj"} if isinstance(noun.rule, NounFrame) and noun.rule.strength == "strong" else {"obj", "nsubj:pass"}
        is_object = noun.trigger.head == other.trigger and noun.trigger.dep_ in arcs
        if is_object and not test.is_negated and _lemmas_of(noun) & test.words:
            # "declared a ceasefire", "lifted the curfew": verb and noun name the act together.
            return True
    if noun.event_type == "CONSULT" and other.mode == "meet" and noun.trigger.head == other.trigger:
        # "walked out of the talks": what is refused did not take place.
        return True
    if noun.event_type != other.event_type:
        return False
    first, second = noun.trigger.lemma_.lower(), other.trigger.lemma_.lower()
    is_verb = not isinstance(other.rule, NounFrame)
    if is_verb and first[:STEM_LENGTH] == second[:STEM_LENGTH]:
        return True
    governed = noun.trigger.head == other.trigger and noun.trigger.dep_ in {"obj", "obl", "nmod", "nsubj:pass"}
    return governed and (is_verb or not (noun.actors or noun.recipients))


def _lemmas_of(candidate: Candidate) -> set[str]:
    """The lemma of the trigger, and of the whole word where it is part of one."""
    whole = candidate.hyphenated
    return {candidate.trigger.lemma_.lower(), *(hyphenated_lemmas(whole) if whole is not None else ())}


def _is_content_arc(child: Token, container: Candidate) -> bool:
    if child.dep_ in {"xcomp", "ccomp"}:
        return True
    if child.dep_ == "advcl":
        return child.tag_ == "VB" or any(mark.dep_ == "mark" and mark.lower_ == "to" for mark in child.children)
    if child.dep_ == "acl":
        return child.tag_ == "VBG" or any(mark.dep_ == "mark" for mark in child.children)
    if child.dep_ in {"obj", "obl", "nmod"}:
        return child not in container.recipients and child not in container.actors
    return False
