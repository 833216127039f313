"""Passages with a corpus's own labels to gold Docs with the model's labels, unknown words left open."""

import re
from collections.abc import Iterator
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Token

from transforms.annotate.training.labels import OUTSIDE, UNKNOWN, Names, Passage, Span, target_of
from transforms.annotate.training.patterns import find_patterns

SILVER = frozenset({"gmb", "re3d"})
"""Corpora in which a capitalised word without label may still be a name."""

SENTENCE_ENDS = frozenset({".", "?", "!", ":", '"', "“", "”", "-", "--", "—", "("})


class Annotator:
    """Builds gold Docs of entities with one tokenizer and one set of names."""

    def __init__(self, nlp: Language, names: Names, common_words: frozenset[str]) -> None:
        self.nlp = nlp
        self.names = names
        self.common_words = common_words
        longest_first = sorted(names.labels, key=len, reverse=True)
        self._name = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def doc(self, passage: Passage) -> Doc:
        """The Doc of a passage, with its entities and where its sentences start."""
        doc = self.nlp.make_doc(passage.text)
        return Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            sent_starts=[token.idx in passage.sentence_starts for token in doc] if passage.sentence_starts else None,
            ents=cast("list[str]", self.marks(doc, passage)),
        )

    def marks(self, doc: Doc, passage: Passage) -> list[str | None]:
        """One mark for each word of ``doc``, whose text is that of the passage: ``O``, ``B-GPE``, ``I-GPE``.

        Words whose label nobody knows are missing (``None``), all others are inside or outside.
        """
        marks: list[str | None] = ["O"] * len(doc)
        if passage.corpus in SILVER:
            marks = [None if self._may_be_name(token) else "O" for token in doc]
        for span in self.spans(passage):
            tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
            if tokens is None:
                continue
            exact = tokens.start_char == span.start and tokens.end_char == span.end
            marks[tokens.start : tokens.end] = _marks(span.label if exact else UNKNOWN, len(tokens))
        return marks

    def spans(self, passage: Passage) -> list[Span]:
        """The passage's entities under the model's labels, and what names and patterns find beside them."""
        spans = list(self._labelled(passage))
        taken = [span for span in spans if span.label != UNKNOWN]
        for span in (*self._known_names(passage.text), *find_patterns(passage.text)):
            if not any(span.start < other.end and other.start < span.end for other in taken):
                taken.append(span)
                spans.append(span)
        return spans

    def _labelled(self, passage: Passage) -> Iterator[Span]:
        for span in passage.spans:
            start, end = span.start, span.end
            label = self.names.resolve(passage.text[start:end], target_of(passage.corpus, span.label))
            if label == "PERSON":
                start, end = self.names.without_title(passage.text, start, end)
            if label != OUTSIDE and start < end:
                yield Span(start, end, label)

    def _known_names(self, text: str) -> Iterator[Span]:
        for match in self._name.finditer(text):
            yield Span(match.start(), match.end(), self.names.labels[match.group()])

    def _may_be_name(self, token: Token) -> bool:
        if not token.text[:1].isupper() or token.text in self.names.titles or token.text == "I":
            return False
        opens = token.i == 0 or token.nbor(-1).text in SENTENCE_ENDS
        return not (opens and token.lower_ in self.common_words)


def _marks(label: str, length: int) -> list[str | None]:
    if label == UNKNOWN:
        return [None] * length
    return [f"B-{label}", *[f"I-{label}"] * (length - 1)]
