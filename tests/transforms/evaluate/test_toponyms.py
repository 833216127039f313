import gzip

import pytest

from transforms.evaluate.gold import GoldError
from transforms.evaluate.toponyms import read_toponyms, score_toponyms
from transforms.records import Entity

TAGGED = """<articles><article><text>Rain fell on Ostrow and on Lomna.</text><toponyms>
<toponym><start>13</start><end>19</end><phrase>Ostrow</phrase><gaztag><lat>52.0</lat><lon>21.0</lon></gaztag></toponym>
<toponym><start>27</start><end>32</end><phrase>Lomna</phrase></toponym></toponyms></article></articles>"""
LOCATED = """<articles><article><text>Rain fell on Ostrow and on Lomna.</text><locations>
<location><name>Lomna</name><start>29</start><lat>10</lat><lon>20</lon></location></locations></article></articles>"""


def entity(text, start, latitude, longitude):
    return Entity("e", "a", "s", "GPE", text, start, start + len(text), text, None, None, None, latitude, longitude)


def test_toponyms_without_coordinates_are_left_out_and_offsets_are_mended(tmp_path):
    tagged, located = tmp_path / "a.xml", tmp_path / "b.xml.gz"
    tagged.write_text(TAGGED)
    located.write_bytes(gzip.compress(LOCATED.encode()))
    assert [(one.start, one.end) for one in read_toponyms(tagged)[0].toponyms] == [(13, 19)]
    assert [(one.start, one.end) for one in read_toponyms(located)[0].toponyms] == [(27, 32)]


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([], (0, 0, 0)),
        ([entity("Ostrow", 13, None, None)], (1, 0, 0)),
        ([entity("Ostrow", 13, 53.0, 21.0)], (1, 1, 1)),
        ([entity("Ostrow", 13, 54.0, 21.0)], (1, 1, 0)),
        ([entity("Lomna", 27, 52.0, 21.0)], (0, 0, 0)),
    ],
)
def test_a_toponym_is_found_resolved_and_near(tmp_path, entities, expected):
    path = tmp_path / "a.xml"
    path.write_text(TAGGED)
    figures = score_toponyms(read_toponyms(path), [entities])
    assert (figures.found, figures.resolved, figures.near) == expected


def test_what_is_no_gold_of_places_is_told(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<articles><article><text>Rain.</text></article></articles>")
    with pytest.raises(GoldError, match="holds no toponyms"):
        read_toponyms(path)
