"""Show what has changed in the golden documents, and write them with ``--write``.

python tests/golden/regenerate.py [--write]
"""

import difflib
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from golden import GOLDEN, render, sample_articles  # noqa: E402 - the folders stand in the path first

from transforms.extract.extractor import Extractor  # noqa: E402


def main() -> None:
    fresh = render(sample_articles(), Extractor.load())
    stored = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    diff = difflib.unified_diff(stored.splitlines(), fresh.splitlines(), "stored", "now", lineterm="", n=1)
    sys.stdout.write("\n".join(diff) + "\n")
    if "--write" in sys.argv:
        GOLDEN.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
