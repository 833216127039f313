"""Who vouches for an event when it is not the writer: "Putin said", "according to the Observatory"."""

from dataclasses import dataclass

from spacy.tokens import Span, Token

from transforms.extract.candidates import Candidate
from transforms.extract.clauses import own_subject, subject
from transforms.extract.complements import has_to
from transforms.extract.entries import Lexicon
from transforms.extract.kinds import Kinds
from transforms.extract.passives import is_passive
from transforms.extract.syntax import ancestors, antecedent, case_of, children
from transforms.extract.word_lists import word_list

OPENING, CLOSING = "“", "”"
CONTENT = ("obj", "ccomp", "xcomp")
SPEAKING_THINGS = ("document", "communication", "publication")
"""Word classes of things in which somebody says something ("the release said")."""
CLAIMING = word_list("claiming verb")
"""Verbs whose infinitive is what they say ("claimed to have shot"); elsewhere it is what somebody does or wants."""
PUBLISHING = word_list("publishing verb")
"""Verbs that with a word of saying are an act of saying ("issued the following statement")."""
DENYING = word_list("nobody") | {"no"}
ACCORDING = frozenset({"according to", "according"})


@dataclass(frozen=True, slots=True)
class Speech:
    """One act of saying: its verb (or "according to" phrase) and its speaker."""

    verb: Token
    speaker: Token


class AttributionReader:
    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._verbs = lexicon.speech_verbs
        self._nouns = lexicon.speech_nouns
        self._kinds = kinds

    def speeches(self, sentence: Span) -> list[Speech]:
        """Every act of saying in ``sentence`` whose speaker can be told."""
        found: list[Speech] = []
        for token in sentence:
            if token.pos_ == "VERB" and (token.lemma_.lower() in self._verbs or self._publishes(token)):
                speaker = self._speaker(token)
                if speaker is not None:
                    found.append(Speech(verb=token, speaker=speaker))
            elif token.dep_ in {"obl", "nmod", "advcl", "parataxis"} and case_of(token) in ACCORDING:
                found.append(Speech(verb=token, speaker=_of_clause(token)))
        return found

    def _publishes(self, verb: Token) -> bool:
        is_spoken = any(child.lemma_.lower() in self._nouns for child in children(verb, "obj"))
        return (is_spoken and verb.lemma_.lower() in PUBLISHING) or makes_clear(verb)

    def _speaker(self, verb: Token) -> Token | None:
        if is_passive(verb) or _is_said_of(verb):
            return None
        speaker = own_subject(verb) or _inverted_subject(verb)
        if makes_clear(verb) and (speaker is None or speaker.i > verb.i):
            return None  # "making it clear"
        if speaker is None and verb.dep_ in {"conj", "advcl", "xcomp"}:
            speaker = subject(verb)
        if speaker is None or speaker == verb or any(word.lower_ in DENYING for word in [speaker, *speaker.children]):
            return None
        speaker = antecedent(speaker)
        speaks = (
            self._kinds.of(speaker) != "thing"
            or speaker.ent_type_
            or self._kinds.owner(speaker) is not None
            or self._kinds.is_in(speaker, *SPEAKING_THINGS)
        )
        return speaker if speaks else None

    def source_of(self, token: Token, speeches: list[Speech]) -> Token | None:
        """The speaker in whose words the event at ``token`` stands, or None."""
        above = {ancestor.i for ancestor in ancestors(token)} | {token.i}
        for speech in speeches:
            if speech.verb == token or speech.speaker.i in above:
                continue
            if self._covers(speech, token, above):
                return speech.speaker
        return None

    def _covers(self, speech: Speech, token: Token, above: set[int]) -> bool:
        verb = speech.verb
        if case_of(verb) in ACCORDING:
            return verb.head.i in above or _opens_or_ends(verb)
        if verb.i in above:
            # In the complement of the verb of saying, and not in its subject or in an adjunct of time.
            branch = next((a for a in [token, *ancestors(token)] if a.head == verb and a != verb), None)
            if branch is not None and branch.dep_ == "xcomp" and branch.tag_ == "VB":
                return verb.lemma_.lower() in CLAIMING
            if branch is not None and branch.dep_ == "obj" and verb.lemma_.lower() in PUBLISHING - self._verbs:
                return False  # "gave a statement on the raid": what it is about is told by the writer
            return (
                branch is not None
                and branch.dep_
                in {"ccomp", "xcomp", "parataxis", "obj", "dep", "conj", "advcl"}
                | ({"obl"} if branch.tag_ == "VBG" else set())
                and not (branch.dep_ in {"conj", "advcl"} and branch.i > verb.i + 1 and not _is_quoted(branch))
            )
        if verb.dep_ == "advcl" and _is_as_clause(verb):
            # "As the minister announced today, the state will ..."
            return verb.head.i in above
        # "X did Y, Z said": the saying hangs as an aside on what is said, and has no content of its own.
        is_joined = verb.dep_ == "conj" and not children(verb, "cc")
        is_aside = (is_joined or verb.dep_ in {"parataxis", "ccomp", "advcl"}) and own_subject(verb) is not None
        if not is_aside or verb.i < verb.head.i or children(verb, *CONTENT):
            return False
        return verb.head.i in above or _opens_or_ends(verb)


def _of_clause(source: Token) -> Token:
    """Who speaks in "according to what the minister told them"; any other source is itself."""
    clauses = children(source, "acl:relcl", "acl") if source.lower_ == "what" else []
    return next((speaker for clause in clauses if (speaker := own_subject(clause)) is not None), source)


def makes_clear(verb: Token) -> bool:
    """True of "make" in "made (it) clear that the army would leave", which is a way of saying."""
    return verb.lemma_ == "make" and any(child.lower_ == "clear" for child in children(verb, "xcomp", "obj"))


def _is_said_of(verb: Token) -> bool:
    """True of "Army said to have left", the passive of a headline: who says something says no infinitive."""
    return verb.lemma_ == "say" and any(has_to(clause) for clause in children(verb, "xcomp"))


def _is_as_clause(verb: Token) -> bool:
    """True of "as the minister said", which holds no content of its own."""
    return any(child.lower_ == "as" for child in children(verb, "mark", "advmod")) and not children(verb, *CONTENT)


def _opens_or_ends(head: Token) -> bool:
    """True of a phrase or clause at either end of its sentence: it stands for all that the sentence tells."""
    sentence = head.sent
    end = next((token for token in reversed(sentence) if not (token.is_punct or token.is_space)), sentence[-1])
    return head.left_edge.i == sentence.start or head.right_edge.i >= end.i


def _inverted_subject(verb: Token) -> Token | None:
    """ "`...,” added the agency": behind a quotation the speaker follows and looks like an object."""
    if verb.i == verb.sent.start or not verb.nbor(-1).is_punct:
        return None
    return next((child for child in children(verb, "obj") if child.i > verb.i), None)


def _is_quoted(token: Token) -> bool:
    left = token.doc[token.sent.start : token.i]
    return sum(1 for t in left if t.text in {OPENING, '"'}) % 2 == 1


def told_by_claims(candidates: list[Candidate]) -> list[Speech]:
    """Accusations and denials as acts of saying: what an accuser or denier speaks of is on their word."""
    return [
        Speech(verb=candidate.trigger, speaker=candidate.actors[0])
        for candidate in candidates
        if (candidate.event_type == "REJECT" or candidate.mode == "allege")
        and candidate.actors
        and candidate.trigger.pos_ == "VERB"
    ]
