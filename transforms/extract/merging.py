"""Which candidates are one event: an act and its result, its purpose or its journey, and near-synonyms.

Each merger takes the candidates that stand, adds to the act what the other tells of it, notes the other as dropped
with the reason, and returns what is left (coding manual, section 7).
"""

from collections.abc import Mapping

from spacy.tokens import Token

from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.clauses import own_subject, shared_objects
from transforms.extract.complements import is_purpose
from transforms.extract.entries import NounFrame, VerbFrame
from transforms.extract.kinds import Kinds
from transforms.extract.passives import is_passive
from transforms.extract.syntax import children


def is_result(candidate: Candidate, results: frozenset[str]) -> bool:
    """True of a verb that tells what an act of violence did ("killed", "wounded") rather than the act."""
    return candidate.event_type == "ASSAULT" and candidate.trigger.lemma_.lower() in results


def merge_results(
    candidates: list[Candidate], dropped: list[Dropped], *, results: frozenset[str], kinds: Kinds
) -> list[Candidate]:
    """Merge results into their acts, which get the recipients."""
    acts = [
        candidate for candidate in candidates if candidate.event_type == "ASSAULT" and not is_result(candidate, results)
    ]
    merged: dict[int, Candidate] = {}
    for result in candidates:
        if is_result(result, results):
            act = next((act for act in acts if _tells_result_of(result, act)), None)
            act = act or _act_of_first(result, merged) or _act_of_second(result, acts)
        elif result.event_type == "ASSAULT" and kinds.is_in(result.trigger, "harming"):
            act = next((act for act in acts if _does(act, result)), None)
            if act is None:
                _lend_recipients(acts, result)
        else:
            continue
        if act is None:
            continue
        act.recipients += [token for token in result.recipients if token not in {*act.recipients, *act.actors}]
        # "the Syrian war killed nine": the noun has told whom its modifiers make a party.
        act.actors = act.actors or [token for token in result.actors if act.trigger not in {token, token.head}]
        act.results.append(result)
        act.found.append(f"result {result.trigger.text!r}")
        merged[result.trigger.i] = act
        dropped.append(Dropped(result.trigger, result.rule.rule_id, f"result of {act.trigger.text!r}"))
    return [candidate for candidate in candidates if candidate.trigger.i not in merged]


def _tells_result_of(result: Candidate, act: Candidate) -> bool:
    """True where the result verb is governed by the act, has it as subject, or was done "in" it."""
    verb, trigger = result.trigger, act.trigger
    if trigger.head == verb and trigger.dep_ in {"nsubj", "obl", "obl:agent", "nmod"}:
        return True
    if verb.head == trigger and verb.dep_ in {"acl", "acl:relcl", "advcl", "xcomp", "conj", "parataxis"}:
        return verb.dep_ != "conj" or not result.actors or result.actors == act.actors
    if act.anchor.dep_ == "advcl" and act.anchor.head == verb and not result.actors:
        # "two died when rebels shelled the town"
        return any(child.lower_ in {"when", "as", "after"} for child in children(act.anchor, "mark", "advmod"))
    anchored = act.anchor if act.anchor != trigger else None
    return anchored is not None and verb.head == anchored and verb.dep_ in {"advcl", "xcomp", "conj"}


def _act_of_first(result: Candidate, merged: Mapping[int, Candidate]) -> Candidate | None:
    """The act of the result that this one is joined to ("killed six people and wounded 22")."""
    verb = result.trigger
    is_of_first = verb.dep_ == "conj" and (own_subject(verb) is None or is_passive(verb))
    return merged.get(verb.head.i) if is_of_first else None


def _act_of_second(first: Candidate, acts: list[Candidate]) -> Candidate | None:
    """The act that the verb joined to this result was done in ("six died and two were hurt in clashes")."""
    for second in children(first.trigger, "conj"):
        for act in acts:
            if act.trigger.head == second and act.trigger.dep_ == "obl":
                return act
    return None


def _does(act: Candidate, harm: Candidate) -> bool:
    """True where a noun of violence does the harm: "the strike hit a convoy and destroyed two tanks"."""
    noun, verb = act.trigger, harm.trigger
    if not isinstance(act.rule, NounFrame) or noun.dep_ != "nsubj" or not isinstance(harm.rule, VerbFrame):
        return False
    return verb == noun.head or (verb.dep_ == "conj" and verb.head == noun.head and own_subject(verb) is None)


def _lend_recipients(acts: list[Candidate], harm: Candidate) -> None:
    """Give an act without recipients those of the participle that ends it: "fired shells destroying two tanks"."""
    verb = harm.trigger
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "acl"} or children(verb, "mark"):
        return
    for act in acts:
        if act is not harm and act.anchor in {verb.head, verb.head.head} and act.anchor.i < verb.i:
            act.recipients = act.recipients or [token for token in harm.recipients if token not in act.actors]


def merge_purposes(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    """An act and its purpose are one, and the purpose gives it its recipients.

    "Used tear gas to disperse the crowd", "a campaign to retake the town", "sent soldiers to help the flooded",
    "summoned the envoy to protest".
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


def _is_purpose_of(candidate: Candidate, act: Candidate) -> bool:
    verb = candidate.anchor
    if not is_purpose(verb) or candidate.trigger.pos_ == "NOUN":
        return False
    if act.mode == "crowd-control":
        return candidate.mode in {"restrict", "crowd-control"} and act.anchor in {verb.head, verb.head.head}
    if act.event_type == "PROTEST":
        # "marched to demand reforms": what a protest is for.
        return candidate.event_type in {"PROTEST", "REQUEST"} and verb.head in {act.trigger, act.anchor}
    is_noun = act.trigger.pos_ == "NOUN"
    if candidate.event_type != act.event_type or not (is_noun or act.event_type in {"AID", "ACCUSE"}):
        return False
    return verb.head in {act.trigger, act.anchor}


def merge_journeys(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
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


def _shares_subject(second: Token, first: Token) -> bool:
    """True of passives that share auxiliary and subject as alternatives ("were killed or wounded")."""
    is_either = any(word.lower_ == "or" for word in children(second, "cc"))
    has_own = bool(children(second, "aux:pass", "nsubj:pass", "obl:agent"))
    return is_either and is_passive(first) and is_passive(second) and not has_own


def merge_synonyms(candidates: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
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
            and (shared_objects(first.trigger) != [] or _shares_subject(verb, first.trigger))
        )
        if first is not None and is_same_act:
            if shared_objects(first.trigger):
                first.results.append(candidate)
            dropped.append(Dropped(verb, candidate.rule.rule_id, f"one act with {first.trigger.text!r}"))
        else:
            kept.append(candidate)
    return kept
