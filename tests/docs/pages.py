"""The pages under docs/ that are made or filled in by code, and what each must hold now."""

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
DICTIONARY = DOCS / "data-dictionary.md"
