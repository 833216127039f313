"""The parties of an event: who acts on whom, with names, codes and the country that their place lends them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Span, Token

from transforms.annotate.document import LocatedSentence
from transforms.extract.article_entities import ArticleCountries
from transforms.extract.bearers import name_beside
from transforms.extract.event_places import EventPlaces, PlaceOfEvent
from transforms.extract.kinds import Kinds, is_nobody
from transforms.extract.naming import COALITION, ArticleNames
from transforms.extract.phrases import phrase
from transforms.extract.pronouns import parallel_object
from transforms.extract.quotations import is_quoted
from transforms.extract.readings import Reading
from transforms.extract.syntax import SUBJECTS, ancestors, case_of, children
from transforms.extract.word_lists import word_list
from transforms.records import Participant
from transforms.resolve.actor_codes import UNKNOWN, ActorCode
from transforms.resolve.actor_kinds import GROUP_SECTORS
from transforms.resolve.coreference import Antecedent
from transforms.resolve.word_classes import word_class

SURE_POPULATION = 100_000
"""Inhabitants from which a town is meant also where nothing else in the article lies in its country."""

FORCEFUL_TYPES = frozenset({"ASSAULT", "MOBILIZE"})
VERBAL_TYPES = frozenset({"AGREE", "CONSULT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


class EventParties:
    """Codes the parties of one article's events."""

    def __init__(self, names: ArticleNames, kinds: Kinds, places: EventPlaces, *, countries: ArticleCountries) -> None:
        self._names = names
        self._kinds = kinds
        self._places = places
        self._countries: Mapping[str, int] = countries.named
        self._ground = countries.as_ground
        self._subject_country = countries.subject()

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
                    country = (
                        self._country_of_ground(head, span, code)
                        or self._country_of_office(span, code)
                        or self._country_at_home(head, code, place, reading)
                        or self._country_of_host(head, code, place, reading, [*parties, *found])
                        or _country_of_own_force(code, role, reading, parties)
                        or _country_of_policed(head, code, role, reading, parties)
                        or self._country_understood(head, code, place, [*parties, *found])
                    )
                    code = replace(code, country_code=country)
                found += self._of_each_country(_participant(role, span, start, code), head, span)
            parties += [replace(party, position=position) for position, party in enumerate(found)]
        return _of_one_country(parties) if reading.candidate.event_type in VERBAL_TYPES else parties

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
            or self._is_ground(head)
            or self._kinds.of(head) == "person"
            or self._kinds.of(first) not in {"thing", None}
        ):
            return UNKNOWN
        owned = next((party for party in before if party.text == phrase(first).text), None)
        is_owned = owned is not None and any(child.ent_type_ or child.dep_ == "compound" for child in first.children)
        if owned is None or not is_owned:
            return UNKNOWN
        return replace(UNKNOWN, country_code=owned.country_code, sector=owned.sector)

    def _country_of_ground(self, head: Token, span: Span, code: ActorCode) -> str | None:
        """The country that a town or region lies in, named itself or taken up ("shelled Raqqa", "the town")."""
        beside = next((child for child in head.children if child.dep_ == "appos" and child.ent_type_ == "GPE"), None)
        if beside is not None and self._kinds.of(head) == "place":  # "the provincial capital Goma"
            head = beside
            span = phrase(beside)
        is_place = head.ent_type_ in {"GPE", "LOC", "FAC"}
        if not is_place and not (code.name and self._kinds.of(head) == "place"):
            return None
        place = self._places.resolve(span.text if is_place else code.name or "")
        if place is None or (place.population < SURE_POPULATION and place.country_code not in self._countries):
            return None  # a small namesake far from all that the article speaks of
        return place.country_code

    def _country_of_office(self, span: Span, code: ActorCode) -> str | None:
        """The country of "Ohio Governor Jo Roe" and "Basra officials": that of the place which names the office."""
        if code.sector is None:
            return None
        for token in span:
            # "Ohio's governor", "the governor of the Tyumen region"
            is_of = token.dep_ == "nmod" and case_of(token) == "of"
            is_of = is_of or (token.dep_ == "compound" and case_of(token.head) == "of")
            is_beside = is_of or token.dep_ in {"compound", "nmod:poss"}
            if token.ent_type_ == "GPE" and token.ent_iob_ == "B" and is_beside:
                named = next(entity for entity in token.doc.ents if entity.start == token.i)
                place = self._places.resolve(named.text)
                if place is not None and place.country_code is not None:
                    return place.country_code
        return None

    def _country_at_home(
        self, head: Token, code: ActorCode, place: PlaceOfEvent | None, reading: Reading
    ) -> str | None:
        """The country of people who mostly belong to where they are ("civilians in Aleppo"), as the sentence names it.

        The place beside the phrase itself counts first, then the place that the sentence gives for the act.
        """
        is_local = any(child.lower_ == "local" for child in children(head, "amod"))
        belongs = (
            self._is_ground(head) or is_local or (code.sector in word_class("home sector") and code.sector != "GOV")
        )
        # "officials in Chad" are Chad's; where no place stands beside them governments may act abroad.
        stays = _is_home_force(head) or (code.sector == "GOV" and head.lower_ not in word_class("abroad noun"))
        is_struck = self._kinds.of(head) == "thing" and reading.candidate.event_type == "ASSAULT"  # "targets in Homs"
        if not (belongs or stays or is_struck) or (code.name and name_beside(head) is None) or head.pos_ == "PRON":
            return None
        if any(self._says_whose(token) for token in phrase(head)):
            return None
        for child in head.children:
            if child.ent_type_ in {"GPE", "LOC"} and case_of(child) in word_class("home preposition"):
                if not (belongs or is_struck) and head.dep_ not in SUBJECTS:
                    return None  # "met rebels in Doha": where they met
                beside = self._places.resolve(phrase(child).text)
                return beside.country_code if beside is not None else None
        is_left = reading.candidate.mode == "expel"  # "fled to Chad": where they are not from
        if not belongs or is_left or place is None or place.place is None or place.source == "dateline":
            return None
        return place.place.country_code

    def _country_of_host(
        self,
        head: Token,
        code: ActorCode,
        place: PlaceOfEvent | None,
        reading: Reading,
        before: Sequence[Participant],
    ) -> str | None:
        """The country visited, for "ministers" or "the president" whom a visitor of another country meets there."""
        if reading.candidate.event_type != "CONSULT" or code.sector not in word_class("host sector") or code.name:
            return None
        if place is None or place.place is None or place.source != "sentence" or head.pos_ != "NOUN":
            return None
        visitors = {party.country_code for party in before if party.name} - {None}
        if head.lower_ in word_class("abroad noun") or any(self._says_whose(token) for token in phrase(head)):
            return None
        return place.place.country_code if visitors and place.place.country_code not in visitors else None

    def _is_ground(self, head: Token) -> bool:
        """True of a place, and of ground that is measured: "retook 300 square miles"."""
        return self._kinds.of(head) == "place" or head.lemma_.lower() in word_class("ground measure")

    def _says_whose(self, token: Token) -> bool:
        """True of a name that says whose somebody is; "ethnic Albanians" and "Arab families" tell descent alone."""
        if token.ent_type_ == "NORP" and token.i and token.nbor(-1).lower_ in word_class("descent word"):
            return False
        if any(above.lemma_.lower() in word_class("descent noun") for above in islice(ancestors(token), 3)):
            return False
        if token.i + 1 < len(token.doc) and token.nbor(1).text == "-":
            return False  # "rebel-held", "Turkish-backed": who holds or backs them
        return token.ent_type_ in {"NORP", "PERSON", "ORG"} and not self._names.is_stateless(token)

    def _country_understood(
        self, head: Token, code: ActorCode, place: PlaceOfEvent | None, before: Sequence[Participant]
    ) -> str | None:
        """The country that the whole article is about, for "the government", "police" or "civilians" without a name.

        Nothing where the phrase names somebody, where the act was in another country, or for soldiers on whom or with
        whom somebody of another country acts.
        """
        belongs = self._is_ground(head) or code.sector in word_class("subject sector")
        # Of a stranger only the title gives a sector: "President Joan Roe" is the country's own.
        is_titled = head.ent_type_ == "PERSON" and code.sector is not None and code.actor_id is None
        is_named = code.name is not None and name_beside(head) is None and not is_titled
        is_described = head.pos_ == "NOUN" or is_titled or self._names.is_stateless(head)
        if not belongs or is_named or not is_described or head.lower_ in word_class("abroad noun"):
            return None
        described = [token for token in phrase(head) if token.ent_type_ != head.ent_type_ or not is_titled]
        described = [token for token in described if not self._names.is_stateless(token)]
        if any(token.ent_type_ or token.lower_ in word_class("abroad word") for token in described):
            return None
        where = {place.place.country_code} if place is not None and place.place is not None else set()
        if code.sector == "MIL":
            where |= {party.country_code for party in before}
        return self._subject_country if where <= {None, self._subject_country} else None


def _of_one_country(parties: list[Participant]) -> list[Participant]:
    """A government and the rebels or opposition that it deals with, where only one side says of which country it is."""
    sides = {sector: [party for party in parties if party.sector == sector] for sector in ("GOV", "REB", "OPP")}
    rivals = sides["REB"] + sides["OPP"]
    countries = {party.country_code for party in (*sides["GOV"], *rivals)} - {None}
    if not sides["GOV"] or not rivals or len(countries) != 1:
        return parties
    (country,) = countries
    both = [*sides["GOV"], *rivals]
    return [
        replace(party, country_code=country)
        if party in both and party.country_code is None and not party.actor_id
        else party
        for party in parties
    ]


def _country_of_own_force(code: ActorCode, role: str, reading: Reading, before: Sequence[Participant]) -> str | None:
    """The country of the state that moves "the army" or puts "forces" on alert: its own."""
    if role != "recipient" or reading.candidate.event_type != "MOBILIZE" or code.sector != "MIL" or code.name:
        return None
    countries = {party.country_code for party in before if party.sector in {"GOV", "MIL"}}
    return next(iter(countries)) if len(countries) == 1 else None


def _country_of_policed(
    head: Token, code: ActorCode, role: str, reading: Reading, before: Sequence[Participant]
) -> str | None:
    """The country of people whom police arrest, disperse or shoot at: that of the police, who act at home."""
    is_forced = role == "recipient" and reading.candidate.event_type in {"ASSAULT", "COERCE"}
    if not is_forced or code.name or code.sector not in word_class("home sector") or head.pos_ == "PRON":
        return None
    if head.lower_ in word_class("abroad noun"):
        return None
    if any(token.ent_type_ or token.lower_ in word_class("abroad word") for token in phrase(head)):
        return None
    countries = {party.country_code for party in before if party.role == "actor" and party.sector == "COP"}
    return next(iter(countries)) if len(countries) == 1 else None


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


def _is_home_force(head: Token) -> bool:
    """True of armed people who belong to the place that is said beside them: "rebels in Mali"."""
    words = {head.lower_, f"{head.nbor(-1).lower_} {head.lower_}" if head.i else ""}
    return bool(words & word_class("home force"))
