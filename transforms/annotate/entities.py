"""Entity spans put right where the recogniser swallows a day or a possessive ("Clark Monday", "Reuters'")."""

from spacy.language import Language
from spacy.tokens import Doc, Span

COMPONENT = "dateline_entities"
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@Language.component(COMPONENT)
def trim_entities(doc: Doc) -> Doc:
    """Cut weekdays and possessive endings off the ends of names, and drop names that nothing is left of."""
    trimmed = [_trim(entity) if entity.label_ in NAMES else entity for entity in doc.ents]
    kept = [entity for entity in trimmed if entity is not None]
    if kept != list(doc.ents):
        doc.ents = kept
    return doc


def _trim(entity: Span) -> Span | None:
    start, end = int(entity.start), int(entity.end)
    while end > start and (entity.doc[end - 1].text in DAYS or entity.doc[end - 1].text in POSSESSIVES):
        end -= 1
    return Span(entity.doc, start, end, label=entity.label) if end > start else None
