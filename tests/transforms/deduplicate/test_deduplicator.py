import random
from datetime import UTC, datetime

import numpy as np
import pytest

from transforms.deduplicate import Deduplicator, estimate_similarity, signature
from transforms.deduplicate import index as index_module
from transforms.deduplicate.index import SignatureIndex
from transforms.deduplicate.signature import PERMUTATIONS, SIGNATURE_BYTES
from transforms.ids import content_id
from transforms.records import Article

WORDS = [f"{a}{b}{c}" for a in "bdgklmnprst" for b in "aeiou" for c in "nrstlm"]


def make_text(seed: int, words: int = 120) -> str:
    chooser = random.Random(seed)
    return " ".join(chooser.choices(WORDS, k=words)).capitalize() + "."


def make_article(text: str, title: str = "") -> Article:
    article_id = content_id("article", title, text)
    return Article(
        article_id=article_id,
        external_id=None,
        source=None,
        url=None,
        title=title,
        authors=(),
        language="en",
        published_at=None,
        published_at_precision=None,
        retrieved_at=datetime(2024, 1, 1, tzinfo=UTC),
        text=text,
        word_count=len(text.split()),
        content_hash=article_id,
        duplicate_of=None,
        raw_path=None,
        minhash=None,
    )


def changed(text: str, *places: int) -> str:
    words = text.split()
    for place in places:
        words[place] = "otherwise"
    return " ".join(words)


def admit(deduplicator: Deduplicator, article: Article) -> Article:
    admitted = deduplicator.admit(article)
    assert admitted is not None
    return admitted


def test_exact_duplicates_are_left_out() -> None:
    deduplicator = Deduplicator()
    article = make_article(make_text(1))
    assert admit(deduplicator, article).duplicate_of is None
    assert deduplicator.admit(article) is None


def test_near_duplicates_point_at_the_first_one_and_form_no_chain() -> None:
    deduplicator = Deduplicator()
    first = admit(deduplicator, make_article(make_text(1)))
    second = admit(deduplicator, make_article(changed(first.text, 10)))
    third = admit(deduplicator, make_article(changed(first.text, 60)))
    other = admit(deduplicator, make_article(make_text(2)))
    assert second.duplicate_of == third.duplicate_of == first.article_id
    assert other.duplicate_of is None


def test_a_later_run_knows_what_is_stored() -> None:
    earlier = Deduplicator()
    stored = [
        admit(earlier, make_article(text)) for text in (make_text(1), changed(make_text(1), 5), make_text(2), "Short.")
    ]
    later = Deduplicator((article.article_id, article.minhash, article.duplicate_of) for article in stored)
    assert [later.admit(article) for article in stored] == [None] * 4
    near = admit(later, make_article(changed(make_text(2), 40)))
    assert near.duplicate_of == stored[2].article_id


def test_short_texts_are_never_near_duplicates() -> None:
    deduplicator = Deduplicator()
    text = make_text(1, words=29)
    assert admit(deduplicator, make_article(text)).minhash is None
    assert admit(deduplicator, make_article(text, title="Again")).duplicate_of is None


def test_signature_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        Deduplicator([("ab" * 12, b"1234", None)])


def test_signature_ignores_case_and_punctuation_and_is_fixed() -> None:
    text = make_text(3)
    data = signature(text)
    assert data is not None
    assert len(data) == SIGNATURE_BYTES
    assert data == signature(text.upper().replace(" ", ", "))
    # A change of this value makes stored signatures useless: it must come with a migration.
    assert data[:8].hex() == "9429420147180065"


def test_similarity_is_estimated() -> None:
    one, other = signature(make_text(1, 400)), signature(changed(make_text(1, 400), *range(0, 400, 40)))
    assert one is not None
    assert other is not None
    assert estimate_similarity(one, one) == 1
    assert estimate_similarity(one, other) == pytest.approx((398 - 29) / (398 + 29), abs=0.15)


def test_index_finds_the_first_similar_across_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "BUFFER_SIZE", 16)
    generator = np.random.default_rng(7)
    rows = generator.integers(0, 2**32, size=(200, PERMUTATIONS), dtype=np.uint32)
    rows[150] = rows[20]
    index = SignatureIndex()
    assert [index.add(row) for row in rows] == list(range(200))
    assert len(index) == 200
    for position in (0, 15, 16, 20, 99, 199):
        assert index.first_similar(rows[position], threshold=0.9) == position
    assert index.first_similar(rows[150], threshold=0.9) == 20
    stranger = generator.integers(0, 2**32, size=PERMUTATIONS, dtype=np.uint32)
    assert index.first_similar(stranger, threshold=0.9) is None
    half = rows[30].copy()
    half[: PERMUTATIONS // 2] = stranger[: PERMUTATIONS // 2]
    assert index.first_similar(half, threshold=0.9) is None
    assert index.first_similar(half, threshold=0.4) == 30
