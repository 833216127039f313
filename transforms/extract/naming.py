"""Names and codes of the parties of one article: the phrase by itself first, then what it refers to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Span, Token

from transforms.annotate.document import LocatedSentence
from transforms.extract.kinds import Kinds
from transforms.extract.phrases import phrase
from transforms.extract.syntax import PASSIVE_SUBJECTS, SUBJECTS
from transforms.resolve.actors import ActorCode, ActorCoder
from transforms.resolve.coreference import Antecedent, DocumentActors

REFERRED_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
REFERRED_KINDS = frozenset({"person", "group", "organisation", "state"})


class ArticleNames:
    """Resolves phrases of one article, sentence by sentence in the order of the text."""

    def __init__(
        self, coder: ActorCoder, kinds: Kinds, text: str, *, sentence_starts: Sequence[int], on: date | None = None
    ) -> None:
        """``on`` is the day of publication: offices are held for a time."""
        self._on = on
        self._coder = coder
        self._kinds = kinds
        self._memory = DocumentActors(text, sentence_starts=sentence_starts)

    def observe(self, sentence: LocatedSentence) -> None:
        """Remember whom a sentence names, so that later phrases can refer to them."""
        for token in sentence.span:
            is_entity = token.ent_type_ in REFERRED_LABELS and token.head.ent_type_ != token.ent_type_
            is_subject = token.dep_ in SUBJECTS | PASSIVE_SUBJECTS
            if not (is_entity or (is_subject and token.pos_ in {"NOUN", "PROPN"})):
                continue
            kind = self._kinds.of(token)
            if kind not in REFERRED_KINDS and not is_entity:
                continue
            span = phrase(token)
            code = self._code(span, token)
            label = token.ent_type_ or None
            start = sentence.line.start + span.start_char
            self._memory.mention(
                span.text,
                start,
                label,
                code,
                kind=self._coder.kind(span.text, head=token.text, label=label),
                is_subject=is_subject,
                refers_to=self._memory.resolve(_with_determiner(span), token.text, start) if not is_entity else None,
            )

    def _code(self, span: Span, head: Token) -> ActorCode:
        return self._coder.code(span.text, head=head.text, label=head.ent_type_ or None, on=self._on)

    def name(self, span: Span, head: Token, *, start: int, speaker: Antecedent | None = None) -> ActorCode:
        """Code a phrase whose character offset in the article is ``start``.

        ``speaker`` is who says the quotation that the phrase stands in, for "we" and "I".
        """
        code = self._code(span, head)
        if code.country_code and head.dep_ in {"amod", "compound"}:
            # "an Israeli airstrike": a people's name before an act means its state.
            code = replace(code, sector="GOV" if code.sector in {None, "CIV"} else code.sector)
        found = self._memory.resolve(_with_determiner(span), head.text, start, speaker=speaker)
        if found is None:
            return code
        return replace(
            code,
            name=found.code.name or found.name,
            actor_id=found.code.actor_id or code.actor_id,
            country_code=code.country_code or found.code.country_code,
            sector=code.sector or found.code.sector,
        )

    def speaker(self, source: Span | None, *, start: int) -> Antecedent | None:
        """Who the source of a quotation is, as an antecedent for its "we" and "I"."""
        if source is None:
            return None
        code = self.name(source, source.root, start=start)
        return Antecedent(code.name or source.text, code)


def _with_determiner(span: Span) -> str:
    start = int(span.start)
    doc = span.doc
    if start > span.sent.start and doc[start - 1].pos_ == "DET":
        start -= 1
    return str(doc[start : span.end].text)
