"""Lemmas put right by LemmInflect's tables and rules where the trained lemmatiser made up a word ("neutralis")."""

from functools import lru_cache

from lemminflect import getLemma
from spacy.language import Language
from spacy.tokens import Doc, Token

COMPONENT = "dateline_lemmas"
OPEN_CLASSES = frozenset({"VERB", "NOUN"})


@Language.component(COMPONENT)
def correct_lemmas(doc: Doc) -> Doc:
    """Replace the lemma of a verb or noun that no table or rule of English derives from its form."""
    for token in doc:
        part = "NOUN" if _is_capitalised_noun(token) else token.pos_
        if part in OPEN_CLASSES:
            lemmas = _lemmas(token.lower_, part)
            if lemmas and token.lemma_.lower() not in lemmas:
                token.lemma_ = lemmas[0]
    return doc


def _is_capitalised_noun(token: Token) -> bool:
    """True of a common noun that only its place at the head of the sentence makes look like a name ("Hackers")."""
    return bool(token.pos_ == "PROPN" and token.is_sent_start and token.is_title and not token.ent_type_)


@lru_cache(maxsize=65536)
def _lemmas(form: str, part: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getLemma(form, upos=part)
    return found
