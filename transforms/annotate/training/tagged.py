"""Reads entity corpora of one tagged word per line, and puts their words together to natural text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transforms.annotate.training.files import open_text
from transforms.annotate.training.labels import Passage, Span

CLOSING = frozenset(
    {".", ",", ";", ":", "?", "!", "%", ")", "]", "'s", "’s", "n't", "'re", "'ve", "'ll", "'d", "'m", "...", "''"}
)
OPENING = frozenset({"$", "£", "€", "(", "[", "``", "#"})
QUOTES = frozenset({'"', "“", "”"})


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """Words with one entity tag each: ``O``, ``B-label`` or ``I-label`` (all ``I-`` in IO corpora).

    ``parts_of_speech`` are Penn tags of the words where the corpus has them.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    sent_id: str = ""
    parts_of_speech: tuple[str, ...] = ()


def read_tagged(path: Path, *, word: int = 0, tag: int = -1, separator: str | None = None) -> Iterator[TaggedSentence]:
    """Yield the sentences of a file with one word a line and a blank line after each sentence.

    ``word`` and ``tag`` are the columns. Lines of comments carry the sentence's id; ``-DOCSTART-`` lines are left out.
    """
    words: list[str] = []
    tags: list[str] = []
    sent_id = ""
    with open_text(path) as lines:
        for line in lines:
            cells = line.rstrip("\n").split(separator)
            if line.startswith("# sent_id"):
                sent_id = line.partition("=")[2].strip()
            elif not line.strip():
                if words:
                    yield TaggedSentence(tuple(words), tuple(tags), sent_id)
                words, tags = [], []
            elif not line.startswith("# ") and "-DOCSTART-" not in line:
                words.append(cells[word])
                tags.append(cells[tag])
    if words:
        yield TaggedSentence(tuple(words), tuple(tags), sent_id)


def spacing(words: Sequence[str]) -> list[bool]:
    """Whether a space follows each word where a tokenizer took the text's own spaces away."""
    spaces = [True] * len(words)
    inside_quote = False
    for index, word in enumerate(words):
        joins_left = word in CLOSING or (word == "'" and index > 0 and words[index - 1].endswith("s"))
        if word in QUOTES:
            joins_left, inside_quote = inside_quote, not inside_quote
            spaces[index] = not inside_quote
        elif word in OPENING:
            spaces[index] = False
        if joins_left and index:
            spaces[index - 1] = False
    if spaces:
        spaces[-1] = False
    return spaces


def entity_groups(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first word, end word, label) of each entity in IOB2 or IO tags."""
    start = 0
    for index in range(1, len(tags) + 1):
        if index == len(tags) or tags[index] == "O" or not _continues(tags[index - 1], tags[index]):
            if tags[start] != "O":
                yield start, index, tags[start][2:]
            start = index


def _continues(before: str, tag: str) -> bool:
    return before != "O" and tag[0] == "I" and tag[2:] == before[2:]


def passage(corpus: str, sentences: Iterable[TaggedSentence]) -> Passage:
    """Join sentences with single spaces to one passage."""
    text, spans, sentence_starts = "", [], []
    for sentence in sentences:
        text = f"{text} " if text else ""
        sentence_starts.append(len(text))
        starts = []
        for word, gap in zip(sentence.words, spacing(sentence.words), strict=True):
            starts.append(len(text))
            text += word + " " * gap
        text = text.rstrip()
        for first, end, label in entity_groups(sentence.tags):
            spans.append(Span(starts[first], starts[end - 1] + len(sentence.words[end - 1]), label))
    return Passage(corpus, text, tuple(spans), tuple(sentence_starts))
