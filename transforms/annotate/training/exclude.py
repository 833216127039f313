"""Keeps texts that are used for measuring out of the training corpora."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

MIN_LENGTH = 30
MAX_SHARE = 1 / 3


class Exclusion:
    """Knows the texts to be left out and recognises documents that overlap with them."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._all = "\n".join(_squeeze(text) for text in texts)

    @classmethod
    def read(cls, path: Path | None) -> "Exclusion":
        """Read a file of JSON lines with a ``text`` each; ``None`` leaves nothing out."""
        if path is None:
            return cls()
        with path.open(encoding="utf-8") as lines:
            return cls(json.loads(line)["text"] for line in lines if line.strip())

    def covers(self, text: str) -> bool:
        """Whether more than a third of the document's longer sentences stand in the texts to be left out."""
        sentences = [_squeeze(part) for part in re.split(r"(?<=[.?!])\s+|\n", text) if len(part) >= MIN_LENGTH]
        found = sum(sentence in self._all for sentence in sentences)
        return found > MAX_SHARE * len(sentences)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
