"""What the words around an event say of it: PLOVER contexts, and the domain of the whole document."""

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from transforms.extract.entries import Lexicon

GATED_DOMAINS_MINIMUM = 12.0
"""Weighted cue words per thousand words from which a document counts as of a domain that is no politics."""

CUES_MINIMUM = 2
WEIGHT_MINIMUM = 4.0
"""Different cues, and their weight together, below which a short text tells no domain ("stormed" is not weather)."""


def contexts(sentence: Span, lexicon: Lexicon) -> tuple[str, ...]:
    """The PLOVER contexts whose cues stand in ``sentence``, in alphabetical order."""
    words = [token.lower_ for token in sentence]
    lemmas = [token.lemma_.lower() for token in sentence]
    found: set[str] = set()
    for position, lemma in enumerate(lemmas):
        for first in {lemma, words[position]}:
            for cue, context in lexicon.contexts.get(first, ()):
                end = position + len(cue)
                if tuple(lemmas[position:end]) == cue or tuple(words[position:end]) == cue:
                    found.add(context)
    return tuple(sorted(found))


def domain(docs: Iterable[Doc], lexicon: Lexicon) -> str | None:
    """The domain that is no politics ("sports", "business", ...) of a document, or None.

    Weights of ``seeds/lexicon/domain_cues.csv`` are added per domain and divided by the document's length.
    """
    scores: dict[str, float] = {}
    n_words = 0
    lemma_counts: Counter[str] = Counter()
    for doc in docs:
        n_words += len(doc)
        lemma_counts.update(token.lemma_.lower() for token in doc if token.is_alpha)
    for name, cues in lexicon.domains.items():
        scores[name] = sum(weight * lemma_counts[lemma] for lemma, weight in cues.items() if lemma in lemma_counts)
    if not scores or not n_words:
        return None
    name = max(scores, key=scores.__getitem__)
    n_cues = sum(lemma_counts[lemma] > 0 for lemma in lexicon.domains[name])
    is_told = n_cues >= CUES_MINIMUM and scores[name] >= WEIGHT_MINIMUM
    return name if is_told and 1000 * scores[name] / n_words >= GATED_DOMAINS_MINIMUM else None
