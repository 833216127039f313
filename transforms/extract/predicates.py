"""Candidate predicates of a sentence: every word or construction that an entry of the lexicon matches.

A candidate knows its rule, its trigger, the token whose clause it stands in, and its arguments as heads of phrases.
What a test threw out is kept too, with the reason, for ``dateline explain``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from transforms.extract.kinds import Kinds
from transforms.extract.lexicon import (
    ACTOR_KINDS,
    AdjectiveFrame,
    ComplementTest,
    Construction,
    Lexicon,
    LightVerb,
    NounFrame,
    Rule,
    VerbFrame,
)
from transforms.extract.syntax import (
    OBLIQUES,
    RELATIVE_CLAUSES,
    agents,
    antecedent,
    case_of,
    children,
    complements,
    coordinated,
    is_passive,
    objects,
    particle,
    phrases_with,
    subject,
)

THING_RECIPIENT_TYPES = frozenset({"ASSAULT", "COERCE", "RETREAT", "PROTEST"})
"""Types whose recipient may be a thing ("destroyed the bridge"); elsewhere a thing is content."""
VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST"})
LOCATED = frozenset({"GPE", "LOC", "FAC", "DATE"})
DEFINITE = frozenset({"the", "this", "these", "those"})
"""A definite noun takes up an event that the article has told of."""
WHERE = frozenset({"in", "at", "near"})
PARTICLE_ARCS = frozenset({"compound:prt", "advmod", "case", "mark", "obl", "xcomp", "amod", "obj", "compound"})
YEAR_DIGITS = 4
NO_PREDICATES = frozenset({"amod", "aux", "aux:pass", "cop", "compound"})
ACTING_THINGS = ("weapon", "document", "communication")
"""Word classes of things that act for somebody: the subject is left out, the act stands."""


@dataclass(slots=True)
class Candidate:
    rule: Rule
    trigger: Token
    anchor: Token
    """The verb or noun whose clause decides status, attribution, place and date."""
    actors: list[Token] = field(default_factory=list)
    recipients: list[Token] = field(default_factory=list)
    particle: Token | None = None
    results: list["Candidate"] = field(default_factory=list)
    """Verbs that tell the result of this act and were merged into it."""
    found: list[str] = field(default_factory=list)
    """How each part was found, for a person to read."""

    @property
    def event_type(self) -> str:
        return self.rule.event_type


@dataclass(frozen=True, slots=True)
class Dropped:
    """A reading that a test threw out."""

    trigger: Token
    rule_id: str
    reason: str


class PredicateFinder:
    """Matches the lexicon against one sentence at a time."""

    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._lexicon = lexicon
        self._kinds = kinds

    def find(self, sentence: Span) -> tuple[list[Candidate], list[Dropped]]:
        """All candidates of ``sentence`` in text order, and the readings that were dropped."""
        candidates: list[Candidate] = []
        dropped: list[Dropped] = []
        stopped = self._stopped(sentence)
        for token in sentence:
            for found in self._of_token(token):
                if isinstance(found, Dropped):
                    dropped.append(found)
                elif found.trigger.i in stopped:
                    dropped.append(Dropped(found.trigger, found.rule.rule_id, f"idiom: {stopped[found.trigger.i]}"))
                else:
                    candidates.append(found)
        return candidates, dropped

    def _of_token(self, token: Token) -> Iterator[Candidate | Dropped]:
        lemma = token.lemma_.lower()
        is_noun = token.pos_ == "NOUN" or _is_gerund_noun(token)
        if token.pos_ in {"VERB", "AUX"} and not is_noun and token.dep_ not in NO_PREDICATES:
            construction = next(self._constructions(token, lemma), None)
            if construction is not None:
                yield construction
            elif lemma in self._lexicon.verbs:
                yield from self._verb(token, self._lexicon.verbs[lemma])
        elif is_noun and not (token.ent_type_ and token.ent_type_ not in {"EVENT", "DATE"}):
            copular = next(self._constructions(token, "be"), None) if children(token, "cop") else None
            frame = self._noun_frame(token, lemma) or self._noun_frame(token, token.lower_)
            if copular is not None:
                yield copular
            elif frame is not None:
                yield self._noun(token, frame)
        if token.pos_ in {"ADJ", "VERB"} and lemma in self._lexicon.adjectives:
            yield from self._adjective(token, self._lexicon.adjectives[lemma])
        elif token.pos_ == "VERB" and token.dep_ == "amod" and token.lower_ in self._lexicon.adjectives:
            yield from self._adjective(token, self._lexicon.adjectives[token.lower_])

    def _stopped(self, sentence: Span) -> dict[int, str]:
        """Token indices inside an idiom of ``stop_senses.csv``, with the idiom."""
        stopped: dict[int, str] = {}
        tokens = list(sentence)
        lemmas = [token.lemma_.lower() for token in tokens]
        for position, lemma in enumerate(lemmas):
            for pattern in self._lexicon.stop_senses.get(lemma, ()):
                window = lemmas[position : position + len(pattern)]
                if len(window) == len(pattern) and all(
                    want in ("*", has) for want, has in zip(pattern, window, strict=True)
                ):
                    stopped.update({token.i: " ".join(pattern) for token in tokens[position : position + len(pattern)]})
        return stopped

    # Verbs

    def _verb(self, verb: Token, frames: tuple[VerbFrame, ...]) -> Iterator[Candidate | Dropped]:
        matched: list[Candidate] = []
        for frame in frames:
            found = self._match(verb, frame)
            if isinstance(found, Candidate):
                matched.append(found)
            else:
                yield Dropped(verb, frame.rule_id, found)
        if matched:
            best = max(
                matched,
                key=lambda candidate: candidate.rule.specificity if isinstance(candidate.rule, VerbFrame) else 0,
            )
            yield best

    def _match(self, verb: Token, frame: VerbFrame) -> Candidate | str:
        """The candidate that ``frame`` makes of ``verb``, or the reason why it does not."""
        particle_token = self._particle(verb, frame.particle)
        if particle_token is None and (frame.particle or particle(verb)):
            return f"particle: wanted {frame.particle or 'none'}, found {particle(verb) or 'none'}"
        passive = is_passive(verb)
        doer, undergoer = self._voice(verb, passive=passive)
        if particle_token is not None and particle_token.dep_ == "case" and not undergoer and not passive:
            undergoer = [antecedent(particle_token.head)]
        by_preposition = self._prepositional(verb, frame.prepositions)
        if frame.needs_preposition and not by_preposition:
            return f"preposition: wanted {'|'.join(sorted(frame.prepositions))}"
        if not self._complement_fits(verb, frame.complement):
            return f"complement: wanted {'|'.join(sorted(frame.complement.forms))}"
        tested = undergoer or (by_preposition if frame.needs_preposition else [])
        if not self._kinds.passes(frame.object, tested):
            return f"object: {_words(undergoer) or 'none'} does not pass the test"
        if not self._kinds.passes(frame.subject, doer):
            return f"subject: {_words(doer) or 'none'} does not pass the test"
        named = [*undergoer, *by_preposition] if frame.has_object_as_trigger else []
        return self._with_roles(
            Candidate(
                rule=frame, trigger=named[0] if named else verb, anchor=verb, particle=None if named else particle_token
            ),
            roles=frame.roles,
            doer=doer,
            undergoer=undergoer,
            by_preposition=by_preposition,
            passive=passive,
        )

    def _with_roles(
        self,
        candidate: Candidate,
        *,
        roles: str,
        doer: list[Token],
        undergoer: list[Token],
        by_preposition: list[Token],
        passive: bool,
    ) -> Candidate | str:
        voice = "passive" if passive else "active"
        acting = [token for token in doer if self._kinds.can_act(token)]
        if doer and not acting:
            owners = [owner for token in doer if (owner := self._kinds.owner(token)) is not None]
            if not owners and not any(self._acts_for_somebody(token) for token in doer):
                return f"subject: {_words(doer)} cannot act"
            acting = owners
        if roles == "r":
            candidate.recipients = doer or undergoer
            acting = []
        elif roles == "m":
            others = by_preposition or [*undergoer, *self._prepositional(candidate.anchor, frozenset({"with"}))]
            partners = [token for token in others if self._kinds.can_act(token)]
            acting = acting + [token for token in partners if token not in acting]
        elif roles == "sp":
            direct = children(candidate.anchor, "iobj")
            candidate.recipients = direct or by_preposition or (undergoer if passive else [])
        elif roles in {"so", "soc"}:
            candidate.recipients = undergoer or by_preposition
        elif roles == "s" and passive:
            # "Troops were deployed": whoever is moved is all that is known.
            candidate.recipients = [token for token in undergoer if self._kinds.of(token) in ACTOR_KINDS]
        candidate.actors = _expand(acting)
        candidate.recipients = self._recipients(candidate.event_type, candidate.recipients)
        candidate.found += [f"{voice} verb"]
        candidate.found += [f"actor {token.text!r}: {token.dep_} of {token.head.text!r}" for token in candidate.actors]
        candidate.found += [
            f"recipient {token.text!r}: {token.dep_} of {token.head.text!r}" for token in candidate.recipients
        ]
        return candidate

    def _particle(self, verb: Token, wanted: str) -> Token | None:
        if not wanted:
            return None
        for child in verb.children:
            if child.lower_ == wanted and child.dep_ in PARTICLE_ARCS:
                return child
            # "walked off the job": the tree takes the particle for the preposition of what is the object.
            if child.dep_ in OBLIQUES and case_of(child) == wanted:
                return children(child, "case")[0]
        return None

    def _voice(self, verb: Token, *, passive: bool) -> tuple[list[Token], list[Token]]:
        """Who does it and who undergoes it, whatever the voice."""
        understood = subject(verb)
        if passive:
            return agents(verb), ([] if understood is None else [understood])
        return ([] if understood is None else [understood]), objects(verb)

    def _prepositional(self, verb: Token, prepositions: frozenset[str]) -> list[Token]:
        if not prepositions:
            return []
        found = phrases_with(verb, prepositions)
        if not found:
            # Parsers hang the phrase on the object as often as on the verb.
            found = [phrase for child in objects(verb) for phrase in phrases_with(child, prepositions)]
        return found

    def _complement_fits(self, verb: Token, wanted: ComplementTest) -> bool:
        if not wanted.forms:
            return True
        heads = [head for form, head in complements(verb) if form in wanted.forms]
        heads += self._prepositional(verb, wanted.forms)
        fits = bool(heads) and self._kinds.passes(wanted.head, heads)
        return fits != wanted.is_negated

    def _acts_for_somebody(self, token: Token) -> bool:
        return token.lemma_.lower() in self._lexicon.nouns or self._kinds.is_in(token, *ACTING_THINGS)

    def _recipients(self, event_type: str, heads: list[Token]) -> list[Token]:
        kept: list[Token] = []
        for token in _expand(heads):
            kind = self._kinds.of(token)
            if kind == "thing" and event_type not in THING_RECIPIENT_TYPES:
                owner = self._kinds.owner(token)
                kept += [owner] if owner is not None else []
            elif kind == "thing" and token.lemma_.lower() in self._lexicon.nouns:
                continue
            else:
                kept.append(token)
        return kept

    # Light verbs with a particular noun

    def _constructions(self, verb: Token, lemma: str) -> Iterator[Candidate]:
        for rule in self._lexicon.constructions.get(lemma, ()):
            noun = self._construction_noun(verb, rule)
            if noun is None:
                continue
            candidate = Candidate(rule=rule, trigger=noun, anchor=verb, found=[f"{lemma} with {noun.text!r}"])
            passive = is_passive(verb)
            doer, undergoer = self._voice(verb, passive=passive)
            acting = [token for token in doer if self._kinds.can_act(token)]
            targets = [
                *phrases_with(noun, rule.prepositions),
                *phrases_with(verb, rule.prepositions),
                *(token for token in undergoer if token != noun and self._kinds.of(token) != "thing"),
            ]
            if rule.actor == "recipient":
                targets, acting = acting, agents(verb) + phrases_with(noun, frozenset({"by", "from"}))
            if doer and not acting and rule.actor == "subject":
                continue
            candidate.actors = _expand(acting) if rule.actor != "none" else []
            candidate.recipients = self._recipients(rule.event_type, list(dict.fromkeys(targets)))
            yield candidate

    def _construction_noun(self, verb: Token, rule: Construction) -> Token | None:
        near = {child.lower_ for child in verb.subtree if verb in {child.head, child.head.head}}
        if rule.particle and not near.intersection(rule.particle.split()):
            return None
        wanted = rule.noun.split()
        if verb.pos_ == "NOUN":
            # "were in control of": the noun is the predicate and "be" its copula.
            return verb if verb.lemma_.lower() == wanted[-1] else None
        for child in verb.children:
            if (
                child.dep_ not in {"obj", "nsubj:pass", "obl", "xcomp", "advmod", "compound:prt", "nsubj"}
                or child.lemma_.lower() != wanted[-1]
            ):
                continue
            if child.dep_ == "nsubj" and not is_passive(verb):
                continue
            if len(wanted) == 1 or wanted[0] in {grandchild.lemma_.lower() for grandchild in child.children}:
                return child
        return None

    # Event nouns

    def _noun_frame(self, token: Token, lemma: str) -> NounFrame | None:
        if token.dep_ in {"compound", "flat", "flat:name"}:
            return None
        for words in _with_modifiers(token, lemma):
            frames = self._lexicon.nouns.get(words)
            if frames:
                return frames[0]
        frames = self._lexicon.nouns.get(lemma, ())
        return next((frame for frame in frames if self._kinds.passes(frame.needs, _dependents(token))), None)

    def _noun(self, noun: Token, frame: NounFrame) -> Candidate | Dropped:
        candidate = Candidate(rule=frame, trigger=noun, anchor=noun, found=["event noun"])
        actors = self._noun_actors(noun, frame)
        recipients = [token for token in self._targets(noun, frame) if token not in actors]
        light = self._light_verb(noun)
        if light is not None:
            verb, entry = light
            candidate.anchor = verb
            candidate.found.append(f"light verb {verb.text!r}")
            lent = [token for token in self._lent(verb, noun) if self._kinds.can_act(token)]
            if entry.actor == "subject":
                actors = actors or lent
            elif entry.actor == "recipient":
                recipients = lent or recipients
            recipients = recipients or [token for token in self._targets(verb, frame) if token != noun]
        if frame.is_mutual:
            partners = phrases_with(noun, frozenset({"with", "between", "among"})) + (
                phrases_with(light[0], frozenset({"with"})) if light else []
            )
            actors, recipients = [*actors, *recipients, *partners], []
        if frame.event_type in {"ASSAULT", "COERCE", "MOBILIZE"} or not frame.is_mutual:
            recipients = [token for token in recipients if token not in actors]
        if len(actors) > 1 and not frame.is_mutual and "of" in frame.actor_prepositions & frame.recipient_prepositions:
            # "the army's shelling of the town": with another actor at hand, the "of" phrase is the recipient.
            actors = [token for token in actors if case_of(token) != "of"] or actors
            recipients = recipients or phrases_with(noun, frozenset({"of"}))
        candidate.actors = [token for token in _expand(actors) if self._kinds.can_act(token)]
        candidate.recipients = self._recipients(frame.event_type, recipients)
        if not frame.is_strong and light is None and not self._is_supported(candidate):
            return Dropped(noun, frame.rule_id, "weak noun without light verb, actor or recipient")
        candidate.found += [f"actor {token.text!r}: {token.dep_} of {token.head.text!r}" for token in candidate.actors]
        candidate.found += [
            f"recipient {token.text!r}: {token.dep_} of {token.head.text!r}" for token in candidate.recipients
        ]
        return candidate

    def _targets(self, token: Token, frame: NounFrame) -> list[Token]:
        """Phrases of the recipient's prepositions; a date, or where it happened, is none."""
        return [
            phrase
            for phrase in phrases_with(token, frame.recipient_prepositions)
            if phrase.ent_type_ != "DATE"
            and not (case_of(phrase) in WHERE and self._kinds.of(phrase) in {"place", "thing"})
        ]

    def _is_supported(self, candidate: Candidate) -> bool:
        noun = candidate.trigger
        if noun.dep_ == "nsubj" and noun.head.lemma_.lower() in self._lexicon.results:
            return True
        if candidate.event_type in VIOLENT and any(
            (child.ent_type_ in LOCATED and case_of(child)) or (child.dep_ == "det" and child.lower_ in DEFINITE)
            for child in noun.children
        ):
            return True
        return any(
            self._kinds.of(token) in ACTOR_KINDS | {"place"} for token in [*candidate.actors, *candidate.recipients]
        )

    def _noun_actors(self, noun: Token, frame: NounFrame) -> list[Token]:
        found = [
            child
            for child in noun.children
            if child.dep_ in {"nmod:poss", "compound", "amod"} and self._is_actor_modifier(child)
        ]
        found += agents(noun)
        found += [
            token
            for token in phrases_with(noun, frame.actor_prepositions)
            if token not in found and self._kinds.can_act(token)
        ]
        return found

    def _is_actor_modifier(self, token: Token) -> bool:
        if token.dep_ == "nmod:poss":
            return self._kinds.can_act(token)
        return token.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} or self._kinds.of(token) in ACTOR_KINDS

    def _light_verb(self, noun: Token) -> tuple[Token, LightVerb] | None:
        verb = noun.head
        if noun.dep_ == "conj":
            noun, verb = noun.head, noun.head.head
        if noun.dep_ in RELATIVE_CLAUSES or verb.pos_ not in {"VERB", "AUX"}:
            return self._light_relative(noun)
        if noun.dep_ not in {"obj", "nsubj:pass", "obl", "nsubj", "obl:agent"}:
            return None
        for entry in self._lexicon.light_verbs.get(verb.lemma_.lower(), ()):
            if (
                entry.particle
                and entry.particle != particle(verb)
                and not any(child.lower_ == entry.particle for child in verb.children)
            ):
                continue
            if entry.preposition:
                if noun.dep_ != "obl" or case_of(noun) not in entry.preposition.split("|"):
                    continue
            elif noun.dep_ == "obl" or (noun.dep_ == "nsubj" and entry.actor != "none"):
                continue
            return verb, entry
        return self._light_relative(noun)

    def _light_relative(self, noun: Token) -> tuple[Token, LightVerb] | None:
        """ "the attack carried out by rebels", "talks held in Geneva"."""
        for clause in children(noun, "acl", "acl:relcl"):
            for entry in self._lexicon.light_verbs.get(clause.lemma_.lower(), ()):
                if (
                    clause.pos_ == "VERB"
                    and (not entry.particle or particle(clause) == entry.particle)
                    and not entry.preposition
                ):
                    return clause, entry
        return None

    def _lent(self, verb: Token, noun: Token) -> list[Token]:
        """The subject that a light verb lends its noun, in either voice."""
        if is_passive(verb):
            return agents(verb)
        understood = subject(verb)
        return [] if understood is None or understood == noun else [understood]

    # Adjectives

    def _adjective(self, token: Token, frames: tuple[AdjectiveFrame, ...]) -> Iterator[Candidate | Dropped]:
        for frame in frames:
            bearer = token.head if token.dep_ in {"amod", "acl"} else subject(token)
            if bearer is None or not (self._kinds.can_act(bearer) or self._kinds.of(bearer) == "place"):
                yield Dropped(token, frame.rule_id, "adjective: nobody bears it")
                continue
            candidate = Candidate(rule=frame, trigger=token, anchor=token, found=[f"adjective of {bearer.text!r}"])
            if frame.roles == "r":
                candidate.recipients = _expand([bearer])
                candidate.actors = _expand([agent for agent in agents(token) if self._kinds.can_act(agent)])
            else:
                candidate.actors = _expand([bearer])
                candidate.recipients = self._recipients(
                    frame.event_type, [child for child in token.children if child.dep_ in OBLIQUES]
                )
            yield candidate
            return


def _with_modifiers(noun: Token, lemma: str) -> Iterator[str]:
    """The noun with the one or two words before it, longest first ("suicide bomb attack"), as lemmas and as written."""
    before = [noun.doc[i] for i in range(max(noun.sent.start, noun.i - 2), noun.i)]
    for words in (before, before[-1:]):
        if words and all(word.head in {noun, *before} or word.is_punct for word in words):
            yield " ".join([*(word.lemma_.lower() for word in words), lemma])
            yield " ".join([*(word.lower_ for word in words), lemma])


def _is_gerund_noun(token: Token) -> bool:
    """True of "fighting" in "the fierce fighting with", which taggers take for a verb."""
    if token.tag_ != "VBG" or children(token, "obj"):
        return False
    return any(child.dep_ in {"det", "amod", "nmod:poss", "case"} for child in token.children)


def _dependents(noun: Token) -> list[Token]:
    return [antecedent(child) for child in noun.children if child.dep_ in OBLIQUES | {"nmod:poss", "compound", "amod"}]


def _expand(heads: list[Token]) -> list[Token]:
    """The heads with all that is coordinated with them; dates are nobody."""
    found = dict.fromkeys(token for head in heads for token in coordinated(head))
    return [token for token in found if token.ent_type_ not in {"DATE", "TIME"} and not _is_year(token)]


def _is_year(token: Token) -> bool:
    return len(token.text) == YEAR_DIGITS and token.text.isdigit() and token.text[:2] in {"18", "19", "20"}


def _words(tokens: list[Token]) -> str:
    return ", ".join(token.text for token in tokens)
