"""A text that stands by itself in a set to measure on, without an id of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime

from transforms.annotate.document import ArticleToCode
from transforms.evaluate.gold import PARTS
from transforms.ids import content_id


@dataclass(frozen=True, slots=True)
class SingleText:
    text: str

    @property
    def part(self) -> str:
        """ "A" or "B", by a hash of the text."""
        return PARTS[int(content_id("part", self.text), 16) % len(PARTS)]

    def to_code(self) -> ArticleToCode:
        return ArticleToCode(content_id("article", "", self.text), self.text, datetime.now(UTC))
