"""Names and codes of the parties of one article: the phrase by itself first, then what it refers to."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Span, Token

from transforms.annotate.document import LocatedSentence
from transforms.extract.bearers import appositions, name_beside, owners
from transforms.extract.binding import bound
from transforms.extract.kinds import Kinds
from transforms.extract.phrases import phrase
from transforms.extract.quotations import quoted_regions
from transforms.extract.syntax import PASSIVE_SUBJECTS, SUBJECTS
from transforms.resolve.actor_codes import UNKNOWN
from transforms.resolve.actors import ActorCode, ActorCoder
from transforms.resolve.coreference import Antecedent, DocumentActors
from transforms.resolve.coreference_words import may_mean
from transforms.resolve.word_classes import word_class

COALITION = "coalition"
FIRST_PERSON = re.compile(r"\bI\b(?!\.)")
"""What no statement of a government says, but any opinion piece does."""
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
        self._text = text
        self._is_statement = FIRST_PERSON.search(text) is None
        self._long_names: list[tuple[int, int]] = []
        forces = "|".join(sorted(word_class("coalition force")))
        leads = "|".join(sorted(word_class("armed coalition")))
        acts = "|".join(sorted(word_class("coalition act")))
        armed = rf"\b{COALITION} (?:{forces})\b|\b{COALITION}(?: \S+){{0,4}} (?:{acts})\b|\b(?:{leads}) {COALITION}\b"
        self._is_coalition_armed = re.search(armed, text, re.IGNORECASE) is not None

    def observe(self, sentence: LocatedSentence) -> None:
        """Remember whom a sentence names, so that later phrases can refer to them."""
        start_char = int(sentence.span.start_char)
        self._long_names = [
            (start_char + start, start_char + end) for start, end in self._coder.long_names(sentence.span.text)
        ]
        for token in sentence.span:
            is_part = token.head.ent_type_ == token.ent_type_ and token.dep_ != "conj"
            is_entity = token.ent_type_ in REFERRED_LABELS and not is_part
            is_subject = token.dep_ in SUBJECTS | PASSIVE_SUBJECTS
            is_owner = token.dep_ == "nmod:poss"
            if not (is_entity or ((is_subject or is_owner) and token.pos_ in {"NOUN", "PROPN"})):
                continue
            kind = self._kinds.of(token)
            if not is_entity and (kind not in REFERRED_KINDS or (is_owner and kind == "person")):
                continue
            span = phrase(token)
            code = self._with_appositions(self._code(span, token), token, sentence.line.start)
            named = name_beside(token) if code.name is not None else None
            if named is not None:
                # "the adviser, Ada Roe, said": the name comes first to the memory, so that she is known as a person.
                text = phrase(named).text
                kind_of_name = self._coder.kind(text, head=named.text, label="PERSON")
                place = sentence.line.start + int(named.left_edge.idx)
                self._memory.mention(text, place, "PERSON", code, kind=kind_of_name, is_subject=is_subject)
            start = sentence.line.start + span.start_char
            for begin, _, half in self.nations(span, token):
                if half.name is not None:  # "North and South Korea": "the South" may take up the second
                    place = start + begin
                    self._memory.mention(half.name, place, "GPE", half, kind="state", is_subject=is_subject)
            label = token.ent_type_ or None
            text, word, whole_label = self._whole(span, token)
            is_new = is_entity and token.lower_ not in word_class("compass point")
            self._memory.mention(
                span.text,
                start,
                label,
                code,
                kind=self._coder.kind(text, head=word, label=whole_label),
                is_subject=is_subject,
                refers_to=None if is_new else self._memory.resolve(_with_determiner(span), token.text, start),
            )

    def _code(self, span: Span, head: Token, owner: ActorCode | None = None) -> ActorCode:
        """Code a phrase by itself; where its head is inside a longer known name, that name is the phrase."""
        text, word, label = self._whole(span, head)
        return self._coder.code(text, head=word, label=label, on=self._on, owner=owner)

    def _whole(self, span: Span, head: Token) -> tuple[str, str, str | None]:
        """Text, head word and label of a phrase, or of the long name that its head is inside of."""
        for start, end in self._long_names:
            if start <= head.idx < end and not (span.start_char <= start and end <= span.end_char):
                whole = head.doc.text[start:end]
                return whole, whole.rsplit(maxsplit=1)[-1], "ORG"
        return span.text, head.text, head.ent_type_ or None

    def _with_appositions(self, code: ActorCode, head: Token, line_start: int) -> ActorCode:
        """Take country and sector, where they are not told yet, from what stands beside the phrase between commas."""
        for span, other in appositions(head) if None in (code.country_code, code.sector, code.name) else ():
            told = self._code(span, other)
            if other.ent_type_ == "PERSON":
                found = self._memory.resolve(span.text, other.text, line_start + int(span.start_char))
                told = replace(_completed(told, found.code), name=found.name) if found is not None else told
            is_name = other == name_beside(head) and code.name is None
            if told.sector is not None or told.actor_id is not None or is_name:
                is_same = code.name in {None, told.name}  # "Roe, of the Courier," is not the Courier
                code = replace(
                    _completed(code, told),
                    name=code.name or told.name,
                    actor_id=code.actor_id or (told.actor_id if is_same else None),
                )
        return code

    def is_stateless(self, people: Token) -> bool:
        """True of the name of a people or faith that tells no country: "Arab", "Kurdish", "Sunni"."""
        return people.ent_type_ == "NORP" and self._coder.code(people.text, head=people.text).country_code is None

    def nations(self, span: Span, head: Token) -> list[tuple[int, int, ActorCode]]:
        """Offsets in the phrase and codes where it means several states or their people: see ``ActorCoder.nations``."""
        text, word, label = self._whole(span, head)
        return self._coder.nations(text, head=word, label=label) if text == span.text else []

    def _owner(self, head: Token, line_start: int) -> ActorCode | None:
        """Who is behind a possessor or "of" phrase that only refers to somebody: "its navy", "members of the group"."""
        for owner in owners(head):
            meant = bound(owner, head, self._kinds)
            span = phrase(meant)
            code = self._code(span, meant)
            if code.country_code is None or code.name is None:
                found = self._memory.resolve(_with_determiner(span), meant.text, line_start + int(span.start_char))
                if found is not None:
                    return found.code
            if meant != owner and code.country_code is not None:
                return code
        return None

    def name(
        self,
        span: Span,
        head: Token,
        *,
        start: int,
        speaker: Antecedent | None = None,
        others: Collection[str] = (),
    ) -> ActorCode:
        """Code a phrase whose character offset in the article is ``start``.

        ``speaker`` is who says the quotation that the phrase stands in, for "we" and "I"; ``others`` names whom a
        pronoun does not mean: "him" is never who thanks him.
        """
        code = self._bound(span, head, start=start, speaker=speaker, others=others)
        if code is not None:
            return code
        code = self._by_itself(span, head, start=start)
        found = self._referred(span, head, code, start=start, speaker=speaker, others=others)
        return code if found is None else self._taken_up(code, found, span.text, head.text)

    def _bound(
        self, span: Span, head: Token, *, start: int, speaker: Antecedent | None, others: Collection[str]
    ) -> ActorCode | None:
        """Whom "his" in "his promise" means by grammar, where that is told."""
        meant = bound(head, head.head, self._kinds) if head.dep_ == "nmod:poss" else head
        if meant == head:
            return None
        taken_up = phrase(meant)
        place = start - int(span.start_char) + int(taken_up.start_char)
        code = self.name(taken_up, meant, start=place, speaker=speaker, others=others)
        name = code.name or taken_up.text
        return replace(code, name=name) if may_mean(head.lower_, taken_up.text, name) else None

    def _by_itself(self, span: Span, head: Token, *, start: int) -> ActorCode:
        """What a phrase says with its owner and what stands beside it."""
        code = self._code(span, head)
        if code.country_code is None:
            owner = self._owner(head, start - int(span.start_char))
            code = self._code(span, head, owner) if owner is not None else code
        code = self._with_appositions(code, head, start - int(span.start_char))
        if code.country_code and head.dep_ in {"amod", "compound"}:
            # "an Israeli airstrike": a people's name before an act means its state.
            code = replace(code, sector="GOV" if code.sector in {None, "CIV"} else code.sector)
        if head.lower_ == COALITION and code.sector is None and self._is_coalition_armed:
            code = replace(code, sector="MIL")
        return code

    def _referred(
        self,
        span: Span,
        head: Token,
        code: ActorCode,
        *,
        start: int,
        speaker: Antecedent | None,
        others: Collection[str],
    ) -> Antecedent | None:
        """Whom the article has named before, as far as the phrase takes anybody up."""
        found = self._memory.resolve(_with_determiner(span), head.text, start, speaker=speaker, others=others)
        if found is None and code.name is not None and code.actor_id is None and head.ent_type_ == "PERSON":
            # "In Turkey Minister Roe met": the name alone, where the phrase has drawn in more.
            found = self._memory.resolve(code.name, code.name.rsplit(maxsplit=1)[-1], start)
        if found is None and speaker is None and head.lower_ in word_class("issuer pronoun") and self._is_statement:
            found = None if _is_quoted(self._text, start) else self._memory.issuer()
        return found

    def _taken_up(self, code: ActorCode, found: Antecedent, text: str, head: str) -> ActorCode:
        """The code of a phrase that takes up somebody named before."""
        if self._is_surname(text, found):
            return replace(found.code, name=found.name)
        if _are_of_two_countries(code, found.code) or self._are_two(code, found, text, head):
            return code
        if code.actor_id is not None and code.actor_id != found.code.actor_id:
            code = UNKNOWN  # the tables took the surname for somebody else
        if found.code.actor_id and {code.sector, found.code.sector} == {"REB", "IMG"}:
            code = replace(code, sector=found.code.sector)  # "the terrorist group" is what its name is
        return replace(
            _completed(code, found.code),
            name=found.code.name or found.name,
            actor_id=found.code.actor_id or code.actor_id,
        )

    def _is_surname(self, text: str, found: Antecedent) -> bool:
        """True of "London" where the article has named one Ann London."""
        given, _, surname = found.name.rpartition(" ")
        return bool(given) and surname == text and self._coder.is_capital(text) and found.code.actor_id is None

    def _are_two(self, code: ActorCode, found: Antecedent, text: str, head: str) -> bool:
        """True of somebody known by name who would take up another ("Chad" in an article on the "Chad Relief Fund").

        A bare surname is whom the article has named in full, whoever else of that name is in office.
        """
        if code.actor_id is None or code.actor_id == found.code.actor_id:
            return False
        is_surname = self._coder.kind(text, head=head) == "person" and (code.name or "").partition(" ")[0] not in text
        return not (is_surname and found.name.lower().endswith(f" {head.lower()}"))

    def speaker(self, source: Span | None, *, start: int) -> Antecedent | None:
        """Who the source of a quotation is, as an antecedent for its "we" and "I"."""
        if source is None:
            return None
        code = self.name(source, source.root, start=start)
        return Antecedent(code.name or source.text, code)


def _is_quoted(text: str, place: int) -> bool:
    """True of a place inside the double quotation marks of its paragraph."""
    start = text.rfind("\n", 0, place) + 1
    return any(begin <= place - start < end for begin, end in quoted_regions(text[start : place + 1]))


def _are_of_two_countries(code: ActorCode, told: ActorCode) -> bool:
    """True where a phrase belongs to another country than what it seems to take up ("his country")."""
    return None not in {code.country_code, told.country_code} and code.country_code != told.country_code


def _completed(code: ActorCode, told: ActorCode) -> ActorCode:
    return replace(code, country_code=code.country_code or told.country_code, sector=code.sector or told.sector)


def _with_determiner(span: Span) -> str:
    start = int(span.start)
    doc = span.doc
    if start > span.sent.start and (doc[start - 1].pos_ == "DET" or doc[start - 1].dep_ == "nmod:poss"):
        start -= 1
    return str(doc[start : span.end].text)
