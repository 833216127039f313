"""Named entities of an article: their words alone, and the countries that they speak of."""

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Span

from transforms.annotate.document import AnnotatedArticle
from transforms.resolve.actors import ActorCoder
from transforms.resolve.word_classes import word_class

SUBJECT_MENTIONS, SUBJECT_SHARE = 3, 0.6
"""How often, and in what share of all its namings of countries, an article names the country that it is about."""


def trimmed(entity: Span) -> Span:
    """The entity without a leading article and a closing possessive."""
    start = int(entity.start)
    if entity.doc[start].lower_ in {"the", "a", "an"} and start < entity.end - 1:
        start += 1
    end = int(entity.end)
    if entity.doc[end - 1].lower_ in {"'s", "’s", "'", "’"} and end - 1 > start:
        end -= 1
    return entity.doc[start:end]


@dataclass(frozen=True, slots=True)
class ArticleCountries:
    """How often the entities of an article belong to each country, by alpha-3 code."""

    named: Counter[str]
    """By all entities: states, peoples, organisations and persons."""
    as_ground: Counter[str]
    """By states and towns alone."""
    by_name: Counter[tuple[str, str]]
    """By name and country: a name says nothing on which of the places of that name is meant."""

    def beside(self, name: str) -> Counter[str]:
        """The counts of all entities but those of that name."""
        return +Counter({country: count - self.by_name[name, country] for country, count in self.named.items()})

    def subject(self) -> str | None:
        """The country that the article is about: most of what it names, in both counts, else ``None``.

        An article on a war of two states names the one for its leaders and the other for its towns.
        """
        if not self.named:
            return None
        country, count = self.named.most_common(1)[0]
        is_named = count >= max(SUBJECT_MENTIONS, SUBJECT_SHARE * self.named.total())
        is_ground = self.as_ground[country] * 2 > self.as_ground.total()
        return country if is_named and is_ground else None


def weigh_countries(annotated: AnnotatedArticle, coder: ActorCoder) -> ArticleCountries:
    """Count the countries that the article's entities belong to, which decide between places of one name."""
    named: Counter[str] = Counter()
    as_ground: Counter[str] = Counter()
    by_name: Counter[tuple[str, str]] = Counter()
    for line in annotated.lines:
        for entity in line.doc.ents:
            name = trimmed(entity).text
            if entity.label_ in {"GPE", "NORP", "ORG", "PERSON"} and name.lower() not in word_class("common body"):
                code = coder.code(name, head=entity.root.text, label=entity.label_)
                if code.country_code:
                    named[code.country_code] += 1
                    as_ground[code.country_code] += entity.label_ == "GPE"
                    by_name[name, code.country_code] += 1
    return ArticleCountries(named, as_ground, by_name)
