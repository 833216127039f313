"""Stages are done once."""

from pathlib import Path

import pytest

from flows.stages import digest, once


def test_a_finished_stage_is_not_done_again(tmp_path: Path) -> None:
    calls = []

    def make(folder: Path) -> dict[str, int]:
        calls.append(folder)
        (folder / "made.txt").write_text("whole", encoding="utf-8")
        return {"made": len(calls)}

    folder = tmp_path / "stage"
    assert once(folder, key="a", make=make) == {"made": 1}
    assert once(folder, key="a", make=make) == {"made": 1}
    assert once(folder, key="b", make=make) == {"made": 2}
    assert (folder / "made.txt").exists()


def test_what_an_unfinished_stage_left_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "stage"

    def broken(output: Path) -> None:
        (output / "half.txt").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(folder, key="a", make=broken)
    assert (folder / "half.txt").exists()
    assert once(folder, key="a", make=lambda output: [path.name for path in output.iterdir()]) == []


def test_a_key_follows_values_and_files(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a", encoding="utf-8")
    first = digest("x", files=[path])
    assert digest("x", files=[path]) == first
    assert digest("y", files=[path]) != first
    path.write_text("b", encoding="utf-8")
    assert digest("x", files=[path]) != first
