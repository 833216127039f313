"""Event nouns: where one stands for an act, with the parties that it or its light verb names."""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Span, Token

from transforms.extract.arguments import Arguments
from transforms.extract.candidates import Candidate, Dropped, words
from transforms.extract.complements import is_purpose
from transforms.extract.entries import ACTOR_KINDS, Lexicon, LightVerb, NounFrame
from transforms.extract.lightverbs import LightVerbs
from transforms.extract.noun_parties import STRUCK, VIOLENT, NounParties, behind_means
from transforms.extract.syntax import OBLIQUES, antecedent, case_of, children, phrases_with

LOCATED = frozenset({"GPE", "LOC", "FAC", "DATE"})
DEFINITE = frozenset({"the", "this", "these", "those"})
"""A definite noun takes up an event that the article has told of."""
PARTNERS = frozenset({"with", "between", "among"})
WITH = frozenset({"with"})
BETWEEN = frozenset({"between"})
ENEMIES = frozenset({"on", "against"})
COUNTED = frozenset({"in", "of"})
POINTING = frozenset({"det", "nmod:poss", "amod", "nummod", "compound", "nmod", "acl", "acl:relcl"})
"""Arcs of what tells which one a noun means."""
MODIFIER_WORDS = 5
"""Words before a noun that may belong to a lexicon entry of several words, hyphens counted."""


class NounMatcher:
    def __init__(self, lexicon: Lexicon, arguments: Arguments) -> None:
        self._frames: Mapping[str, tuple[NounFrame, ...]] = lexicon.nouns
        self._ends = frozenset(re.split(r"[ -]", lemma)[-1] for lemma in lexicon.nouns if not lemma.isalpha())
        """Last words of the entries of several words."""
        self._results = lexicon.results
        self._arguments = arguments
        self._kinds = arguments.kinds
        self._parties = NounParties(arguments)
        self._light_verbs = LightVerbs(lexicon.light_verbs)

    def match(self, noun: Token, lemmas: list[str], hyphenated: Span | None = None) -> Iterator[Candidate | Dropped]:
        """The reading of ``noun`` as an event, looked up under ``lemmas`` in their order."""
        if _is_modifier(noun, hyphenated):
            return
        for lemma in lemmas:
            frame = self._frame(noun, lemma)
            if frame is not None:
                found = self._candidate(noun, frame)
                if isinstance(found, Candidate) and any(sign in frame.lemma for sign in "-"):
                    found.hyphenated = hyphenated
                yield found
                return

    def _frame(self, noun: Token, lemma: str) -> NounFrame | None:
        """The entry of most words; of several the one whose prepositions and whose own test the phrase speaks for."""
        if noun.dep_ in {"compound", "flat", "flat:name"}:
            return None
        if noun.dep_ == "nmod:poss" and self._kinds.of(noun.head) == "person":
            # "the meeting's chairman": who somebody is, no act of theirs.
            return None
        if noun.dep_ in OBLIQUES and case_of(noun) in COUNTED and self._kinds.is_in(noun.head, "trend"):
            # "a drop in arrests": a figure, no act.
            return None
        entries = [*(_with_modifiers(noun, lemma) if lemma in self._ends else ()), lemma]
        entries = [entry for entry in entries if entry in self._frames]
        if not entries:
            return None
        dependents = _dependents(noun)
        cases = {case_of(child) for child in noun.children if child.dep_ in OBLIQUES}
        for entry in entries:
            fitting = [frame for frame in self._frames[entry] if self._fits(noun, frame, dependents)]
            if fitting:
                return max(
                    fitting,
                    key=lambda frame: (
                        len(cases & (frame.actor_prepositions | frame.recipient_prepositions)),
                        frame.needs.is_positive,
                    ),
                )
        return None

    def _fits(self, noun: Token, frame: NounFrame, dependents: list[Token]) -> bool:
        """True where the phrase passes the frame's test, or the verb that the noun stands with names the sense.

        "Two strikes destroyed the bridge" is of the air, and so is what an army conducts.
        """
        if noun.dep_ in {"nsubj", "obj", "nsubj:pass"} and noun.head.lemma_.lower() in frame.needs.words:
            return not frame.needs.is_negated
        return self._kinds.passes(frame.needs, dependents)

    def _candidate(self, noun: Token, frame: NounFrame) -> Candidate | Dropped:
        candidate = Candidate(rule=frame, trigger=noun, anchor=noun, found=["event noun"])
        recipients = self._parties.recipients(noun, frame)
        actors = [token for token in self._parties.actors(noun, frame) if token not in recipients]
        light = self._light_verbs.of(noun)
        hurt: list[Token] = []
        if light is not None:
            candidate.anchor = light[0]
            candidate.found.append(f"light verb {light[0].text!r}")
            actors, recipients, hurt = self._with_light_verb(noun, frame, light, actors, recipients)
        if frame.is_mutual:
            actors, recipients = self._sides(noun, frame, light, actors, recipients, hurt)
        recipients = [token for token in recipients if token not in actors]
        candidate.actors = [token for token in self._kinds.parties(actors) if self._kinds.can_act(token)]
        candidate.recipients = self._arguments.recipients(frame.event_type, recipients)
        if not candidate.recipients and frame.event_type in {"AGREE", "THREATEN"} and not frame.is_mutual:
            candidate.recipients = self._arguments.understood.concerned(noun, frame.event_type)
        reason = self._reason_against(candidate, frame, recipients, light)
        if reason is not None:
            return Dropped(noun, frame.rule_id, reason)
        candidate.describe_parties()
        return candidate

    def _reason_against(
        self, candidate: Candidate, frame: NounFrame, recipients: list[Token], light: tuple[Token, LightVerb] | None
    ) -> str | None:
        """Why the noun names no event here, None where it does."""
        if frame.needs.is_negated and not self._kinds.passes(frame.needs, recipients):
            return f"recipient: {words(recipients)} does not pass the test"
        if self._is_comparison(candidate):
            return "says what a thing is like"
        if light is not None:
            is_lent = light[1].actor == "subject" and frame.event_type not in VIOLENT
            is_empty = is_lent and not _parties(candidate) and self._has_thing(light[0])
            return "light verb whose subject cannot act" if is_empty else None
        if frame.strength == "bound" and not _has_both_sides(candidate, frame):
            return "bound noun without light verb or both parties"
        if frame.strength != "strong" and not self._is_supported(candidate):
            return "weak noun without light verb, actor or recipient"
        if frame.event_type not in VIOLENT and _is_notion(candidate.trigger) and not _parties(candidate):
            return "a notion: no article, nobody does it, nobody undergoes it"
        return None

    def _with_light_verb(
        self,
        noun: Token,
        frame: NounFrame,
        light: tuple[Token, LightVerb],
        actors: list[Token],
        recipients: list[Token],
    ) -> tuple[list[Token], list[Token], list[Token]]:
        """Actors and recipients with those that a light verb lends the noun, and who is hurt in what it names."""
        verb, entry = light
        hurt: list[Token] = []
        # "signed a law imposing sanctions": whoever speaks through the law.
        lent = self._arguments.acting(self._lent(verb, noun)) or []
        if frame.is_mutual and frame.event_type != "CONSULT" and phrases_with(noun, BETWEEN):
            lent = []  # "established cooperation between the two": of talks a mediator is a party
        if entry.actor == "subject":
            # "began their advance": whoever begins it stands for the pronoun.
            is_states = frame.event_type == "RETREAT" and any(self._kinds.of(token) == "state" for token in lent)
            # "the state speeded up the withdrawal of its forces": the forces are what it withdraws.
            actors = lent if is_states or (lent and all(token.pos_ == "PRON" for token in actors)) else actors
        elif entry.actor == "recipient" and entry.preposition and self._has_object(verb):
            # "killed nine in an ambush": the passive's rule turned round.
            actors = actors or lent
            recipients = recipients or self._arguments.voice(verb).undergoer
        elif entry.actor == "recipient":
            hurt = lent if verb.lemma_.lower() in self._results else []
            recipients = lent or recipients
            actors = actors or self._parties.actors_in_phrases(verb, frame)
        recipients = recipients or [token for token in self._parties.targets(verb, frame) if token != noun]
        return actors, recipients or behind_means(verb, noun), hurt

    def _sides(  # noqa: PLR0917 - all that is known of the parties
        self,
        noun: Token,
        frame: NounFrame,
        light: tuple[Token, LightVerb] | None,
        actors: list[Token],
        recipients: list[Token],
        hurt: list[Token],
    ) -> tuple[list[Token], list[Token]]:
        """Actors and recipients of a two-sided act, in which all take part but enemies and those who are hurt."""
        partners = phrases_with(noun, PARTNERS) + (phrases_with(light[0], WITH) if light else [])
        partners += self._parties.takers(noun, frame) if phrases_with(noun, WITH) else []
        partners += self._parties.visitors(noun, frame)
        # "their war on the group", "the battle against the rebels": one side is named as the other's enemy;
        # "twenty were wounded in clashes": they undergo it.
        enemies = [token for token in recipients if case_of(token) in ENEMIES]
        enemies += [token for token in hurt if token not in enemies]
        return [*actors, *(token for token in recipients if token not in enemies), *partners], enemies

    def _lent(self, verb: Token, noun: Token) -> list[Token]:
        """Who a light verb lends its noun: its doer, in either voice; of "was engaged in", who was."""
        voice = self._arguments.voice(verb)
        lent = voice.doer or (voice.undergoer if voice.is_passive and noun.dep_ == "obl" else [])
        return [token for token in lent if token != noun]

    def _has_thing(self, verb: Token) -> bool:
        """True of a verb in the active whose subject can do nothing ("trains made the trip")."""
        voice = self._arguments.voice(verb)
        return bool(voice.doer) and not voice.is_passive and not any(self._kinds.can_act(token) for token in voice.doer)

    def _has_object(self, verb: Token) -> bool:
        voice = self._arguments.voice(verb)
        return not voice.is_passive and bool(voice.undergoer)

    def _is_comparison(self, candidate: Candidate) -> bool:
        """True of what a thing that is no event is said to be: "the leaking roof was an indictment of the work"."""
        noun = candidate.trigger
        is_predicate = children(noun, "cop") and not children(noun, "case")  # "was in lockdown" is no comparison
        if not is_predicate or any(self._kinds.can_act(token) for token in _parties(candidate)):
            return False
        subjects = [antecedent(token) for token in children(noun, "nsubj")]
        is_thing = all(token.pos_ == "NOUN" and self._kinds.of(token) == "thing" for token in subjects)
        return bool(subjects) and is_thing and not any(self._is_happening(token) for token in subjects)

    def _is_happening(self, token: Token) -> bool:
        return token.lemma_.lower() in self._frames or self._kinds.is_in(token, "happening")

    def _is_supported(self, candidate: Candidate) -> bool:
        noun = candidate.trigger
        telling = [noun.head] if noun.dep_ == "nsubj" else []
        telling += children(noun, "acl:relcl")  # "an alleged raid that killed six"
        if any(verb.lemma_.lower() in self._results for verb in telling):
            return True
        if candidate.event_type in VIOLENT and any(_is_support(child) for child in noun.children):
            return True
        if candidate.event_type == "AGREE" and any(_is_content(child) for child in noun.children):
            return True
        if candidate.event_type in VIOLENT and any(self._kinds.is_in(token, *STRUCK) for token in candidate.recipients):
            return True
        if candidate.event_type == "PROTEST" and phrases_with(noun, ENEMIES):
            return True
        parties = _parties(candidate)
        return any(token.pos_ == "PRON" or self._kinds.of(token) in ACTOR_KINDS | {"place"} for token in parties)


def _parties(candidate: Candidate) -> list[Token]:
    return [*candidate.actors, *candidate.recipients]


def _is_notion(noun: Token) -> bool:
    """True of a singular that nothing points out ("censure", "grounds for impeachment"): the thing in general."""
    is_bare = not any(child.dep_ in POINTING for child in noun.children)
    return noun.tag_ == "NN" and is_bare and noun.dep_ not in {"conj", "appos", "ROOT", "root"}


def _is_modifier(noun: Token, hyphenated: Span | None) -> bool:
    """True of a hyphenated noun before another ("the court-martial comedy", "a sit-in drummer"): what sort it is."""
    is_hyphenated = hyphenated is not None or "-" in noun.text
    end = hyphenated.end if hyphenated is not None else noun.i + 1
    return is_hyphenated and noun.dep_ in {"amod", "case"} and noun.head.i >= end


def _is_content(child: Token) -> bool:
    """True of what an agreement is on: a clause, or a phrase with "on"."""
    is_clause = child.dep_ == "acl" and (child.tag_ == "VBG" or is_purpose(child))
    return is_clause or (child.dep_ == "nmod" and case_of(child) == "on")


def _has_both_sides(candidate: Candidate, frame: NounFrame) -> bool:
    if frame.is_mutual:
        return len(candidate.actors) > 1
    return bool(candidate.actors and candidate.recipients)


def _is_support(child: Token) -> bool:
    """True of a dependent that ties a weak noun to an event: a place, a date, a definite article."""
    is_located = child.ent_type_ in LOCATED and bool(case_of(child))
    return is_located or is_purpose(child) or (child.dep_ == "det" and child.lower_ in DEFINITE)


def _with_modifiers(noun: Token, lemma: str) -> Iterator[str]:
    """The noun with the words before it, longest first ("drive-by shooting"), as written and as lemmas."""
    for size in range(min(MODIFIER_WORDS, noun.i - noun.sent.start), 0, -1):
        window = list(noun.doc[noun.i - size : noun.i])
        if not window[0].text[0].isalpha() or not all(word.head in {noun, *window} or word.is_punct for word in window):
            continue
        written = "".join(word.lower_ + word.whitespace_ for word in window)
        lemmas = "".join(word.lemma_.lower() + word.whitespace_ for word in window)
        yield from dict.fromkeys((f"{written}{lemma}", f"{lemmas}{lemma}", f"{written}{lemma}".replace("-", " ")))


def _dependents(noun: Token) -> list[Token]:
    arcs = OBLIQUES | {"nmod:poss", "compound", "amod"}
    return [antecedent(child) for child in noun.children if child.dep_ in arcs or is_purpose(child)]
