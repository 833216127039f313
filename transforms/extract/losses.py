"""Numbers of killed and injured beside words of harm, read from the surface of a sentence.

"14 dead, 30 wounded", "killing at least 5": headlines and lists of losses are easier to read so than by their parse.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile

from spacy.tokens import Span, Token

import seeds
from transforms.extract.coordination import coordinated
from transforms.extract.syntax import children
from transforms.extract.word_lists import word_list
from transforms.resolve.counts import parse_count

LONGEST_PHRASE = 9
"""Words of the longest phrase with a number that is looked for beside a word of harm."""
NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET"})
ATTRIBUTED = frozenset({"NOUN", "PROPN", "ADJ"})
"""What stands behind a participle that describes it ("two wounded soldiers")."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A number of people that a sentence says were killed or injured, with the word that says so."""

    field: str
    number: int
    word: Token


def losses_of(sentence: Span) -> list[Loss]:
    """The losses that ``sentence`` tells, in its order."""
    found: list[Loss] = []
    for word in sentence:
        for field, side in _forms().get(word.lower_, ()):
            number = _number_beside(word, sentence, side)
            if number is not None and (side != "none" or number == 0):
                found.append(Loss(field, number, word))
    return found


@cache
def _forms() -> Mapping[str, Sequence[tuple[str, str]]]:
    forms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in seeds.read_table("lexicon/losses"):
        forms[row["form"]].append((row["field"], row["side"]))
    return forms


def _number_beside(word: Token, sentence: Span, side: str) -> int | None:
    if side == "of":
        of = sentence.doc[word.i + 1 : word.i + 2]
        return _stated(_phrase_after(of[0], sentence)) if of.text == "of" else None
    number = None
    if side != "after" and not _describes(word, sentence):
        number = _stated(_subject_before(word) or _phrase_before(word, sentence))
    if number is None and side in {"after", "either"} and not _is_passive(word, sentence):
        number = _stated(_phrase_after(word, sentence))
    return number


def _describes(word: Token, sentence: Span) -> bool:
    return word.tag_ in {"VBN", "JJ"} and word.i + 1 < sentence.end and word.nbor(1).pos_ in ATTRIBUTED


def _is_passive(word: Token, sentence: Span) -> bool:
    before = next((token for token in _backwards(word, sentence) if token.pos_ != "ADV"), None)
    return before is not None and before.lower_ in word_list("auxiliary of a loss")


def _subject_before(word: Token) -> list[Token]:
    """The subject of a verb of dying or of a passive with all that is joined to it: "a soldier and two rebels"."""
    is_dying = word.lemma_.lower() in word_list("verb of dying")
    for subject in children(word, *(("nsubj", "nsubj:pass") if is_dying else ("nsubj:pass",))):
        last = max((token.i for token in coordinated(subject)), default=subject.i)
        if last < word.i and last - subject.left_edge.i < LONGEST_PHRASE:
            return list(word.doc[subject.left_edge.i : last + 1])
    return []


def _phrase_before(word: Token, sentence: Span) -> list[Token]:
    """The noun phrase that ends before ``word``, auxiliaries and adverbs between them apart."""
    return _phrase_along(dropwhile(_stands_between, _backwards(word, sentence)))[::-1]


def _phrase_after(word: Token, sentence: Span) -> list[Token]:
    """The noun phrase that begins behind ``word``."""
    return _phrase_along(sentence.doc[word.i + 1 : sentence.end])


def _phrase_along(tokens: Iterable[Token]) -> list[Token]:
    """The words of a noun phrase that ``tokens`` begin with, in their order."""
    found: list[Token] = []
    for token in tokens:
        is_inner = bool(found) and token.text == "-"
        if len(found) == LONGEST_PHRASE or not (_is_of_phrase(token) or is_inner):
            break
        found.append(token)
    return found


def _stands_between(token: Token) -> bool:
    """True of what may stand between a noun phrase and the word behind it: "were", "also"."""
    return token.pos_ == "ADV" or token.lower_ in word_list("auxiliary of a loss")


def _is_of_phrase(token: Token) -> bool:
    return token.ent_type_ not in {"DATE", "TIME"} and (
        token.pos_ in NAMING or token.lower_ in word_list("rounding of a loss")
    )


def _backwards(word: Token, sentence: Span) -> list[Token]:
    return list(reversed(sentence.doc[sentence.start : word.i]))


def _stated(phrase: Sequence[Token]) -> int | None:
    """The number that a phrase of people states; a single thing ("a house", "a bridge") is asked of the parse."""
    if not phrase:
        return None
    doc = phrase[0].doc
    return parse_count(doc[phrase[0].i : phrase[-1].i + 1].text)
