"""Dates and money by their form."""

import pytest

from transforms.annotate.training.patterns import find_patterns


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It began on 4 March 2011.", {"4 March 2011": "DATE"}),
        ("It began on Friday, May 6, 2011, in rain.", {"Friday, May 6, 2011": "DATE"}),
        ("They may march in May.", {"May": "DATE"}),
        ("Fighting since late 2012 and in the 1990s.", {"late 2012": "DATE", "the 1990s": "DATE"}),
        ("Three days ago he left; she came last week.", {"last week": "DATE"}),
        ("It fell three days ago.", {"three days ago": "DATE"}),
        ("Over the past two weeks and today.", {"the past two weeks": "DATE", "today": "DATE"}),
        ("It cost $5.2 million, or 20,000 euros.", {"$5.2 million": "MONEY", "20,000 euros": "MONEY"}),
        ("In all 2,000 people and 12 cats.", {}),
    ],
)
def test_patterns(text: str, found: dict[str, str]) -> None:
    assert {text[span.start : span.end]: span.label for span in find_patterns(text)} == found
