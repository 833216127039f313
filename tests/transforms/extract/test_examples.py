"""Every rule's example codes its type and its counter-example does not fire it, but for the known failures.

``known_failures.csv`` lists the rules whose sentence the shipped model parses wrongly; ``examples.py`` writes it.
"""

import csv
import importlib.util
from pathlib import Path

import pytest

from seeds import MODEL
from transforms.extract.extractor import Extractor

pytestmark = pytest.mark.skipif(not (MODEL / "config.cfg").exists(), reason="seeds/model holds no trained model")


@pytest.fixture(scope="module")
def examples():
    spec = importlib.util.spec_from_file_location("rule_examples", Path(__file__).with_name("examples.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rules_do_what_their_examples_say(examples):
    extractor = Extractor.load()
    found = {(failure.rule_id, failure.kind): failure.reason for failure in examples.failures(extractor)}
    with examples.KNOWN.open(encoding="utf-8", newline="") as lines:
        known = {(row["rule_id"], row["kind"]) for row in csv.DictReader(lines)}
    new = {key: reason for key, reason in found.items() if key not in known}
    mended = known - set(found)
    assert new == {}, "these rules began to fail; mend them, or run examples.py and say why"
    assert mended == set(), "these rules do what they should now; run examples.py to take them off the list"
