"""Second stage: a raw article becomes an article, its text in the one form that all character offsets count in."""

from transforms.clean.article import Cleaned, clean_article
from transforms.clean.text import clean_line, clean_text

__all__ = ["Cleaned", "clean_article", "clean_line", "clean_text"]
