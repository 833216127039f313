"""Newswire with parts of speech but no parses, to measure on: whether the main verbs of news are known as such."""

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from transforms.annotate.training.tagged import TaggedSentence, spacing

TRUSTED = frozenset(
    {
        "VB",
        "VBD",
        "VBG",
        "VBN",
        "VBP",
        "VBZ",
        "MD",
        "NN",
        "NNS",
        "JJ",
        "JJR",
        "JJS",
        "RB",
        "IN",
        "DT",
        "CD",
        "PRP",
        "PRP$",
    }
)


def tag_passage(nlp: Language, sentences: Sequence[TaggedSentence]) -> Doc:
    """The Doc of some sentences with the tags that are trusted; all other annotation is missing.

    Not trusted are capitalised words, where corpora differ on names and demonyms, and words that this tokenizer splits
    otherwise than the corpus.
    """
    text, tags = "", {}
    for sentence in sentences:
        text = f"{text} " if text else ""
        for word, tag, gap in zip(sentence.words, sentence.parts_of_speech, spacing(sentence.words), strict=True):
            if tag in TRUSTED and word.islower():
                tags[len(text), len(text) + len(word)] = tag
            text += word + " " * gap
    doc = nlp.make_doc(text)
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[tags.get((token.idx, token.idx + len(token)), "") for token in doc],
    )


def tag_documents(
    nlp: Language, sentences: Sequence[TaggedSentence], *, together: int, every: int, first: int = 0
) -> Iterator[Doc]:
    """Join every ``together`` sentences and yield the Docs of one in ``every`` such passages, from the ``first`` on."""
    for start in range(first * together, len(sentences), together * every):
        yield tag_passage(nlp, sentences[start : start + together])
