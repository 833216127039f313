"""Admits articles one by one, in input order."""

from collections.abc import Iterable
from dataclasses import replace

from transforms.deduplicate.index import SignatureIndex
from transforms.deduplicate.signature import as_row, signature
from transforms.records import Article

THRESHOLD = 0.6
"""Estimated Jaccard similarity of three-word runs from which a text repeats another.

Reached with one word in fifteen changed, or a third of the text cut. Of 10,000 articles, the pairs between 0.5 and 0.6
were still one text printed twice, so false alarms begin well below.
"""


class Deduplicator:
    """Knows the articles that came before, as ids and signatures, without their texts.

    An article is a near duplicate of the earliest article like it. Only articles that are no near duplicates
    themselves are compared with, so ``duplicate_of`` never forms a chain and stories do not drift into one another.
    """

    def __init__(
        self, known: Iterable[tuple[str, bytes | None, str | None]] = (), *, threshold: float = THRESHOLD
    ) -> None:
        """Take what is stored.

        Args:
            known: ``(article_id, minhash, duplicate_of)`` in the order in which they were stored.
            threshold: see :data:`THRESHOLD`.

        Raises:
            ValueError: where a stored signature was made by another version of :mod:`signature`.
        """
        self._threshold = threshold
        self._ids: set[bytes] = set()
        self._index = SignatureIndex()
        self._roots: list[str] = []
        for article_id, minhash, duplicate_of in known:
            self._remember(article_id, minhash, is_root=duplicate_of is None)

    def admit(self, article: Article) -> Article | None:
        """Return the article with ``minhash`` and ``duplicate_of`` filled in, or None for an exact duplicate."""
        if bytes.fromhex(article.article_id) in self._ids:
            return None
        minhash = signature(article.text)
        duplicate_of = self._find(minhash)
        self._remember(article.article_id, minhash, is_root=duplicate_of is None)
        return replace(article, minhash=minhash, duplicate_of=duplicate_of)

    def _find(self, minhash: bytes | None) -> str | None:
        if minhash is None:
            return None
        position = self._index.first_similar(as_row(minhash), threshold=self._threshold)
        return None if position is None else self._roots[position]

    def _remember(self, article_id: str, minhash: bytes | None, *, is_root: bool) -> None:
        self._ids.add(bytes.fromhex(article_id))
        if minhash is not None and is_root:
            self._index.add(as_row(minhash))
            self._roots.append(article_id)
