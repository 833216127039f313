"""Named entities of an article: their words alone, and the countries that they speak of."""

from collections import Counter

from spacy.tokens import Span

from transforms.annotate.document import AnnotatedArticle
from transforms.resolve.actors import ActorCoder


def trimmed(entity: Span) -> Span:
    """The entity without a leading article and a closing possessive."""
    start = int(entity.start)
    if entity.doc[start].lower_ in {"the", "a", "an"} and start < entity.end - 1:
        start += 1
    end = int(entity.end)
    if entity.doc[end - 1].lower_ in {"'s", "’s", "'", "’"} and end - 1 > start:
        end -= 1
    return entity.doc[start:end]


def weigh_countries(annotated: AnnotatedArticle, coder: ActorCoder) -> Counter[str]:
    """Count the countries that the article's entities belong to, which decide between places of one name."""
    countries: Counter[str] = Counter()
    for line in annotated.lines:
        for entity in line.doc.ents:
            if entity.label_ in {"GPE", "NORP", "ORG", "PERSON"}:
                code = coder.code(trimmed(entity).text, head=entity.root.text, label=entity.label_)
                if code.country_code:
                    countries[code.country_code] += 1
    return countries
