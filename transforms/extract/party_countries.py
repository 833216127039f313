"""Whose a party is that does not say it: of its ground, its office, its home, its host, its police, or the article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from spacy.tokens import Span, Token

from transforms.extract.article_entities import ArticleCountries
from transforms.extract.bearers import name_beside
from transforms.extract.candidates import Candidate
from transforms.extract.event_places import EventPlaces, PlaceOfEvent
from transforms.extract.kinds import Kinds
from transforms.extract.naming import ArticleNames
from transforms.extract.phrases import phrase
from transforms.extract.syntax import SUBJECTS, ancestors, case_of, children
from transforms.records import Participant
from transforms.resolve.actor_codes import ActorCode
from transforms.resolve.word_classes import word_class

SURE_POPULATION = 100_000
"""Inhabitants from which a town is meant also where nothing else in the article lies in its country."""

VERBAL_TYPES = frozenset({"AGREE", "CONSULT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class PartyOfAct:
    """A party whose country is not told yet, in an act at ``place``, behind the parties ``before`` it."""

    head: Token
    span: Span
    code: ActorCode
    role: str
    act: Candidate
    place: PlaceOfEvent | None
    before: Sequence[Participant]

    @property
    def where(self) -> str | None:
        """The country that the act was in."""
        return self.place.place.country_code if self.place is not None and self.place.place is not None else None

    @property
    def is_named(self) -> bool:
        """True of a name that is not just beside the phrase."""
        return self.code.name is not None and name_beside(self.head) is None


class PartyCountries:
    """Finds the countries that places, other parties and the whole article lend the parties of its events."""

    def __init__(self, names: ArticleNames, kinds: Kinds, places: EventPlaces, *, countries: ArticleCountries) -> None:
        self._names = names
        self._kinds = kinds
        self._places = places
        self._countries: Mapping[str, int] = countries.named
        self._subject_country = countries.subject()

    def of(self, party: PartyOfAct) -> str | None:
        """The country of a party, or ``None`` where nothing tells it."""
        return (
            self._of_ground(party)
            or self._of_office(party)
            or self._of_flight(party)
            or self._at_home(party)
            or self._of_host(party)
            or _of_own_force(party)
            or _of_policed(party)
            or self._understood(party)
        )

    def is_ground(self, head: Token) -> bool:
        """True of a place, and of ground that is measured: "retook 300 square miles"."""
        return self._kinds.of(head) == "place" or head.lemma_.lower() in word_class("ground measure")

    def _of_ground(self, party: PartyOfAct) -> str | None:
        """The country that a town or region lies in, named itself or taken up ("shelled Raqqa", "the town")."""
        head, span, name = party.head, party.span, party.code.name
        beside = next((child for child in head.children if child.dep_ == "appos" and child.ent_type_ == "GPE"), None)
        if beside is not None and self._kinds.of(head) == "place":  # "the provincial capital Goma"
            head, span = beside, phrase(beside)
        is_place = head.ent_type_ in {"GPE", "LOC", "FAC"}
        if not is_place and not (name and self._kinds.of(head) == "place"):
            return None
        place = self._places.resolve(span.text if is_place else name or "")
        if place is None or (place.population < SURE_POPULATION and place.country_code not in self._countries):
            return None  # a small namesake far from all that the article speaks of
        return place.country_code

    def _of_office(self, party: PartyOfAct) -> str | None:
        """The country of "Ohio Governor Jo Roe" and "the mayor of Basra": that of the place which names the office."""
        if party.code.sector is None:
            return None
        for token in party.span:
            is_of = token.dep_ == "nmod" and case_of(token) == "of"
            is_of = is_of or (token.dep_ == "compound" and case_of(token.head) == "of")  # "of the Tyumen region"
            is_beside = is_of or token.dep_ in {"compound", "nmod:poss"}
            if token.ent_type_ == "GPE" and token.ent_iob_ == "B" and is_beside:
                named = next(entity for entity in token.doc.ents if entity.start == token.i)
                place = self._places.resolve(named.text)
                if place is not None and place.country_code is not None:
                    return place.country_code
        return None

    def _of_flight(self, party: PartyOfAct) -> str | None:
        """The country that people flee: "refugees fleeing the war in Liberia"."""
        for clause in children(party.head, "acl"):
            left = [token for token in clause.subtree if clause.lemma_.lower() == "flee" and token.ent_type_ == "GPE"]
            place = self._places.resolve(phrase(left[0]).text) if left else None
            if place is not None:
                return place.country_code
        return None

    def _at_home(self, party: PartyOfAct) -> str | None:
        """The country of people who mostly belong to where they are ("civilians in Aleppo"), as the sentence names it.

        The place beside the phrase itself counts first, then the place that the sentence gives for the act.
        """
        head, sector, place = party.head, party.code.sector, party.place
        is_local = any(child.lower_ == "local" for child in children(head, "amod"))
        belongs = self.is_ground(head) or is_local or (sector in word_class("home sector") and sector != "GOV")
        # "officials in Chad" are Chad's; where no place stands beside them governments may act abroad.
        stays = _is_home_force(head) or (sector == "GOV" and head.lower_ not in word_class("abroad noun"))
        is_struck = self._kinds.of(head) == "thing" and party.act.event_type == "ASSAULT"  # "targets in Homs"
        if not (belongs or stays or is_struck) or party.is_named or head.pos_ == "PRON":
            return None
        if any(self._says_whose(token) for token in phrase(head)):
            return None
        for child in head.children:
            if child.ent_type_ in {"GPE", "LOC"} and case_of(child) in word_class("home preposition"):
                if not (belongs or is_struck) and head.dep_ not in SUBJECTS:
                    return None  # "met rebels in Doha": where they met
                beside = self._places.resolve(phrase(child).text)
                return beside.country_code if beside is not None else None
        is_left = party.act.mode == "expel"  # "fled to Chad": where they are not from
        is_told = place is not None and place.source != "dateline"
        return party.where if belongs and is_told and not is_left else None

    def _of_host(self, party: PartyOfAct) -> str | None:
        """The country visited, for "ministers" or "the president" whom a visitor of another country meets there."""
        head, place = party.head, party.place
        if party.act.event_type != "CONSULT" or party.code.sector not in word_class("host sector") or party.code.name:
            return None
        if place is None or place.source != "sentence" or head.pos_ != "NOUN":
            return None
        visitors = {other.country_code for other in party.before if other.name} - {None}
        if head.lower_ in word_class("abroad noun") or any(self._says_whose(token) for token in phrase(head)):
            return None
        return party.where if visitors and party.where not in visitors else None

    def _understood(self, party: PartyOfAct) -> str | None:
        """The country that the whole article is about, for "the government", "police" or "civilians" without a name.

        Nothing where the phrase names somebody, where the act was in another country, or for soldiers on whom or with
        whom somebody of another country acts.
        """
        head, code = party.head, party.code
        belongs = self.is_ground(head) or code.sector in word_class("subject sector")
        # Of a stranger only the title gives a sector: "President Joan Roe" is the country's own.
        is_titled = head.ent_type_ == "PERSON" and code.sector is not None and code.actor_id is None
        is_described = head.pos_ == "NOUN" or is_titled or self._names.is_stateless(head)
        is_named = party.is_named and not is_titled
        if not belongs or is_named or not is_described or head.lower_ in word_class("abroad noun"):
            return None
        described = [token for token in phrase(head) if token.ent_type_ != head.ent_type_ or not is_titled]
        if _is_set_apart([token for token in described if not self._names.is_stateless(token)]):
            return None
        where = {party.where}
        if code.sector == "MIL":
            where |= {other.country_code for other in party.before}
        return self._subject_country if where <= {None, self._subject_country} else None

    def _says_whose(self, token: Token) -> bool:
        """True of a name that says whose somebody is; "ethnic Albanians" and "Arab families" tell descent alone."""
        if token.ent_type_ == "NORP" and token.i and token.nbor(-1).lower_ in word_class("descent word"):
            return False
        if any(above.lemma_.lower() in word_class("descent noun") for above in islice(ancestors(token), 3)):
            return False
        if token.i + 1 < len(token.doc) and token.nbor(1).text == "-":
            return False  # "rebel-held", "Turkish-backed": who holds or backs them
        return token.ent_type_ in {"NORP", "PERSON", "ORG"} and not self._names.is_stateless(token)


def of_one_country(parties: list[Participant], event_type: str) -> list[Participant]:
    """Fill in the country of a government, or of the rebels or opposition it talks to, where only one side says it."""
    government = [party for party in parties if party.sector == "GOV"]
    rivals = [party for party in parties if party.sector == "OPP" or _are_home_rebels(party)]
    countries = {party.country_code for party in (*government, *rivals)} - {None}
    if event_type not in VERBAL_TYPES or not government or not rivals or len(countries) != 1:
        return parties
    (country,) = countries
    lacking = [party for party in (*government, *rivals) if party.country_code is None and not party.actor_id]
    return [replace(party, country_code=country) if party in lacking else party for party in parties]


def _are_home_rebels(party: Participant) -> bool:
    """True of "rebels" and the like; "terrorists" may be anybody's."""
    return party.sector == "REB" and party.text.split()[-1].lower() in word_class("home force")


def _of_own_force(party: PartyOfAct) -> str | None:
    """The country of the state that moves "the army" or puts "forces" on alert: its own."""
    if party.role != "recipient" or party.act.event_type != "MOBILIZE" or party.code.sector != "MIL" or party.code.name:
        return None
    return _only(other for other in party.before if other.role == "actor" and other.sector in {"GOV", "MIL"})


def _of_policed(party: PartyOfAct) -> str | None:
    """The country of people whom police arrest, disperse or shoot at: that of the police, who act at home."""
    is_forced = party.role == "recipient" and party.act.event_type in {"ASSAULT", "COERCE"}
    is_domestic = party.code.sector in word_class("home sector") and not party.code.name
    is_abroad = party.head.pos_ == "PRON" or party.head.lower_ in word_class("abroad noun")
    if not is_forced or not is_domestic or is_abroad or _is_set_apart(phrase(party.head)):
        return None
    return _only(other for other in party.before if other.role == "actor" and other.sector == "COP")


def _only(parties: Iterable[Participant]) -> str | None:
    countries = {party.country_code for party in parties}
    return next(iter(countries)) if len(countries) == 1 else None


def _is_set_apart(tokens: Iterable[Token]) -> bool:
    """True of a phrase with a name, or with a word such as "foreign", that sets somebody apart from the country."""
    return any(token.ent_type_ or token.lower_ in word_class("abroad word") for token in tokens)


def _is_home_force(head: Token) -> bool:
    """True of armed people who belong to the place that is said beside them: "rebels in Mali"."""
    words = {head.lower_, f"{head.nbor(-1).lower_} {head.lower_}" if head.i else ""}
    return bool(words & word_class("home force"))
