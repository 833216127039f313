"""Golden documents: every event of the sample articles, one readable line each, as this version codes them."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import seeds
from transforms.annotate.document import ArticleToCode
from transforms.clean import clean_article
from transforms.deduplicate import Deduplicator
from transforms.extract.coding import Coding
from transforms.extract.extractor import Extractor
from transforms.read import expand, read_path
from transforms.records import Article, EventMention, Participant, RawArticle

GOLDEN = Path(__file__).parent / "events.txt"


def all_articles() -> list[Article]:
    """The sample articles in the order in which a run reads them."""
    deduplicator = Deduplicator(())
    raws = [raw for path in expand([str(seeds.ARTICLES)]) for raw in read_path(path) if isinstance(raw, RawArticle)]
    articles = [clean_article(raw, raw_path=None).article for raw in raws]
    admitted = [deduplicator.admit(article) for article in articles if article is not None]
    return [article for article in admitted if article is not None]


def sample_articles() -> list[Article]:
    """The English ones among them."""
    return [article for article in all_articles() if article.language == "en"]


def render(articles: list[Article], extractor: Extractor) -> str:
    """All events of ``articles`` as text: a heading for each article, a line for each event."""
    to_code = [ArticleToCode(a.article_id, a.text, datetime.now(UTC), a.published_at) for a in articles]
    blocks = []
    for article, coding in zip(articles, extractor.extract(to_code), strict=True):
        assert isinstance(coding, Coding), coding
        parties: dict[str, list[Participant]] = defaultdict(list)
        for participant in coding.participants:
            parties[participant.event_mention_id].append(participant)
        lines = [_line(mention, parties[mention.event_mention_id]) for mention in coding.event_mentions]
        blocks.append("\n".join([f"== {article.title}", *lines]))
    return "\n\n".join(blocks) + "\n"


def _line(mention: EventMention, parties: list[Participant]) -> str:
    kind = f"{mention.event_type} {mention.mode or '-'} {mention.status}"
    roles = {
        role: "; ".join(_party(party) for party in parties if party.role == role) for role in ("actor", "recipient")
    }
    counts = [
        f"{name} {count}" for name in ("killed", "injured", "detained") if (count := getattr(mention, name)) is not None
    ]
    parts = [
        f"{kind} “{mention.trigger_text}”",
        f"{roles['actor'] or '-'} -> {roles['recipient'] or '-'}",
        f"at {mention.place_text} ({mention.place_name}, {mention.country_code})" if mention.place_text else "",
        f"on {mention.date_start} ({mention.date_source})" if mention.date_start else "",
        f"says {mention.attributed_to}" if mention.attributed_to else "",
        *counts,
        mention.rule_id,
    ]
    return " | ".join(part for part in parts if part)


def _party(party: Participant) -> str:
    codes = " ".join(code for code in (party.country_code, party.sector) if code)
    name = f" = {party.name}" if party.name and party.name != party.text else ""
    return f"{party.text}{name} [{codes}]"
