"""When an event happened, as far as its sentence says."""

from collections.abc import Set
from datetime import date

from spacy.tokens import Span, Token

from transforms.extract.attribution import Speech
from transforms.extract.candidates import Candidate
from transforms.extract.circumstances import GROUNDS, OCCASIONS, closes_with
from transforms.extract.clauses import subject
from transforms.extract.date_offsets import offset_of
from transforms.extract.passives import agents, is_passive
from transforms.extract.syntax import TREE_HEIGHT, ancestors, case_of
from transforms.extract.toponyms import PLACE_LABELS
from transforms.extract.word_lists import word_list
from transforms.resolve.dates import Tense, find_dates, resolve_date, resolve_near
from transforms.resolve.retold import TimeOfAct

MODIFIERS = frozenset({"nummod", "compound", "amod", "nmod:poss"})
"""Arcs of a date that describes a thing ("the 2016 election") and dates no act."""
HOLDING = frozenset({"in", "at", "by", "during", "amid", "with", "when", "as"})
"""Prepositions of a noun of event that holds or does what the verb tells, at the verb's time."""
WHERE = frozenset("in at near outside around across inside within along off for between".split())
"""Prepositions of a place that a date right behind it goes with."""
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
TAKING_UP = frozenset({"the", "this", "that"})
"""Determiners of a noun that was told of before."""
NAMES = frozenset({"ORG", "PRODUCT", "WORK_OF_ART"})
FAR = 6
"""What a date that an event only shares with another is behind one that stands in its own clause, in arcs."""


def tense_of(candidate: Candidate, status: str) -> Tense:
    """The direction in which a date without a year lies."""
    if status == "planned":
        return "future"
    verb = candidate.anchor
    for token in [verb, *ancestors(verb)]:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        forms = {token.tag_, *(child.tag_ for child in token.children if child.dep_ in {"aux", "aux:pass", "cop"})}
        if any(child.lower_ in {"will", "shall", "'ll", "’ll"} for child in token.children if child.dep_ == "aux"):
            return "future"
        if forms & {"VBD", "VBN"}:
            return "past"
        if forms & {"VBP", "VBZ"}:
            return "present"
    return "past"


def is_narrated(anchor: Token) -> bool:
    """True where the clause of an event's verb is in the simple past, with which news goes on with a day's story.

    "had shelled" and "has shelled" count from elsewhere. Participles, and nouns of what the verb does or holds, go with
    it.
    """
    verb = anchor
    for _ in range(TREE_HEIGHT):
        if verb.tag_ in FINITE or not _shares_time(verb) or verb.head == verb:
            break
        verb = verb.head
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    if any(child.lemma_ == "have" or child.tag_ == "MD" for child in auxiliaries):
        return False
    return verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries)


def subject_of(anchor: Token) -> str | None:
    """The lemma of who does what a verb in the simple past tells; empty for a pronoun or where nobody is named.

    None for anything but a clause in the simple past.
    """
    if not is_narrated(anchor):
        return None
    doers = agents(anchor) if is_passive(anchor) else [token for token in [subject(anchor)] if token is not None]
    return next((token.lemma_.lower() for token in doers if token.pos_ != "PRON"), "")


def told_in(sentence: Span) -> frozenset[str]:
    """Lemmas of what a sentence's main clause does or holds, which "during the search" may take up later."""
    verb = sentence.root
    nouns = [noun for noun in verb.children if noun.pos_ == "NOUN" and _is_held(noun)]
    return frozenset(token.lemma_.lower() for token in [verb, *nouns])


def _is_held(noun: Token) -> bool:
    """True of what was done or took place: "conducted a search", "a protest began", "were hurt at a rally"."""
    verb = noun.head.lemma_.lower()
    if noun.dep_ == "obj":
        return verb in word_list("holding verb")
    is_subject = noun.dep_ in {"nsubj", "nsubj:pass"}
    return verb in word_list("occurrence verb") if is_subject else case_of(noun) in OCCASIONS


def occasion_of(anchor: Token) -> str | None:
    """The lemma of the occasion that a clause takes up: "search" for "during the search, soldiers arrested two"."""
    for token in [anchor, *ancestors(anchor)]:
        for noun in token.children:
            is_occasion = noun.dep_ == "obl" and noun.pos_ == "NOUN" and case_of(noun) in OCCASIONS
            if is_occasion and any(child.lower_ in TAKING_UP for child in noun.children):
                return noun.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"conj", "advcl", "xcomp"}:
            break
    return None


class DateReader:
    """Dates of the events of one sentence: each expression goes to the event whose clause it stands in."""

    def __init__(self, sentence: Span, candidates: list[Candidate], speeches: list[Speech]) -> None:
        self._sentence = sentence
        self._triggers = {candidate.trigger.i for candidate in candidates} | {
            candidate.anchor.i for candidate in candidates
        }
        self._expressions: list[tuple[str, Token]] = []
        self._occasions: list[tuple[str, Token]] = []
        offset = int(sentence.start_char)
        for expression in find_dates(sentence.text):
            span = sentence.doc.char_span(offset + expression.start, offset + expression.end, alignment_mode="expand")
            if span is None or _is_of_name(span):
                continue
            noun = span.root.head
            named = _act_before(span, self._triggers)
            if named is not None:
                self._expressions.append((expression.text, named))
            if span.root.dep_ not in MODIFIERS or noun.i in self._triggers:
                self._expressions.append((expression.text, _place_before(span) or span.root))
            elif noun.dep_ == "obl" and case_of(noun) in OCCASIONS and expression.text.lower() != "overnight":
                # "the 2016 election" dates no act, "killed during Friday's search" does; an overnight one has two days.
                self._occasions.append((expression.text, noun))
        self._speech_verbs = {speech.verb.i for speech in speeches}

    def date_of(
        self, candidate: Candidate, *, published: date | None, tense: Tense, anchor: date | None = None
    ) -> TimeOfAct | None:
        """The date that the sentence gives the event, or None.

        ``anchor`` is the date told last before this sentence: "two days later" counts from it.
        """
        offset = offset_of(candidate.anchor) or offset_of(candidate.trigger)
        if offset is not None:
            told = self._nearest({offset.beside.i}, offset.beside, published, "past", anchor)
            resolved = offset.applied_to(told.resolved) if told is not None else None
            return TimeOfAct(f"{offset.text} {told.text}", resolved) if told is not None and resolved else None
        return self._nearest({candidate.trigger.i, candidate.anchor.i}, candidate.anchor, published, tense, anchor)

    def story(self, *, published: date | None) -> TimeOfAct | None:
        """The date of the sentence's main clause, event or not, where it tells in the simple past what was done."""
        verb = self._sentence.root
        if not is_narrated(verb) or verb.i in self._speech_verbs:
            return None
        return self._nearest({verb.i}, verb, published, "past", None)

    def _nearest(
        self, own: set[int], anchor: Token, published: date | None, tense: Tense, told_last: date | None
    ) -> TimeOfAct | None:
        """The nearest date of an act whose trigger and anchor are ``own``."""
        ranked = sorted(
            (distance, number)
            for number, (_, root) in enumerate(self._expressions)
            if (distance := self._distance(own, anchor, root)) is not None
        )
        held = [text for text, noun in self._occasions if noun.head.i in own]
        for text in [*(self._expressions[number][0] for _, number in ranked), *held]:
            resolved = resolve_date(text, published=published, tense=tense, anchor=told_last)
            if resolved is None and published is None:
                resolved = resolve_near(text, [other for other, _ in self._expressions], told_last)
            if resolved is not None:
                return TimeOfAct(text=text, resolved=resolved)
        return None

    def _distance(self, own: set[int], anchor: Token, root: Token) -> int | None:
        """Arcs from a date to the act of ``anchor``, or None where it is of something else."""
        above = {token.i for token in ancestors(anchor)}
        is_by_place = _is_place(root) or (_is_place(root.head) and root.i > root.head.i)
        if root.dep_ in MODIFIERS and not is_by_place:
            return 0 if root.head.i in own else None
        is_of_noun = root.head.pos_ in {"NOUN", "PROPN"} and not is_by_place
        if is_of_noun and root.head.i not in own and root.head.head.i not in own:
            # "the disaster that delayed a speech in 1986": the date is of the noun that it stands with.
            return None
        for steps, token in enumerate([root, *ancestors(root)]):
            if token.i in own:
                return steps
            if token.dep_ == "advcl" and token.tag_ == "VBG" and token.head.i in own | above:
                # "Speaking in Geneva on Friday, she condemned": the participle lends its time to the act.
                continue
            if token.i not in above and _is_of_another_time(token):
                return None  # "shelled the town before it fell on Monday"
            if _has_own_time(token, own) and token.i not in above and token.head.i not in own:
                return None  # "praised the deal signed on Friday"
            if token.i in self._triggers or token.i in self._speech_verbs:
                # Another event's date is lent only to what hangs below it ("stormed two towns on Friday, killing ten").
                is_lent = token.i in self._triggers and token.i in above and _shares_time(anchor)
                return steps + FAR if is_lent or closes_with(anchor, token) else None
            if token.i in above and token.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
                return steps + FAR if _shares_time(anchor) else None
        return None


def _is_of_name(date_span: Span) -> bool:
    """True of a word of time in the name of a paper or the like ("USA Today", "Sunday Mirror")."""
    is_name = all(token.ent_type_ in NAMES and token.is_alpha and token.text[0].isupper() for token in date_span)
    first, doc = int(date_span.start), date_span.doc
    return is_name or (date_span.text.lower() == "today" and first > 0 and doc[first - 1].text in {"USA", "Russia"})


def _is_place(token: Token) -> bool:
    return token.ent_type_ in PLACE_LABELS or (token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in GROUNDS)


def _place_before(date_span: Span) -> Token | None:
    """The place that a date without preposition stands right behind, of whose act it is: "in Raqqa province, May 3".

    Parsers hang such a date now on the place, now on some verb.
    """
    start = int(date_span.start)
    if start == 0 or any(child.dep_ == "case" for child in date_span.root.children):
        return None
    before = date_span.doc[start - 1]
    if before.text == "," and start > 1:
        before = date_span.doc[start - 2]
    if not _is_place(before) or before.sent != date_span.sent:
        return None
    for _ in range(TREE_HEIGHT):
        if not _is_place(before.head) or before.head.i > before.i + 1 or before.head == before:
            break
        before = before.head
    is_where = case_of(before).split(" ")[0] in WHERE  # not "the deal with Iran on Friday"
    return before if before.dep_ in {"obl", "nmod", "appos"} and is_where else None


def _is_of_another_time(verb: Token) -> bool:
    """True of a clause of what lay before the act, went on till it or is its ground, and of one that stands beside it.

    "He was killed in a raid; the case went to trial last year."
    """
    if verb.dep_ in {"conj", "parataxis"} and verb.tag_ in FINITE:
        return any(child.dep_ in {"nsubj", "nsubj:pass"} for child in verb.children)
    return verb.dep_ == "advcl" and any(child.lower_ in word_list("clause of another time") for child in verb.children)


def _act_before(date_span: Span, triggers: Set[int]) -> Token | None:
    """The noun of an act that a date without preposition stands right behind: "a strike last week on the base"."""
    start, doc = int(date_span.start), date_span.doc
    if start == 0 or start - 1 not in triggers or doc[start - 1].pos_ != "NOUN":
        return None
    return None if any(child.dep_ == "case" for child in date_span.root.children) else doc[start - 1]


def _has_own_time(verb: Token, own: set[int]) -> bool:
    """True of a clause about a noun, whose date is not of the act around it: that of "in a film shown on Monday" is."""
    is_occasion = verb.head.dep_ == "obl" and verb.head.head.i in own
    return verb.dep_ == "acl:relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBN" and not is_occasion)


def _shares_time(anchor: Token) -> bool:
    """True where the event's clause has no time of its own: participles, coordinated verbs, and some nouns.

    A noun shares the time of its verb where it does the act or holds it ("the blast killed ten", "shot in the
    clashes"); what is spoken of, or lies before or behind it, has its own ("condemned the attack", "after the raid").
    """
    if anchor.pos_ != "NOUN":
        is_finite = any(child.dep_ in {"aux", "aux:pass", "cop"} for child in anchor.children)
        is_participle = anchor.tag_ in {"VBG", "VBN"} and not is_finite
        return anchor.dep_ in {"advcl", "acl", "conj", "xcomp"} or is_participle
    noun = anchor
    for _ in range(TREE_HEIGHT):
        if noun.dep_ not in {"conj", "compound", "appos"} and not (noun.dep_ == "nmod" and case_of(noun) == "of"):
            break
        noun = noun.head
    if noun.dep_ in {"nsubj", "nsubj:pass", "csubj"}:
        return True
    return noun.dep_ in {"obl", "obl:agent", "nmod"} and case_of(noun) in HOLDING
