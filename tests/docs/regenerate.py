"""Show what has changed in the pages that are made by code, and write them with ``--write``.

python tests/docs/regenerate.py [--write]
"""

import difflib
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.docs import samples
from tests.docs.pages import COOKBOOK, DICTIONARY, answered
from warehouse import dictionary
from warehouse.declared import SCHEMA, fingerprint


def update(path: Path, fresh: str) -> None:
    """Show the difference, and write the page if that is asked for."""
    stored = path.read_text(encoding="utf-8") if path.exists() else ""
    diff = difflib.unified_diff(stored.splitlines(), fresh.splitlines(), path.name, "now", lineterm="", n=1)
    sys.stdout.write("".join(f"{line}\n" for line in diff))
    if "--write" in sys.argv:
        path.write_text(fresh, encoding="utf-8")


def check_schema() -> None:
    """Refuse a change of columns under the number of an older schema: its databases would not be made anew."""
    stored = DICTIONARY.read_text(encoding="utf-8") if DICTIONARY.exists() else ""
    found = re.search(r"^Schema (\d+) \(`(\w+)`\)", stored, re.MULTILINE)
    if found and int(found[1]) == SCHEMA and found[2] != fingerprint():
        sys.exit(f"columns have changed since schema {SCHEMA} was written down: raise SCHEMA in warehouse/declared.py")


def main() -> None:
    check_schema()
    update(DICTIONARY, dictionary.render())
    with tempfile.TemporaryDirectory() as folder:
        warehouse = samples.build(Path(folder) / "news")
        update(COOKBOOK, answered(COOKBOOK.read_text(encoding="utf-8"), warehouse))


if __name__ == "__main__":
    main()
