"""Opens corpus files, compressed or not."""

import gzip
from pathlib import Path
from typing import TextIO


def open_text(path: Path, *, encoding: str = "utf-8") -> TextIO:
    """Open a text file for reading; a name that ends in ``.gz`` is decompressed on the way."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding=encoding)
    return path.open(encoding=encoding)
