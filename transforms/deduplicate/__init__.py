"""Third stage: exact duplicates are left out, near duplicates point at the article that they repeat."""

from transforms.deduplicate.deduplicator import Deduplicator
from transforms.deduplicate.signature import estimate_similarity, signature

__all__ = ["Deduplicator", "estimate_similarity", "signature"]
