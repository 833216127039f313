"""The places of one article: which places its names mean, the same throughout the article."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from itertools import pairwise

from spacy.tokens import Span

from transforms.annotate.document import AnnotatedArticle
from transforms.extract.article_entities import ArticleCountries, trimmed
from transforms.extract.phrases import phrase
from transforms.extract.syntax import children
from transforms.extract.toponyms import PLACE_LABELS
from transforms.resolve.place import Division, Place, division_of
from transforms.resolve.place_names import ADMIN1_KINDS
from transforms.resolve.place_ranking import is_world_city
from transforms.resolve.places import Gazetteer

RECENT = 5
"""Places named last that decide between namesakes."""
SURE = 3.0
"""Support by this many names of one division is full support."""
LARGE = 100_000
"""Inhabitants of a city that needs no container in a dateline."""
COMPARABLE = 10
"""How many times the inhabitants of a namesake a city may have for the namesake to be thought of."""
DIVISION_NOUNS = (ADMIN1_KINDS - {"republic", "division"}) | {"district", "county"}
"""Nouns behind a name that say it is a division; a republic is rather a country, and a division one of an army."""
MOST_DIVISIONS = 25
"""A name that stands in more divisions says nothing about which is meant."""


class ArticlePlaces:
    """Resolves the place names of one article by all that it names."""

    def __init__(
        self, annotated: AnnotatedArticle, gazetteer: Gazetteer, *, countries: ArticleCountries, dateline: str | None
    ) -> None:
        self._gazetteer = gazetteer
        self._countries = countries
        self._dateline = dateline
        self._places: dict[str, Place | None] = {}
        self._near: deque[Place] = deque(maxlen=RECENT)
        self._containers: dict[str, str] = {}
        """What the article says a place lies in, by the place's name: "Paris" in "Texas"."""
        self._described: dict[str, str] = {}
        """A name with the noun behind it that says what it is: "Plateau state" for "Plateau"."""
        names: Counter[str] = Counter([dateline.split(",")[0].strip().title()] if dateline else [])
        for line in annotated.lines:
            entities = [entity for entity in line.doc.ents if entity.label_ in PLACE_LABELS]
            names.update(trimmed(entity).text for entity in entities)
            for one, other in pairwise(entities):
                if _stands_in(one, other) and self._may_contain(one, other):
                    self._containers.setdefault(trimmed(one).text, _with_noun(other))
            for entity in entities:
                described = _with_noun(entity)
                if described != trimmed(entity).text:
                    self._described.setdefault(trimmed(entity).text, described)
                container = self._possessor(entity)
                if container is not None:
                    self._containers.setdefault(trimmed(entity).text, container)
        if dateline and "," in dateline:
            name, container = dateline.split(",", 1)
            self._containers.setdefault(name.strip().title(), container.strip())
        self.named = set(names)
        self._divisions = self._weigh_divisions(names)

    def _resolve(self, text: str) -> Place | None:
        near = list(self._near)
        container = self._containers.get(text)
        for name in dict.fromkeys([self._described.get(text, text), text]):
            said = f"{name}, {container}" if container is not None else name
            place = self._gazetteer.resolve(
                said, near=near, countries=self._countries_beside(text), divisions=self._divisions
            )
            if place is not None:
                return place
        return None

    def _countries_beside(self, name: str) -> Mapping[str, int]:
        """The countries that speak for one of the places of that name, without what the name itself is known for.

        "Tripoli" is not Libya's capital in an article on Lebanon; it is where no country of a namesake of like size is
        spoken of.
        """
        beside = self._countries.beside(name)
        places = [candidate.place for candidate in self._gazetteer.candidates(name)]
        largest = max((place.population for place in places), default=0)
        rivals = {place.country_code for place in places if LARGE <= place.population >= largest / COMPARABLE}
        is_country = any(place.precision == "country" for place in places)
        return self._countries.named if is_country or rivals.isdisjoint(beside) else beside

    def _filed_from(self, text: str) -> Place | None:
        """The city of a dateline that names no state or country: the one that is known by its name alone."""
        if text != self._dateline:
            return None
        place = self._gazetteer.resolve_whole(text)
        return place if place is not None and place.population >= LARGE else None

    def _possessor(self, entity: Span) -> str | None:
        """The country or division in "Nigeria's Plateau state" and "Peru's Cusco", where the name is one of its places.

        Where a noun says that it is a division, it is one of theirs also if nobody else knows it.
        """
        head = entity.root
        is_division = head.dep_ == "compound" and head.head.lemma_.lower() in DIVISION_NOUNS
        for noun in (head, head.head) if is_division else (head,):
            for owner in children(noun, "nmod:poss"):
                name = phrase(owner).text
                outer = self._gazetteer.resolve_whole(name)
                if outer is None or outer.precision not in {"country", "admin1"}:
                    continue
                if is_division or self._gazetteer.lies_within(trimmed(entity).text, outer):
                    return name
        return None

    def _may_contain(self, one: Span, other: Span) -> bool:
        """False of the neighbours in a list ("Iowa, Ohio", "Spain, France"), which are divisions or countries both.

        Of a place that nobody knows, the one behind it tells where it is, unless a list goes on: "Qaryat, Oman and".
        So it does of a district, whatever towns of its name are known elsewhere.
        """
        name = trimmed(one).text
        described = self._gazetteer.resolve(_with_noun(other))
        outers = [c.place for c in self._gazetteer.candidates(trimmed(other).text) if not c.is_loose]
        outers = [o for o in (described, *outers) if o is not None and o.precision in {"country", "admin1"}]
        is_district = one.doc[one.end].text in DIVISION_NOUNS
        if is_district or not self._gazetteer.candidates(name):
            behind = other.doc[other.end : other.end + 1].text
            return bool(outers) and behind not in {"and", "or"}
        inner = self._gazetteer.resolve_whole(name)
        return any(
            (inner is None or inner.precision not in {"country", outer.precision})
            and self._gazetteer.lies_within(name, outer)
            for outer in outers
        )

    def _weigh_divisions(self, names: Mapping[str, int]) -> dict[Division, float]:
        """How surely the article speaks of a first-level division: by how many of its names stand there alone."""
        support: dict[Division, float] = defaultdict(float)
        for name in names:
            container = self._containers.get(name)
            if container is not None:
                place = self._gazetteer.resolve(f"{name}, {container}", countries=self._countries_beside(name))
                found = {division_of(place)} if place is not None else set()
            else:
                places = self._gazetteer.unshadowed(name)
                # New York and Paris are named in articles on any place: they tell of no towns around.
                found = {division_of(place) for place in places} if not any(map(is_world_city, places)) else set()
            known = found - {None}
            if len(found) <= MOST_DIVISIONS:
                for division in known:
                    if division is not None:
                        support[division] += 1 / len(found)
        return {division: min(1.0, weight / SURE) for division, weight in support.items()}

    def resolve(self, text: str) -> Place | None:
        """The place of a name, the same for the whole article."""
        if text not in self._places:
            place = self._filed_from(text) or self._resolve(text)
            self._places[text] = place
            if place is not None:
                self._near.append(place)
        return self._places[text]


def _with_noun(entity: Span) -> str:
    """A name with the noun behind it that says it is a division: "Plateau state"."""
    name, behind = trimmed(entity).text, entity.doc[entity.end : entity.end + 1].text
    return f"{name} {behind}" if behind in DIVISION_NOUNS else name


def _stands_in(one: Span, other: Span) -> bool:
    """True of "Paris, Texas", "Paris (Texas" and "Dand district, Kandahar": only a mark and a noun stand between."""
    between = [token.text for token in one.doc[int(one.end) : int(other.start)]]
    if between and between[0] in DIVISION_NOUNS:
        between = between[1:]
    return between in ([","], ["("])
