"""Verb frames: one sense of a verb each, told by its particle, preposition, object, subject and complement."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from transforms.extract.arguments import Arguments, Voice
from transforms.extract.candidates import Candidate, Dropped, words
from transforms.extract.clauses import own_subject
from transforms.extract.complements import complements
from transforms.extract.entries import ACTOR_KINDS, VerbFrame
from transforms.extract.syntax import OBLIQUES, antecedent, case_of, children, particle

PARTICLE_ARCS = frozenset({"compound:prt", "advmod", "case", "mark", "obl", "xcomp", "amod", "obj", "compound"})
WITH = frozenset({"with"})
UTTERED_TO = frozenset({"SUPPORT", "ACCUSE", "REJECT", "CONCEDE"})
"""Types of acts by which somebody answers what another has said or done."""


class VerbMatcher:
    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments
        self._kinds = arguments.kinds

    def match(
        self, verb: Token, frames: tuple[VerbFrame, ...], hyphenated: Span | None = None
    ) -> Iterator[Candidate | Dropped]:
        """The narrowest of the frames that fit ``verb``, and the ones that do not with the reason."""
        best: Candidate | None = None
        best_specificity = -1
        voice = self._arguments.voice(verb)
        for frame in frames:
            found = self._match(verb, frame, voice)
            if isinstance(found, str):
                yield Dropped(verb, frame.rule_id, found)
            elif frame.specificity > best_specificity:
                best, best_specificity = found, frame.specificity
        if best is not None:
            best.hyphenated = hyphenated
            yield best

    def _match(self, verb: Token, frame: VerbFrame, voice: Voice) -> Candidate | str:
        """The candidate that ``frame`` makes of ``verb``, or the reason why it makes none."""
        particle_token = _particle(verb, frame.particle)
        if particle_token is None and (frame.particle or particle(verb)):
            return f"particle: wanted {frame.particle or 'none'}, found {particle(verb) or 'none'}"
        prepositions = frame.prepositions
        if particle_token is not None and particle_token.dep_ == "case":
            # "walked out of the talks": the tree has "out of" for one preposition.
            prepositions = prepositions | {f"{frame.particle} {preposition}" for preposition in prepositions}
        by_preposition = self._arguments.prepositional(verb, prepositions)
        if frame.needs_preposition and not by_preposition:
            return f"preposition: wanted {'|'.join(sorted(frame.prepositions))}"
        if not self._arguments.fits_complement(verb, frame.complement):
            return f"complement: wanted {'|'.join(sorted(frame.complement.forms))}"
        undergoer = self._undergoer(frame, voice, particle_token, by_preposition)
        is_object_optional = frame.object.allows_none and not frame.object.is_negated
        tested = undergoer or (by_preposition if frame.needs_preposition and not is_object_optional else [])
        if not self._kinds.passes(frame.object, tested):
            return f"object: {words(tested)} does not pass the test"
        if not self._kinds.passes(frame.subject, voice.doer):
            return f"subject: {words(voice.doer)} does not pass the test"
        named = [*undergoer, *by_preposition] if frame.has_object_as_trigger else []
        named = [self._kinds.measured(token) or token for token in named]
        # "gave the garrison an ultimatum": of two objects the one that the frame asks for.
        named.sort(key=lambda token: token.lemma_.lower() not in frame.object.words)
        candidate = Candidate(
            rule=frame, trigger=named[0] if named else verb, anchor=verb, particle=None if named else particle_token
        )
        acting = self._arguments.acting(voice.doer)
        if acting is None and frame.roles not in {"r", "rp"}:
            return f"subject: {words(voice.doer)} cannot act"
        if frame.roles == "sc":
            undergoer = self._spoken_of(verb, frame.complement.forms)
            if not undergoer:
                return "complement: it speaks of nobody who could act"
        self._give_roles(candidate, frame, voice, acting or [], undergoer, by_preposition)
        return candidate

    def _undergoer(
        self, frame: VerbFrame, voice: Voice, particle_token: Token | None, by_preposition: list[Token]
    ) -> list[Token]:
        """Who undergoes the act, also where a particle or a coordinated verb took the object."""
        undergoer = voice.undergoer
        if particle_token is not None and particle_token.dep_ == "case" and not undergoer and not voice.is_passive:
            undergoer = [token for token in [antecedent(particle_token.head)] if token not in by_preposition]
        if not undergoer and frame.roles in {"so", "soc"} and self._kinds.passes(frame.object, voice.shared):
            undergoer = voice.shared
        return undergoer

    def _spoken_of(self, verb: Token, forms: frozenset[str]) -> list[Token]:
        """Of whom the clause speaks ("said the army must leave"); what speakers say of themselves concerns nobody."""
        clauses = [clause for form, clause in complements(verb) if form in forms]
        asked = [found for clause in clauses if (found := own_subject(clause)) is not None]
        return [token for token in asked if token.pos_ != "PRON" and self._kinds.can_act(token)]

    def _give_roles(  # noqa: PLR0917 - the parts of one clause
        self,
        candidate: Candidate,
        frame: VerbFrame,
        voice: Voice,
        acting: list[Token],
        undergoer: list[Token],
        by_preposition: list[Token],
    ) -> None:
        roles, recipients = frame.roles, list[Token]()
        if roles in {"r", "rp"}:
            recipients = voice.doer or undergoer
            acting = [token for token in by_preposition if self._kinds.can_act(token)] if roles == "rp" else []
        elif roles == "os":
            # "received the envoy"; "hosted the talks" names no visitor.
            visitors = [token for token in undergoer if self._kinds.can_act(token)]
            acting, recipients = (visitors, voice.doer) if visitors else (acting, [])
        elif roles == "m":
            # Where the frame has a preposition, its phrase names the others, and the object is content.
            direct = [] if frame.prepositions else undergoer
            others = by_preposition or [*direct, *self._arguments.prepositional(candidate.anchor, WITH)]
            partners = [token for token in others if self._kinds.can_act(token)]
            acting = acting + [token for token in partners if token not in acting]
        elif roles == "sp":
            blamed = (
                self._arguments.understood.complained_of(candidate.anchor) if candidate.event_type == "ACCUSE" else []
            )
            recipients = blamed or children(candidate.anchor, "iobj") or by_preposition
            recipients = recipients or (undergoer if voice.is_passive else [])
        elif roles in {"so", "soc", "sc"}:
            # "offered the union a share": of two objects the one that is given something.
            recipients = self._given(candidate.anchor, undergoer) or by_preposition
        elif voice.is_passive or candidate.event_type == "MOBILIZE":
            # "Troops were deployed": whoever is moved undergoes it.
            recipients = [token for token in undergoer if self._kinds.of(token) in ACTOR_KINDS]
        if not recipients:
            recipients = self._understood(candidate.anchor, frame, is_passive=voice.is_passive)
        candidate.actors = self._kinds.parties(acting)
        candidate.recipients = self._arguments.recipients(candidate.event_type, recipients)
        if roles == "so":
            robbed = self._arguments.robbed(candidate.anchor, candidate.event_type, candidate.recipients)
            candidate.recipients += [token for token in robbed if token not in candidate.recipients]
        if not candidate.recipients and candidate.event_type == "SANCTION" and not voice.is_passive:
            touched = self._arguments.understood.touched(candidate.anchor)
            candidate.recipients = self._arguments.recipients(candidate.event_type, touched)
        candidate.found.append("passive verb" if voice.is_passive else "active verb")
        candidate.describe_parties()

    def _understood(self, verb: Token, frame: VerbFrame, *, is_passive: bool) -> list[Token]:
        """To whom words are directed that name nobody: whose proposal it is, of whom it is asked, whom it concerns."""
        found: list[Token] = []
        if frame.event_type in UTTERED_TO and not is_passive:
            found = self._arguments.understood.uttering(verb)
        # "refused to meet the union" concerns the union, "denied meeting the union" who said so.
        is_refusal = frame.event_type == "REJECT" and "to" in frame.complement.forms
        if not found and (is_refusal or frame.event_type in {"AGREE", "THREATEN"}):
            found = self._arguments.understood.concerned(verb, frame.event_type)
        return found or (self._arguments.understood.asked(verb) if frame.event_type == "REQUEST" else [])

    def _given(self, verb: Token, undergoer: list[Token]) -> list[Token]:
        given = children(verb, "iobj") if children(verb, "obj") else []
        return [token for token in given if token in undergoer and self._kinds.can_act(token)] or undergoer


def _particle(verb: Token, wanted: str) -> Token | None:
    if not wanted:
        return None
    after = verb.nbor(1) if verb.i + 1 < verb.sent.end else verb
    if after.lower_ == wanted and after.dep_ == "advmod" and after.head.pos_ == "NUM":
        # "handed over 20 tons": the tree takes the particle for a word of rounding.
        return after
    for child in verb.children:
        if child.lower_ == wanted and child.dep_ in PARTICLE_ARCS:
            return child
        # "walked off the job": the tree takes the particle for the preposition of what is the object.
        if child.dep_ in OBLIQUES | {"obj"} and (case_of(child) + " ").startswith(f"{wanted} "):
            preposition = children(child, "case")[0]
            return preposition if preposition.i == verb.i + 1 else None
    return None
