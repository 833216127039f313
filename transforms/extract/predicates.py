"""Candidate predicates of a sentence: every word or construction that an entry of the lexicon matches.

What a test threw out is kept too, with the reason, for ``dateline explain``.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from transforms.extract.adjectives import AdjectiveMatcher
from transforms.extract.arguments import Arguments
from transforms.extract.candidates import Candidate, Dropped
from transforms.extract.constructions import ConstructionMatcher
from transforms.extract.entries import Lexicon
from transforms.extract.kinds import Kinds
from transforms.extract.nouns import NounMatcher
from transforms.extract.syntax import children, hyphenated, hyphenated_lemmas
from transforms.extract.verbs import VerbMatcher

NO_PREDICATES = frozenset({"amod", "aux", "aux:pass", "cop", "compound"})
NOUN_ARCS = frozenset({"nsubj", "nsubj:pass"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


class PredicateFinder:
    """Matches the lexicon against one sentence at a time."""

    def __init__(self, lexicon: Lexicon, kinds: Kinds) -> None:
        self._lexicon = lexicon
        arguments = self._arguments = Arguments(lexicon, kinds)
        self._verbs = VerbMatcher(arguments)
        self._nouns = NounMatcher(lexicon, arguments)
        self._constructions = ConstructionMatcher(arguments)
        self._adjectives = AdjectiveMatcher(lexicon.adjectives, arguments)

    def find(self, sentence: Span) -> tuple[list[Candidate], list[Dropped]]:
        """All candidates of ``sentence`` in text order, and the readings that were dropped."""
        candidates: list[Candidate] = []
        dropped: list[Dropped] = []
        stopped = self._stopped(sentence)
        has_hyphens = any(token.text == "-" for token in sentence)
        for token in sentence:
            for found in self._of_token(token, hyphenated(token) if has_hyphens else None):
                if isinstance(found, Dropped):
                    dropped.append(found)
                elif found.trigger.i in stopped:
                    dropped.append(Dropped(found.trigger, found.rule.rule_id, f"idiom: {stopped[found.trigger.i]}"))
                else:
                    self._aim(found)
                    candidates.append(found)
        return candidates, dropped

    def _aim(self, found: Candidate) -> None:
        """Give a protest that names nobody those against whom it is by its aim ("to demand that the ministry pay")."""
        if found.event_type == "PROTEST" and not found.recipients:
            aimed = self._arguments.understood.protested(found.anchor) or self._arguments.understood.behind_cause(
                found.trigger, found.anchor
            )
            found.recipients = self._arguments.recipients("PROTEST", aimed)

    def _of_token(self, token: Token, whole: Span | None) -> Iterator[Candidate | Dropped]:
        lemmas = [*(hyphenated_lemmas(whole) if whole is not None else ()), token.lemma_.lower(), token.lower_]
        # Before the verbs: "is opposed to" says what the union does, not what is done to it.
        yield from self._adjectives.match(token)
        if self._is_noun(token, lemmas):
            yield from self._of_noun(token, lemmas, whole)
        elif token.pos_ in {"VERB", "AUX"} and token.dep_ not in NO_PREDICATES:
            yield from self._of_verb(token, lemmas[:-1], whole)

    def _of_verb(self, verb: Token, lemmas: list[str], whole: Span | None) -> Iterator[Candidate | Dropped]:
        for found in self._constructions.match(verb, self._lexicon.constructions.get(lemmas[-1], ())):
            yield found
            if isinstance(found, Candidate):
                return
        lemma = next((lemma for lemma in lemmas if lemma in self._lexicon.verbs), None)
        if lemma is not None:
            yield from self._verbs.match(verb, self._lexicon.verbs[lemma], whole if lemma != lemmas[-1] else None)

    def _of_noun(self, noun: Token, lemmas: list[str], whole: Span | None) -> Iterator[Candidate | Dropped]:
        if (noun.ent_type_ and noun.ent_type_ not in {"EVENT", "DATE"}) or _ends_a_name(noun):
            return
        if children(noun, "cop"):
            for found in self._constructions.match(noun, self._lexicon.constructions.get("be", ())):
                yield found
                if isinstance(found, Candidate):
                    return
        yield from self._nouns.match(noun, lemmas, whole)

    def _is_noun(self, token: Token, lemmas: list[str]) -> bool:
        if token.pos_ == "NOUN" or token.tag_ in {"NN", "NNS"} or _is_gerund_noun(token):
            return True
        if token.dep_ in NOUN_ARCS and token.pos_ in {"VERB", "ADJ"}:
            # "A police raid was condemned": a verb is no subject, whatever the tagger says.
            return any(lemma in self._lexicon.nouns for lemma in lemmas)
        # "a sit-in": the parts of a hyphenated noun are verb and adverb to a tagger.
        is_hyphenated = any(lemma in self._lexicon.nouns for lemma in lemmas[:-2])
        return is_hyphenated and token.tag_ not in FINITE and not children(token, "nsubj", "aux")

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


def _ends_a_name(noun: Token) -> bool:
    """True of "Agreement" in "Free Trade Agreement", in a sentence that does not capitalise throughout."""
    if not noun.is_title or noun.i == noun.sent.start or not noun.nbor(-1).is_title or noun.nbor(-1).head != noun:
        return False
    return 2 * sum(token.is_title for token in noun.sent) < len(noun.sent)


def _is_gerund_noun(token: Token) -> bool:
    """True of "fighting" in "the fierce fighting with", which taggers take for a verb."""
    if token.tag_ != "VBG" or children(token, "obj", "xcomp", "ccomp"):
        return False
    if token.dep_ in {"nsubj", "csubj", "nsubj:pass"}:
        return True
    return any(child.dep_ in {"det", "amod", "nmod:poss", "case"} for child in token.children)
