import csv

import pyarrow.parquet as pq
import pytest

from flows.console import UsageError
from flows.exports import export_events
from warehouse import catalogue
from warehouse.crosswalks import FORMS
from warehouse.declared import DECLARED
from warehouse.exchange import FileKind, export


@pytest.mark.parametrize("name", FORMS)
def test_a_data_set_is_written_as_it_is_published(sample, tmp_path, name):
    form, path = FORMS[name], tmp_path / "events"
    n_rows = export(sample, name, path, FileKind.NATIVE)
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter=form.separator))
    columns = [column.name for column in DECLARED[form.view].columns]
    header = lines.pop(0) if form.has_header else columns
    assert header == columns
    assert len(lines) == n_rows
    assert {len(line) for line in lines} <= {len(columns)}


def test_nulls_are_written_as_the_data_set_has_them(sample, tmp_path):
    export(sample, "polecat", tmp_path / "polecat.txt", FileKind.NATIVE)
    export(sample, "polecat", tmp_path / "polecat.tsv", FileKind.TSV)
    native, plain = ((tmp_path / name).read_text(encoding="utf-8") for name in ("polecat.txt", "polecat.tsv"))
    assert native.splitlines()[1].split("\t")[9] == "None"
    assert plain.splitlines()[1].split("\t")[9] == ""


def test_parquet_keeps_names_and_types(sample, tmp_path):
    export_events(sample.root, "icews", output=tmp_path / "icews.parquet", kind="native")
    table = pq.read_table(tmp_path / "icews.parquet")
    assert table.column_names == [column.name for column in DECLARED["icews_events"].columns]
    assert table.schema.field("Latitude").type == "double"
    assert table.num_rows == 3


def test_tabs_and_line_breaks_in_texts_break_no_line(empty, new_batch, tmp_path):
    coded = new_batch()
    article = coded.add_article("Alpha\tand\tBeta struck.", source='The "Daily"\nNews')
    coded.tell(article, "struck", actors=("Alpha\tand\tBeta",))
    coded.commit(empty, "b1")
    catalogue.publish(empty)
    export(empty, "gdelt-mentions", tmp_path / "mentions", FileKind.NATIVE)
    export(empty, "gdelt", tmp_path / "events", FileKind.NATIVE)
    (mention,) = (tmp_path / "mentions").read_text(encoding="utf-8").splitlines()
    assert mention.split("\t")[4] == 'The "Daily" News'
    (event,) = (tmp_path / "events").read_text(encoding="utf-8").splitlines()
    assert event.split("\t")[6] == "ALPHA AND BETA"


def test_mistakes_are_told(sample, tmp_path):
    for name, output, kind, says in [
        ("cow", tmp_path / "x", "native", "cow is no data set"),
        ("gdelt", tmp_path / "no" / "x", "native", "there is no folder"),
        ("gdelt", tmp_path, "native", "is a folder"),
        ("gdelt", tmp_path / "x", "xml", "xml is no form of file"),
    ]:
        with pytest.raises(UsageError, match=says):
            export_events(sample.root, name, output=output, kind=kind)
    assert list(tmp_path.iterdir()) == []
