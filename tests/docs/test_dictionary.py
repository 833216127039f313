import re

from tests.docs.pages import DICTIONARY
from warehouse import dictionary
from warehouse.declared import DECLARED, SCHEMA, fingerprint


def test_the_page_shows_the_declarations():
    """Make it anew with tests/docs/regenerate.py --write."""
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary.render()


def test_every_column_has_a_row():
    page = dictionary.render()
    for table in DECLARED.values():
        section = page.split(f"### {table.name}\n")[1].split("\n### ")[0]
        assert re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE) == [column.name for column in table.columns]


def test_a_changed_column_is_a_new_schema(monkeypatch):
    before = fingerprint()
    monkeypatch.delitem(DECLARED, "dyads")
    assert fingerprint() != before
    assert f"Schema {SCHEMA} (`{fingerprint()}`)." == dictionary.version_line()
