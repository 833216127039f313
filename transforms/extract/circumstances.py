"""Where and when an event happened and how many people it struck, as far as its sentence says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span, Token

from transforms.extract.attribution import Speech
from transforms.extract.candidates import Candidate
from transforms.extract.phrases import phrase
from transforms.extract.syntax import TREE_HEIGHT, ancestors, case_of, tree_distance
from transforms.resolve.counts import parse_count
from transforms.resolve.dates import Tense, find_dates, resolve_date, resolve_near
from transforms.resolve.retold import TimeOfAct

LOCATIVE = frozenset(
    "in at near on outside around off along inside across within from into to of over toward towards through under "
    "throughout between beside by".split()
)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
DIRECTIONS = frozenset(
    "northern southern eastern western central north south east west northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower".split()
)
GROUNDS = frozenset(
    "city town village capital province region district state governorate area part north south east west coast shore "
    "border frontier waters water territory soil airspace outskirts suburb countryside island port camp centre center "
    "edge streets street sky skies gate gates bank banks side neighborhood neighbourhood quarter half entrance".split()
)
"""Nouns of ground: of a country or town they are a place ("the town of Azaz", "off the Indonesian coast")."""
EDGES = frozenset({"coast", "shore", "border", "waters", "territory", "soil", "airspace"})
"""Nouns of ground that an adjective of nationality makes a place ("the Indonesian coast")."""
MODIFIERS = frozenset({"nummod", "compound", "amod", "nmod:poss"})
"""Arcs of a date that describes a thing ("the 2016 election") and dates no act."""
HOLDING = frozenset({"in", "at", "by", "during", "amid", "with", "when", "as"})
"""Prepositions of a noun of event that holds or does what the verb tells, at the verb's time."""
NEARBY = 6
"""Arcs between an event and a place phrase beyond which the place is of another clause."""


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place named in a sentence; ``distance`` counts the arcs to the event."""

    span: Span
    head: Token
    distance: int


def places_of(candidate: Candidate, sentence: Span, others: list[Candidate]) -> list[PlacePhrase]:
    """Places named for this event, nearest first: phrases with a locative preposition, then a place as recipient."""
    found: list[PlacePhrase] = []
    # "a truce brokered by Oman": who acts anywhere in the sentence is not where something happened.
    taken = {token.i for other in [candidate, *others] for token in other.actors}
    where = _antecedent_of_where(candidate.anchor)
    for entity in sentence.ents:
        head, is_ground = entity.root, False
        if entity.label_ == "NORP" and head.dep_ == "amod" and head.head.lemma_.lower() in EDGES:
            # "off the Indonesian coast": the adjective names the country whose coast it is.
            head, is_ground = head.head, True
        if (entity.label_ not in PLACE_LABELS and not is_ground) or head.i in taken:
            continue
        distance = 0 if head == where else _distance(candidate, head, others)
        if distance is not None:
            span = phrase(head) if is_ground else _with_direction(entity)
            found.append(PlacePhrase(span, head, distance))
    return sorted(found, key=lambda place: (place.distance, place.head.i))


def _distance(candidate: Candidate, head: Token, others: list[Candidate]) -> int | None:
    """Arcs from the event to a place, or None where the phrase is none of place or stands nearer to another event."""
    is_recipient = head in candidate.recipients
    if not is_recipient and not _is_locative(candidate, head):
        return None
    distance = min(tree_distance(candidate.trigger, head), tree_distance(candidate.anchor, head))
    if distance > NEARBY:
        return None
    nearer = [other for other in others if other is not candidate and tree_distance(other.trigger, head) < distance]
    if any(other.trigger in set(ancestors(head)) for other in nearer):
        return None
    return distance + (1 if is_recipient else 0)


def _antecedent_of_where(anchor: Token) -> Token | None:
    """The place that "where" takes up for the clause of ``anchor``: "in Oslo, where the two met".

    It is the word before, whatever parsers hang the clause on.
    """
    for token in [anchor, *ancestors(anchor)]:
        where = next((child for child in token.children if child.lower_ == "where" and child.i > 0), None)
        if where is not None:
            before = where.nbor(-1)
            before = before.nbor(-1) if before.is_punct and before.i > 0 else before
            return next((entity.root for entity in where.sent.ents if entity.start <= before.i < entity.end), None)
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"conj", "xcomp"}:
            return None
    return None


def described_places(candidate: Candidate) -> list[Token]:
    """Nouns of ground without a name around the event ("shelled the town", "in the area"), which may refer back."""
    parts = [child for token in candidate.recipients for child in token.children if case_of(child) == "of"]
    around = [*candidate.recipients, *parts, *candidate.trigger.children, *candidate.anchor.children]
    return [
        token
        for token in around
        if token.pos_ == "NOUN"
        and token.lemma_.lower() in GROUNDS
        and (
            token in candidate.recipients
            or token.dep_ == "nmod:poss"  # "the city's seizure"
            or case_of(token).split(" ")[0] in LOCATIVE
        )
    ]


def _is_locative(candidate: Candidate, head: Token) -> bool:
    token = head
    if head.dep_ == "compound" and head.head == candidate.trigger:
        # "the Aleppo bombing"
        return head not in candidate.actors
    for _ in range(TREE_HEIGHT):
        case = case_of(token)
        if case == "of":
            # "the liberation of Mosul", "the town of Mosul"; "the people of Mosul" tells no place.
            return token.head in {candidate.trigger, candidate.anchor} or token.head.lemma_.lower() in GROUNDS
        if case == "by" and (token.dep_ == "obl:agent" or head.ent_type_ == "GPE"):
            # "launched by Iran"; "by the river" tells a place.
            return False
        if case:
            return case.split()[0] in LOCATIVE or case.split()[-1] in {"of", "in"}
        if token.dep_ not in {"compound", "flat", "appos", "conj", "nmod:poss", "nmod:desc"} or token.head == token:
            return False
        token = token.head
    return False


def _with_direction(entity: Span) -> Span:
    """ "northern Syria" rather than "Syria"."""
    start = int(entity.start)
    doc = entity.doc
    if start > entity.sent.start and doc[start - 1].lower_ in DIRECTIONS:
        start -= 1
    if doc[start].lower_ == "the" and start < entity.end - 1:
        start += 1
    return doc[start : entity.end]


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

    "had shelled" and "has shelled" count from elsewhere, and nouns and participles tell of any time.
    """
    auxiliaries = [child for child in anchor.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    if any(child.lemma_ == "have" or child.tag_ == "MD" for child in auxiliaries):
        return False
    return anchor.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries)


class DateReader:
    """Dates of the events of one sentence: each expression goes to the event whose clause it stands in."""

    def __init__(self, sentence: Span, candidates: list[Candidate], speeches: list[Speech]) -> None:
        self._triggers = {candidate.trigger.i for candidate in candidates} | {
            candidate.anchor.i for candidate in candidates
        }
        self._expressions: list[tuple[str, Token]] = []
        offset = int(sentence.start_char)
        for expression in find_dates(sentence.text):
            span = sentence.doc.char_span(offset + expression.start, offset + expression.end, alignment_mode="expand")
            # "the 2016 election" dates no act, "Friday's raid" dates the raid.
            if span is not None and (span.root.dep_ not in MODIFIERS or span.root.head.i in self._triggers):
                self._expressions.append((expression.text, span.root))
        self._speech_verbs = {speech.verb.i for speech in speeches}

    def date_of(
        self, candidate: Candidate, *, published: date | None, tense: Tense, anchor: date | None = None
    ) -> TimeOfAct | None:
        """The date that the sentence gives the event, or None.

        ``anchor`` is the date told last before this sentence: "two days later" counts from it.
        """
        ranked = sorted(
            (distance, number)
            for number, (_, root) in enumerate(self._expressions)
            if (distance := self._distance(candidate, root)) is not None
        )
        for _, number in ranked:
            text = self._expressions[number][0]
            resolved = resolve_date(text, published=published, tense=tense, anchor=anchor)
            if resolved is None and published is None:
                resolved = resolve_near(text, [other for other, _ in self._expressions], anchor)
            if resolved is not None:
                return TimeOfAct(text=text, resolved=resolved)
        return None

    def _distance(self, candidate: Candidate, root: Token) -> int | None:
        own = {candidate.trigger.i, candidate.anchor.i}
        above = {token.i for token in ancestors(candidate.anchor)}
        is_after_place = root.head.ent_type_ in PLACE_LABELS and root.i > root.head.i  # "near Aleppo, Syria, May 3"
        if root.dep_ in MODIFIERS:
            return 0 if root.head.i in own else None
        is_of_noun = root.head.pos_ in {"NOUN", "PROPN"} and not is_after_place
        if is_of_noun and root.head.i not in own and root.head.head.i not in own:
            # "the disaster that delayed a speech in 1986": the date is of the noun that it stands with.
            return None
        for steps, token in enumerate([root, *ancestors(root)]):
            if token.i in own:
                return steps
            if token.dep_ == "advcl" and token.tag_ == "VBG" and token.head.i in own | above:
                # "Speaking in Geneva on Friday, she condemned": the participle lends its time to the act.
                continue
            if token.i in self._triggers or token.i in self._speech_verbs:
                # Another event's date is lent only to what hangs below it ("stormed two towns on Friday, killing ten").
                is_lent = token.i in self._triggers and token.i in above and _shares_time(candidate)
                return steps + NEARBY if is_lent else None
            if token.i in above and token.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
                return steps + NEARBY if _shares_time(candidate) else None
        return None


def _shares_time(candidate: Candidate) -> bool:
    """True where the event's clause has no time of its own: participles, coordinated verbs, and some nouns.

    A noun shares the time of its verb where it does the act or holds it ("the blast killed ten", "shot in the
    clashes"); what is spoken of, or lies before or behind it, has its own ("condemned the attack", "after the raid").
    """
    anchor = candidate.anchor
    if anchor.pos_ != "NOUN":
        return anchor.dep_ in {"advcl", "acl", "conj", "xcomp"} or anchor.tag_ in {"VBG", "VBN"}
    noun = anchor
    for _ in range(TREE_HEIGHT):
        if noun.dep_ not in {"conj", "compound", "appos"} and not (noun.dep_ == "nmod" and case_of(noun) == "of"):
            break
        noun = noun.head
    if noun.dep_ in {"nsubj", "nsubj:pass", "csubj"}:
        return True
    return noun.dep_ in {"obl", "obl:agent", "nmod"} and case_of(noun) in HOLDING


def counts_of(
    candidate: Candidate, fields: Mapping[str, str], is_person: Callable[[Token], bool]
) -> dict[str, int | None]:
    """Numbers killed, injured and detained that the sentence states for this event; None where it states none.

    ``fields`` gives the count that the recipients of a lemma go to.
    """
    counts: dict[str, int | None] = {"killed": None, "injured": None, "detained": None}
    for source in [candidate, *candidate.results]:
        field = fields.get(source.trigger.lemma_.lower())
        if field is None:
            continue
        stated = [_count(token, is_person) for token in source.recipients]
        known = [count for count in stated if count is not None]
        if known:
            counts[field] = (counts[field] or 0) + sum(known)
    return counts


def _count(head: Token, is_person: Callable[[Token], bool]) -> int | None:
    span = phrase(head)
    start = int(span.start)
    doc = head.doc
    if start > head.sent.start and doc[start - 1].lower_ in {"a", "an", "another"}:
        start -= 1
    return parse_count(doc[start : span.end].text, names_person=is_person(head))
