import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import raw
from warehouse.errors import WarehouseBusyError, WarehouseError
from warehouse.paths import Warehouse, batch_name


def test_create_makes_a_warehouse_once(tmp_path):
    made = Warehouse.create(tmp_path / "a" / "b")
    assert Warehouse.open(tmp_path / "a" / "b") == made == Warehouse.create(str(tmp_path / "a" / "b"))
    assert made.database == made.root / "dateline.duckdb"


def test_create_takes_an_empty_folder_with_dotfiles(tmp_path):
    (tmp_path / ".keep").touch()
    assert Warehouse.create(tmp_path).manifest.is_dir()


def test_create_refuses_a_folder_of_others(tmp_path):
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(WarehouseError, match=r"not empty \(it holds thesis.docx\)"):
        Warehouse.create(tmp_path)
    assert [child.name for child in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("make", [Warehouse.open, Warehouse.create])
def test_a_file_is_no_warehouse(tmp_path, make):
    (tmp_path / "x").touch()
    with pytest.raises(WarehouseError, match="is a file"):
        make(tmp_path / "x")


def test_open_says_what_makes_a_warehouse(tmp_path):
    with pytest.raises(WarehouseError, match="no such folder; `dateline run"):
        Warehouse.open(tmp_path / "gone")
    with pytest.raises(WarehouseError, match=r"not a warehouse .* `dateline run"):
        Warehouse.open(tmp_path)


def test_two_writers_exclude_each_other(empty):
    with empty.lock(), pytest.raises(WarehouseBusyError, match="another dateline process is writing"), empty.lock():
        pass
    with empty.lock():
        pass


def test_the_lock_of_a_dead_process_is_free(empty):
    code = f"""
import os
from warehouse.paths import Warehouse
with Warehouse.open({str(empty.root)!r}).lock():
    os._exit(1)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1
    with empty.lock():
        pass


@pytest.mark.parametrize("batch_id", ["", "a/b", "../x", ".hidden", "a-b", "a b"])
def test_batch_ids_that_are_no_file_names_are_refused(batch_id):
    with pytest.raises(ValueError, match="batch_id"):
        batch_name(batch_id, None)


def test_versions_that_are_no_file_names_are_refused():
    assert batch_name("b1", "1.2-rc+x") == "b1-1.2-rc+x"
    with pytest.raises(ValueError, match="version '1/2'"):
        batch_name("b1", "1/2")


@given(data=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_a_payload_is_stored_once_under_its_hash(empty, data):
    path = raw.store(empty, data, ".txt")
    assert raw.store(empty, data, ".txt") == path
    assert raw.load(empty, path) == data
    assert path.startswith("raw/")


def test_a_short_payload_is_mended(empty):
    path = raw.store(empty, b"whole", ".html.gz")
    (empty.root / path).write_bytes(b"wh")
    assert raw.store(empty, b"whole", ".html.gz") == path
    assert raw.load(empty, path) == b"whole"


def test_a_suffix_cannot_lead_elsewhere(empty):
    with pytest.raises(ValueError, match="is not the suffix"):
        raw.store(empty, b"x", "/../../x")
