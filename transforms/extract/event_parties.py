"""The parties of an event: who acts on whom, with names and codes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from transforms.annotate.document import LocatedSentence
from transforms.extract.article_entities import ArticleCountries
from transforms.extract.event_places import EventPlaces, PlaceOfEvent
from transforms.extract.kinds import Kinds, is_nobody
from transforms.extract.naming import COALITION, ArticleNames
from transforms.extract.party_countries import PartyCountries, PartyOfAct, of_one_country
from transforms.extract.phrases import phrase
from transforms.extract.pronouns import parallel_object
from transforms.extract.quotations import is_quoted
from transforms.extract.readings import Reading
from transforms.extract.syntax import SUBJECTS, children
from transforms.extract.word_lists import word_list
from transforms.records import Participant
from transforms.resolve.actor_codes import UNKNOWN, ActorCode
from transforms.resolve.actor_kinds import GROUP_SECTORS
from transforms.resolve.coreference import Antecedent
from transforms.resolve.word_classes import word_class

FORCEFUL_TYPES = frozenset({"ASSAULT", "MOBILIZE"})


class EventParties:
    """Codes the parties of one article's events."""

    def __init__(self, names: ArticleNames, kinds: Kinds, places: EventPlaces, *, countries: ArticleCountries) -> None:
        self._names = names
        self._kinds = kinds
        self._countries: Mapping[str, int] = countries.named
        self._ground = countries.as_ground
        self._lent = PartyCountries(names, kinds, places, countries=countries)

    def of(self, reading: Reading, sentence: LocatedSentence, place: PlaceOfEvent | None) -> list[Participant]:
        """The parties of a reading whose act was at ``place``, actors first; the mention's id is still to be set."""
        parties: list[Participant] = []
        source = reading.source
        speaker = (
            self._names.speaker(source, start=sentence.line.start + source.start_char) if source is not None else None
        )
        for role, heads in (("actor", reading.candidate.actors), ("recipient", reading.candidate.recipients)):
            found: list[Participant] = []
            for head in (head for head in heads if not is_nobody(head)):
                span = self._phrase(head)
                start = sentence.line.start + span.start_char
                code = self._code(head, span, start, speaker, [*parties, *found])
                if code == UNKNOWN:
                    code = self._shared(head, [*parties, *found])
                code = self._of_another_country(span, code)
                code = self._of_counted(head, code, sentence.line.start)
                code = self._of_origin(head, code, start - span.start_char)
                code = self._in_force(head, code, role, reading)
                if code.country_code is None:
                    party = PartyOfAct(head, span, code, role, reading.candidate, place, [*parties, *found])
                    code = replace(code, country_code=self._lent.of(party))
                found += self._of_each_country(_participant(role, span, start, code), head, span)
            parties += [replace(party, position=position) for position, party in enumerate(found)]
        return of_one_country(parties, reading.candidate.event_type)

    def _phrase(self, head: Token) -> Span:
        """The phrase of a party, with all of the known name that it begins."""
        span, name = phrase(head), self._kinds.long_name(head)
        is_cut = name is not None and span.start <= name.start < span.end < name.end
        return span.doc[span.start : name.end] if name is not None and is_cut else span

    def _of_each_country(self, party: Participant, head: Token, span: Span) -> list[Participant]:
        """Each of "British and French officials" by its country: all but the last by the word that names it."""
        nations = self._names.nations(span, head)
        parties: list[Participant] = []
        for start, end, code in nations:
            is_last = code is nations[-1][-1] and code.name is None
            parties.append(
                replace(
                    party,
                    text=span.text if is_last else span.text[start:end],
                    start_char=party.start_char + (0 if is_last else start),
                    end_char=party.end_char if is_last else party.start_char + end,
                    name=code.name,
                    actor_id=code.actor_id,
                    country_code=code.country_code,
                    sector=code.sector or party.sector,
                )
            )
        return parties or [party]

    def _code(
        self, head: Token, span: Span, start: int, speaker: Antecedent | None, before: Sequence[Participant]
    ) -> ActorCode:
        """The code of a phrase; a reflexive pronoun is the first of the parties ``before`` it."""
        if head.pos_ == "PRON" and head.lower_.endswith(("self", "selves")):
            first = before[0] if before else None
            return ActorCode(first.name, first.actor_id, first.country_code, first.sector) if first else UNKNOWN
        named = self._named(head, span, start, speaker, before)
        taken_up = parallel_object(head)
        if taken_up is None:
            return named
        there = phrase(taken_up)
        code = self._names.name(there, taken_up, start=start - span.start_char + there.start_char)
        return code if code.name else named if named.name else replace(code, name=there.text)

    def _named(
        self, head: Token, span: Span, start: int, speaker: Antecedent | None, before: Sequence[Participant]
    ) -> ActorCode:
        """What the article's names make of a phrase; it is none of the parties ``before`` it under another word."""
        if head.pos_ != "PRON":
            # "rebels clashed with gunmen": the second are not called after the first.
            named = self._names.name(span, head, start=start, speaker=speaker)
            is_taken = named.name != span.text and named.name in {party.text for party in before}
            return replace(named, name=None) if is_taken else named
        taken = {name for party in before for name in (party.name, party.text) if name}
        if speaker is not None and head.lower_ not in word_class("speaker pronoun") and is_quoted(head):
            # "They shelled us", said the mayor: who is quoted speaks of others.
            taken.add(speaker.name)
        # "Ann thanked him" says of nobody that he thanked himself; "rejected it": hardly the other state named.
        others = set() if head.lower_ in word_class("neuter pronoun") and not is_quoted(head) else taken
        named = self._names.name(span, head, start=start, speaker=speaker, others=others)
        return UNKNOWN if named.name in taken else named

    def _in_force(self, head: Token, code: ActorCode, role: str, reading: Reading) -> ActorCode:
        """A coalition that uses or moves force is one of armed forces, and "the Chadians" who do are Chad's."""
        is_forceful = role == "actor" and reading.candidate.event_type in FORCEFUL_TYPES
        is_coalition = head.lower_ == COALITION and code.sector is None
        determiners = {child.lower_ for child in children(head, "det")}
        is_people = head.ent_type_ == "NORP" and head.tag_ in {"NNS", "NNPS"} and determiners == {"the"}
        if is_forceful and (is_coalition or (is_people and code.sector == "CIV")):
            return replace(code, sector="MIL")
        return code

    def _of_counted(self, head: Token, code: ActorCode, line_start: int) -> ActorCode:
        """ "Many" in "Syrians fled, and many were killed": of the people who are the subject before."""
        if head.lower_ not in word_list("counted opener") or code.country_code is not None or children(head, "nmod"):
            return code
        for token in reversed(head.doc[head.sent.start : head.i]):
            if token.dep_ in SUBJECTS and self._kinds.of(token) == "person" and token.pos_ != "PRON":
                span = phrase(token)
                told = self._names.name(span, token, start=line_start + span.start_char)
                return replace(code, country_code=told.country_code, sector=code.sector or told.sector)
        return code

    def _of_origin(self, head: Token, code: ActorCode, line_start: int) -> ActorCode:
        """ "Doctors from two Canadian groups", "militants from Islamic State": what they belong to lends its codes."""
        behind = head.nbor(1) if head.i + 1 < head.sent.end else head
        ranks = behind.head if behind.lower_ == "from" and behind.dep_ == "case" else None
        is_lent = code.name is None and code.country_code is None and self._kinds.of(head) in {"person", "group"}
        # "rescued farmers from militants": the phrase is the verb's
        if ranks is None or not is_lent or ranks.ent_type_ == "LOC" or (ranks.head != head and code.sector != "REB"):
            return code
        span = phrase(ranks)
        origin = self._names.name(span, ranks, start=line_start + span.start_char)
        if origin.sector not in GROUP_SECTORS:
            return replace(code, country_code=origin.country_code)
        # "rescued farmers from the militia": of armed groups only the armed are
        is_armed = code.sector in {"REB", "MIL"}
        return replace(code, country_code=origin.country_code, sector=origin.sector) if is_armed else code

    def _of_another_country(self, span: Span, code: ActorCode) -> ActorCode:
        """ "Congress" in an article that names Peru and not the country whose Congress is known by that alone."""
        if span.text.lower() not in word_class("common body") or code.country_code is None:
            return code
        grounds = [country for country, count in self._ground.most_common() if count]
        is_meant = code.country_code in self._countries or not grounds
        return code if is_meant else ActorCode(None, None, grounds[0], code.sector)

    def _shared(self, head: Token, before: Sequence[Participant]) -> ActorCode:
        """The owner that a list of things is told with once: "destroyed ISIL tanks, trucks and bridges"."""
        first = head.head
        is_listed = head.dep_ == "conj" and head.pos_ == "NOUN" and not children(head, "det", "nmod:poss")
        if (
            not is_listed
            or self._lent.is_ground(head)
            or self._kinds.of(head) == "person"
            or self._kinds.of(first) not in {"thing", None}
        ):
            return UNKNOWN
        owned = next((party for party in before if party.text == phrase(first).text), None)
        is_owned = owned is not None and any(child.ent_type_ or child.dep_ == "compound" for child in first.children)
        if owned is None or not is_owned:
            return UNKNOWN
        return replace(UNKNOWN, country_code=owned.country_code, sector=owned.sector)


def _participant(role: str, span: Span, start: int, code: ActorCode) -> Participant:
    return Participant(
        event_mention_id="",
        role=role,
        position=0,
        text=span.text,
        start_char=start,
        end_char=start + len(span.text),
        name=code.name,
        actor_id=code.actor_id,
        country_code=code.country_code,
        sector=code.sector,
    )
