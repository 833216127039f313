"""Lemmas by table and rule: what the treebanks say of a form, else what LemmInflect's tables and rules of English say.

A form with its part of speech and tag has one lemma nearly always, so a table learnt from the treebanks and the rules
for all other words beat a trained classifier ("bombed" is no "bombe"), and they are quicker.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from lemminflect import getLemma
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.pipeline import Lemmatizer
from spacy.tokens import Token
from spacy.training import Example
from thinc.api import Model

FACTORY = "dateline_lemmatizer"
TABLE = "lemma_by_form"
MODE = "table"
MIN_SHARE = 0.5
INFLECTED = frozenset({"NNS", "NNPS", "VBD", "VBG", "VBN", "VBZ", "JJR", "JJS", "RBR", "RBS"})
VERBAL = frozenset({"VBD", "VBG", "VBN", "VBZ"})
"""Tags of inflected verbs: their lemma is a verb that is known, or a slip of a treebank ("flead" of "fled")."""
OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
ANY_TAG = ""
AS_WRITTEN = frozenset({"PUNCT", "SYM", "X"})
INFLECTS_AS = {"NOUN": "NOUN", "VERB": "VERB", "ADJ": "ADJ", "ADV": "ADV", "AUX": "VERB", "PROPN": "NOUN"}
"""Parts of speech that inflect, and what LemmInflect calls them."""


class TableLemmatizer(Lemmatizer):
    """Sets ``token.lemma_`` from form, part of speech and tag."""

    @classmethod
    def get_lookups_config(cls, mode: str) -> tuple[list[str], list[str]]:
        """Required and optional tables of ``mode``."""
        return ([TABLE], []) if mode == MODE else super().get_lookups_config(mode)

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]] | None = None,
        *,
        nlp: Language | None = None,
        lookups: Lookups | None = None,
    ) -> None:
        """Learn the table from the examples, or take it from ``lookups``."""
        if lookups is None:
            lookups = Lookups()
            tokens = (token for example in (get_examples or list)() for token in example.reference)
            lookups.add_table(TABLE, learn_table(tokens))
        super().initialize(get_examples, nlp=nlp, lookups=lookups)

    def table_lemmatize(self, token: Token) -> list[str]:
        """The lemma of ``token``, as a list of one, as spaCy wants it."""
        is_noun = _is_capitalised_noun(token)
        key = (token.orth, token.pos, token.tag, is_noun)
        if key not in self.cache:
            part, tag = ("NOUN", "NNS") if is_noun else (token.pos_, token.tag_)
            table = self.lookups.get_table(TABLE)
            known = table.get(_key(token.lower_, part, tag)) or table.get(_key(token.lower_, part, ANY_TAG))
            is_slip = known is not None and tag in VERBAL and not getLemma(known, upos="VERB", lemmatize_oov=False)
            self.cache[key] = [lemma_by_rule(token.text, part, tag) if is_slip or not known else known]
        found: list[str] = self.cache[key]
        return found


def learn_table(tokens: Iterable[Token]) -> dict[str, str]:
    """Map form, part of speech and tag to the lemma that most of ``tokens`` give it, where no rule gives the same.

    Words of closed classes have an entry for any tag too, so that a wrong tag does not lose "'ll". Names are left out:
    their lemma follows how they are written, which the table does not keep.
    """
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for token in tokens:
        if token.lemma_ and token.pos_ != "PROPN":
            tags = {token.tag_} if token.pos_ in OPEN else {token.tag_, ANY_TAG}
            for tag in tags:
                counts[token.lower_, token.pos_, tag][token.lemma_] += 1
    table = {}
    for (form, part, tag), lemmas in counts.items():
        lemma, count = lemmas.most_common(1)[0]
        if lemma != lemma_by_rule(form, part, tag) and count > MIN_SHARE * lemmas.total():
            table[_key(form, part, tag)] = lemma
    return table


def _key(form: str, part: str, tag: str) -> str:
    return f"{form}|{part}|{tag}"


@lru_cache(maxsize=65536)
def lemma_by_rule(form: str, part: str, tag: str) -> str:
    """The lemma that the rules give a form, its universal part of speech and its Penn Treebank tag.

    Inflected forms are looked up or taken apart by LemmInflect; names keep their capitals, other words lose them.
    """
    if part in AS_WRITTEN or form == "I":
        return form
    # "Soldiers patrolled the streets": a verb in -ed is inflected, whatever the tagger takes it for.
    is_inflected = tag in INFLECTED or (part == "VERB" and form.endswith("ed"))
    if is_inflected and part in INFLECTS_AS:
        base = getLemma(form.lower(), upos=INFLECTS_AS[part])
        if base:
            return _written_like(form, base[0]) if part == "PROPN" else str(base[0])
    return form if part == "PROPN" else form.lower()


def _written_like(form: str, lemma: str) -> str:
    if form.isupper():
        return lemma.upper()
    return lemma[:1].upper() + lemma[1:] if form[:1].isupper() else lemma


def _is_capitalised_noun(token: Token) -> bool:
    """True of a common noun that only its place at the head of the sentence makes look like a name ("Hackers")."""
    if token.pos_ != "PROPN" or not token.is_sent_start or not token.is_title or token.ent_type_:
        return False
    opens_name = token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"
    return not opens_name and bool(getLemma(token.lower_, upos="NOUN", lemmatize_oov=False))


@Language.factory(
    FACTORY,
    requires=["token.pos", "token.tag"],
    assigns=["token.lemma"],
    default_config={"overwrite": True, "scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"}},
    default_score_weights={"lemma_acc": 1.0},
)
def create_lemmatizer(
    nlp: Language,
    name: str,
    overwrite: bool,  # noqa: FBT001 - spaCy names it
    scorer: Callable[..., dict[str, Any]] | None,
) -> TableLemmatizer:
    """Build the component for a pipeline's config."""
    model: Model[Any, Any] | None = None
    return TableLemmatizer(nlp.vocab, model, name, mode=MODE, overwrite=overwrite, scorer=scorer)
