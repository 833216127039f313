"""Names in GUM: mentions that are linked to an article of Wikipedia.

A linked mention may be a pronoun or a description; what counts is the name in it. Mentions without a link say nothing
of names, so capitalised words outside linked ones are missing, as in the silver corpora.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from transforms.annotate.training.conllu import TreebankSentence, Word, make_doc
from transforms.annotate.training.entities import Annotator
from transforms.annotate.training.labels import Passage, Span

CORPUS = "ud_gum"
BRACKET = re.compile(r"\((?P<id>\d+)-(?P<kind>[a-z]+)-(?P<rest>[^()]*)(?P<single>\))?|(?P<closed>\d+)\)")
LINK = 5
"""Fields after the kind of a mention: information status, salience, centering, least span, anaphora, then the link."""
KINDS = frozenset({"person", "place", "organization", "event"})
JOINING = frozenset({"of", "the", "for", "and", "de", "al", "-", "'s", "’s", "&", "."})

Mention = tuple[int, int, str]


def linked_names(vocab: Vocab, group: list[TreebankSentence], annotator: Annotator) -> Doc:
    """The Doc of a paragraph with the names of its linked mentions as entities."""
    doc = make_doc(vocab, group)
    spans: list[Span] = []
    offset = 0
    for sentence in group:
        for start, end, kind in sorted(mentions(sentence.words), key=lambda mention: mention[0] - mention[1]):
            name = name_in(sentence.words, start, end)
            if name is not None:
                first, last = doc[offset + name[0]], doc[offset + name[1] - 1]
                span = Span(first.idx, last.idx + len(last), kind if kind in KINDS else "other")
                if not any(span.start < other.end and other.start < span.end for other in spans):
                    spans.append(span)
        offset += len(sentence.words)
    return make_doc(vocab, group, entities=annotator.marks(doc, Passage(CORPUS, doc.text, tuple(spans))))


def mentions(words: Sequence[Word]) -> Iterator[Mention]:
    """The linked mentions of a sentence as first word, end and kind; ends of mentions opened elsewhere are left out."""
    opened: dict[str, list[tuple[int, str, bool]]] = {}
    for place, word in enumerate(words):
        for bracket in BRACKET.finditer(word.entity):
            if bracket["id"]:
                is_linked = bracket["rest"].count("-") >= LINK
                opened.setdefault(bracket["id"], []).append((place, bracket["kind"], is_linked))
            number = bracket["closed"] or (bracket["id"] if bracket["single"] else None)
            if number and opened.get(number):
                start, kind, is_linked = opened[number].pop()
                if is_linked:
                    yield start, place + 1, kind


def name_in(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """The name within a mention: capitalised words and what joins them, up to a comma; none where other words stand."""
    comma = next((place for place in range(start, end) if words[place].form in {",", "(", ":"}), end)
    capitals = [place for place in range(start, comma) if words[place].form[:1].isupper() and _names(words[place])]
    if not capitals:
        return None
    first, last = capitals[0], capitals[-1] + 1
    between = (words[place] for place in range(first, last) if place not in capitals)
    return (first, last) if all(word.form in JOINING or word.upos == "NUM" for word in between) else None


def _names(word: Word) -> bool:
    return word.upos in {"PROPN", "X"} or (word.upos in {"NOUN", "ADJ", "VERB"} and word.xpos.startswith("NNP"))
