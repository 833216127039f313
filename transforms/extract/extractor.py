"""Events out of articles: the language model, the lexicons and the resolvers put together."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from spacy.language import Language

import seeds
from transforms.annotate.document import AnnotatedArticle, ArticleToCode, annotate
from transforms.annotate.pipeline import load_pipeline
from transforms.extract.coding import ArticleCoder, Coding, Resolvers
from transforms.extract.context import domain
from transforms.extract.kinds import Kinds
from transforms.extract.lexicon import load_lexicon
from transforms.extract.readings import ArticleReader, SentenceReading
from transforms.extract.toponyms import mark_places
from transforms.ids import content_id
from transforms.records import Reject
from transforms.resolve.actors import ActorCoder
from transforms.resolve.places import Gazetteer

CODE_VERSION = "6"
"""Raised with every change of the mechanism that can change a row; tables and model have versions of their own."""
VERSION_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Examined:
    """What became of an article, and the readings behind it; a reject has none."""

    outcome: Coding | Reject
    readings: tuple[SentenceReading, ...] = ()
    domain: str | None = None
    """The domain that is no politics, for which events without a public party were left out."""


class Extractor:
    """Codes articles. Build with :meth:`load`; one instance serves a process."""

    def __init__(
        self, *, nlp: Language, coder: ActorCoder, gazetteer: Gazetteer, user_actors: Path | None = None
    ) -> None:
        lexicon = load_lexicon()
        kinds = Kinds(coder, lexicon)
        self.nlp = nlp
        self._user_actors = user_actors
        self._reader = ArticleReader(lexicon, kinds)
        self._resolvers = Resolvers(coder=coder, gazetteer=gazetteer, kinds=kinds, lexicon=lexicon)

    @classmethod
    def load(
        cls, *, model: Path | str | None = None, user_actors: Path | None = None, cache_dir: Path | None = None
    ) -> "Extractor":
        """Load model, lexicons, actor tables and gazetteer.

        ``user_actors`` is a table of the user's own that overrides the shipped ones; ``cache_dir`` is where the
        gazetteer's index lies (built there once). Raises ``ModelError`` or ``SeedError`` with what to do.
        """
        return cls(
            nlp=load_pipeline(model),
            coder=ActorCoder.load(user_table=user_actors),
            gazetteer=Gazetteer.load(cache_dir=cache_dir),
            user_actors=user_actors,
        )

    @cached_property
    def version(self) -> str:
        """Version of code, tables and model together: equal texts coded at equal versions give equal rows."""
        own = self._user_actors.read_bytes() if self._user_actors else b""
        return self._versioned(own)

    @cached_property
    def base_version(self) -> str:
        """The version without the user's own actors: those who share it differ by these alone."""
        return self._versioned(b"")

    def _versioned(self, own_actors: bytes) -> str:
        digest = hashlib.blake2b(digest_size=VERSION_DIGITS // 2)
        meta = self.nlp.meta
        digest.update(repr([meta.get("name"), meta.get("version"), meta.get("performance")]).encode())
        tables = sorted(
            path for folder in ("lexicon", "actors", "places") for path in (seeds.ROOT / folder).glob("*.csv")
        )
        for table in tables:
            digest.update(table.read_bytes())
        digest.update(own_actors)
        return f"{CODE_VERSION}-{digest.hexdigest()}"

    def extract(self, articles: Iterable[ArticleToCode]) -> Iterator[Coding | Reject]:
        """Code ``articles`` in order; an article that cannot be coded comes back as a ``Reject``."""
        return (self._code_or_reject(annotated) for annotated in self._annotate(articles))

    def examine(self, articles: Iterable[ArticleToCode]) -> Iterator[Examined]:
        """Code ``articles`` in order as :meth:`extract` does, and keep what was read, for a look at mistakes."""
        for annotated in self._annotate(articles):
            outcome = self._code_or_reject(annotated)
            if isinstance(outcome, Reject):
                yield Examined(outcome)
                continue
            gated = domain((line.doc for line in annotated.lines), self._resolvers.lexicon)
            yield Examined(outcome, tuple(self.read_annotated(annotated)), gated)

    def _annotate(self, articles: Iterable[ArticleToCode]) -> Iterator[AnnotatedArticle]:
        for annotated in annotate(self.nlp, articles):
            mark_places(annotated, self._resolvers.gazetteer, self._resolvers.coder)
            yield annotated

    def _code_or_reject(self, annotated: AnnotatedArticle) -> Coding | Reject:
        try:
            return self.code(annotated)
        except Exception as error:  # noqa: BLE001 - one bad article costs that article only
            return _reject(annotated.article, error)

    def code(self, annotated: AnnotatedArticle) -> Coding:
        """Turn one annotated article into records."""
        return ArticleCoder(annotated, self._resolvers, extractor_version=self.version).code(self._reader)

    def read_annotated(self, annotated: AnnotatedArticle) -> Iterator[SentenceReading]:
        """Read an annotated article sentence by sentence."""
        return self._reader.read(annotated)


def _reject(article: ArticleToCode, error: Exception) -> Reject:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f" ({last.tb_frame.f_code.co_name}, line {last.tb_lineno})" if last is not None else ""
    return Reject(
        reject_id=content_id("reject", "extract", article.article_id, type(error).__name__),
        source=article.article_id,
        stage="extract",
        reason="could not be coded",
        detail=f"{type(error).__name__}: {error}{where}. Please report it with the article's text.",
        raw_path=article.raw_path,
        seen_at=article.retrieved_at,
    )
